"""A fifth language is one file and no code: with a catalogue more, the bot speaks it, understands it and offers it."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

from babel.messages.catalog import Catalog

from tests.guards.source import ROOT
from tests.support.catalogues import template, write

SCENE = """
import asyncio, json, sys
from datetime import UTC, datetime
from pathlib import Path
from tests.support.scene import playing

async def main():
    async with playing(Path(sys.argv[1]), datetime(2026, 3, 10, 9, 0, tzinfo=UTC)) as scene:
        scene.world.speaks(scene.anna, "it-IT")
        club = scene.world.group("Circolo Roma", scene.anna, [scene.bert])
        scene.world.add_bot(club, scene.anna)
        await scene.kring.settle()
        answers = await scene.says(scene.anna, "/referit @bert Piet: a roof", club)
        money = await scene.says(scene.bert, "/thanksit @anna 1500,50", club)
        ranking = await scene.says(scene.anna, "/leaderboardit yearit", club)
        await scene.writes(scene.bert, "/language italiano")
        chosen = scene.private_texts(scene.bert)
        menu = scene.world.menu.get(("all_group_chats", None, None), "it")
        print(json.dumps([scene.texts(club)[0], answers, money, ranking, chosen, [each["command"] for each in menu]]))

asyncio.run(main())
"""


def invented() -> Catalog:
    """A language in which all is said in brackets, and every word that is typed ends in "it"."""
    made = Catalog(locale="it_IT", fuzzy=False)
    for message in template():
        if message.id and message.context:
            made.add(message.id, f"{message.id}it", context=message.context)
        elif isinstance(message.id, tuple):
            made.add(message.id, tuple(f"⟦{sentence}⟧" for sentence in message.id))
        elif message.id:
            sentence = str(message.id)
            made.add(sentence, sentence if sentence.startswith("/") else f"⟦{sentence}⟧")
    return made


def test_a_file_more_is_a_language_more(tmp_path: Path) -> None:
    for folder in ("bot", "handlers", "migrations", "tests"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    write(tmp_path / "bot/texts/locales/it.po", invented())
    (tmp_path / "data").mkdir()
    ran = subprocess.run(  # noqa: S603  our own script
        [sys.executable, "-c", SCENE, str(tmp_path / "data")],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    greeting, answers, money, ranking, chosen, menu = json.loads(ran.stdout)
    assert greeting.startswith("⟦Hello!")
    assert answers[0].splitlines()[0].startswith("⟦#1 Anna → ")
    assert "1.500,50\u00a0€" in money[0]
    assert "2026" in ranking[0]
    assert ranking[0].startswith("⟦🏆")
    assert chosen[-1].startswith("⟦")
    assert "referit" in menu
