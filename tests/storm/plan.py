"""What happens in a round: derived from the storm's seed and the round's number alone."""

from dataclasses import dataclass
from random import Random
from typing import Literal

Place = Literal["migration", "intake", "processor", "sender", "start", "weekly post", "any instant"]

FIRST: tuple[Place, ...] = ("migration",)
THEN: tuple[Place, ...] = ("intake", "processor", "sender", "weekly post", "start", "any instant")
LONG_FIRST: tuple[Place, ...] = ("migration",) * 6
LONG_THEN: tuple[Place, ...] = (
    *("intake", "processor", "sender", "start", "intake", "processor", "sender", "any instant", "weekly post"),
)

HOW: dict[Place, tuple[str, ...]] = {
    "migration": ("after the file is there",),
    "intake": (
        "before the updates are read",
        "after the updates are sent",
        "before they are confirmed",
        "as they are confirmed",
    ),
    "processor": ("after intake", "as it commits", "while it asks who is an admin", "between two batches"),
    "sender": ("before the work", "after the work", "after the answer"),
    "start": ("part of the way",),
    "weekly post": ("as it is put down", "as it is being sent", "after the work", "after the answer"),
    "any instant": ("after the start",),
}
"""The instants in each place."""

FAULTS = ("lost_answer", "drop", "500", "429")


@dataclass(frozen=True)
class Plan:
    """A round: where its kill falls, and what people do meanwhile.

    The kill falls at the `nth` such instant, `after_s` seconds later; of the start, after that part of the time it
    takes. `rested`: not before all is said that earlier kills left over; else that is under way. `backlog` of the
    `commands` are sent before the start, the others one each `pace_s` seconds while it runs, or, where it is killed
    before, while it is dead. `demands` are kinds that must be among the commands. `fault` befalls one sendMessage.
    """

    number: int
    place: Place
    how: str
    method: str
    nth: int
    after_s: float
    rested: bool
    commands: int
    backlog: int
    pace_s: float
    demands: tuple[str, ...]
    fault: str | None
    random: Random


def planned(seed: str, number: int, *, long: bool, sweep_s: float) -> Plan:
    """The plan of this round (they count from 1)."""
    random = Random(f"{seed} {number}")  # noqa: S311  a storm that can be repeated, no secret
    place = _place(number, *((LONG_FIRST, LONG_THEN) if long else (FIRST, THEN)))
    how = random.choice(HOW[place])
    method = random.choice(("sendMessage", "sendMessage", "editMessageText")) if place == "sender" else "sendMessage"
    nth = random.randint(1, 4) if place in ("sender", "processor") and method == "sendMessage" else 1
    if place == "weekly post":
        nth = random.randint(1, 3)
    commands, pace_s = random.randint(8, 14), random.uniform(0.01, 0.06)
    backlog = random.randint(0, 5)
    rushed = how == "between two batches"
    if rushed:
        commands, backlog = 50, 50
    rested = place in ("intake", "processor", "sender") and not rushed and random.random() < 0.6
    if rested:
        backlog = 0
    if place == "weekly post":
        commands += round(sweep_s)
        pace_s = max(pace_s, sweep_s / commands)
    return Plan(
        number=number,
        place=place,
        how=how,
        method=method,
        nth=nth,
        after_s=_after(random, place, how),
        rested=rested,
        commands=commands,
        backlog=backlog,
        pace_s=pace_s,
        demands=_demands(place, how, method),
        fault=random.choice(FAULTS) if place in ("intake", "processor", "sender") and random.random() < 0.5 else None,
        random=random,
    )


def _place(number: int, first: tuple[Place, ...], then: tuple[Place, ...]) -> Place:
    return first[number - 1] if number <= len(first) else then[(number - len(first) - 1) % len(then)]


def _after(random: Random, place: Place, how: str) -> float:
    if place == "start":
        return random.uniform(0.3, 1.0)
    if place == "any instant":
        return random.uniform(0, 2)
    if place == "migration":
        return random.uniform(0, 0.8)
    longest = {"after the updates are sent": 0.02, "after intake": 0.04, "between two batches": 0.02}
    longest["after the answer"] = 0.008
    return random.uniform(0, longest.get(how, 0.0))


def _demands(place: Place, how: str, method: str) -> tuple[str, ...]:
    if how == "while it asks who is an admin":
        return ("undo by the admin",)
    if method == "editMessageText":
        return ("refer", "undo by the admin")
    if place == "weekly post":
        return ("refer",)
    return ()
