"""A club with one of each who may do different things in it, and with something of everything to do it to.

member    in the club, and in none of its entries below
admin     of the club's group
demoted   a member who was an admin until just now
former    left the club
other     the admin of another club
stranger  in no club
anonymous an admin who writes in the group's name
"""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.playground.people import User
from tests.support.databases import committed
from tests.support.scene import Scene

_NAMES = {
    "member": "Carla",
    "admin": "Anna",
    "demoted": "Dora",
    "former": "Fred",
    "other": "Otto",
    "stranger": "Stan",
    "anonymous": "Anna",
}
OUTSIDERS = ("former", "other", "stranger")
A_MINUTE = timedelta(seconds=61)
"""After which a refusal is answered in the group again."""
REFUSALS = {
    "That is for the group's admins.": "admins",
    "That is for members of that club.": "members",
    "I don't know your club yet": "no club",
    "Please do that in your club's group": "in the group",
    "You write as the group or a channel": "as oneself",
    "You write as the group, so I can't see who you are": "press",
    "I don't know that button any more.": "unknown",
    "That question is past.": "past",
    "That question is old.": "past",
}
"""How an answer begins that is none, with the word for it in the tables."""
THEIRS = ("not yours", "Only the ", ", only its giver", "for the giver and the recipient only")
"""What is in the answer when something is for those whose entry it is."""


async def gather(scene: Scene, first_of_the_month: datetime) -> None:
    """Bring them together, and have the club do something of everything; the comments say what it is known by."""
    world, group, bert = scene.world, scene.group, scene.bert
    dora, fred, emma, otto = (world.person(name, username=name.lower()) for name in ("Dora", "Fred", "Emma", "Otto"))
    for person in (dora, fred, emma):
        world.join(group, person)
    world.promote(group, dora)
    brugge = world.group("Kring Brugge", otto, [])
    world.add_bot(brugge, otto)
    world.say(otto, brugge, "/start")
    for person in (scene.anna, bert, scene.carla, dora, fred, emma, otto, world.person("Stan")):
        await scene.writes(person, "/start")
    await scene.says(bert, "/refer @emma Piet Peeters: a roof, 0470 12 34 56")  # 1
    await scene.says(bert, "/refer @emma Piet Peeters: a new roof, 0470 12 34 56")  # 2, which looks like 1
    await scene.says(bert, "/refer @emma me: a website")  # 3, perhaps his own order
    await scene.says(emma, "/thanks @bert 100")  # 4, for one of these
    await scene.says(emma, "/thanks @anna 100")  # 5, for none
    await scene.says(emma, "/refer @bert Jo Maes: a car")  # 6
    await scene.says(bert, "/refer @emma Ria Claes: a logo")  # 7, perhaps out of 6
    await scene.says(bert, "/met @emma over coffee")  # the first one-to-one
    await scene.says(bert, "/visitor Mia Claes")  # the first visitor
    await scene.at(first_of_the_month)  # the first question
    world.leave(group, fred)
    world.promote(group, dora, admin=False)
    await scene.kring.settle()


def who(scene: Scene, role: str) -> User:
    """The person in this role."""
    return next(person for person in scene.world.people.values() if person["first_name"] == _NAMES[role])


def outcome(answer: str) -> str:
    """The word for it in the tables: what kind of refusal it is, else done."""
    if any(words in answer for words in THEIRS):
        return "theirs"
    return next((word for beginning, word in REFUSALS.items() if answer.startswith(beginning)), "done")


def records(folder: Path) -> dict[str, list[Any]]:
    """All that the club has on record, and how it is set."""
    tables = ("referrals", "thanks", "meetings", "visitors", "questions", "audit")
    found = {table: committed(folder, f"SELECT * FROM {table} WHERE club_id = 1 ORDER BY id") for table in tables}  # noqa: S608  ours
    return found | {"clubs": committed(folder, "SELECT * FROM clubs WHERE id = 1")}


def read(table: str, columns: int) -> list[list[str]]:
    """The rows of a table in words: what is done, and what each may."""
    rows = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
    assert all(len(row) == columns + 1 for row in rows), rows
    return rows
