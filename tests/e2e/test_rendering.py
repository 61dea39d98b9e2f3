"""The renderer by itself: what is drawn, and its worker, which comes and goes."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot import speech
from bot.pictures import gallery, renderer
from bot.pictures.lines import measure
from bot.pictures.renderer import Renderer, RenderFailed
from bot.pictures.svg import element, picture, text
from tests.support.cards import card, row
from tests.support.png import WHITE, rows_of, size_of
from tests.support.process import until
from tests.support.renderer import HANGS, replaced, workers_of
from tests.support.scene import Scene


@pytest.fixture
async def renders() -> AsyncIterator[Renderer]:
    """A renderer by itself."""
    one = Renderer()
    yield one
    await one.close()


@pytest.mark.parametrize("words", ["Hamburg", "Hamburg 🎉", "دوד", "דוד בן", "محمد علي", "Anna محمد"])
@pytest.mark.parametrize("bold", [False, True])
async def test_a_text_is_drawn_as_wide_as_it_is_measured(renders: Renderer, words: str, bold: bool) -> None:
    ground = element("rect", width=400, height=60, fill="#fff")
    png = await renders.render(picture(400, 60, ground, text(words, 20, 40, 32, bold=bold)))
    inked = {x for row in rows_of(png, 60) for x, pixel in enumerate(row) if pixel != WHITE}
    assert (min(inked), max(inked)) == pytest.approx((20, 20 + measure(words, 32, bold)), abs=6)


@pytest.mark.parametrize(
    "words", ["a👨‍👩‍👧", "x ❤️ y", "x 1️⃣", "y̆ ★ 🎉", "<script>&amp;\"'", "]]>", "\ud800\0\u202e x", "﷽ ﷽", "🏴󠁧󠁢󠁳󠁣󠁴󠁿 Zo"]
)
async def test_no_name_keeps_a_picture_from_being_made(renders: Renderer, words: str) -> None:
    recipe = card(row(1, words, 2), row(2, f"{words} {words}", 1), title=words)
    assert size_of(await gallery.make_picture(renders, recipe))[0] == 1080


@pytest.mark.parametrize("svg", ["no picture", "<svg", '<svg xmlns="http://www.w3.org/2000/svg" width="0"/>', ""])
async def test_what_cannot_be_rendered_is_told_and_harms_no_other(renders: Renderer, svg: str) -> None:
    with pytest.raises(RenderFailed):
        await renders.render(svg)
    assert await renders.render(picture(10, 10))


async def test_a_worker_that_hangs_is_killed(
    renders: Renderer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replaced(
        f"import os\nprint(os.getpid(), file=open('{tmp_path}/pid', 'w'), flush=True)\n{HANGS}", tmp_path, monkeypatch
    )
    with pytest.raises(RenderFailed, match=r"longer than 0\.5 s"):
        await renders.render(picture(10, 10))
    assert gone(int((tmp_path / "pid").read_text()))


async def test_an_idle_worker_ends_and_the_next_picture_has_another(
    renders: Renderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(renderer, "IDLE_S", 0.05)
    first = await renders.render(picture(10, 10))
    (worker,) = workers_of(os.getpid())
    await until(lambda: gone(worker))
    assert await renders.render(picture(10, 10)) == first


async def test_pictures_that_are_asked_for_together_are_made_side_by_side_and_others_by_one_worker(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    one = Renderer()
    try:
        alone = [await one.render(picture(10, 10)) for _ in range(3)]
        assert len(workers_of(os.getpid())) == 1
        together = await asyncio.gather(*(one.render(picture(10, 10)) for _ in range(5)))
        assert len(workers_of(os.getpid())) == 2
        assert {*alone, *together} == {alone[0]}
    finally:
        await one.close()
    assert workers_of(os.getpid()) == []


async def test_the_worker_knows_neither_the_token_nor_the_database_and_ends_with_the_bot(scene: Scene) -> None:
    said = speech.photo(scene.group.id, card(row(1, "Anna", 5)), "Kring")
    async with scene.kring.workplace.work() as work:
        await work.outbox.put(said)
    await scene.kring.settle()
    (worker,) = workers_of(os.getpid())
    environment, opened = kept_by(worker)
    names = {pair.partition(b"=")[0] for pair in environment.split(b"\0")}
    assert names <= {b"", b"PYTHONPATH", b"LD_LIBRARY_PATH"}
    assert not [path for path in opened if "kring.db" in path or path.startswith("socket")]
    await scene.kring.close()
    assert gone(worker)


PARENT = """
import asyncio, os, sys
from pathlib import Path
from bot.pictures import renderer
from bot.pictures.svg import picture, element

async def main():
    one = renderer.Renderer()
    await one.render(picture(10, 10))
    print("ready", flush=True)
    # About a minute of work for resvg.
    fog = element("filter", element("feTurbulence", baseFrequency=0.9, numOctaves=9999), id="fog")
    slow = element("rect", width=4000, height=4000, filter="url(#fog)")
    await (one.render(picture(4000, 4000, fog, slow)) if sys.argv[1] == "busy" else asyncio.sleep(60))

asyncio.run(main())
"""


@pytest.mark.parametrize("busy", ["idle", "busy"])
async def test_no_worker_outlives_a_bot_that_is_killed(busy: str) -> None:
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", PARENT, busy, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    assert await process.stdout.readline() == b"ready\n"
    (worker,) = workers_of(process.pid)
    await asyncio.sleep(0.3)  # by now it is at work on what takes long
    process.send_signal(signal.SIGKILL)
    await process.communicate()
    await until(lambda: gone(worker), "the worker ended")


def kept_by(pid: int) -> tuple[bytes, list[str]]:
    """The environment of the process, and what it has open."""
    process = Path(f"/proc/{pid}")
    return (process / "environ").read_bytes(), [os.readlink(each) for each in (process / "fd").iterdir()]


def gone(pid: int) -> bool:
    """Has the process ended?"""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].startswith("Z")
    except FileNotFoundError:
        return True
