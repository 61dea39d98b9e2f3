"""What the bot said, call by call as the playground saw it: which said anew what, for what cause, and what never."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from bot.playground.ground import Call
from tests.storm.aim import NEW, is_weekly_post, said_by
from tests.storm.ledger import Key
from tests.storm.storm import CutOff, Death

WEEKLY = "weekly post"
CHANGE = "editMessageText"
_AROUND = ("text", "caption", "photo", "link_preview_options")
LOST, FAILED = "answer lost", "call failed"


@dataclass(frozen=True)
class Saying:
    """A message, a photo or an editMessageText of one life of the bot. `cut_by`: the kill that it was under way at."""

    call: Call
    life: int
    cut_by: Death | None

    @property
    def chat_id(self) -> int:
        return int(self.call.params["chat_id"])

    @property
    def text(self) -> str:
        return said_by(self.call)

    @property
    def is_new(self) -> bool:
        """Is it none that changes what was said?"""
        return self.call.method in NEW

    def repeats(self, before: "Saying") -> bool:
        """Is it the same call? Its picture need not be: where it cannot be made in time the words go alone."""
        mine, its = ({k: v for k, v in each.call.params.items() if k not in _AROUND} for each in (self, before))
        return (self.is_new, self.text, mine) == (before.is_new, before.text, its)

    @property
    def done(self) -> bool:
        """Does it stand in the chat?"""
        outcome = self.call.outcome
        return outcome == "lost_answer" or (isinstance(outcome, dict) and bool(outcome["ok"]))

    @property
    def code(self) -> int | None:
        """The code of the error that it was answered with."""
        return self.call.outcome.get("error_code") if isinstance(self.call.outcome, dict) else None

    @property
    def fate_unknown(self) -> str | None:
        """Why the bot, alive, cannot know whether it was said; None if it can, or died."""
        if self.cut_by is not None or self.code == 429:
            return None
        if self.call.outcome in ("lost_answer", "drop") or (self.code or 0) >= 500:
            return LOST if self.done else FAILED
        return None

    @property
    def comes_again(self) -> str | None:
        """Why the very same call must be the next one in its chat."""
        if self.code == 429:
            return "told to wait (429)"
        if self.cut_by is not None and not is_weekly_post(self.call):
            return f"cut off by {self.cut_by.words}"
        return None


def by_chat(log: Iterable[Call], deaths: dict[int, Death]) -> dict[int, list[Saying]]:
    """What was said in each chat, in order."""
    life, lives = 0, defaultdict[int, list[tuple[int, Call]]](list)
    for call in log:
        life += call.method == "getMe"
        if call.method in (*NEW, CHANGE):
            lives[int(call.params["chat_id"])].append((life, call))
    found = {}
    for chat_id, calls in lives.items():
        # Each chat has one call under way at most: only the last of a life can be cut off by its end.
        last = dict(calls)
        found[chat_id] = [
            Saying(call, life, _cut_by(call, deaths.get(life)) if last[life] is call else None) for life, call in calls
        ]
    return found


def _cut_by(call: Call, death: Death | None) -> Death | None:
    under_way = {row[:3] for row in death.cut_off} if death else set()
    return death if (int(call.params["chat_id"]), said_by(call), _reply_to(call)) in under_way else None


def _reply_to(call: Call) -> int | None:
    given = call.params.get("reply_parameters")
    return json.loads(given)["message_id"] if given else None


@dataclass
class Told:
    """One thing that was said: all its sayings, of which each but the first repeats the one before."""

    key: Key
    sayings: list[Saying]

    @property
    def said(self) -> int:
        """How often it stands in the chat."""
        return sum(saying.done for saying in self.sayings)


def told(sayings: list[Saying], problems: list[str]) -> list[Told]:
    """What was newly said in one chat. What had to come again and did not is a problem."""
    found: list[Told] = []
    for before, saying in zip([None, *sayings], sayings, strict=False):
        again = before.comes_again if before else None
        if again and before and saying.repeats(before):
            if saying.is_new:
                found[-1].sayings.append(saying)
            continue
        if again and before:
            problems.append(f"{again} and not said again next: {before.text[:60]!r}")
        if saying.is_new:
            found.append(Told(key_of(saying), [saying]))
    if sayings and (again := sayings[-1].comes_again):
        problems.append(f"{again} and never said again: {sayings[-1].text[:60]!r}")
    return found


def key_of(saying: Saying) -> Key:
    """What it is about."""
    text, chat_id = saying.text, saying.chat_id
    if replied := _reply_to(saying.call):
        kind = "unchanged" if text.startswith("What was recorded stays") else "reply"
        return Key(kind, chat_id, str(replied))
    if is_weekly_post(saying.call):
        return Key(WEEKLY, chat_id)
    if text.startswith("🏆"):
        found = re.search(r"\d+ in all, \d+ thanked|None yet", text)
        return Key("board", chat_id, found[0] if found else text)
    if text.startswith("Hello!"):
        return Key("hello" if chat_id > 0 else "greeting", chat_id)
    if found := re.match(r"Your figures in <b>(.*)</b>", text):
        return Key("stats", chat_id, found[1])
    number = re.search(r"#\d+", text)
    club = re.search(r"Kring \w+", text)
    if number and chat_id < 0:
        return Key("answer", chat_id, number[0])
    if number and club:
        return Key("told", chat_id, f"{club[0]} {number[0]}")
    return Key("unheard of", chat_id, text)


def posts_cut_off(deaths: Iterable[Death]) -> dict[str, str]:
    """The once_key of each weekly post that a kill cut off, and that kill."""

    def key(row: CutOff) -> str:
        return row.once_key or ""

    return {key(row): death.words for death in deaths for row in death.cut_off if row.once_key}
