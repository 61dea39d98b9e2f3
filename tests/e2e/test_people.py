"""Clubs and members: who is who, whatever they are called, and whatever their group becomes."""

from datetime import timedelta
from typing import Any

import pytest

from bot.domain.models import Member
from tests.support.scene import Scene, buttons

pytestmark = pytest.mark.every_database


async def members(scene: Scene, club_id: int = 1) -> dict[str, Member]:
    async with scene.kring.workplace.look() as work:
        return {m.first_name or f"@{m.username}": m for m in await work.members.all_of(club_id)}


async def recipients(scene: Scene) -> set[int | None]:
    """The user ids of those who were referred somebody to."""
    async with scene.kring.workplace.look() as work:
        ids = {
            row.recipient_id
            async for rows in work.lists.referrals(1, None, scene.clock.now() + timedelta(days=1))
            for row in rows
        }
        return {(await work.members.get(id_)).user_id for id_ in ids}


async def test_added_to_a_group_the_bot_greets_in_three_lines_with_the_two_commands(scene: Scene) -> None:
    other = scene.world.group("Kring Brugge", scene.anna, [])
    scene.world.add_bot(other, scene.anna)
    await scene.kring.settle()
    (greeting,) = scene.texts(other)
    assert len(greeting.splitlines()) == 3
    assert "/refer @name" in greeting
    assert "/thanks @name" in greeting


