"""One message makes entries of one kind, whatever it is edited into."""

from typing import TYPE_CHECKING

from bot.domain.errors import MadeAlready, MadeAnother
from bot.domain.models import Source

if TYPE_CHECKING:
    from bot.storage.work import Work


async def check_numbered(work: "Work", source: Source) -> None:
    """Raise MadeAlready when the message made a referral or thanks."""
    referrals = await work.referrals.from_source(source)
    made = referrals[0] if referrals else await work.thanks.from_source(source)
    if made is not None:
        raise MadeAlready(made.number)


async def check_unnumbered(work: "Work", source: Source) -> None:
    """Raise MadeAnother when the message made a one-to-one or a visitor."""
    if await work.meetings.from_source(source) or await work.visitors.from_source(source):
        raise MadeAnother
