"""What stands in the group is in the club's language; private messages and small windows are in the reader's own.

Everything that the bot says bears the mark of the language it is said in, and each place is looked at after each step.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from markupsafe import Markup

from bot.domain.club_settings import settings
from bot.playground.people import User
from bot.texts.catalogues import SPOKEN
from bot.texts.language import Language
from tests.conftest import A_TUESDAY
from tests.support.scene import Message, Scene, buttons, words

DAY = timedelta(days=1)
MARK = re.compile("⟨(..)⟩")


@pytest.fixture(autouse=True)
def _marked(monkeypatch: pytest.MonkeyPatch) -> None:
    def mark(how: Callable[..., str]) -> Callable[..., str]:
        def said(self: Language, *sentence: Any, **values: Any) -> str:
            text = how(self, *sentence, **values)
            return (Markup if isinstance(text, Markup) else str)(f"⟨{self.code}⟩{text}")

        return said

    for name in ("t", "n", "plain"):
        monkeypatch.setattr(Language, name, mark(getattr(Language, name)))


class Club:
    """A Dutch club. Anna's Telegram is German; Bert's is English and he chose French; Carla's is French, and she never
    pressed Start."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.reads: dict[int, str] = {}

    async def begin(self) -> None:
        for who, code in ((self.scene.anna, "de"), (self.scene.bert, "en"), (self.scene.carla, "fr")):
            self.scene.world.speaks(who, code)
            self.reads[who.id] = code
        await self.scene.says(self.scene.anna, "/settings language nl")
        await self.scene.writes(self.scene.anna, "/start")
        await self.scene.writes(self.scene.bert, "/language fr")
        self.reads[self.scene.bert.id] = "fr"
        self.looks_right()

    def looks_right(self) -> None:
        """All that stands anywhere now is in the language of its place."""
        for chat in self.scene.world.chats.values():
            expected = "nl" if chat.type != "private" else self.reads[chat.id]
            for message in self._said(chat):
                if message["date"] < A_TUESDAY.timestamp() or ("document" in message and "caption" not in message):
                    continue  # from before the club chose, or a file below another
                for text in (words(message), *buttons(message)):
                    assert set(MARK.findall(text)) <= {expected}, text
                assert MARK.search(words(message)), message

    async def says(self, who: User, text: str, **how: Any) -> list[str]:
        said = await self.scene.says(who, text, **how)
        self.looks_right()
        return said

    async def writes(self, who: User, text: str) -> list[str]:
        said = await self.scene.writes(who, text)
        self.looks_right()
        return said

    async def edits(self, who: User, text: str) -> None:
        await self.scene.edits(who, self.scene.typed(who), text)
        self.looks_right()

    async def taps(self, who: User, data: str, private: bool = False) -> str:
        """Press the last button there whose data begin so; what is answered is in their own language."""
        chat = self.scene.world.private(who) if private else self.scene.group
        message, found = next(
            (message, value)
            for message in reversed(self._said(chat))
            for value in buttons(message).values()
            if value.startswith(data)
        )
        answer = await self.scene.sends_data(who, found, message)
        assert set(MARK.findall(answer)) <= {self.reads[who.id]}, answer
        self.looks_right()
        return answer

    async def at(self, days: float) -> None:
        await self.scene.at(A_TUESDAY + days * DAY)
        self.looks_right()

    def _said(self, chat: Any) -> list[Message]:
        return [m for m in self.scene.world.messages(chat) if m.get("from", {}).get("id") == self.scene.world.bot["id"]]


@pytest.fixture
async def club(scene: Scene) -> Club:
    club = Club(scene)
    await club.begin()
    return club