async def test_joining_makes_a_member_and_so_does_a_press_on_a_button(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @bert Piet: a roof")
    scene.world.join(scene.group, scene.world.person("Emma"))
    await scene.kring.settle()
    assert set(await members(scene)) == {"Anna", "Bert", "Carla", "Emma"}


async def test_an_unknown_username_is_credited_at_once_and_becomes_the_person_when_first_seen(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @Dirk_Maes Piet: a roof, 0470 12 34 56")
    pending, answer = (await members(scene))["@Dirk_Maes"], scene.last()
    dirk = scene.world.person("Dirk", username="dirk_maes")
    scene.world.join(scene.group, dirk)
    await scene.kring.settle()
    known = (await members(scene))["Dirk"]
    assert (known.id, known.user_id) == (pending.id, dirk.id)
    assert "470" in await scene.presses(dirk, "Details", answer)
    assert "for #1 (Piet)" in (await scene.says(dirk, "/thanks @anna"))[0]


async def test_a_member_who_takes_a_username_is_the_pending_member_of_that_name(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @carla Piet: a roof")
    scene.world.rename(scene.carla, username="Carla")
    await scene.says(scene.carla, "/help")
    assert set(await members(scene)) == {"Anna", "Bert", "Carla"}
    assert await recipients(scene) == {scene.carla.id}


async def test_who_referred_to_a_name_that_turns_out_to_be_their_own_is_not_credited(scene: Scene) -> None:
    await scene.says(scene.carla, "/refer @carla_later Piet: a roof")
    scene.world.rename(scene.carla, username="carla_later")
    assert "None yet." in (await scene.says(scene.carla, "/leaderboard"))[0]


async def test_a_changed_username_keeps_the_history(scene: Scene) -> None:
    await scene.says(scene.anna, "/refer @bert Piet: a roof")
    scene.world.rename(scene.bert, username="bertie")
    await scene.says(scene.bert, "/help")
    await scene.says(scene.anna, "/refer @bertie Mia: a logo")
    assert await recipients(scene) == {scene.bert.id}


async def test_a_username_that_someone_else_took_over_means_the_new_person(scene: Scene) -> None:
    scene.world.rename(scene.bert, username="")
    dirk = scene.world.person("Dirk", username="bert")
    scene.world.join(scene.group, dirk)
    await scene.kring.settle()
    assert await scene.says(scene.anna, "/refer @bert Piet: a roof") == ["#1 Anna → Dirk\nPiet: a roof"]


async def test_who_leaves_and_comes_back_is_the_same_member(scene: Scene) -> None:
    await scene.says(scene.bert, "/refer @dirk Piet: a roof")
    before = (await members(scene))["Bert"]
    scene.world.leave(scene.group, scene.bert)
    await scene.kring.settle()
    assert (await members(scene))["Bert"].left_at is not None
    scene.world.join(scene.group, scene.bert)
    await scene.kring.settle()
    assert (await members(scene))["Bert"] == before


async def test_the_same_person_in_two_clubs_is_seen_in_each_alone(scene: Scene) -> None:
    other = scene.world.group("Kring Brugge", scene.anna, [scene.bert])
    scene.world.add_bot(other, scene.anna)
    await scene.says(scene.anna, "/refer @dirk Piet: a roof")
    assert await scene.says(scene.anna, "/refer @dirk Mia: a logo", other) == ["#1 Anna → @dirk\nMia: a logo"]
    assert "1 in all" in (await scene.says(scene.bert, "/leaderboard", other))[0]


async def grow(scene: Scene, *, new_chat_first: bool) -> None:
    basic = scene.world.group("Kring Aalst", scene.anna, [scene.bert], kind="group")
    scene.world.add_bot(basic, scene.anna)
    await scene.says(scene.bert, "/help", basic)
    await scene.says(scene.anna, "/refer @bert Piet: a roof", basic)
    greetings = len(scene.texts(basic))
    grown = scene.world.upgrade(basic, new_chat_first=new_chat_first)
    assert (await scene.says(scene.anna, "/refer @bert Mia: a logo", grown))[-1].startswith("#2 Anna → Bert")
    assert "2 in all" in (await scene.says(scene.bert, "/leaderboard", grown))[0]
    assert len(scene.texts(basic)) == greetings


async def test_a_group_that_becomes_a_supergroup_keeps_its_ledger(scene: Scene) -> None:
    await grow(scene, new_chat_first=False)


async def test_in_whichever_order_telegram_tells_it(scene: Scene) -> None:
    await grow(scene, new_chat_first=True)


async def test_what_was_said_in_the_new_chat_before_telegram_told_is_taken_in(scene: Scene) -> None:
    basic = scene.world.group("Kring Aalst", scene.anna, [scene.bert], kind="group")
    scene.world.add_bot(basic, scene.anna)
    await scene.says(scene.anna, "/refer @bert Piet: a roof", basic)
    other = scene.world.group("Kring Aalst", scene.anna, [scene.bert])
    scene.world.add_bot(other, scene.anna)
    await scene.says(scene.bert, "/refer @anna Mia: a logo", other)
    migrated = scene.world.say(scene.anna, basic, "x") | {"migrate_to_chat_id": other.id}
    del migrated["text"]
    scene.world.inject({"update_id": scene.world.next_update_id, "message": migrated})
    await scene.kring.settle()
    (said,) = await scene.says(scene.bert, "/leaderboard", other)
    assert "1  Anna  1" in said
    assert "1  Bert  1" in said
    assert "2 in all" in said
    assert (await scene.says(scene.bert, "/refer @anna Jo: a logo", other))[0].startswith("#3 ")


async def test_start_in_private_names_the_persons_clubs(scene: Scene) -> None:
    (said,) = await scene.writes(scene.bert, "/start")
    assert "Your club: Kring Gent." in said
    stranger = scene.world.person("Zoë")
    assert "I don't know your club yet" in (await scene.writes(stranger, "/start"))[0]


async def test_help_lists_what_this_person_may_use_here(scene: Scene) -> None:
    (admins,) = await scene.says(scene.anna, "/help")
    (members_,) = await scene.says(scene.bert, "/help")
    (private,) = await scene.writes(scene.bert, "/help")
    assert "/help board" in admins
    assert "/help board" not in members_
    assert "/export" in (await scene.says(scene.anna, "/help board"))[0]
    assert "/export" not in members_
    assert "/refer @recipient" in members_
    assert "/mystats" in private
    assert "/refer @recipient" in private
    assert "/undo" not in private


async def test_telegrams_menu_offers_each_what_they_may_use(scene: Scene) -> None:
    def offered(who: Any, chat: Any) -> set[str]:
        return {command["command"] for command in scene.world.menu.offered(who, chat)}

    assert "export" in offered(scene.anna, scene.group)
    assert "export" not in offered(scene.bert, scene.group)
    assert "refer" in offered(scene.bert, scene.world.private(scene.bert))
    assert "undo" not in offered(scene.bert, scene.world.private(scene.bert))


async def test_a_hostile_name_is_shown_and_breaks_nothing(scene: Scene) -> None:
    scene.world.rename(scene.bert, first_name="<b>B&'\u202e\u0000")
    await scene.says(scene.bert, "/help")
    (said,) = await scene.says(scene.anna, "/refer @bert Piet: a roof")
    assert said == "#1 Anna → <b>B&'\nPiet: a roof"
    assert buttons(scene.last())


async def test_edits_that_name_ever_new_people_leave_no_crowd_behind(scene: Scene) -> None:
    for command in ("/refer @someone Piet: a roof", "/thanks @someone 100"):
        await scene.says(scene.anna, command)
        message = scene.typed(scene.anna)
        for number in range(5):
            await scene.edits(scene.anna, message, command.replace("someone", f"someone{number}"))
    async with scene.kring.workplace.look() as work:
        pending = [member.username for member in await work.members.all_of(1) if member.user_id is None]
    assert pending == ["someone4"]
