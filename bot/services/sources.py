"""One message makes entries of one kind, whatever it is edited into."""

from typing import TYPE_CHECKING, Literal

from bot.domain.errors import MadeAlready, MadeAnother
from bot.domain.models import Source

if TYPE_CHECKING:
    from bot.storage.work import Work


async def has_made(work: "Work", source: Source, kind: Literal["referrals", "thanks", "meetings", "visitors"]) -> bool:
    """Has the message made an entry of this kind, as Telegram may deliver it again?

    Raises MadeAlready when it made one of another kind that has a number, MadeAnother when of one that has none.
    """
    made = await work.sources.made_by(source)
    if made is None or made.table == kind:
        return made is not None
    if made.number is not None:
        raise MadeAlready(made.number)
    raise MadeAnother
