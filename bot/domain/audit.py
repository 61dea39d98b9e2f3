"""What is kept of a club's affairs beside its ledger: who did what, and when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class AuditEntry:
    """Something that was done in a club; `by_id` is the member who did it, None where nobody of the club did.

    `what` is a short word, with its sentence in bot/texts/audit.py. `details` is plain JSON with none of people's
    words, so that nothing in it has to be erased; what is called "numbers" in it are the numbers of entries.
    """

    at: datetime
    by_id: int | None
    what: str
    details: Mapping[str, Any]