async def test_while_a_referral_lives(club: Club, scene: Scene) -> None:
    anna, bert, carla = scene.anna, scene.bert, scene.carla
    await club.says(anna, "/refer @bert Piet Peeters: a website, 0470 12 34 56")
    assert len(scene.private_texts(bert)) == 2
    await club.edits(anna, "/doorverwijs @bert Piet Peeters: two websites, 0470 12 34 56")
    await club.says(anna, "/refer @bert Piet Peeters: a website")  # a double
    assert await club.taps(anna, "keep:")
    await club.taps(anna, "quality:")
    await club.taps(anna, "warm:", private=True)
    await club.taps(anna, "may:", private=True)
    await club.taps(bert, "step:1:1:", private=True)
    assert "Bert" in scene.private_texts(anna)[-1]
    await club.taps(bert, "step:1:2:declined", private=True)
    await club.taps(bert, "why:", private=True)
    await club.writes(bert, "/referrals")
    await club.taps(bert, "open:1:1", private=True)
    await club.says(anna, "/referrals")
    await club.says(bert, "/refer Mia: a roof, 0470 65 43 21", reply_to=scene.typed(anna)["message_id"])
    await club.says(anna, "/refer Jan: a car, jan@example.be", reply_to=await said_by(club, carla))
    assert await club.taps(carla, "details:")
    assert await club.taps(bert, "details:")
    await club.taps(carla, "step:")
    await club.edits(anna, "/refer @bert Jan: a car")
    assert await club.taps(anna, "undo:")
    await club.at(8.1)
    await club.at(14.1)
    assert sum("14" in said for said in scene.private_texts(bert)) == 1


async def said_by(club: Club, who: User) -> int:
    """A message of this person, to be replied to."""
    club.scene.world.say(who, club.scene.group, "Good morning")
    await club.scene.kring.settle()
    number: int = club.scene.typed(who)["message_id"]
    return number


async def test_where_it_is_direct_business_or_a_chain(club: Club, scene: Scene) -> None:
    anna, bert = scene.anna, scene.bert
    await club.says(anna, "/refer @bert I need a website #inside")
    await club.says(bert, "/refer @anna myself: a roof")
    for kind in ("inside", "outside"):
        if any(data.startswith("kind:") for data in buttons(scene.last()).values()):
            await club.taps(bert, f"kind:1:2:{kind}")
    await club.says(anna, "/refer @bert Piet Peeters: a website")
    await club.says(bert, "/refer Piet Peeters: a logo via #3", reply_to=await said_by(club, scene.carla))
    await club.says(anna, "/chain #3")
    await club.says(scene.carla, "/thanks @bert 1.500 #4")
    assert "#3" in scene.private_texts(anna)[-1]
    await club.taps(scene.carla, "undo:")


async def test_where_thanks_are_said(club: Club, scene: Scene) -> None:
    anna, bert = scene.anna, scene.bert
    await club.says(anna, "/refer @bert Piet: a website")
    await club.says(anna, "/refer @bert Mia: a roof")
    await club.says(bert, "/thanks @anna ca. 1500,50 a word")
    assert len(scene.private_texts(anna)) > 1
    assert await club.taps(bert, "for:")
    await club.edits(bert, "/merci @anna 2 000")
    await club.says(anna, "/bedankt @bert 12,5k")
    assert await club.taps(anna, "deg:")
    await club.says(bert, "/undo")
    assert await club.taps(anna, "undo:")


async def test_where_people_meet_and_come_along(club: Club, scene: Scene) -> None:
    anna, bert = scene.anna, scene.bert
    await club.says(anna, "/met @bert over coffee")
    await club.edits(anna, "/ontmoet @bert over tea")
    assert await club.taps(bert, "metnot:", private=True)
    await club.says(bert, "/met @anna")
    assert await club.taps(bert, "metundo:")
    await club.says(anna, "/visitor Mia Claes")
    assert await club.taps(anna, "guestundo:")


async def test_where_someone_is_new(club: Club, scene: Scene) -> None:
    scene.world.promote(scene.group, scene.world.bot)
    emma, zoe = scene.world.person("Emma", None, "emma"), scene.world.person("Zoë")
    for who, code in ((emma, "fr"), (zoe, "en")):
        scene.world.speaks(who, code)
        club.reads[who.id] = code
    await club.writes(emma, "/start")
    scene.world.join(scene.group, emma)
    scene.world.join(scene.group, zoe)
    await scene.kring.settle()
    await club.writes(zoe, "/start welcome_1")
    assert await club.taps(emma, "suggest:1:1", private=True)
    said = len(scene.private_texts(emma))
    await club.at(8.1)
    assert len(scene.private_texts(emma)) > said
    await club.taps(emma, "suggest:1:0", private=True)
    await club.says(emma, "/whatis")
    await club.writes(emma, "/whatis")


