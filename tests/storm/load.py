"""What people do during the storm: mixed commands in three clubs, drawn from a seeded Random."""

from collections import Counter
from random import Random

from bot.playground.chats import Chat
from bot.playground.people import Json, User
from bot.playground.world import World
from tests.storm.ledger import Key, Ledger

CLUBS = ("Kring Gent", "Kring Brugge", "Kring Aalst")
NAMES = ("Anna", "Bert", "Carla", "Dirk")
KINDS = {
    "refer": 5,
    "refer to two": 2,
    "refer by reply": 2,
    "thanks": 3,
    "undo": 2,
    "undo the last": 1,
    "edit": 3,
    "leaderboard": 2,
    "mystats": 2,
    "press": 3,
    "nonsense": 3,
    "mend": 1,
}


class Club:
    """A group with four members of its own and one who is in every club; the first owns it."""

    def __init__(self, world: World, number: int, everywhere: User) -> None:
        own = [world.person(name, username=f"{name}_of_{number}") for name in NAMES]
        self.people = [*own, everywhere]
        self.chat: Chat = world.group(CLUBS[number], own[0], self.people)
        self.ledger = Ledger(self.chat.id, CLUBS[number], own[0].id)
        self.refused: list[tuple[User, int]] = []  # who sent each /refer that made nothing, and its message
        self.settled: set[int] = set()  # messages whose edit was refused: once is enough


