"""Clubs that are not, for the pictures in the documentation: always the same, and in the words of each language."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.models import MemberFigures
from bot.domain.names import PersonName, display_names
from bot.domain.periods import Period
from bot.domain.ranking import rank
from bot.services.circles import Circle, Seat
from bot.services.leaderboards import News, Ranking
from bot.services.month import Month, Tie, WeekOfMember
from bot.services.value import SoFar
from bot.texts import circle, leaderboard, month
from bot.texts.language import Language

Sample = Callable[[Language], dict[str, Any]]
"""A picture's recipe in a language."""

CLUB = "Kring Gent"
MONDAY = datetime(2026, 11, 16, 9, tzinfo=ZoneInfo("Europe/Brussels"))
NAMES = (
    *("Anna", "Bert", "Carla", "Dirk", "Emma", "Fatima", "Gust", "Hilde", "Ivo", "Jef", "Katrien", "Lars", "Mehmet"),
    *("Nele", "Otto", "Petra", "Quinten", "Ruth", "Stijn", "Tine", "Umut", "Veerle", "Wout", "Xavier", "Yasmine"),
)
LONG = "Wolfeschlegelsteinhausenbergerdorff-Maximiliana von Habsburg"  # 60 characters
SCRIPTS = ("Ελένη", "Дмитрий", "محمد علي", "דוד בן גוריון", "李明", "山田太郎", "Zoë 🎉", "<b>&amp;\"'</b>")


def people(count: int) -> list[str]:
    """So many people of a club, called as the club would see them."""
    everyone = [PersonName(at, NAMES[at % len(NAMES)], "PJVDM"[at // len(NAMES)], None) for at in range(count)]
    return list(display_names(everyone).values())


def ranking(
    names: Sequence[str],
    given: Sequence[int],
    before: Sequence[int] = (),
    *,
    new: Sequence[int] = (),
    streaks: Mapping[int, int] | None = None,
) -> Sample:
    """The card of a week: what each gave, and had given the week before; by their places in the list."""
    places = range(len(names))
    shown = Ranking(
        period=Period.WEEK,
        since=MONDAY,
        last_day=date(2026, 11, 22),
        standings=rank(
            dict(zip(places, given, strict=True)),
            dict(enumerate(before)),
            ever_before=set(places) - set(new),
            order=names.__getitem__,
        ),
        names=dict(enumerate(names)),
        total=sum(given),
        thanked=sum(given) // 3,
        before=sum(before) if before else None,
        indirect=SoFar(2026, 67, None) if before else None,
        news=News(streaks or {}),
    )
    return lambda lang: leaderboard.card(lang, CLUB, shown)


def club(size: int) -> Sample:
    """The circle of a club with so many members, in which each seventh has no link yet."""
    choice = Random(size)  # noqa: S311  no secret
    linked = [place for place in range(size) if place % 7 != 5]
    pairs = sorted({(giver, taker) for _ in range(size * 3 // 2) for giver, taker in [choice.sample(linked, 2)]})
    arrows = [(giver, taker, choice.choice((1, 1, 1, 2, 2, 3, 5))) for giver, taker in pairs]
    givers = sorted({giver for giver, *_ in arrows})
    third = {place: choice.randint(1, 3) for place in choice.sample(givers, max(1, size // 6))}
    seats = [_seat(name, place, arrows, third.get(place, 0)) for place, name in enumerate(people(size))]
    shown = Circle(
        period=Period.QUARTER,
        since=datetime(2026, 10, 1, tzinfo=MONDAY.tzinfo),
        last_day=MONDAY.date(),
        seats=seats,
        arrows=arrows,
        strongest=(),
        given=sum(strength for *_, strength in arrows),
        givers=len(givers),
        takers=len({taker for _, taker, _ in arrows}),
        second=sum(seat.second for seat in seats),
        third=sum(seat.third for seat in seats),
        waiting=sum(not seat.linked for seat in seats),
        members=size,
        left=False,
        is_over=False,
    )
    return lambda lang: circle.recipe(lang, CLUB, shown)


def _seat(name: str, place: int, arrows: Sequence[tuple[int, int, int]], third: int) -> Seat:
    given = sum(strength for giver, _, strength in arrows if giver == place)
    linked = any(place in (giver, taker) for giver, taker, _ in arrows)
    return Seat(name, given, linked, second=given - given // 4, third=third)


def tie(
    name: str,
    given: int,
    received: int = 0,
    went_on: Sequence[str] = (),
    came_from: Sequence[str] = (),
    business: int = 0,
) -> Tie:
    """A member of somebody's circle."""
    return Tie(name, given, received, went_on, came_from, business)


def own(name: str, counts: Sequence[tuple[int, int]], *ties: Tie) -> Sample:
    """The month of a member: what was given and received in each of the last weeks."""
    began = [(MONDAY - timedelta(weeks=ago)).date() for ago in reversed(range(len(counts)))]
    weeks = [WeekOfMember(day, *count) for day, count in zip(began, counts, strict=True)]
    given, received = sum(each.given for each in ties), sum(each.received for each in ties)
    figures = MemberFigures(
        given, received, thanks_given=received // 2, thanks_received=given // 2, open=1, met=3, visitors=1
    )
    return lambda lang: month.recipe(lang, CLUB, Month(name, weeks, ties), figures)