async def test_where_the_club_is_asked_and_looks_back(club: Club, scene: Scene) -> None:
    await club.says(scene.anna, "/refer @bert Piet: a website")
    await club.at(6)
    await club.at(23)
    assert await club.taps(scene.bert, "vote:")
    for command in ("/leaderboard maand", "/value", "/mystats", "/quiet", "/board", "/export", "/help", "/start"):
        for who in (scene.anna, scene.bert, scene.carla):
            await club.says(who, command)
            if who is not scene.carla:
                await club.writes(who, command)
    await club.says(scene.anna, "/settings post vendredi")
    await club.writes(scene.anna, "/settings post vendredi")
    for command in ("/settings post fri", "/board", "/export"):
        await club.says(scene.anna, command, anonymous=True)
        await club.taps(scene.anna, f"{command.split()[0][1:].replace('settings', 'set')}:")


async def test_where_admins_are_at_their_desk(club: Club, scene: Scene) -> None:
    await club.says(scene.anna, "/settings totals admins")
    for command in ("/settings", "/audit", "/value"):
        for anonymous in (True, False):
            await club.says(scene.anna, command, anonymous=anonymous)
        await club.writes(scene.anna, command)
        await club.writes(scene.anna, f"/start {command[1:]}_1")
    await club.writes(scene.anna, "/settings")
    for setting in settings(SPOKEN):
        await club.taps(scene.anna, f"set:1:{setting}", private=True)
        await club.taps(scene.anna, f"set:1:{setting} ", private=True)
        await club.taps(scene.anna, "set:1:", private=True)
    await club.says(scene.anna, "/settings language nl")
    await club.writes(scene.anna, "/audit")


async def test_where_something_is_refused_or_fails(club: Club, scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    for command in ("/refer", "/thanks", "/thanks @bert 1500-2000", "/settings taal Klingon", "/language", "/undo #99"):
        await club.says(scene.anna, command)
        await club.writes(scene.anna, command)
        await scene.at(scene.clock.now() + timedelta(minutes=2))
    await club.says(scene.bert, "/settings post fri")
    await club.says(scene.anna, "/refer @bert Piet: a roof", anonymous=True)
    await club.says(scene.anna, "/refer @bert Piet: a website")
    assert await scene.sends_data(scene.carla, "undo:1:1")
    for who, data in ((scene.bert, "undo:1:99"), (scene.carla, "x"), (scene.anna, "set:1:x y")):
        answer = await scene.sends_data(who, data)
        assert set(MARK.findall(answer)) == {club.reads[who.id]}
    await club.edits(scene.anna, "/refer @anna Piet: a website")

    async def fails(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("bot.services.value.of_club", fails)
    monkeypatch.setattr("bot.services.direct.tell", fails)
    assert await club.says(scene.bert, "/value")
    answer = await scene.sends_data(scene.bert, "kind:1:1:inside")
    assert set(MARK.findall(answer)) == {"fr"}


async def test_where_a_form_is_filled_in(club: Club, scene: Scene) -> None:
    bert = scene.bert
    await club.writes(bert, "/recommande")
    await club.taps(bert, "form:who:", private=True)
    for answer in ("Piet Peeters", "a website", "0470 12 34 56"):
        await club.writes(bert, answer)
    await club.taps(bert, "form:warmth:3", private=True)
    await club.taps(bert, "form:look:record", private=True)
    assert "Piet Peeters" in scene.texts()[-1]
    await club.writes(bert, "/merci")
    await club.taps(bert, "form:who:", private=True)
    await club.writes(bert, "much")
    await club.taps(bert, "form:amount:skip", private=True)
    await club.taps(bert, "form:note:cancel", private=True)
    assert await scene.sends_data(bert, "form:note:skip", scene.last(scene.world.private(bert)))
