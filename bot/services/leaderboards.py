"""The ranking of who gave referrals: whenever it is asked for, and at the end of each week."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from bot.domain.models import Club, Member, Post, Week
from bot.domain.periods import NOW, Period, Stretch, bounds, start_of
from bot.domain.ranking import Standing, rank
from bot.domain.slots import slot_after
from bot.domain.sorting import sort_key
from bot.services import members, value
from bot.services.value import SoFar

if TYPE_CHECKING:
    from bot.storage.work import Work

CATCH_UP = timedelta(hours=48)
"""How late a weekly post may still be. What is older is skipped."""
SHOWN_STREAK = 3
"""From so many weeks in a row on, the weekly post tells it."""
_LONGEST_STREAK = 520
_WEEKS_AT_ONCE = 10
QUIET_WEEKS = 3
"""After so many weeks in a row without a referral the bot keeps quiet until there is one."""


@dataclass(frozen=True)
class News:
    """What a weekly post tells besides the ranking.

    `streaks`: for how many weeks in a row those in the ranking gave, from SHOWN_STREAK on. `first_timers` gave for
    the first time and are not among the ranking's first; `thanked` were thanked. Both are names.
    """

    streaks: Mapping[int, int] = field(default_factory=dict)
    first_timers: Sequence[str] = ()
    thanked: Sequence[str] = ()


@dataclass(frozen=True)
class Ranking:
    """Who gave since then (local; None: ever) and what the club gave in all; `before`: in the week before that.

    `last_day` names the period's end: a week that ends on a Monday morning is one up to Sunday. `indirect` is the
    club's share in the year up to the period's end. `is_over`: nothing is added to the period any more.
    """

    period: Stretch
    since: datetime | None
    last_day: date
    standings: Sequence[Standing]
    names: Mapping[int, str]
    total: int
    thanked: int
    before: int | None
    indirect: SoFar | None = None
    news: News = field(default_factory=News)
    is_over: bool = False


async def over(work: "Work", club: Club, period: Stretch) -> Ranking:
    """The ranking of the period, of what counts now."""
    since, until = bounds(period, work.now, club.zone, club.week_began_at)
    now = work.now + NOW
    counted = await work.figures.week(club.id, since, until, as_of=now)
    before = None
    if period is Period.WEEK:
        before = await _week_before(work, club, await work.clubs.recent_posts(club.id, 1))
    last_day = (min(until, now) - NOW).astimezone(club.zone).date()
    ranking = await _ranking(work, club, period, since, last_day, counted, before)
    if until < now:
        return replace(ranking, is_over=True)
    return replace(ranking, indirect=await value.so_far(work, club, now))


async def close_week(work: "Work", club: Club) -> tuple[Post, Ranking] | None:
    """End the week at the club's slot, which has come; the next begins.

    Returns what to post, None where nothing is posted. The figures are those of the slot, however late it is.
    """
    slot_at = club.next_slot_at
    recent = await work.clubs.recent_posts(club.id, QUIET_WEEKS)
    counted = await work.figures.week(club.id, club.week_began_at, slot_at)
    post = Post(slot_at, club.week_began_at, counted.total, "ranking")
    if work.now - slot_at > CATCH_UP or club.bot_left_at is not None:
        post = Post(slot_at, club.week_began_at, counted.total, "skipped")
    elif counted.total == 0:
        quiet_so_far = len(recent) == QUIET_WEEKS and all(p.outcome in ("quiet", "silent") for p in recent)
        post = Post(slot_at, club.week_began_at, 0, "silent" if quiet_so_far else "quiet")
    await work.clubs.close_week(club, post, slot_after(club.slot, slot_at))
    if post.outcome in ("skipped", "silent"):
        return None
    before = await _week_before(work, club, recent[:1])
    day_before = slot_at.astimezone(club.zone).date() - timedelta(days=1)
    ranking = await _ranking(work, club, Period.WEEK, club.week_began_at, day_before, counted, before)
    news = await _news(work, club, ranking, counted, slot_at)
    return post, replace(ranking, news=news, indirect=await value.so_far(work, club, slot_at))


async def place(work: "Work", club: Club, member: Member, period: Period) -> tuple[int, int] | None:
    """The member's own rank from the period's beginning up to now, and among how many; None without one."""
    since = start_of(period, work.now, club.zone, club.week_began_at)
    counted = await work.figures.week(club.id, since, work.now + timedelta(microseconds=1))
    rankable = await work.figures.rankable(list(counted.given))
    standings = rank({id_: counted.given[id_] for id_ in rankable}, top=len(rankable))
    own = next((standing.rank for standing in standings if standing.member_id == member.id), None)
    return (own, len(standings)) if own else None


async def _news(work: "Work", club: Club, ranking: Ranking, counted: Week, slot_at: datetime) -> News:
    ranked = [standing.member_id for standing in ranking.standings]
    others = (await work.figures.rankable(list(counted.given))) - set(ranked)
    beginners = others - await work.figures.gave_before(list(others), club.week_began_at)
    thanked = await work.figures.rankable(list(await work.figures.thanked(club.id, club.week_began_at, slot_at)))
    names = (await members.cast(work, club.id, beginners | thanked)).names
    streaks = await _streaks(work, club, ranked)
    return News(
        streaks={member: weeks for member, weeks in streaks.items() if weeks >= SHOWN_STREAK},
        first_timers=sorted((names[member] for member in beginners), key=sort_key),
        thanked=sorted((names[member] for member in thanked), key=sort_key),
    )


async def _streaks(work: "Work", club: Club, member_ids: Sequence[int]) -> Mapping[int, int]:
    """For how many weeks in a row each gave, up to the last slot; each week's figures are those of its slot."""
    streaks = dict.fromkeys(member_ids, 0)
    going_on = set(member_ids)
    posts = await work.clubs.recent_posts(club.id, _LONGEST_STREAK)
    for at in range(0, len(posts), _WEEKS_AT_ONCE):
        for gave in await work.figures.givers(going_on, posts[at : at + _WEEKS_AT_ONCE]):
            going_on &= gave
            for member in going_on:
                streaks[member] += 1
        if not going_on:
            break
    return streaks


async def _week_before(work: "Work", club: Club, last: Sequence[Post]) -> Week | None:
    return await work.figures.week(club.id, last[0].week_began_at, last[0].slot_at) if last else None


async def _ranking(
    work: "Work",
    club: Club,
    period: Stretch,
    since: datetime | None,
    last_day: date,
    counted: Week,
    before: Week | None,
) -> Ranking:
    """Rank the current members; those who left, or keep quiet, count in the totals only."""
    before_given = before.given if before else {}
    rankable = await work.figures.rankable([*counted.given, *before_given])
    given = {member: counted.given.get(member, 0) for member in rankable}
    names = (await members.cast(work, club.id, [member for member in given if given[member]])).names
    ever_before = await work.figures.gave_before(list(names), since) if since else set(names)
    standings = rank(given, before_given, ever_before, order=lambda member: sort_key(names.get(member, "")))
    return Ranking(
        period=period,
        since=since and since.astimezone(club.zone),
        last_day=last_day,
        standings=standings,
        names=names,
        total=counted.total,
        thanked=counted.thanked,
        before=before.total if before else None,
    )
