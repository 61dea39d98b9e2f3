"""The people at their clubs: who is where, what stands in the groups, and writing a command there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from hypothesis import strategies as st

from bot.playground.people import User
from tests.stateful.drafts import Draft
from tests.stateful.driver import AALST, BRUGGE, CLUBS, GENT, NAMES, Stage
from tests.stateful.model import Act, Refer, Reply, Thank
from tests.support.scene import Message

OWNERS = {GENT: "anna", BRUGGE: "bert", AALST: "carla"}
SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)

clubs, names, choices = st.sampled_from(CLUBS), st.sampled_from(NAMES), st.integers(0, 30)

Deed = tuple[str, dict[str, Any]]
DEEDS: dict[str, list[st.SearchStrategy[Deed]]] = {}
F = TypeVar("F", bound=Callable[..., None])


def may(group: str, weight: int, **how: st.SearchStrategy[Any]) -> Callable[[F], F]:
    """This may happen, `weight` times as often as others of its group. Hypothesis leaves out whole rules in many of
    its runs; with a rule for each deed there would be hardly a run in which anything comes together."""

    def note(deed: F) -> F:
        name: st.SearchStrategy[Deed] = st.tuples(st.just(deed.__name__), st.fixed_dictionaries(how))
        DEEDS.setdefault(group, []).extend([name] * weight)
        return deed

    return note


@dataclass
class Command:
    """A /refer or /thanks that stands in a group."""

    club: str
    by: User
    first: Message
    update_id: int
    draft: Draft
    serial: int
    meaning: Refer | Thank
    sent_at: datetime
    replied: Message | None


class Company:
    """The people before the stage; `commands` are those that stand in the groups."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.commands: list[Command] = []
        self.serial = 0

    def served(self, club: str) -> str:
        """This club, or else one that the bot is in."""
        return next((c for c in (club, *CLUBS) if self.stage.bot_in(c)), club)

    def present(self, club: str, name: str) -> User:
        """The person of that name, or else the next in the row who is in the group; its owner always is."""
        at = NAMES.index(name)
        users = [self.stage.people[other] for other in NAMES[at:] + NAMES[:at]]
        self.stage.scene.clock.forward(SECOND)
        return next(user for user in users if self.stage.here(club, user))

    def standing(self, which: int) -> Command | None:
        """One of the commands whose author is there still, in the group as it is."""
        stage = self.stage
        standing = [c for c in self.commands if c.first["chat"]["id"] == stage.chats[c.club].id]
        standing = [c for c in standing if stage.here(c.club, c.by) and stage.bot_in(c.club)]
        return standing[-1 - which % len(standing)] if standing else None

    def last_number(self, club: str) -> int:
        books = self.stage.books.clubs.get(club)
        return len(books.entries) if books else 0

    def command(self, club: str, name: str, draft: Draft, replied: Message | None) -> None:
        stage, by = self.stage, self.present(club, name)
        self.serial += 1
        if self.serial % 8:  # seldom to oneself
            draft = draft.to_others(by["first_name"].lower())
        typed = draft.typed(stage.people, club, self.serial, self.last_number(club))
        meaning = typed.replying(replied, stage.scene.world.bot["id"], list(stage.scene.world.people.values()))
        update_id = stage.scene.world.next_update_id
        how = {"entities": typed.entities, "reply_to": replied and replied["message_id"]}
        message, shown = stage.say(club, by, typed.text, **how)
        if shown:
            command = Command(club, by, message, update_id, draft, self.serial, meaning, stage.now, replied)
            self.commands.append(command)
            self.read(command, message, meaning)

    def read(self, command: Command, message: Message, meaning: Refer | Thank) -> None:
        """The bot will read this message, whether it is its first time or not."""
        stage, books = self.stage, self.stage.books
        act = stage.act(command.club, command.by, message, sent_at=command.sent_at)

        def deed(now: datetime) -> Reply:
            if isinstance(meaning, Refer):
                return books.carry_out(books.refer, act(now), meaning)
            return books.carry_out(books.thank, act(now), meaning)

        stage.does(command.club, deed, answered=self.answer_to(act(stage.now)))

    def answer_to(self, act: Act) -> Callable[[Message], None]:
        def keep(message: Message) -> None:
            if message["text"].startswith("#"):  # else it is a refusal
                self.stage.answers[act.club, act.source] = message["chat"]["id"], message["message_id"]

        return keep
