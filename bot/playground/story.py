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
TOLD_IN = ("en", "nl", "fr", "de")


@dataclass(frozen=True)
class Line:
    """`who` typed this, so many days ago at a local time; in the group, or in `private` with the bot.

    `texts` has it in each language of TOLD_IN, or once for all of them. Whatever the language, the bot makes the same
    of it: the same people, amounts and numbers.
    """

    days_ago: int
    at: time
    who: str
    texts: tuple[str, ...]
    private: bool = False

    def moment(self, now: datetime) -> datetime:
        """The instant of the line, counted from `now`."""
        day = now.astimezone(ZONE).date() - timedelta(days=self.days_ago)
        return datetime.combine(day, self.at, ZONE)

    def text(self, language: str) -> str:
        """What was typed in a club that speaks this language; in English where the story is not told in it."""
        if language not in TOLD_IN or len(self.texts) == 1:
            return self.texts[0]
        return self.texts[TOLD_IN.index(language)]


def _line(days_ago: int, at: str, who: str, *texts: str, private: bool = False) -> Line:
    return Line(days_ago, time.fromisoformat(at), who, texts, private)


LINES = (
    _line(15, "09:40", "Anna", "/start", private=True),
    _line(15, "09:44", "Bert", "/start", private=True),
    _line(15, "12:10", "Carla", "/start", private=True),
    _line(
        *(15, "12:31", "Anna"),
        "/refer @bert Bakkerij Verhulst: wants a web shop, 09 233 44 55",
        "/doorverwijs @bert Bakkerij Verhulst: wil een webshop, 09 233 44 55",
        "/recommande @bert Boulangerie Verhulst : veut une boutique en ligne, 09 233 44 55",
        "/empfehle @bert Bäckerei Verhulst: will einen Webshop, 09 233 44 55",
    ),
    _line(
        *(14, "08:15", "Bert"),
        "/refer @carla Sofie Maes: looks for an accountant who knows start-ups",
        "/doorverwijs @carla Sofie Maes: zoekt een boekhouder die start-ups kent",
        "/recommande @carla Sophie Maes : cherche un comptable qui s'y connaît en start-ups",
        "/empfehle @carla Sofie Maes: sucht einen Buchhalter, der Start-ups kennt",
    ),
    _line(
        *(13, "17:02", "Dirk"),
        "/refer @anna Hotel De Lelie: a lawyer for a lease, info@delelie.example",
        "/doorverwijs @anna Hotel De Lelie: advocaat voor een huurcontract, info@delelie.example",
        "/recommande @anna Hôtel du Lys : un avocat pour un bail, info@hoteldulys.example",
        "/empfehle @anna Hotel zur Lilie: Anwalt für einen Pachtvertrag, info@zurlilie.example",
    ),
    _line(
        *(12, "11:48", "Anna"),
        "/refer @dirk @carla Mieke Claes: renovates her practice and needs a budget",
        "/doorverwijs @dirk @carla Mieke Claes: verbouwt haar praktijk en heeft een budget nodig",
        "/recommande @dirk et @carla Monique Claes : rénove son cabinet, il lui faut un budget",
        "/empfehle @dirk und @carla Monika Claes: baut ihre Praxis um und braucht ein Budget",
    ),
    _line(
        *(11, "20:05", "Carla"),
        "/refer @bert Yoga Studio Om - a new logo and a booking page",
        "/doorverwijs @bert Yogastudio Om - nieuw logo en een boekingspagina",
        "/recommande @bert Studio Yoga Om - nouveau logo et page de réservation",
        "/empfehle @bert Yogastudio Om - neues Logo und eine Buchungsseite",
    ),
    _line(
        *(10, "09:20", "Bert"),
        "/thanks @anna €2.400 Bakkerij Verhulst opened its web shop",
        "/bedankt @anna €2.400 de webshop van Bakkerij Verhulst staat online",
        "/merci @anna 2.400 € la boutique de la Boulangerie Verhulst est en ligne",
        "/danke @anna 2.400 € der Webshop der Bäckerei Verhulst ist online",
    ),
    _line(
        *(8, "13:33", "Carla"),
        "/refer @dirk family Wouters: a new roof, +32 472 33 44 55",
        "/doorverwijs @dirk familie Wouters: nieuw dak, +32 472 33 44 55",
        "/recommande @dirk famille Wouters : nouvelle toiture, +32 472 33 44 55",
        "/empfehle @dirk Familie Wouters: neues Dach, +32 472 33 44 55",
    ),
    _line(
        *(7, "18:41", "Carla"),
        "/refer @anna Jonas Baert: takes over a company and needs the contract read",
        "/doorverwijs @anna Jonas Baert: neemt een bedrijf over en wil het contract laten nalezen",
        "/recommande @anna Jonas Baert : reprend une société, contrat à relire",
        "/empfehle @anna Jonas Baert: übernimmt eine Firma und muss den Vertrag prüfen lassen",
    ),
    _line(
        *(6, "08:52", "Anna"),
        "/refer @bert Piet Peeters: needs a new website, 0470 12 34 56",
        "/doorverwijs @bert Piet Peeters: heeft een nieuwe website nodig, 0470 12 34 56",
        "/recommande @bert Pierre Peeters : a besoin d'un nouveau site, 0470 12 34 56",
        "/empfehle @bert Peter Peeters: braucht eine neue Website, 0470 12 34 56",
    ),
    _line(
        *(5, "12:15", "Dirk"),
        "/refer @carla garage Lippens, bookkeeping from January on",
        "/doorverwijs @carla garage Lippens, boekhouding vanaf januari",
        "/recommande @carla garage Lippens, comptabilité à partir de janvier",
        "/empfehle @carla Autohaus Lippens, Buchhaltung ab Januar",
    ),
    _line(
        *(4, "16:27", "Anna"),
        "/thanks @dirk 950 a lease for Hotel De Lelie",
        "/bedankt @dirk 950 huurcontract voor Hotel De Lelie",
        "/merci @dirk 950 un bail pour l'Hôtel du Lys",
        "/danke @dirk 950 Pachtvertrag für Hotel zur Lilie",
    ),
    _line(
        *(4, "16:45", "Anna"),
        "/refer @carla Hotel De Lelie: an accountant for the new lease via #3",
        "/doorverwijs @carla Hotel De Lelie: een boekhouder voor het nieuwe huurcontract via #3",
        "/recommande @carla Hôtel du Lys : un comptable pour le nouveau bail via #3",
        "/empfehle @carla Hotel zur Lilie: ein Buchhalter zum neuen Pachtvertrag via #3",
    ),
    _line(
        *(4, "18:20", "Bert"),
        "/met @dirk coffee at the harbour",
        "/ontmoet @dirk koffie aan de haven",
        "/rencontre @dirk un café au port",
        "/getroffen @dirk Kaffee am Hafen",
    ),
    _line(
        *(3, "10:12", "Anna"),
        "/refer @dirk school De Klimop: a leaking flat roof, 09 345 67 89",
        "/doorverwijs @dirk school De Klimop: plat dak dat lekt, 09 345 67 89",
        "/recommande @dirk école du Lierre : toit plat qui fuit, 09 345 67 89",
        "/empfehle @dirk Schule am Park: Flachdach undicht, 09 345 67 89",
    ),
    _line(
        *(2, "19:30", "Bert"),
        "/refer @dirk Tom Aerts: solar panels on an old barn",
        "/doorverwijs @dirk Tom Aerts: zonnepanelen op een oude schuur",
        "/recommande @dirk Thomas Aerts : panneaux solaires sur une vieille grange",
        "/empfehle @dirk Tom Aerts: Solaranlage auf einer alten Scheune",
    ),
    _line(
        *(2, "20:04", "Carla"),
        "/refer @bert my own practice: business cards #inside",
        "/doorverwijs @bert mijn eigen praktijk: visitekaartjes #inside",
        "/recommande @bert mon propre cabinet : cartes de visite #inside",
        "/empfehle @bert meine eigene Praxis: Visitenkarten #inside",
    ),
    _line(
        *(1, "08:50", "Carla"),
        "/thanks @anna €3.200 #13 the books of Hotel De Lelie",
        "/bedankt @anna €3.200 #13 de boekhouding van Hotel De Lelie",
        "/merci @anna 3.200 € #13 la compta de l'Hôtel du Lys",
        "/danke @anna 3.200 € #13 die Buchhaltung vom Hotel zur Lilie",
    ),
    _line(1, "08:58", "Anna", "/visitor Lotte Aerts"),
    _line(
        *(1, "09:05", "Dirk"),
        "/thanks @carla €12.500,50 the roof of the Wouters family",
        "/bedankt @carla €12.500,50 het dak van de familie Wouters",
        "/merci @carla 12.500,50 € la toiture de la famille Wouters",
        "/danke @carla 12.500,50 € das Dach der Familie Wouters",
    ),
    _line(
        *(1, "09:12", "Bert"),
        "/thanks @carla #16 a pleasure to print them",
        "/bedankt @carla #16 met plezier gedrukt",
        "/merci @carla #16 un plaisir de les imprimer",
        "/danke @carla #16 gern gedruckt",
    ),
)


async def tell(world: World, go_to: Callable[[datetime], Awaitable[None]], language: str) -> Chat:
    """Make the club and live through the fortnight up to the world's present; `go_to` puts the clock to an instant
    and lets the bot do what it has to. The club speaks this language, Bert's app Dutch and Carla's French.
    Returns the group."""
    now = world.clock.now()
    people: dict[str, User] = {
        "Anna": world.person("Anna", "Peeters", "anna", language),
        "Bert": world.person("Bert", "Janssens", "bert", "nl"),
        "Carla": world.person("Carla", "De Smet", "carla", "fr"),
        "Dirk": world.person("Dirk", "Maes", "dirk", language),
    }
    await go_to(LINES[0].moment(now) - timedelta(hours=1))
    group = world.group(CLUB, people["Anna"])
    world.add_bot(group, people["Anna"])
    for who in list(people.values())[1:]:
        world.join(group, who)
    for line in LINES:
        await go_to(line.moment(now))
        who = people[line.who]
        world.say(who, world.private(who) if line.private else group, line.text(language))
        await go_to(line.moment(now) + timedelta(seconds=1))
    await go_to(now - timedelta(hours=2))
    world.join(group, world.person("Emma", "Vandenberghe", language_code=language))
    await go_to(now)
    return group
