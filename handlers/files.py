"""Making the files that the outbox names by a recipe, when they are sent."""

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.domain.periods import Period, start_of
from bot.services import own_data
from bot.services.export import csv_file

if TYPE_CHECKING:
    from bot.storage.work import Workplace


async def make_file(workplace: "Workplace", recipe: dict[str, Any]) -> tuple[str, bytes]:
    """The file's name and content: the club's entries of the period up to when it was asked for, or a person's own."""
    if "person" in recipe:
        async with workplace.look() as work:
            own = await own_data.document(work, recipe["person"])
        return recipe["file"], json.dumps(own, ensure_ascii=False, indent=2).encode()
    until = datetime.fromisoformat(recipe["until"])
    async with workplace.look() as work:
        club = await work.clubs.get(recipe["club"])
        since = start_of(Period(recipe["period"]), until, club.zone, club.week_began_at)
        return recipe["file"], await csv_file(work, club, recipe["file"], since, until)
