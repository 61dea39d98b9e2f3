"""What becomes of people and groups, of time, the machine and the network."""

from datetime import timedelta

from hypothesis import strategies as st

from tests.stateful import checks, drafts
from tests.stateful.company import DAY, HOUR, OWNERS, SECOND, choices, clubs, may, names
from tests.stateful.driver import AALST, BRUGGE, GENT, person
from tests.stateful.model import next_slot
from tests.stateful.writing import Writing


class Happening(Writing):
    """Members at work, and what happens around them."""

    @may("move", 2, club=clubs, name=names)
    def joins_or_leaves(self, club: str, name: str) -> None:
        stage, user, chat = self.stage, self.stage.people[name], self.stage.chats[club]
        if name == OWNERS[club]:
            return
        stage.scene.clock.forward(SECOND)
        who, watched, came = person(user), chat.admin(stage.scene.world.bot["id"]), not stage.here(club, user)
        if came:
            stage.scene.world.join(chat, user)
        else:
            stage.scene.world.leave(chat, user)
        if stage.bot_in(club) and came:
            stage.does(club, lambda now: stage.books.came(club, who, now))
        elif stage.bot_in(club):
            stage.does(club, lambda now: stage.books.went(club, who, now, watched=watched))
        stage.settle()

    @may("move", 3, name=names, username=st.one_of(drafts.usernames, st.just("")))
    def takes_a_username(self, name: str, username: str) -> None:
        """Nobody else has it then; the bot learns of it when it next sees them."""
        world = self.stage.scene.world
        for user in self.stage.people.values():
            if user.get("username", "").lower() == username.lower():
                world.rename(user, username="")
        world.rename(self.stage.people[name], username=username)

    @may("move", 1, name=names)
    def opens_the_private_chat(self, name: str) -> None:
        stage, user = self.stage, self.stage.people[name]
        stage.scene.world.say(user, stage.scene.world.private(user), "/start")
        who = person(user)
        stage.does(GENT, lambda now: stage.books.meet(who))
        stage.settle()

    @may("move", 1, club=clubs)
    def the_bot_comes_or_goes(self, club: str) -> None:
        stage, owner, chat = self.stage, self.stage.people[OWNERS[club]], self.stage.chats[club]
        who = person(owner)
        stage.scene.clock.forward(SECOND)
        if stage.bot_in(club):
            stage.scene.world.remove_bot(chat, owner)
            stage.does(club, lambda now: stage.books.bot_went(club, who, now))
        else:
            stage.scene.world.add_bot(chat, owner)
            if club == AALST:
                stage.scene.world.promote(chat, stage.scene.world.bot)
            stage.does(club, lambda now: stage.books.bot_came(club, who, now))
        stage.settle()

    @may("move", 1, new_chat_first=st.booleans())
    def the_group_becomes_a_supergroup(self, new_chat_first: bool) -> None:
        if self.stage.chats[BRUGGE].type != "group" or not self.stage.bot_in(BRUGGE):
            return
        stage, owner = self.stage, self.stage.people[OWNERS[BRUGGE]]
        stage.chats[BRUGGE] = stage.scene.world.upgrade(stage.chats[BRUGGE], new_chat_first=new_chat_first)
        who = person(owner)
        stage.does(BRUGGE, lambda now: stage.books.came(BRUGGE, who, now))
        stage.settle()

    @may(
        "pass", 3, by=st.sampled_from([SECOND, HOUR, 23 * HOUR, DAY - 2 * SECOND, DAY - SECOND, DAY, 3 * DAY, 21 * DAY])
    )
    def time_passes(self, by: timedelta) -> None:
        self.stage.scene.clock.forward(by)
        self.stage.settle()

    @may("pass", 3, off=st.sampled_from([-2 * SECOND, -SECOND, 0 * SECOND, SECOND, 47 * HOUR, 48 * HOUR, 49 * HOUR]))
    def it_is_about_time_for_the_post(self, off: timedelta) -> None:
        clock = self.stage.scene.clock
        clock.set(max(clock.now(), next_slot(clock.now()) + off))
        self.stage.settle()

    @may("pass", 2, which=choices, same_update=st.booleans())
    def telegram_delivers_again(self, which: int, same_update: bool) -> None:
        command = self.standing(which)
        if command is None:
            return
        message = command.first | {"from": command.by.sender()}
        self.stage.scene.clock.forward(SECOND)
        if same_update:
            self.stage.scene.world.inject({"update_id": command.update_id, "message": message})
        else:
            self.stage.scene.world.inject({"message": message})
            self.read(command, message, command.meaning)
        self.stage.settle()

    @may("pass", 1)
    def another_process_takes_over(self) -> None:
        self.stage.awake = True
        self.stage.settle(restart=True)

    @may("pass", 3)
    def the_bot_stops_reading_or_reads_on(self) -> None:
        self.stage.awake = not self.stage.awake
        self.stage.settle()

    @may("pass", 1, name=names)
    def somebody_asks_for_figures(self, name: str) -> None:
        if not self.stage.awake:
            return
        checks.figures_agree(self.stage, name)
        checks.files_agree(self.stage)
