"""A club's past goes out by the export, into an empty club by the import, and out again as the same."""

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.documents import Progress, made
from bot.domain.amounts import Amount
from bot.domain.exports import CSV, JSON, XLSX, Export
from bot.domain.imports.lines import House, read_tables
from bot.domain.imports.tables import Row, Sheet
from bot.domain.models import Club, Person
from bot.domain.names import has_substance, strip_invisible
from bot.domain.records import IN_CSV
from bot.importing.columns import tables_of
from bot.services import imports
from bot.sheets.worker import tables
from bot.storage.work import Work
from bot.storage.workplace import Workplace
from tests.contract.ledger import club as club_of
from tests.contract.ledger import join, pending
from tests.support.sent_files import packed

BEGAN = datetime(2025, 10, 26, 2, tzinfo=UTC)  # a spreadsheet does not tell the two hours before this apart
_numbers = count(1)

AWKWARD = (
    *("Anna", "=SUM(A1)", "'=x", "''-1", "@bert", "+32 470", 'a, b; "c"', "O'Connor", "محمد", "👩‍👩‍👧 Zoë"),
    *("Bert; 2026-01-01T00:00:00+01:00 won by Anna", "two\nlines", "tab\there", "Anna P.", "Anna (2)", "someone"),
)
anything = st.one_of(st.sampled_from(AWKWARD), st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30))
words = anything.map(lambda text: strip_invisible(text).strip())
line = words.map(lambda text: " ".join(text.split())).filter(has_substance)
names = anything.filter(has_substance)
# Presses are timed to the microsecond, messages to the second.
moments = st.builds(
    lambda s, micro: BEGAN + timedelta(seconds=s, microseconds=micro),
    st.one_of(st.integers(0, 90_000), st.integers(0, 15_000_000)),
    st.sampled_from((0, 0, 1, 999_999)),
)
seconds = moments.map(lambda at: at.replace(microsecond=0))
amounts = st.one_of(
    st.none(), st.builds(Amount, st.integers(1, 10**9), st.sampled_from(("EUR", "USD", "CHF", "JPY", "KWD")))
)
happenings = st.lists(
    st.one_of(
        st.tuples(st.just("status"), st.sampled_from(("new", "contacted", "in_progress", "won", "lost", "declined"))),
        st.tuples(st.just("kind"), st.sampled_from(("outside", "inside"))),
        st.tuples(st.just("warmth"), st.sampled_from("12345")),
        st.tuples(st.just("agreed"), st.sampled_from(("yes", "no"))),
    ),
    max_size=4,
)


@dataclass
class Past:
    """What a club did: people by their place in the list of them, referrals by theirs."""

    known: Sequence[tuple[str, str | None, str | None]]
    pending: Sequence[str]
    left: int
    referrals: Sequence[dict[str, Any]] = field(default_factory=list)
    thanks: Sequence[dict[str, Any]] = field(default_factory=list)
    others: Sequence[dict[str, Any]] = field(default_factory=list)


usernames = st.one_of(st.none(), st.text("abcdefgh_", min_size=5, max_size=12))
person = st.integers(0, 5)
pasts = st.builds(
    Past,
    known=st.lists(st.tuples(names, st.one_of(st.none(), names), usernames), min_size=2, max_size=4),
    pending=st.lists(st.text("ijklm", min_size=5, max_size=8), max_size=2, unique=True),
    left=person,
    referrals=st.lists(
        st.fixed_dictionaries(
            {
                **{"giver": person, "recipient": person, "contact": line, "need": words, "at": moments},
                **{"phone": st.sampled_from(("", "+32 470 12 34 56")), "email": st.sampled_from(("", "p@x.example"))},
                **{"kind": st.sampled_from(("outside", "inside")), "kind_asked": st.booleans()},
                **{"warmth": st.sampled_from((None, 1, 5)), "agreed": st.sampled_from((None, True, False))},
                **{"via": st.one_of(st.none(), person), "undone": st.booleans(), "events": happenings},
            }
        ),
        max_size=6,
    ),
    thanks=st.lists(
        st.fixed_dictionaries(
            {
                **{"giver": person, "recipient": person, "amount": amounts, "note": words, "at": seconds},
                **{"degree": st.sampled_from((None, 1, 2, 3)), "referral": st.one_of(st.none(), person)},
                "undone": st.booleans(),
            }
        ),
        max_size=4,
    ),
    others=st.lists(
        st.fixed_dictionaries(
            {"giver": person, "recipient": person, "note": line, "at": moments, "undone": st.booleans()}
        ),
        max_size=3,
    ),
)


async def live(work: Work, club: Club, past: Past) -> None:
    """All of it is written down in the club."""
    people = [
        Person(next(_numbers) + 10**6, first, last, username and f"{username}{next(_numbers)}")
        for first, last, username in past.known
    ]
    ids = [member.id for member in await join(work, club, *people)]
    ids += [(await pending(work, club, username)).id for username in past.pending]
    await work.members.set_left(ids[past.left % len(ids)], BEGAN + timedelta(days=1))
    made_: list[int] = []
    for each in past.referrals:
        made_.append(await refer(work, club, ids, made_, each))
    for each in past.thanks:
        giver, recipient = two(ids, each)
        referral = None if each["referral"] is None or not made_ else made_[each["referral"] % len(made_)]
        await work.thanks.add(
            number=await work.clubs.next_number(club.id),
            **{"from_id": giver, "to_id": recipient, "amount": each["amount"], "note": each["note"]},
            **{"degree": each["degree"], "referral_id": referral, "given_at": each["at"]},
            **common(club, each),
        )
    for each in past.others:
        giver, recipient = two(ids, each)
        await work.meetings.add(
            by_id=giver, with_id=recipient, note=each["note"], met_at=each["at"], **common(club, each)
        )
        await work.visitors.add(by_id=giver, name=each["note"], came_at=each["at"], **common(club, each))


