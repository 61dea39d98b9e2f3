"""Loading the program: all of it stays, so nobody need look for garbage meanwhile."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def loading() -> Iterator[None]:
    """Within, modules are imported.

    Looking through what was loaded so far, again and again, takes a third of a start; and what stays for good is not
    looked through later either.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
