"""What the export reads: the ledger in pieces, cut by time, and what each member did."""

from datetime import datetime, timedelta

import pytest

from bot.domain.amounts import Amount
from bot.storage import lists
from bot.storage.work import Work
from bot.storage.workplace import Workplace
from tests.contract.conftest import StillClock
from tests.contract.ledger import anna, bert, club, dirk, join, refer, thank

ENTRIES = 7


async def fill(workplace: Workplace, clock: StillClock) -> None:
    """Anna gives Bert a referral each hour, numbers 1 to 7; beside them a club with one of its own."""
    for hour in range(ENTRIES):
        async with workplace.work() as work:
            here = await club(work)
            giver, recipient = await join(work, here, anna(), bert())
            await refer(work, here, giver, recipient, f"Contact {hour}")
        clock.forward(timedelta(hours=1))
    async with workplace.work() as work:
        other = await club(work, -5001)
        giver, recipient = await join(work, other, anna(), dirk())
        await refer(work, other, giver, recipient, "another club's")


async def numbers(work: Work, since: datetime | None, until: datetime) -> list[list[int]]:
    return [[row.number for row in rows] async for rows in work.lists.referrals(1, since, until)]


@pytest.mark.parametrize("piece", [1, 3, ENTRIES - 1, ENTRIES, ENTRIES + 1])
async def test_pieces_hold_each_row_once_and_in_order(
    workplace: Workplace, clock: StillClock, monkeypatch: pytest.MonkeyPatch, piece: int
) -> None:
    monkeypatch.setattr(lists, "PIECE", piece)
    await fill(workplace, clock)
    async with workplace.look() as work:
        pieces = await numbers(work, None, work.now)
    assert [number for each in pieces for number in each] == list(range(1, ENTRIES + 1))
    assert max(map(len, pieces)) <= piece


async def test_a_period_holds_its_beginning_and_not_its_end(workplace: Workplace, clock: StillClock) -> None:
    begin = clock.now()
    await fill(workplace, clock)
    async with workplace.look() as work:
        since, until = begin + timedelta(hours=2), begin + timedelta(hours=4)
        assert await numbers(work, since, until) == [[3, 4]]
        assert await numbers(work, until, since) == []
        assert (await work.lists.counts(1, since, until))["referrals"] == 2
        assert await work.lists.counts(1, None, work.now) == {
            "members": 2,
            "referrals": ENTRIES,
            "thanks": 0,
            "one_to_ones": 0,
            "visitors": 0,
        }


@pytest.mark.parametrize("parts", [2, 3, ENTRIES, 50])
async def test_cuts_leave_something_in_every_part(workplace: Workplace, clock: StillClock, parts: int) -> None:
    await fill(workplace, clock)
    async with workplace.look() as work:
        cuts = await work.lists.cuts(1, None, work.now, parts)
        edges = [None, *cuts]
        found = [
            [n for piece in await numbers(work, *edge) for n in piece]
            for edge in zip(edges, [*cuts, work.now], strict=True)
        ]
    assert 1 < len(found) <= parts
    assert all(found)
    assert [number for part in found for number in part] == list(range(1, ENTRIES + 1))


async def test_what_is_of_one_instant_cannot_be_cut(workplace: Workplace) -> None:
    async with workplace.work() as work:
        here = await club(work)
        giver, recipient = await join(work, here, anna(), bert())
        for _ in range(3):
            await refer(work, here, giver, recipient)
    async with workplace.look() as work:
        assert await work.lists.cuts(1, None, work.now + timedelta(1), 2) == []
        assert await work.lists.cuts(1, None, work.now, 2) == []  # nor what is empty


async def test_a_tally_counts_what_stands(workplace: Workplace, clock: StillClock) -> None:
    async with workplace.work() as work:
        here = await club(work)
        giver, recipient, other = await join(work, here, anna(), bert(), dirk())
        given = [await refer(work, here, giver, recipient) for _ in range(4)]
        await work.referrals.correct(given[1].id, kind="inside")
        await work.referrals.undo(given[2].id, giver.id, work.now)
        await work.referrals.correct(given[3].id, status="declined", declined_at=work.now)
        await thank(work, here, recipient, giver, given[0])
        swiss = await thank(work, here, recipient, giver)
        await work.thanks.correct(swiss.id, amount=Amount(500, "CHF"))
        silent = await thank(work, here, other, giver)
        await work.thanks.correct(silent.id, amount=None)
    clock.forward(timedelta(hours=1))
    async with workplace.look() as work:
        tallies = await work.tallies.of_club(1, None, work.now)
        assert await work.tallies.of_club(1, work.now, work.now + timedelta(days=1)) == {}
    assert tallies[giver.id].given == {"outside": 1, "inside": 1}
    assert tallies[recipient.id].received == {"outside": 1, "inside": 1}
    assert tallies[giver.id].thanks_received.count == 3
    assert tallies[giver.id].thanks_received.minor == {"EUR": 150_050, "CHF": 500}
    assert (tallies[other.id].thanks_given.count, tallies[other.id].thanks_given.minor) == (1, {})
