"""What has to hold whenever the bot has done all it had to."""

import csv
import io
import re
from collections.abc import Iterable

from tests.stateful.driver import CLUBS, Stage, counted, plain
from tests.support.scene import Message, buttons, words


def boards_agree(stage: Stage, titles: Iterable[str]) -> None:
    """/leaderboard and /leaderboard all of these clubs are as the model counts them, to the letter."""
    clubs = [club for club in titles if stage.bot_in(club)]
    questions = ("/leaderboard", "/leaderboard all")
    said = stage.ask(stage.olga, [(club, question) for club in clubs for question in questions])
    for club in clubs:
        texts = [counted(plain(words(message))) for message in said[club]]
        assert texts == [stage.books.board_of_week(club, stage.now), stage.books.board_of_all(club, stage.now)], club


def figures_agree(stage: Stage, name: str) -> None:
    """/mystats in private: the person's clubs, and no other."""
    user = stage.people[name]
    texts = [words(message) for message in stage.ask(user, [("", "/mystats")])[""]]
    expected = stage.books.figures(user.id) or ["I don't know your club yet"]
    assert len(texts) == len(expected), (texts, expected)
    for text, figures in zip(texts, expected, strict=True):
        assert text.startswith(figures), (texts, expected)


def files_agree(stage: Stage) -> None:
    """The rows of each club's export are those of the model."""
    clubs = [club for club in CLUBS if stage.bot_in(club)]
    private = stage.scene.world.private(stage.olga)
    stage.heard(private)
    stage.ask(stage.olga, [(club, "/export") for club in clubs])
    sent = [message for message in stage.heard(private) if "document" in message]
    assert len(sent) == 3 * len(clubs)
    for at in range(0, len(sent), 3):  # the first of three says whose they are
        club = next(club for club in clubs if club in sent[at]["caption"])
        rows = dict(_file(stage, message) for message in sent[at : at + 3])
        expected = stage.books.files(club)
        for name in expected:
            order = "number" if name != "members.csv" else "name"
            columns = expected[name][0] if expected[name] else {}  # the last columns of the files are not the ledger's
            found = sorted(({c: row[c] for c in columns} for row in rows[name]), key=lambda row: row[order])
            wanted = sorted(expected[name], key=lambda row: row[order])
            only = [row for row in found if row not in wanted], [row for row in wanted if row not in found]
            assert found == wanted, (club, name, "only the bot has, only the model has", only)


def _file(stage: Stage, message: Message) -> tuple[str, list[dict[str, str]]]:
    document = message["document"]
    content = stage.scene.world.files.by_id[document["file_id"]].upload.content
    return document["file_name"], list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def nothing_leaks(stage: Stage) -> None:
    """No contact of a club is named in another's group or messages, and no telephone number in any group."""
    world = stage.scene.world
    for chat in world.chats.values():
        for message in chat.messages.values():
            if message["from"]["id"] != world.bot["id"] or not words(message):
                continue
            text = words(message)
            clubs = {f"Kring {name}" for name in re.findall(r"\b([A-Z][a-z]+)\d+x", text)}
            if chat.type == "private":
                assert all(stage.books.clubs[club].member(chat.id) for club in clubs), text
            else:
                assert clubs <= {chat.title}, text
                assert "471 98" not in text


def answers_agree(stage: Stage) -> None:
    """Under each answer are Undo buttons for what stands, and it speaks of what stands."""
    for (title, source), (answer_chat, answer_id) in stage.answers.items():
        chat, club = stage.chats[title], stage.books.clubs[title]
        made = club.made_by(source)
        if answer_chat != chat.id or any(entry.merged for entry in made) or not stage.bot_in(title):
            continue
        message: Message = chat.messages[answer_id]
        undo = {int(data.split(":")[2]) for data in buttons(message).values() if data.startswith("undo:")}
        live = [entry for entry in made if entry.live]
        assert undo == {entry.number for entry in live}, message["text"]
        assert all(entry.refer.contact in message["text"] for entry in live if entry.refer), message["text"]
