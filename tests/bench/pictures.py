"""What a picture costs beside a plain text: time to make it, memory, and posts a second."""

import asyncio
import os
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from bot import speech
from bot.domain.outgoing import Outgoing
from bot.pictures import leaderboard
from bot.pictures.renderer import Renderer
from bot.storage.engine import Database
from bot.storage.migrate import migrate
from tests.bench.memory import resident_mb
from tests.support.cards import card, row
from tests.support.renderer import workers_of
from tests.support.scene import Scene, playing

TIMES = 20
NAMES = (
    "Anna",
    "Bert",
    "Carla De Smet",
    "Dirk",
    "Emma-Josephina van den Broeck",
    "Fatima",
    "Gust",
    "Hilde",
    "Ivo",
    "Jef",
)
CARD = card(
    *(
        row(at + 1, name, 12 - at, at % 3 - 1, "12 weeks in a row" if at % 4 == 0 else "", new=at % 4 == 1)
        for at, name in enumerate(NAMES)
    )
)
WORDS = "\n".join(f"{at + 1}  <b>{name}</b>  {12 - at}" for at, name in enumerate(NAMES))


def measured(short: bool) -> list[str]:
    """The table, in lines."""
    posts, rounds = (5, 1) if short else (100, 3)
    return [
        "| of a card of ten givers | |",
        "|---|---|",
        *(f"| {what} | {found} |" for what, found in asyncio.run(_found(posts, rounds))),
    ]


async def _found(posts: int, rounds: int) -> list[tuple[str, str]]:
    return [*await _made(), *await _posted(posts, rounds)]


async def _made() -> list[tuple[str, str]]:
    """How long one takes to be made, and what memory that takes: of this process, which has all of the bot in it, and
    of the worker."""
    renderer, own = Renderer(), resident_mb(os.getpid())
    began = time.perf_counter()
    svg = leaderboard.draw(CARD)
    drawn = time.perf_counter()
    png = await renderer.render(svg)
    first_draw, first_render = drawn - began, time.perf_counter() - drawn
    (worker,) = workers_of(os.getpid())
    drawings = [_timed(lambda: leaderboard.draw(CARD)) for _ in range(TIMES)]
    renders = []
    for _ in range(TIMES):
        began = time.perf_counter()
        await renderer.render(svg)
        renders.append(time.perf_counter() - began)
    found = [
        ("PNG", f"{len(png) / 1000:.0f} kB"),
        ("drawn as SVG, the first (fonts are read)", _ms(first_draw)),
        ("drawn as SVG, later", _ms(median(drawings))),
        ("rendered, the first (the worker starts)", _ms(first_render)),
        ("rendered, later", _ms(median(renders))),
        ("resident memory of the bot before any picture", f"{own:.0f} MB"),
        (f"the same after {TIMES} pictures", f"{resident_mb(os.getpid()):.0f} MB"),
        ("of the worker between two pictures; idle, it ends", f"{resident_mb(worker):.0f} MB"),
        ("of the worker at most", f"{resident_mb(worker, 'VmHWM'):.0f} MB"),
    ]
    await renderer.close()
    return found


async def _posted(posts: int, rounds: int) -> list[tuple[str, str]]:
    """How fast the posts of so many clubs with the same slot go to a server on this machine that sets no limits."""
    with TemporaryDirectory() as place:
        database = Database(f"sqlite:///{place}/kring.db")
        await migrate(database)
        await database.close()
        async with playing(Path(place), datetime(2026, 3, 16, 8, 0, tzinfo=UTC)) as scene:
            groups = [scene.world.group(f"Club {number}", scene.anna, []) for number in range(posts)]
            for group in groups:
                scene.world.add_bot(group, scene.anna)
            await scene.kring.settle()
            ids = [group.id for group in groups]
            # In turns, so that whatever else the machine does befalls both alike.
            taken = [
                (await _sending(scene, _posts(ids, None, turn)), await _sending(scene, _posts(ids, CARD, turn)))
                for turn in range(rounds)
            ]
    text, photo = (median(each) for each in zip(*taken, strict=True))
    return [
        (f"posts of {posts} clubs as text alone", f"{posts / text:.0f} a second"),
        ("the same with the card", f"{posts / photo:.0f} a second"),
        ("ratio of the time", f"{photo / text:.1f}"),
    ]


def _posts(chat_ids: Sequence[int], recipe: dict[str, Any] | None, turn: int) -> Iterator[Outgoing]:
    for chat_id in chat_ids:
        yield speech.weekly_post(chat_id, WORDS, f"{chat_id} {turn} {recipe is None}", recipe)


async def _sending(scene: Scene, posts: Iterator[Outgoing]) -> float:
    async with scene.kring.workplace.work() as work:
        for each in posts:
            await work.outbox.put(each)
    began = time.perf_counter()
    await scene.kring.sender.drain()
    return time.perf_counter() - began


def _timed(work: Any) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _ms(seconds: float) -> str:
    return f"{1000 * seconds:.0f} ms"
