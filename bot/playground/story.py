"""The playground's club and what happened there in the last fortnight: typed by its people, recorded by the bot."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.playground.chats import Chat
from bot.playground.people import User
from bot.playground.world import World

ZONE = ZoneInfo("Europe/Brussels")
CLUB = "Kring Gent"


@dataclass(frozen=True)
class Line:
    """`who` typed `text`, so many days ago at a local time; in the group, or in `private` with the bot."""

    days_ago: int
    at: time
    who: str
    text: str
    private: bool = False

    def moment(self, now: datetime) -> datetime:
        """The instant of the line, counted from `now`."""
        day = now.astimezone(ZONE).date() - timedelta(days=self.days_ago)
        return datetime.combine(day, self.at, ZONE)


LINES = (
    Line(15, time(9, 40), "Anna", "/start", private=True),
    Line(15, time(9, 44), "Bert", "/start", private=True),
    Line(15, time(12, 10), "Carla", "/start", private=True),
    Line(15, time(12, 31), "Anna", "/refer @bert Bakkerij Verhulst: wants a web shop, 09 233 44 55"),
    Line(14, time(8, 15), "Bert", "/refer @carla Sofie Maes: looks for an accountant who knows start-ups"),
    Line(13, time(17, 2), "Dirk", "/refer @anna Hotel De Lelie: a lawyer for a lease, info@delelie.example"),
    Line(12, time(11, 48), "Anna", "/refer @dirk @carla Mieke Claes: renovates her practice and needs a budget"),
    Line(11, time(20, 5), "Carla", "/refer @bert Yoga Studio Om - a new logo and a booking page"),
    Line(10, time(9, 20), "Bert", "/thanks @anna €2.400 Bakkerij Verhulst opened its web shop"),
    Line(8, time(13, 33), "Carla", "/refer @dirk family Wouters: a new roof, +32 472 33 44 55"),
    Line(7, time(18, 41), "Carla", "/refer @anna Jonas Baert: takes over a company and needs the contract read"),
    Line(6, time(8, 52), "Anna", "/refer @bert Piet Peeters: needs a new website, 0470 12 34 56"),
    Line(5, time(12, 15), "Dirk", "/refer @carla garage Lippens, bookkeeping from January on"),
    Line(4, time(16, 27), "Anna", "/thanks @dirk 950 a lease for Hotel De Lelie"),
    Line(4, time(16, 45), "Anna", "/refer @carla Hotel De Lelie: an accountant for the new lease via #3"),
    Line(4, time(18, 20), "Bert", "/met @dirk coffee at the harbour"),
    Line(3, time(10, 12), "Anna", "/refer @dirk school De Klimop: a leaking flat roof, 09 345 67 89"),
    Line(2, time(19, 30), "Bert", "/refer @dirk Tom Aerts: solar panels on an old barn"),
    Line(2, time(20, 4), "Carla", "/refer @bert my own practice: business cards #inside"),
    Line(1, time(8, 50), "Carla", "/thanks @anna €3.200 #13 the books of Hotel De Lelie"),
    Line(1, time(8, 58), "Anna", "/visitor Lotte Aerts"),
    Line(1, time(9, 5), "Dirk", "/thanks @carla €12.500,50 the roof of the Wouters family"),
    Line(1, time(9, 12), "Bert", "/thanks @carla #16 a pleasure to print them"),
)


async def tell(world: World, go_to: Callable[[datetime], Awaitable[None]]) -> Chat:
    """Make the club and live through the fortnight up to the world's present; `go_to` puts the clock to an instant
    and lets the bot do what it has to. Returns the group."""
    now = world.clock.now()
    people: dict[str, User] = {
        "Anna": world.person("Anna", "Peeters", "anna"),
        "Bert": world.person("Bert", "Janssens", "bert"),
        "Carla": world.person("Carla", "De Smet", "carla"),
        "Dirk": world.person("Dirk", "Maes", "dirk"),
    }
    await go_to(LINES[0].moment(now) - timedelta(hours=1))
    group = world.group(CLUB, people["Anna"])
    world.add_bot(group, people["Anna"])
    for who in list(people.values())[1:]:
        world.join(group, who)
    for line in LINES:
        await go_to(line.moment(now))
        who = people[line.who]
        world.say(who, world.private(who) if line.private else group, line.text)
        await go_to(line.moment(now) + timedelta(seconds=1))
    await go_to(now - timedelta(hours=2))
    world.join(group, world.person("Emma", "Vandenberghe"))
    await go_to(now)
    return group
