"""Clubs, people and entries, as the contract tests need them."""

from datetime import datetime, time
from itertools import count
from zoneinfo import ZoneInfo

from bot.domain.amounts import Amount
from bot.domain.models import Club, Member, Person, Referral, Thanks
from bot.domain.slots import Slot
from bot.services import clubs, members
from bot.services.clubs import Defaults
from bot.storage.work import Work

BRUSSELS = ZoneInfo("Europe/Brussels")
NOON = datetime(2026, 3, 10, 12, 0, tzinfo=BRUSSELS)
DEFAULTS = Defaults("en", "EUR", Slot(0, time(9), BRUSSELS))
GROUP, SUPERGROUP = -4001, -1001000004001

_message_ids = count(1)


def anna(username: str | None = "anna") -> Person:
    return Person(1001, "Anna", "Peeters", username)


def bert(username: str | None = "bert") -> Person:
    return Person(1002, "Bert", "Janssens", username)


def dirk(username: str | None = "dirk") -> Person:
    return Person(1003, "Dirk", None, username)


async def club(work: Work, chat_id: int = GROUP) -> Club:
    """The club of this group."""
    return await clubs.of_chat(work, chat_id, "Kring Gent", DEFAULTS)


async def join(work: Work, where: Club, *people: Person) -> list[Member]:
    """These people as members of the club."""
    return [await members.join(work, where, person) for person in people]


async def pending(work: Work, where: Club, username: str) -> Member:
    """Someone of whom only the @username is known."""
    await work.members.add_pending(where.id, username, work.now)
    found = await work.members.pending(where.id, username)
    assert found is not None
    return found


async def refer(work: Work, where: Club, giver: Member, recipient: Member, contact: str = "Piet") -> Referral:
    """A referral in the ledger."""
    return await work.referrals.add(
        club_id=where.id,
        number=await work.clubs.next_number(where.id),
        giver_id=giver.id,
        recipient_id=recipient.id,
        contact=contact,
        need="a website",
        phone="",
        email="",
        given_at=work.now,
        chat_id=where.chat_id,
        message_id=next(_message_ids),
        position=0,
    )


async def thank(work: Work, where: Club, thanker: Member, giver: Member, referral: Referral | None = None) -> Thanks:
    """A thanks in the ledger."""
    return await work.thanks.add(
        club_id=where.id,
        number=await work.clubs.next_number(where.id),
        from_id=thanker.id,
        to_id=giver.id,
        amount=Amount(150_050, "EUR"),
        referral_id=referral.id if referral else None,
        note="",
        given_at=work.now,
        chat_id=where.chat_id,
        message_id=next(_message_ids),
    )
