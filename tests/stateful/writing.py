"""What members write, edit, take back and press."""

import re
from datetime import datetime

from hypothesis import strategies as st

from tests.stateful import drafts
from tests.stateful.company import SECOND, Command, Company, choices, clubs, may, names
from tests.stateful.drafts import Aim, Draft
from tests.stateful.model import Reply


class Writing(Company):
    """Members at work."""

    @may("write", 2, club=clubs, drafts=st.lists(st.tuples(names, drafts.drafts), min_size=1, max_size=4))
    def write_down(self, club: str, drafts: list[tuple[str, Draft]]) -> None:
        """Several at once, before the bot reads any of it."""
        club = self.served(club)
        for name, draft in drafts:
            self.command(club, name, draft, None)
        self.stage.settle()

    @may("write", 2, club=clubs, drafts=st.lists(st.tuples(names, drafts.referrals), min_size=1, max_size=4))
    def pass_on(self, club: str, drafts: list[tuple[str, Draft]]) -> None:
        self.write_down(club, drafts)

    @may("write", 1, club=clubs, name=names, draft=drafts.replies, which=choices)
    def answers(self, club: str, name: str, draft: Draft, which: int) -> None:
        """A command that names nobody is for the author of the message it replies to, seldom the bot."""
        club = self.served(club)
        chat, people = self.stage.chats[club], self.stage.scene.world.people
        said = [m for m in chat.messages.values() if m["from"]["id"] in people or which % 10 == 0]
        if said:
            message = said[-1 - which % len(said)]
            self.stage.refresh(club, message["message_id"])
            self.command(club, name, draft, chat.messages[message["message_id"]])
            self.stage.settle()

    @may("write", 2, club=clubs, which=choices, draft=drafts.thanks, with_number=st.booleans())
    def thanks_for(self, club: str, which: int, draft: Draft, with_number: bool) -> None:
        """Whoever was passed a referral thanks for it."""
        club = self.served(club)
        books = self.stage.books.clubs.get(club)
        passed = [e for e in books.entries if e.refer and e.taker.user_id] if books else []
        passed = [e for e in passed if e.taker.user_id != self.stage.olga.id]
        if not passed:
            return
        entry = passed[-1 - which % len(passed)]
        first_name = self.stage.books.first_names
        giver, taker = first_name[entry.giver.user_id or 0].lower(), first_name[entry.taker.user_id or 0].lower()
        if self.stage.here(club, self.stage.people[taker]):
            number = entry.number - 1 if with_number else None
            self.command(club, taker, Draft((Aim(giver, False),), amount=draft.amount, number=number), None)
            self.stage.settle()

    @may("change", 1, which=choices, draft=drafts.drafts)
    def edits(self, which: int, draft: Draft) -> None:
        if command := self.standing(which):
            self._edit(command, draft, anew=True)

    @may("change", 3, which=choices, part=st.sampled_from(["contact", "people", "nothing"]), aim=drafts.aims)
    def corrects(self, which: int, part: str, aim: Aim) -> None:
        command = self.standing(which)
        if command is None:
            return
        draft = command.draft
        if part == "people" and draft.aims:
            draft = Draft((aim, *draft.aims[1:]), draft.contact, draft.phone, draft.amount, draft.number)
        self._edit(command, draft, anew=part == "contact")

    def _edit(self, command: Command, draft: Draft, *, anew: bool) -> None:
        stage, books, club = self.stage, self.stage.books, command.club
        if not (draft.aims or command.replied):
            return
        if anew:
            self.serial += 1
        serial = self.serial if anew else command.serial
        typed = draft.typed(stage.people, club, serial, self.last_number(club))
        people = list(stage.scene.world.people.values())
        meaning = typed.replying(command.replied, stage.scene.world.bot["id"], people)
        id_ = command.first["message_id"]
        stage.refresh(club, id_)
        stage.scene.clock.forward(SECOND)
        before = stage.scene.world.next_update_id
        message = stage.scene.world.edit(command.by, stage.chats[club], id_, typed.text, typed.entities)
        command.draft, command.serial = draft, serial
        if stage.scene.world.next_update_id == before:
            return
        act = stage.act(club, command.by, message, edited=True)

        def deed(now: datetime) -> Reply:
            return books.carry_out(books.edit, act(now), meaning)

        stage.does(club, deed, answered=self.answer_to(act(stage.now)))
        stage.settle()

    @may("change", 2, club=clubs, name=names, which=st.none() | choices)
    def takes_back(self, club: str, name: str, which: int | None) -> None:
        club = self.served(club)
        stage, books, by = self.stage, self.stage.books, self.present(club, name)
        number = which % (self.last_number(club) + 1) + 1 if which is not None else None
        message, shown = stage.say(club, by, f"/undo #{number}" if number else "/undo")
        if not shown:
            return
        act = stage.act(club, by, message)
        stage.does(
            club,
            lambda now: (
                books.carry_out(books.undo, act(now), number) if number else books.carry_out(books.undo_last, act(now))
            ),
        )
        stage.settle()

    @may("change", 3, club=clubs, name=names, which=choices, elsewhere=st.sampled_from([False] * 9 + [True]))
    def presses(self, club: str, name: str, which: int, elsewhere: bool) -> None:
        """A button that stands under an answer, or stood there once; or one carried over from another club."""
        club = self.served(club)
        stage, books, by = self.stage, self.stage.books, self.present(club, name)
        here = stage.chats[club].id
        places = [p for p in stage.buttons if (p[0] != club if elsewhere else p[1] == here)]
        kept = [(place[2], data) for place in places for data in stage.buttons[place]]
        if not kept or not stage.bot_in(club):
            return
        id_, data = kept[which % len(kept)]
        if elsewhere:
            bots = [m for m in stage.chats[club].messages.values() if m["from"]["id"] == stage.scene.world.bot["id"]]
            id_ = bots[-1]["message_id"]
        stage.scene.clock.forward(SECOND)
        query = stage.scene.world.press(by, stage.chats[club], id_, data)
        act = stage.act(club, by, stage.chats[club].messages[id_], pressed=True)
        word, *numbers = re.findall(r"\w+", data)

        def deed(now: datetime) -> Reply:
            if elsewhere:
                books.seen(act(now))
                return ("That is for members of that club.",)
            if word == "undo":
                return books.carry_out(books.undo, act(now), int(numbers[1]))
            return books.carry_out(books.choose, act(now), int(numbers[1]), int(numbers[2]))

        stage.does(club, deed, query=query)
        stage.settle()