async def refer(work: Work, club: Club, ids: list[int], before: list[int], each: dict[str, Any]) -> int:
    giver, recipient = two(ids, each)
    moves = [value for side, value in each["events"] if side == "status"]
    at = each["at"]
    referral = await work.referrals.add(
        number=await work.clubs.next_number(club.id),
        **{"giver_id": giver, "recipient_id": recipient, "given_at": at, "position": 0},
        **{name: each[name] for name in ("contact", "need", "phone", "email", "kind", "warmth", "agreed")},
        kind_asked=each["kind"] == "inside" and each["kind_asked"],
        status=moves[-1] if moves else "new",
        declined_at=at if moves and moves[-1] == "declined" else None,
        via_id=None if each["via"] is None or not before else before[each["via"] % len(before)],
        **common(club, each),
    )
    for place, (side, value) in enumerate(each["events"]):
        by = None if side == "kind" else ids[place % len(ids)]
        await work.events.add(referral.id, at + timedelta(seconds=place // 2), by, side, value)
    if moves and moves[-1] == "declined":
        await work.events.add(referral.id, at + timedelta(seconds=5), recipient, "status", "declined:far")
    return referral.id


def two(ids: list[int], each: dict[str, Any]) -> tuple[int, int]:
    giver = each["giver"] % len(ids)
    return ids[giver], ids[(giver + 1 + each["recipient"] % (len(ids) - 1)) % len(ids)]


def common(club: Club, each: dict[str, Any]) -> dict[str, Any]:
    undone_at = each["at"] + timedelta(hours=1, microseconds=7) if each["undone"] else None
    return {"club_id": club.id, "chat_id": club.chat_id, "message_id": next(_numbers), "undone_at": undone_at}


async def exported(workplace: Workplace, club: Club, format_: str, table: str | None = None) -> bytes:
    until = datetime(2026, 12, 1, tzinfo=UTC)
    recipe = Export(club.id, format_, table, None, until, until, "en").recipe()
    async with made(workplace.look, recipe, Progress(), limit=None) as file:
        return file.path.read_bytes()


async def all_files(workplace: Workplace, club: Club) -> dict[str, Any]:
    """What each file of the export says."""
    files: dict[str, Any] = {t.name: await exported(workplace, club, CSV, t.name) for t in IN_CSV}
    book = openpyxl.load_workbook(io.BytesIO(await exported(workplace, club, XLSX)))
    for sheet in book.worksheets:
        files[sheet.title] = [[cell.value for cell in row] for row in sheet.iter_rows()]
    document = json.loads(await exported(workplace, club, JSON))
    return files | {name: rows for name, rows in document.items() if isinstance(rows, list)}


async def brought(workplace: Workplace, club: Club, content: bytes) -> int:
    """Import this; how much of it was new?"""
    sheets = [
        Sheet(name, [Row(at, tuple("" if cell is None else cell for cell in cells)) for at, cells in rows])
        for name, rows in tables(content)
    ]
    async with workplace.work() as work:
        house = House(club.zone, club.currency, club.country, ".", ("en",), datetime(2026, 12, 1, tzinfo=UTC))
        read, ignored = tables_of(sheets, None)
        plan = await imports.plan(work, club, read_tables(read, house, ignored))
        assert plan.problems == []
        import_ = await imports.sent(work, 1, club, "file", "past.xlsx")
        await imports.take_in(work, club, import_, plan)
        return plan.count


async def new_club(workplace: Workplace) -> Club:
    async with workplace.work() as work:
        return await club_of(work, -(10**6) - next(_numbers))


@pytest.mark.parametrize("way", [CSV, XLSX, JSON])
@settings(max_examples=6, suppress_health_check=list(HealthCheck))
@given(past=pasts)
async def test_what_goes_out_comes_in_and_goes_out_the_same(workplace: Workplace, way: str, past: Past) -> None:
    source, target = await new_club(workplace), await new_club(workplace)
    async with workplace.work() as work:
        await live(work, source, past)
    if way == CSV:
        content = packed({f"{t.name}.csv": await exported(workplace, source, CSV, t.name) for t in IN_CSV})
    else:
        content = await exported(workplace, source, way)
    await brought(workplace, target, content)
    before, after = await all_files(workplace, source), await all_files(workplace, target)
    if way == CSV:  # which has no one-to-ones and visitors
        before, after = ({t.name: files[t.name] for t in IN_CSV[:2]} for files in (before, after))
    assert after == before
    assert await brought(workplace, target, content) == 0
    assert await brought(workplace, source, content) == 0


@settings(max_examples=5, suppress_health_check=list(HealthCheck))
@given(past=pasts)
async def test_an_import_that_is_undone_leaves_nothing(workplace: Workplace, past: Past) -> None:
    source, target = await new_club(workplace), await new_club(workplace)
    async with workplace.work() as work:
        await live(work, source, past)
        await live(work, target, past)
    before = await all_files(workplace, target)
    await brought(workplace, target, await exported(workplace, source, XLSX))
    async with workplace.work() as work:
        last = await imports.to_take_back(work, target)
        await imports.take_back(work, target, last, 1)
    assert await all_files(workplace, target) == before
