"""Who may what, by every command: one table, for the group and for the private chat.

A new command gets its row; the last test here fails until it has one. Type something that would work for who may, and
say for each what comes of it:

    done          it is done, or shown (for the admin of another club: of their own club)
    admins, members, no club, in the group, as oneself, press    refused, or asked, as in tests/support/company.py

Who is who, and what there is in the club, is said there too. The rows of a column are tried one after the other.
"""

from pathlib import Path

import pytest

from bot.app import COMMANDS
from tests.support.company import A_MINUTE, OUTSIDERS, outcome, read, records, who
from tests.support.scene import Scene

IN_THE_GROUP = ("member", "admin", "demoted", "anonymous")
GROUP = """
/refer @bert Els: a roof | done   | done | done   | as oneself
/thanks @bert 50         | done   | done | done   | as oneself
/referrals               | done   | done | done   | as oneself
/chain #1                | done   | done | done   | done
/met @bert over tea      | done   | done | done   | as oneself
/visitor Els             | done   | done | done   | as oneself
/leaderboard             | done   | done | done   | done
/mystats                 | done   | done | done   | as oneself
/quiet off               | done   | done | done   | as oneself
/circle                  | done   | done | done   | done
/value                   | done   | done | done   | done
/undo #6                 | theirs | done | theirs | as oneself
/export                  | admins | done | admins | press
/import                  | done   | done | done   | done
/settings                | admins | done | admins | done
/settings reminders 3    | admins | done | admins | press
/audit                   | admins | done | admins | done
/board                   | admins | done | admins | press
/forget contact #1       | admins | done | admins | done
/privacy                 | done   | done | done   | done
/mydata                  | done   | done | done   | done
/forgetme                | done   | done | done   | done
/whatis                  | done   | done | done   | done
/language en             | done   | done | done   | done
/help                    | done   | done | done   | done
/help board              | admins | done | admins | admins
/start                   | done   | done | done   | done
"""
IN_PRIVATE = ("member", "admin", "demoted", "former", "other", "stranger")
PRIVATE = """
/refer @bert Els: a roof | done         | done         | done         | no club      | done         | no club
/thanks @bert 50         | done         | done         | done         | no club      | done         | no club
/referrals               | done         | done         | done         | no club      | done         | no club
/chain #1                | in the group | in the group | in the group | in the group | in the group | in the group
/met @bert over tea      | in the group | in the group | in the group | in the group | in the group | in the group
/visitor Els             | in the group | in the group | in the group | in the group | in the group | in the group
/leaderboard             | in the group | in the group | in the group | in the group | in the group | in the group
/mystats                 | done         | done         | done         | no club      | done         | no club
/quiet off               | done         | done         | done         | no club      | done         | no club
/circle                  | in the group | in the group | in the group | in the group | in the group | in the group
/value                   | done         | done         | done         | no club      | done         | no club
/undo #6                 | in the group | in the group | in the group | in the group | in the group | in the group
/export                  | admins       | done         | admins       | no club      | done         | no club
/import                  | admins       | done         | admins       | no club      | done         | no club
/settings                | admins       | done         | admins       | no club      | done         | no club
/settings reminders 3    | admins       | done         | admins       | no club      | done         | no club
/audit                   | admins       | done         | admins       | no club      | done         | no club
/board                   | admins       | done         | admins       | no club      | done         | no club
/forget contact #1       | admins       | in the group | admins       | no club      | in the group | no club
/privacy                 | done         | done         | done         | done         | done         | done
/mydata                  | done         | done         | done         | done         | done         | done
/forgetme                | done         | done         | done         | done         | done         | done
/whatis                  | done         | done         | done         | done         | done         | done
/language en             | done         | done         | done         | done         | done         | done
/help                    | done         | done         | done         | done         | done         | done
/help board              | admins       | done         | admins       | admins       | done         | admins
/start                   | done         | done         | done         | done         | done         | done
/start settings_1        | admins       | done         | admins       | admins       | admins       | admins
/start audit_1           | admins       | done         | admins       | admins       | admins       | admins
/start value_1           | done         | done         | done         | admins       | admins       | admins
/start refer_1           | done         | done         | done         | no club      | done         | no club
/start thanks_1          | done         | done         | done         | no club      | done         | no club
/start welcome_1         | done         | done         | done         | done         | done         | done
"""
IN_GROUP_ROWS, IN_PRIVATE_ROWS = read(GROUP, len(IN_THE_GROUP)), read(PRIVATE, len(IN_PRIVATE))


@pytest.mark.parametrize("role", IN_THE_GROUP)
async def test_in_the_group_a_command_does_what_it_may_for_who_typed_it(company: Scene, role: str) -> None:
    person = who(company, role)
    expected = {row[0]: row[1 + IN_THE_GROUP.index(role)] for row in IN_GROUP_ROWS}
    found = {}
    for typed in expected:
        company.clock.set(company.clock.now() + A_MINUTE)
        told = len(company.private_texts(person))
        said = await company.says(person, typed, anonymous=role == "anonymous")
        said += company.private_texts(person)[told:]
        assert said, typed
        found[typed] = outcome(said[0])
    assert found == expected


@pytest.mark.parametrize("role", IN_PRIVATE)
async def test_in_private_a_command_does_what_it_may_for_who_typed_it(company: Scene, folder: Path, role: str) -> None:
    person, before = who(company, role), records(folder)
    expected = {row[0]: row[1 + IN_PRIVATE.index(role)] for row in IN_PRIVATE_ROWS}
    found, answers = {}, {}
    for typed in expected:
        company.clock.set(company.clock.now() + A_MINUTE)
        said = await company.writes(person, typed)
        assert said, typed
        found[typed], answers[typed] = outcome(said[0]), "\n".join(said)
    assert found == expected
    if role in OUTSIDERS:
        assert records(folder) == before
        del answers["/forgetme"]  # tells who left where they were
        assert not any("Kring Gent" in said or "Piet" in said for said in answers.values())


def test_every_command_has_a_row_in_both() -> None:
    for rows in (IN_GROUP_ROWS, IN_PRIVATE_ROWS):
        typed = {row[0].split()[0][1:] for row in rows}
        assert typed == {command.name for command in COMMANDS}