class Load:
    """The people, and what was done so far; `doing` one thing is one line of the storm's plan."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.done: Counter[str] = Counter()
        self.replies: Counter[Key] = Counter()
        self.presses = 0
        self.everywhere = world.person("Evi", username="evi_everywhere")
        self.clubs = [Club(world, number, self.everywhere) for number in range(len(CLUBS))]
        self._marks = 0

    def begin(self) -> None:
        """The bot is added to the groups; everyone opens its private chat, and says a word in their group.

        It is one that Telegram need not be asked about: the questions would hold up the groups, not the private chats.
        """
        for club in self.clubs:
            self.world.add_bot(club.chat, club.people[0])
            self.replies[Key("greeting", club.chat.id)] += 1
        for person in self.world.people.values():
            self.world.say(person, self.world.private(person), "/start")
            self.replies[Key("hello", person.id)] += 1
        for club in self.clubs:
            for person in club.people:
                club.ledger.refused(self._say(club, person, "/undo"), person.id)

    def expected(self) -> Counter[Key]:
        """All that must have been said, but for the weekly posts and the answers to presses."""
        return sum((club.ledger.replies for club in self.clubs), Counter(self.replies))

    def perhaps(self) -> Counter[Key]:
        """What may have been said beside that."""
        return sum((club.ledger.perhaps for club in self.clubs), Counter[Key]())

    def act(self, random: Random, kind: str | None = None) -> None:
        """Somebody does something: of this kind, or any. Where nothing is there to be undone or changed, a /refer."""
        club = random.choice(self.clubs)
        kind = kind or random.choices(list(KINDS), list(KINDS.values()))[0]
        if kind in ("edit", "undo", "press", "refuse") and not club.ledger.entries:
            kind = "refer"
        if kind == "mend" and not club.refused:
            kind = "nonsense"
        self.done[kind] += 1
        getattr(self, f"_{kind.replace(' ', '_')}")(club, random)

    def _refer(self, club: Club, random: Random) -> None:
        who, whom = random.sample(club.people, 2)
        self._write_refer(club, who, [whom])

    def _refer_to_two(self, club: Club, random: Random) -> None:
        who, *whom = random.sample(club.people, 3)
        self._write_refer(club, who, whom)

    def _refer_by_reply(self, club: Club, random: Random) -> None:
        who, whom = random.sample(club.people, 2)
        theirs = [m["message_id"] for m in self.world.messages(club.chat) if m["from"]["id"] == whom.id]
        contact = self._mark("Contact")
        id_ = self._say(club, who, f"/refer {contact}: a roof", theirs[-1])
        club.ledger.refer(id_, who.id, [whom.id], contact)

    def _thanks(self, club: Club, random: Random) -> None:
        who, whom = random.sample(club.people, 2)
        amount, note = random.randint(1, 999), self._mark("note")
        id_ = self._say(club, who, f"/thanks @{whom['username']} {amount} {note}")
        club.ledger.thank(id_, who.id, whom.id, amount * 100, note)

    def _undo(self, club: Club, random: Random) -> None:
        entry, someone = random.choice(club.ledger.entries), random.choice(club.people).id
        by = self.world.people[entry.author if random.random() < 0.6 else someone]
        self._type_undo(club, by, entry.number)

    def _undo_by_the_admin(self, club: Club, random: Random) -> None:
        """Of somebody else's entry, so that Telegram has to be asked whether it is an admin."""
        admin, *others = club.people
        theirs = [entry.number for entry in club.ledger.entries if entry.author != admin.id and entry.live]
        if not theirs:
            self._write_refer(club, others[0], [admin])
            theirs = [len(club.ledger.entries)]
        self._type_undo(club, admin, random.choice(theirs))

    def _undo_the_last(self, club: Club, random: Random) -> None:
        by = random.choice(club.people)
        club.ledger.answered(self._say(club, by, "/undo"), by.id, granted=club.ledger.undo_last(by.id))

    def _edit(self, club: Club, random: Random) -> None:
        referrals = [e for e in club.ledger.entries if e.is_referral and e.message_id not in club.settled]
        entry, people = random.choice(referrals[-20:] or [None]), random.sample(club.people, 3)
        if entry is None:
            self._refer(club, random)
            return
        same = [self.world.people[e.other] for e in club.ledger.of_message(entry.message_id)]
        to = random.choice([same, same, same, people[:1], people[:2]])
        giver, contact = self.world.people[entry.author], self._mark("Contact")
        self.world.edit(giver, club.chat, entry.message_id, f"/refer {_mentions(to)} {contact}: a roof")
        if not club.ledger.correct(entry.message_id, giver.id, [person.id for person in to], contact):
            club.settled.add(entry.message_id)

    def _leaderboard(self, club: Club, random: Random) -> None:
        self._say(club, random.choice(club.people), random.choice(["/leaderboard all", "/top all"]))
        club.ledger.ranked()

    def _mystats(self, club: Club, random: Random) -> None:
        who = random.choice(club.people)
        self.world.say(who, self.world.private(who), "/mystats")
        for theirs in self.clubs:
            if who in theirs.people:
                self.replies[Key("stats", who.id, theirs.ledger.title)] += 1

    def _press(self, club: Club, random: Random) -> None:
        """Undo is pressed under an entry's answer; where that is not there yet, its number is typed."""
        live = [entry for entry in club.ledger.entries if entry.live] or club.ledger.entries
        entry, someone = random.choice(live[: len(live) // 2 + 1]), random.choice(club.people).id
        by = self.world.people[entry.author if random.random() < 0.8 else someone]
        if found := self._button(club, entry.number):
            self.world.press(by, club.chat, *found)
            self.presses += 1
            club.ledger.undo(by.id, entry.number)
        else:
            self._type_undo(club, by, entry.number)

    def _nonsense(self, club: Club, random: Random) -> None:
        who = random.choice(club.people)
        text = random.choice(
            [
                *("/refer", f"/refer @{who['username']} {self._mark('Contact')}: a roof", "/thanks 12", "/undo banana"),
                *("/undo #99999", "/leaderboard yesterday", "/frobnicate it"),
            ]
        )
        id_ = self._say(club, who, text)
        if text.startswith("/refer"):
            club.refused.append((who, id_))
        if text != "/frobnicate it":  # what is no command of ours may be another bot's
            club.ledger.refused(id_, who.id)

    def _mend(self, club: Club, random: Random) -> None:
        """A /refer that was refused is edited so that it works."""
        who, id_ = club.refused.pop(random.randrange(len(club.refused)))
        whom = random.choice([person for person in club.people if person is not who])
        contact = self._mark("Contact")
        self.world.edit(who, club.chat, id_, f"/refer {_mentions([whom])} {contact}: a roof")
        club.ledger.refer(id_, who.id, [whom.id], contact)

    def _type_undo(self, club: Club, by: User, number: int) -> None:
        message_id = self._say(club, by, f"/undo #{number}")
        club.ledger.answered(message_id, by.id, granted=club.ledger.undo(by.id, number))

    def _write_refer(self, club: Club, who: User, whom: list[User]) -> None:
        contact = self._mark("Contact")
        id_ = self._say(club, who, f"/refer {_mentions(whom)} {contact}: a roof")
        club.ledger.refer(id_, who.id, [person.id for person in whom], contact)

    def _say(self, club: Club, who: User, text: str, reply_to: int | None = None) -> int:
        id_: int = self.world.say(who, club.chat, text, reply_to=reply_to)["message_id"]
        return id_

    def _mark(self, word: str) -> str:
        self._marks += 1
        return f"{word}{self._marks:04}x"

    def _button(self, club: Club, number: int) -> tuple[int, str] | None:
        for message in reversed(self.world.messages(club.chat)):
            for data in _button_data(message):
                if data.startswith("undo:") and data.endswith(f":{number}"):
                    return message["message_id"], data
        return None


def _button_data(message: Json) -> list[str]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["callback_data"] for row in rows for button in row if "callback_data" in button]


def _mentions(people: list[User]) -> str:
    return " ".join(f"@{person['username']}" for person in people)
