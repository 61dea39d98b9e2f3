"""Who runs Kring."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Operator:
    """The person or club that runs it, and where they can be reached; None: not told.

    For so many `backup_days` what was erased may still be in the back-ups that Kring makes; 0: it makes none.
    """

    name: str | None = None
    address: str | None = None
    backup_days: int = 0
