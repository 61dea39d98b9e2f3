"""`python -m bot doctor` asks Telegram: is the token known, does the clock agree, what may the bot do in each club?"""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from bot.cli import doctor
from bot.cli.checks import telegram
from bot.cli.checks.findings import Weight
from bot.cli.checks.telegram import judge
from bot.clock import MovableClock
from bot.playground.faults import Kind
from tests.support.databases import committed
from tests.support.patient import Patient
from tests.support.scene import Scene

pytestmark = pytest.mark.sqlite  # the patient has a file


async def test_without_a_token_it_says_where_to_get_one(patient: Patient) -> None:
    patient.kring.set(BOT_TOKEN="")
    assert await patient.look("token") == (
        2,
        ["change: there is none → get one from @BotFather and put it into .env as BOT_TOKEN"],
    )


async def test_a_token_that_telegram_does_not_know(patient: Patient) -> None:
    patient.kring.set(BOT_TOKEN="7412345678:AAHk3_x-Zz0123456789abcdefghijklmno")  # noqa: S106  nobody's
    assert await patient.look("token") == (
        2,
        ["change: Telegram does not know it → copy it anew from @BotFather, /mybots"],
    )


@pytest.mark.parametrize(
    ("kind", "said"),
    [("drop", "it cannot be reached (RemoteProtocolError)"), ("error", "it refuses to answer for now (502)")],
)
async def test_an_outage_of_telegram_may_pass_by_itself(patient: Patient, kind: Kind, said: str) -> None:
    patient.scene.world.faults.add(kind, "getMe", code=502, times=None)
    code, found = await patient.look("telegram")
    assert code == 1
    assert found[0].startswith(f"temporary: {said} → ")


async def test_an_address_where_something_else_answers(patient: Patient) -> None:
    patient.kring.set(BOT_API_URL=f"{patient.scene.url}/elsewhere")
    code, found = await patient.look("telegram")
    assert code == 1
    assert found[0].startswith("temporary: what answers is no Bot API → ")


@pytest.mark.parametrize(("seconds", "how"), [(300, "fast"), (-300, "slow")])
async def test_a_clock_that_is_wrong(patient: Patient, monkeypatch: pytest.MonkeyPatch, seconds: int, how: str) -> None:
    clock = MovableClock(patient.scene.clock.now() + timedelta(seconds=seconds))
    monkeypatch.setattr(doctor, "SystemClock", lambda: clock)
    code, (found,) = await patient.look("clock")
    assert code == 2
    assert found.startswith("change: this machine's is ")
    assert how in found
    assert found.endswith("→ timedatectl set-ntp true")


def test_a_slow_answer_is_no_wrong_clock() -> None:
    noon = datetime.fromisoformat("2026-03-10T12:00:00+00:00")
    late = noon + timedelta(minutes=2)
    for at in (noon, noon - timedelta(seconds=1), late, noon + timedelta(minutes=1)):
        (found,) = telegram.check_clock(noon, at, late)
        assert found.weight is Weight.WELL


async def test_privacy_mode_that_is_off(patient: Patient) -> None:
    patient.scene.world.bot["can_read_all_group_messages"] = True
    code, (found,) = await patient.look("privacy")
    assert code == 0
    assert found.startswith("advice: privacy mode is off")
    assert "/setprivacy" in found


def bars_messages(scene: Scene) -> None:
    scene.group.forbidden.add("can_send_messages")


def bars_photos(scene: Scene) -> None:
    scene.group.forbidden.add("can_send_photos")


def makes_admin(scene: Scene) -> None:
    scene.world.promote(scene.group, scene.world.bot)


def removes(scene: Scene) -> None:
    scene.world.remove_bot(scene.group, scene.anna)


@pytest.mark.parametrize(
    ("happens", "code", "said"),
    [
        (makes_admin, 0, "well: the bot is an admin of the group"),
        (bars_photos, 0, "advice: the bot may not send pictures in the group"),
        (bars_messages, 2, "change: the bot may not write in the group"),
        (removes, 2, "change: the bot is not in the group"),
    ],
)
async def test_what_the_bot_may_do_in_a_club(
    patient: Patient, happens: Callable[[Scene], None], code: int, said: str
) -> None:
    happens(patient.scene)
    found_code, (found,) = await patient.look("club 1")
    assert found_code == code
    assert found.startswith(said)


async def test_a_club_that_the_bot_was_removed_from_is_no_fault(patient: Patient) -> None:
    removes(patient.scene)
    await patient.scene.kring.settle()
    assert committed(patient.folder, "SELECT count(*) FROM clubs WHERE bot_left_at IS NOT NULL") == [(1,)]
    code, (found,) = await patient.look("club 1")
    assert (code, found.partition(":")[0]) == (0, "well")


@pytest.mark.parametrize(
    ("member", "weight"),
    [
        ({"is_member": True, "can_send_messages": True, "can_send_photos": True}, Weight.WELL),
        ({"is_member": True, "can_send_messages": False, "can_send_photos": False}, Weight.CHANGE),
        ({"is_member": True, "can_send_messages": True, "can_send_photos": False}, Weight.ADVICE),
        ({"is_member": False, "can_send_messages": True, "can_send_photos": True}, Weight.CHANGE),
    ],
)
def test_a_bot_that_was_restricted(member: dict[str, bool], weight: Weight) -> None:
    assert judge("club 1", {}, {"status": "restricted", **member}, pictures=True).weight is weight
