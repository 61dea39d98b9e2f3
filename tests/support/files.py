"""The files that the bot sends, and reading them."""

import csv
import io

from bot.playground.people import User
from tests.support.scene import Scene


async def files(scene: Scene, who: User) -> dict[str, bytes]:
    """The documents that the bot sent to this person in private, by name; of those with one name the last."""
    documents = [m["document"] for m in scene.world.messages(scene.world.private(who)) if "document" in m]
    return {each["file_name"]: scene.world.files.by_id[each["file_id"]].upload.content for each in documents}


def rows(text: str) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
