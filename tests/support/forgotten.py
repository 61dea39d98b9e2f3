"""A member with names and words found nowhere else, what she does, and whether a trace of it is left."""

from bot.playground.people import User, named
from bot.storage.address import is_postgres, path_of
from bot.storage.schema import metadata
from tests.support import postgres
from tests.support.scene import Scene

DORA_ID = 5_123_456_789
"""Long enough to be found in a file where it is, and nowhere else."""
WORDS = (
    "Theodora",
    "Zwanenburg",
    "theodora_zw77",
    str(DORA_ID),
    "Xandrine",
    "zeppelin",
    "Amadeus",
    "spinet",
    "krakelingen",
    "Loyolandus",
    "470 12 34 56",
)


def dora_of(scene: Scene) -> User:
    """A fourth member, whose names and number are found nowhere else."""
    dora = named(DORA_ID, "Theodora", "Zwanenburg", "theodora_zw77", "en")
    scene.world.people[dora["id"]] = dora
    scene.world.join(scene.group, dora)
    return dora


async def forgets(scene: Scene, who: User) -> str:
    """`who` sends /forgetme and says yes twice; returns the last words."""
    await scene.writes(who, "/forgetme")
    private = scene.world.private(who)
    await scene.presses(who, "Forget me", scene.last(private))
    await scene.presses(who, "Yes, forget me for good", scene.last(private))
    return scene.texts(private)[-1]


async def kept(scene: Scene) -> bytes:
    """All that the database's files hold once it was tidied up; of a server, all rows of all tables."""
    await scene.kring.schedule.prune()
    url = scene.settings.database_url
    if is_postgres(url):
        rows = [postgres.sql(url, f"SELECT t::text FROM {table} t") for table in metadata.tables]  # noqa: S608  ours
        return repr(rows).encode()
    return b"".join(path.read_bytes() for path in sorted(path_of(url).parent.glob("kring.db*")))


def traces(held: bytes) -> list[str]:
    """Which of the words are in there, the number also as the database writes it."""
    found = [word for word in WORDS if word.lower().encode() in held.lower()]
    return found + (["the number"] if DORA_ID.to_bytes(5, "big") in held else [])


async def a_full_life(scene: Scene, dora: User) -> None:
    """Dora does all that a member can, in the group and in private, and others write about her."""
    for who in (dora, scene.anna):
        await scene.writes(who, "/start")
    await scene.says(dora, "/refer @anna Xandrine Quibus: needs a zeppelin, 0470 12 34 56")
    await scene.says(scene.anna, "/refer @theodora_zw77 Piet: asked for Theodora Zwanenburg, piet@roofs.be")
    await scene.says(dora, "/thanks @anna €1500 wonderful zeppelinery")
    await scene.says(scene.anna, "/thanks @theodora_zw77 €20 Theodora is the best")
    await scene.says(dora, "/thanks @anna 1500-2000")  # which is refused
    await scene.says(dora, "/met @anna over krakelingen")
    await scene.says(dora, "/visitor Ignatius Loyolandus")
    await scene.says(scene.carla, "/refer @anna Mia: knows theodora_zw77 from school")
    await scene.says(scene.bert, "/leaderboard")
    await scene.writes(dora, "/refer @anna Wolfgang Amadeus: a spinet")
    await scene.presses(dora, "Record it", scene.last(scene.world.private(dora)))
    await scene.writes(dora, "/refer @anna Wolfgang Amadeus: another spinet")  # and is not recorded
