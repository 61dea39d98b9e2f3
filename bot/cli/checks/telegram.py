"""What Telegram says of the bot: is the token known, does the clock agree, what may the bot do in each club?"""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from bot.cli.checks.findings import Finding, advice, change, passing, well
from bot.clock import Clock
from bot.domain.models import Club

ANSWER_S = 15.0
AT_ONCE = 5
"""So many questions may be on their way at a time: Telegram answers a bot thirty times a second."""
SKEW = timedelta(seconds=30)
UNAUTHORIZED, NOT_FOUND, TOO_MANY, ITS_OWN_ERRORS = 401, 404, 429, 500

Json = dict[str, Any]


class UnreachableError(Exception):
    """Telegram cannot be reached, or what answers is something else. Its words name no address: the token is in it."""


@dataclass(frozen=True)
class Answer:
    """What Telegram answered; without a result it is a refusal, with code and description. `at` is Telegram's clock."""

    result: Json | None
    code: int
    description: str
    at: datetime | None


class Telegram:
    """The Bot API, as far as the doctor asks it. Nothing that the running bot does is disturbed by it."""

    def __init__(self, client: httpx.AsyncClient, api_url: str, token: str) -> None:
        self._client = client
        self._url = f"{api_url}/bot{token}/"
        self._turn = asyncio.Semaphore(AT_ONCE)

    async def ask(self, method: str, **params: object) -> Answer:
        """Ask, and read the answer. Raises UnreachableError."""
        try:
            async with self._turn:
                response = await self._client.post(self._url + method, json=params, timeout=ANSWER_S)
            body = response.json()
            result = body["result"] if body["ok"] else None
        except httpx.HTTPError as error:
            raise UnreachableError(f"it cannot be reached ({type(error).__name__})") from None
        except (ValueError, KeyError, TypeError):
            raise UnreachableError("what answers is no Bot API") from None
        date = response.headers.get("date")
        return Answer(
            result, int(body.get("error_code", 0)), str(body.get("description", "")), _instant(date) if date else None
        )


def _instant(date: str) -> datetime | None:
    try:
        return parsedate_to_datetime(date).astimezone(UTC)
    except ValueError:
        return None


async def check_token(telegram: Telegram, clock: Clock) -> tuple[list[Finding], Json | None]:
    """Is the token known, and do the clocks agree? Returns also what Telegram tells of the bot, where it does."""
    asked_at = clock.now()
    try:
        answer = await telegram.ask("getMe")
    except UnreachableError as problem:
        to_do = "see that the machine is on the network, and BOT_API_URL if you set it; Kring goes on by itself then"
        return [passing("telegram", str(problem), to_do)], None
    clocks = list(check_clock(asked_at, answer.at, clock.now()))
    if answer.result is None:
        if answer.code in (UNAUTHORIZED, NOT_FOUND):
            return [
                change("token", "Telegram does not know it", "copy it anew from @BotFather, /mybots"),
                *clocks,
            ], None
        return [passing("telegram", f"it refuses to answer for now ({answer.code})", "try again later"), *clocks], None
    return [
        well("token", f"that of @{answer.result.get('username', '')}"),
        *clocks,
        *_privacy(answer.result),
    ], answer.result


def check_clock(asked_at: datetime, telegram_at: datetime | None, answered_at: datetime) -> Iterator[Finding]:
    """Telegram's clock, which tells whole seconds, is between the two instants or a little before them."""
    if telegram_at is None:
        return
    skew = max(asked_at - telegram_at, telegram_at - answered_at)
    if skew > SKEW:
        words = f"this machine's is {int(skew.total_seconds())} seconds {'fast' if asked_at > telegram_at else 'slow'}"
        yield change("clock", f"{words}, so that weekly posts come at the wrong time", "timedatectl set-ntp true")
    else:
        yield well("clock", "it agrees with Telegram's")


def _privacy(bot: Json) -> Iterator[Finding]:
    if bot.get("can_read_all_group_messages"):
        words = "privacy mode is off: Telegram shows Kring all that is written in the groups, which it needs not"
        yield advice(
            "privacy", words, "@BotFather, /setprivacy, Enable; then remove the bot from the groups and add it again"
        )
    else:
        yield well("privacy", "privacy mode is on: the groups' conversation is not shown to Kring")


async def check_clubs(telegram: Telegram, bot_id: int, clubs: Sequence[Club]) -> list[Finding]:
    """What may the bot do in each club? A club is named by its number, as `python -m bot clubs` lists it."""
    return list(await asyncio.gather(*(_check_club(telegram, bot_id, club) for club in clubs)))


async def _check_club(telegram: Telegram, bot_id: int, club: Club) -> Finding:
    about = f"club {club.id}"
    if club.bot_left_at is not None:
        return well(about, "the bot was removed from the group; what was recorded is kept")
    try:
        chat = await telegram.ask("getChat", chat_id=club.chat_id)
        member = await telegram.ask("getChatMember", chat_id=club.chat_id, user_id=bot_id)
    except UnreachableError as problem:
        return passing(about, f"Telegram cannot be asked: {problem}", "try again later")
    for answer in (chat, member):
        if answer.code == TOO_MANY or answer.code >= ITS_OWN_ERRORS:
            return passing(about, f"Telegram does not tell for now ({answer.code})", "try again later")
    if chat.result is None or member.result is None:
        return change(about, "the bot is not in the group, or the group is gone", "add the bot to the group again")
    return judge(about, chat.result, member.result, pictures=club.pictures)


def judge(about: str, chat: Json, member: Json, *, pictures: bool) -> Finding:
    """What the bot may do in this chat, as Telegram's ChatFullInfo and ChatMember tell."""
    status = member.get("status")
    if status in ("left", "kicked") or (status == "restricted" and not member.get("is_member")):
        return change(about, "the bot is not in the group any more", "add it again, if the club is to go on")
    if status in ("administrator", "creator"):
        return well(about, "the bot is an admin of the group")
    may = member if status == "restricted" else chat.get("permissions", {})
    if not may.get("can_send_messages", True):
        return change(about, "the bot may not write in the group", "make it an admin there, or let members write")
    if pictures and not may.get("can_send_photos", True):
        words = "the bot may not send pictures in the group, so the words come without"
        return advice(about, words, "let members send photos, or make it an admin")
    return well(about, "the bot is a member of the group and may write there")
