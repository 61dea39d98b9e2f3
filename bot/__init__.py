"""Kring."""

import sys

# Libraries look for others that they can do without. Python is told that there are none, before any is imported.
# httpx's command line would bring rich and pygments along, a tenth of the start; httpcore asks for sniffio at each of
# its locks, and what is not there is looked for in all folders each time.
for _name in ("httpx._main", "sniffio"):
    sys.modules.setdefault(_name, None)  # type: ignore[arg-type]  # documented: importing it fails at once
