"""Whatever follows /refer and /thanks is recorded or refused in words; nothing ever breaks."""

import asyncio
import tempfile
from pathlib import Path

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from bot.playground.people import User
from tests.conftest import A_TUESDAY
from tests.support.databases import Stock
from tests.support.scene import Scene, playing

# What people type, what they mistype, and what they would try.
PIECES = st.sampled_from(
    ["@bert", "@anna", "@dirk", "@KringBot", "Piet", ":", " - ", ",", "\n", "0470 12 34 56", "a@b.be", "€1.500",
     "1 500", "-5", "#1", "#0", "#99999999999", "1e5", "€", "12,5k", "<b>", "&amp;", "{0}", "%s", "\u202e", "\u200b",
     "🤝", "=1+1", "'; DROP TABLE clubs; --", "\x00", "\ud83d", "ß" * 50, "x" * 1100]
)  # fmt: skip
ANYTHING = st.text(st.characters(), max_size=200)
ARGUMENTS = st.one_of(ANYTHING, st.lists(st.one_of(PIECES, ANYTHING), max_size=8).map(" ".join))
COMMANDS = st.tuples(st.sampled_from(["/refer ", "/thanks ", "/undo ", "/leaderboard ", "/export "]), ARGUMENTS)


# Each example is a whole bot, so a failing one is shown as it was found: making it smaller would take minutes.
@settings(max_examples=10, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(st.lists(COMMANDS, min_size=20, max_size=80))
def test_any_text_is_recorded_or_refused_and_always_answered(stock: Stock, typed: list[tuple[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        stock.put(Path(folder))
        asyncio.run(_live(Path(folder), [command + arguments for command, arguments in typed]))


async def _live(folder: Path, typed: list[str]) -> None:
    async with playing(folder, A_TUESDAY) as scene:
        answered = len(scene.texts())
        for text in typed:
            someone = scene.world.person("Someone")
            scene.world.join(scene.group, someone)
            _say_raw(scene, someone, text)
        await scene.kring.settle()
        async with scene.kring.workplace.look() as work:
            assert await work.inbox.failures() == []
            assert await work.outbox.count_open() == 0
        assert len(scene.texts()) >= answered + len(typed)
        assert [call for call in scene.world.log if isinstance(call.outcome, dict) and not call.outcome["ok"]] == []


def _say_raw(scene: Scene, who: User, text: str) -> None:
    """The message as it is, where Telegram's apps would tidy it: trimmed, without what JSON cannot carry.

    Each is somebody else's, as one person's refusals are kept to a few a minute.
    """
    world = scene.world
    length = len(text.split()[0])
    message = {
        "message_id": world.next_update_id,
        "date": int(scene.clock.now().timestamp()),
        "chat": {"id": scene.group.id, "type": "supergroup", "title": "Kring Gent"},
        "from": dict(who),
        "text": text,
        "entities": [{"type": "bot_command", "offset": 0, "length": length}],
    }
    world.inject({"update_id": world.next_update_id, "message": message})
