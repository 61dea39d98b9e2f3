"""Who may what, by every button: one table. What a button says can be forged, and sent from any chat.

A new button gets its row; the last test here fails until it has one. Of its data write such as the bot itself would
put behind it, for something of the club's that the member has no part in, and say for each what comes of it:

    done          it is done, or shown
    theirs        it is for those whose entry it is; what they may is in the tests of that entry
    admins, members, unknown, past    refused, as in tests/support/company.py

Who is who, and what there is in the club, is said there too. The rows of a column are tried one after the other.
"""

from pathlib import Path

import pytest

from bot.app import ROUTERS
from tests.support.company import A_MINUTE, outcome, read, records, who
from tests.support.scene import Scene

#                       in the group               in private
COLUMNS = (
    *(("group", role) for role in ("member", "admin", "demoted")),
    *(("private", role) for role in ("member", "admin", "demoted", "former", "other", "stranger")),
)
BUTTONS = """
details:1:1         | theirs  | theirs  | theirs  | theirs | theirs | theirs | members | members | members
kind:1:3:inside     | theirs  | done    | theirs  | theirs | done   | theirs | members | members | members
keep:1:2            | theirs  | done    | theirs  | theirs | done   | theirs | members | members | members
for:1:4:1           | theirs  | theirs  | theirs  | theirs | theirs | theirs | members | members | members
deg:1:5:2           | theirs  | theirs  | theirs  | theirs | theirs | theirs | members | members | members
open:1:0            | done    | done    | done    | done   | done   | done   | members | members | members
open:1:1            | theirs  | done    | theirs  | theirs | done   | theirs | members | members | members
step:1:1:contacted  | theirs  | done    | theirs  | theirs | done   | theirs | members | members | members
step:1:2:declined   | theirs  | done    | theirs  | theirs | done   | theirs | members | members | members
why:1:2:trade       | theirs  | done    | theirs  | theirs | done   | theirs | members | members | members
quality:1:1         | theirs  | theirs  | theirs  | theirs | theirs | theirs | members | members | members
warm:1:1:3          | theirs  | theirs  | theirs  | theirs | theirs | theirs | members | members | members
may:1:1:1           | theirs  | theirs  | theirs  | theirs | theirs | theirs | members | members | members
via:1:7:6           | theirs  | theirs  | theirs  | theirs | theirs | theirs | members | members | members
metundo:1:1         | theirs  | done    | theirs  | theirs | done   | theirs | members | members | members
metnot:1:1          | theirs  | theirs  | theirs  | theirs | theirs | theirs | members | members | members
guestundo:1:1       | theirs  | done    | theirs  | theirs | done   | theirs | members | members | members
undo:1:7            | theirs  | done    | theirs  | theirs | done   | theirs | members | members | members
quiet:1:0           | done    | done    | done    | done   | done   | done   | members | members | members
suggest:1:1         | done    | done    | done    | done   | done   | done   | members | members | members
vote:1:1:0          | done    | done    | done    | done   | done   | done   | members | members | members
export:1:csv:all    | admins  | done    | admins  | admins | done   | admins | members | members | members
import:1:1:cancel   | admins  | unknown | admins  | admins | unknown | admins | members | members | members
names:1:0           | unknown | unknown | unknown | admins | done   | admins | members | members | members
name:1:1:0          | unknown | unknown | unknown | admins | unknown | admins | members | members | members
same:1:1:2          | unknown | unknown | unknown | admins | unknown | admins | members | members | members
set:1:              | admins  | unknown | admins  | admins | done   | admins | members | members | members
set:1:post          | admins  | unknown | admins  | admins | done   | admins | members | members | members
set:1:pictures off  | admins  | done    | admins  | admins | done   | admins | members | members | members
lose:1:no           | admins  | done    | admins  | admins | done   | admins | members | members | members
lose:1:x:names on   | admins  | done    | admins  | admins | done   | admins | members | members | members
audit:1             | unknown | unknown | unknown | admins | done   | admins | members | members | members
board:1             | admins  | done    | admins  | admins | done   | admins | members | members | members
contact:1:1:no      | admins  | done    | admins  | admins | done   | admins | members | members | members
contact:1:1         | admins  | done    | admins  | admins | done   | admins | members | members | members
forgetme:ask:1      | members | members | members | done   | done   | done   | done    | done    | done
forgetme:yes:1      | members | members | members | past   | past   | past   | past    | past    | past
lang:en             | done    | done    | done    | done   | done   | done   | done    | done    | done
form:who:cancel     | past    | past    | past    | past   | past   | past   | past    | past    | past
"""
ROWS = read(BUTTONS, len(COLUMNS))


@pytest.mark.parametrize(("place", "role"), COLUMNS)
async def test_a_button_does_what_it_may_for_who_pressed_it(
    company: Scene, folder: Path, place: str, role: str
) -> None:
    person = who(company, role)
    chat = company.group if place == "group" else company.world.private(person)
    message, before = company.last(chat), records(folder)
    expected = {row[0]: row[1 + COLUMNS.index((place, role))] for row in ROWS}
    found, told = {}, len(company.private_texts(person))
    for data in expected:
        company.clock.set(company.clock.now() + A_MINUTE)
        found[data] = outcome(await company.sends_data(person, data, message))
    assert found == expected
    if "done" not in {expected[data] for data in expected if not data.startswith("lang")}:
        assert records(folder) == before
        assert not any("Kring Gent" in text for text in company.private_texts(person)[told:])


@pytest.mark.parametrize("role", ["admin", "member"])
async def test_a_button_that_was_carried_to_another_club_does_nothing_there(
    company: Scene, folder: Path, role: str
) -> None:
    person, otto = who(company, role), who(company, "other")
    brugge = next(chat for chat in company.world.chats.values() if chat.title == "Kring Brugge")
    company.world.join(brugge, person)
    await company.says(otto, "/help", brugge)
    before = records(folder)
    for data, *_ in ROWS:
        if data.split(":")[1] == "1":
            answer = outcome(await company.sends_data(person, data, company.last(brugge)))
            assert answer == "members", data
    assert records(folder) == before


def test_every_button_has_a_row() -> None:
    assert {row[0].partition(":")[0] for row in ROWS} == {word for router in ROUTERS for word in router.buttons}
