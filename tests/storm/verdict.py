"""The verdict on a storm: what was promised, against the database, the playground's log and the chats."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime

from bot.playground.people import Json
from tests.storm.ledger import Entry, Key
from tests.storm.load import Club
from tests.storm.sayings import FAILED, WEEKLY, Told, by_chat, posts_cut_off, told
from tests.storm.storm import Storm
from tests.storm.wreck import look
from tests.support.databases import is_whole

LEDGER = """
SELECT c.chat_id, e.number, e.message_id, e.position, author.user_id, other.user_id, e.words, e.amount, e.thanks_for,
       undoer.user_id
FROM (SELECT club_id, number, chat_id, message_id, position, giver_id AS author_id, recipient_id AS other_id,
             contact AS words, NULL AS amount, NULL AS thanks_for, undone_by_id FROM referrals
      UNION ALL
      SELECT thanks.club_id, thanks.number, thanks.chat_id, thanks.message_id, 0, from_id, to_id, note, amount_minor,
             linked.number, thanks.undone_by_id
      FROM thanks LEFT JOIN referrals AS linked ON linked.id = thanks.referral_id) AS e
JOIN club_chats AS c ON c.club_id = e.club_id
JOIN members AS author ON author.id = e.author_id JOIN members AS other ON other.id = e.other_id
LEFT JOIN members AS undoer ON undoer.id = e.undone_by_id
"""


class Verdict:
    """What was seen, and the `problems`: all that breaks a promise."""

    def __init__(self, storm: Storm) -> None:
        self._storm = storm
        self.problems: list[str] = []
        self.twice: list[str] = []
        """What stands in its chat more than once, each with how often and its causes."""
        self.unsaid: list[str] = []
        """What perhaps was said, and was not: each with its cause."""
        self.recorded = self.replies = self.posts = 0
        sayings = by_chat(storm.log, storm.deaths)
        self._told = [each for chat in sayings.values() for each in told(chat, self.problems)]
        self._check_database()
        self._check_ledger()
        self._check_replies()
        self._check_posts()
        self._check_chats()

    def __str__(self) -> str:
        storm = self._storm
        places = Counter(death.place for death in storm.kills)
        idle = sum(not death.aimed for death in storm.kills)
        lines = [
            ("seed", storm.seed),
            ("rounds", f"{len(storm.kills)}"),
            ("kills", ", ".join(f"{place} {count}" for place, count in places.items()) + f"; at rest {idle}"),
            ("commands", f"{storm.load.done.total()}"),
            ("recorded", f"{self.recorded} referrals and thanks, each once"),
            ("replies", f"{self.replies} messages, {storm.load.presses} answers to buttons"),
            ("weekly posts", f"{self.posts} slots, one row each"),
            ("said twice", f"{len(self.twice)}, and why:"),
            *[("", line) for line in sorted(self.twice)],
            ("not said", f"{len(self.unsaid)}, and why:"),
            *[("", line) for line in sorted(self.unsaid)],
            ("broken", f"{len(self.problems)}"),
            *[("", line) for line in self.problems],
        ]
        return "\n".join(f"{name:>14}  {value}" for name, value in lines)

    def _check_database(self) -> None:
        folder = self._storm.folder
        for query, good in (
            ("SELECT DISTINCT state FROM inbox", {("done",)}),
            ("SELECT DISTINCT state FROM outbox WHERE state NOT IN ('sent', 'unknown', 'dropped')", set()),
            # A press is answered once: saying it again after a crash is refused by Telegram.
            ("SELECT method, error FROM outbox WHERE state = 'dropped' AND method <> 'answerCallbackQuery'", set()),
        ):
            if (found := set(look(folder, query))) != good:
                self.problems.append(f"{query}: {found}")
        if not is_whole(folder):
            self.problems.append("the file is damaged")

    def _check_ledger(self) -> None:
        found = Counter(look(self._storm.folder, LEDGER))
        expected = Counter(_row(club, entry) for club in self._storm.load.clubs for entry in club.ledger.entries)
        self.recorded = expected.total()
        self.problems += [f"not in the ledger: {row}" for row in expected - found]
        self.problems += [f"in the ledger and should not be, or twice: {row}" for row in found - expected]

    def _check_replies(self) -> None:
        heard = defaultdict[Key, list[Told]](list)
        for each in self._told:
            if each.key.kind != WEEKLY:
                heard[each.key].append(each)
        expected, perhaps = self._storm.load.expected(), self._storm.load.perhaps()
        for key in heard.keys() & perhaps.keys():
            expected[key] += 1
        self.replies = expected.total()
        for key in expected.keys() | heard.keys():
            self._check_reply(key, expected[key], heard[key])
        unknown = sum(each.sayings[-1].fate_unknown is not None for each in self._told if each.key.kind != WEEKLY)
        marked = len(look(self._storm.folder, "SELECT 1 FROM outbox WHERE state = 'unknown' AND once_key IS NULL"))
        if marked != unknown:
            self.problems.append(f"{marked} messages are marked unknown, and {unknown} had an unknown fate")
        if self._storm.world.unanswered:
            self.problems.append(f"{len(self._storm.world.unanswered)} presses were never answered")

    def _check_reply(self, key: Key, times: int, heard: list[Told]) -> None:
        name = " ".join(filter(None, (key.kind, key.which, self._where(key.chat_id))))
        for each in heard:
            if each.said > 1:
                causes = [str(saying.comes_again) for saying in each.sayings[:-1] if saying.done]
                self.twice.append(f"{name}, {each.said} times: {'; '.join(causes)}")
        newly = len(heard)
        if key.kind in ("answer", "told"):
            # What an edit would change may never have arrived: it is said anew.
            unknown = [cause for each in heard[:-1] if (cause := each.sayings[-1].fate_unknown)]
            self.twice += [f"{name}, 2 times: {cause}, then changed, so said anew" for cause in unknown]
            newly -= len(unknown)
        # Figures that have not changed are the same words: then a new answer may look like the last one's repetition.
        alike = sum(len(each.sayings) - 1 for each in heard) if key.kind in ("stats", "board") else 0
        if not times - alike <= newly <= times:
            self.problems.append(f"{name}: to be said {times} times, but newly said {newly} times")
        for each in heard:
            if not each.said and (cause := each.sayings[-1].fate_unknown):
                self.unsaid.append(f"{name}: {cause}")
            elif not each.said:
                self.problems.append(f"{name}: never said; {each.sayings[-1].call.outcome}")

    def _check_posts(self) -> None:
        storm = self._storm
        posted = look(storm.folder, "SELECT chat_id, slot_at FROM posts JOIN club_chats USING (club_id)")
        kept = Counter((chat_id, _told(slot_at)) for chat_id, slot_at in posted)
        slots = [(chat_id, _told(at)) for chat_id, ats in storm.slots.items() for at in ats]
        self.posts = len(slots)
        if kept != Counter(slots):
            self.problems.append(f"slots: {sorted(slots)}; posts: {sorted(kept.elements())}")
        rows = defaultdict[tuple[int, str], dict[str, str]](dict)
        query = "SELECT chat_id, params, once_key, state FROM outbox WHERE once_key IS NOT NULL"
        for chat_id, params, once_key, state in look(storm.folder, query):
            said = json.loads(params)
            rows[chat_id, said.get("text") or said.get("caption")][once_key] = state
        in_outbox = Counter(chat_id for (chat_id, _), alike in rows.items() for _ in alike)
        if in_outbox != Counter(chat_id for chat_id, _ in slots):
            self.problems.append(f"weekly posts in the outbox, by club: {in_outbox}")
        heard = defaultdict[tuple[int, str], list[Told]](list)
        for each in self._told:
            if each.key.kind == WEEKLY:
                heard[each.key.chat_id, each.sayings[0].text].append(each)
        cut_off = posts_cut_off(storm.kills)
        for which in rows.keys() | heard.keys():
            self._check_post(which[0], rows[which], heard[which], cut_off)

    def _check_post(self, chat_id: int, rows: dict[str, str], heard: list[Told], cut_off: dict[str, str]) -> None:
        """Posts of a club with the same words, most often one: each is there once, or perhaps, if it was cut off."""
        excuses = {key: f"cut off by {cut_off[key]}" for key in rows if key in cut_off}
        unknown = [cause for each in heard if (cause := each.sayings[-1].fate_unknown)]
        for key, state in rows.items():
            if state != ("unknown" if key in excuses else "sent") and not unknown:
                self.problems.append(f"{key} is {state}; {excuses.get(key, 'its call was not cut off')}")
        said = sum(each.said for each in heard)
        if not len(rows) - len(excuses) - unknown.count(FAILED) <= said <= len(rows):
            self.problems.append(f"weekly post {self._where(chat_id)}: said {said} times for {sorted(rows)}; {excuses}")
        if said < len(rows):
            self.unsaid.append(f"weekly post {self._where(chat_id)}: {'; '.join([*excuses.values(), *unknown])}")

    def _check_chats(self) -> None:
        lost = {each.key for each in self._told if not each.said}
        for club in self._storm.load.clubs:
            for message_id in {entry.message_id for entry in club.ledger.entries}:
                made = club.ledger.of_message(message_id)
                shown = self._last(club.chat.id, f"#{made[0].number} ")
                if club.ledger.answer(made[0].number) not in lost:
                    self.problems += [f"{club.ledger.title}: {wrong}" for wrong in _wrong(made, shown)]

    def _where(self, chat_id: int) -> str:
        chat, people = self._storm.world.chats[chat_id], self._storm.world.people
        return f"in {chat.title}" if chat_id < 0 else f"to {people[chat_id]['username']}"

    def _last(self, chat_id: int, beginning: str) -> str:
        chat = self._storm.world.chats[chat_id]
        bot_id = self._storm.world.bot.id
        own: list[Json] = [m for m in chat.messages.values() if m["from"]["id"] == bot_id and "text" in m]
        answers = [m["text"] for m in own if m["text"].startswith(beginning) and "reply_to_message" not in m]
        return answers[-1] if answers else ""


def _told(at: datetime | str) -> str:
    """An instant in UTC: a file keeps it as text, a server does not."""
    return at if isinstance(at, str) else f"{at:%Y-%m-%d %H:%M:%S.%f}"


def _row(club: Club, entry: Entry) -> tuple[object, ...]:
    return (
        *(club.chat.id, entry.number, entry.message_id, entry.position, entry.author, entry.other, entry.words),
        *(entry.amount, entry.thanks_for, entry.undone_by),
    )


def _wrong(made: list[Entry], shown: str) -> Iterator[str]:
    """What the answer about these entries, made together, should show and does not."""
    for entry in made:
        line = next((line for line in shown.splitlines() if line.startswith(f"#{entry.number} ")), "")
        if not line or ("taken back by" in line) == entry.live:
            yield f"#{entry.number} is {'live' if entry.live else 'undone'}, and its answer shows {line!r}"
        if entry.live and entry.words not in shown:
            yield f"#{entry.number} is about {entry.words}, and its answer shows {shown!r}"
