"""A club's past in files, and what the bot says and does with them."""

import csv
import io
from datetime import timedelta
from typing import Any

from bot.domain.records import TABLES
from bot.playground.people import User
from bot.services.export import Records
from tests.support.scene import Message, Scene, words

SLIPS = """From,To,Slip Type,Inside/Outside,TYFCB,CEU Credits,Detail,Date
Anna Peeters,Bert Janssens,Referral,Outside,,,"Piet Peeters: a roof, 0470 12 34 56",05/01/2026
Bert Janssens,Anna Peeters,TYFCB,,"1.500,00",,thanks a lot,13/01/2026
,Anna Peeters,TYFCB,,100,,,13/01/2026
Bert Janssens,Lisa Nobody,One-to-One,,,,coffee,14/01/2026
Anna Peeters,Bert Janssens,CEU,,,2,a course,14/01/2026
Anna Peeters,Anna Peeters,Referral,,,,x,14/01/2026
Anna Peeters,Bert Janssens,Referral,,,,Mia: a bath,31/02/2026
"""
DUTCH = "Datum;Van;Aan;Klant;Omschrijving\r\n5-1-2026;Anna;Bert;Piet Pétit;dak\r\n"


def import_message(scene: Scene, who: User) -> Message:
    """The last message of an import as it stands now."""
    chat = scene.world.private(who)
    return [m for m in scene.world.messages(chat) if m["from"]["id"] != who.id and "document" not in m][-1]


def said(scene: Scene, who: User) -> str:
    """What it says."""
    return words(import_message(scene, who))


def report(scene: Scene, who: User) -> list[dict[str, str]]:
    """The last report of an import, line by line."""
    sent = [m for m in scene.world.messages(scene.world.private(who)) if "document" in m and m["from"]["id"] != who.id]
    content = scene.world.files.by_id[sent[-1]["document"]["file_id"]].upload.content
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


async def press(scene: Scene, who: User, label: str) -> str:
    """`who` presses a button under it; what it answers."""
    return await scene.presses(who, label, import_message(scene, who))


async def ledger(scene: Scene) -> dict[str, list[dict[str, Any]]]:
    """All that the club has: what an undone import must leave as it was."""
    async with scene.kring.workplace.look() as work:
        club = await work.clubs.by_chat(scene.group.id)
        assert club is not None
        records = await Records.of(work, club, None, work.now + timedelta(days=1))
        found: dict[str, list[dict[str, Any]]] = {"last": [{"number": await work.taking_in.last_number(club.id)}]}
        for table in TABLES:
            rows = [row async for piece in records.of_table(table) for row in piece]
            found[table.name] = [dict(zip(table.columns, row, strict=True)) for row in rows]
        return found
