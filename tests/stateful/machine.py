"""The state machine: what people, Telegram and the machine do, in any order, and what has to hold after each."""

import shutil
import tempfile
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.stateful import checks, drafts
from tests.stateful.company import DEEDS, Deed, clubs, names
from tests.stateful.drafts import Draft
from tests.stateful.driver import AALST, BRUGGE, CLUBS, Beginning, Stage
from tests.stateful.happening import Happening


class Clubs(RuleBasedStateMachine):
    """Three clubs with the same people in several of them."""

    beginning: Beginning

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="run-", dir=self.beginning.folder))
        self.stage = Stage(self.beginning, self.folder)
        self.happening = Happening(self.stage)
        self.steps = 0

    def teardown(self) -> None:
        self.stage.close()
        shutil.rmtree(self.folder)

    @initialize(others=st.sampled_from([(BRUGGE, AALST), (BRUGGE,), (AALST,), ()]))
    def the_bot_is_added_to_more_clubs(self, others: tuple[str, ...]) -> None:
        for club in others:
            self.happening.the_bot_comes_or_goes(club)

    @initialize(drafts=st.lists(st.tuples(clubs, names, drafts.referrals), min_size=2, max_size=6))
    def they_have_begun(self, drafts: list[tuple[str, str, Draft]]) -> None:
        for club, name, draft in drafts:
            self.happening.command(self.happening.served(club), name, draft, None)
        self.stage.settle()

    @rule(deed=st.one_of(DEEDS["write"]))
    def members_write(self, deed: Deed) -> None:
        self._do(deed)

    @rule(deed=st.one_of(DEEDS["change"]))
    def members_change_their_minds(self, deed: Deed) -> None:
        self._do(deed)

    @rule(deed=st.one_of(DEEDS["move"]))
    def people_come_and_go(self, deed: Deed) -> None:
        self._do(deed)

    @rule(deed=st.one_of(DEEDS["pass"]))
    def time_and_the_machine_go_on(self, deed: Deed) -> None:
        self._do(deed)

    def _do(self, deed: Deed) -> None:
        name, how = deed
        getattr(self.happening, name)(**how)

    # What holds at every step.

    @precondition(lambda self: self.stage.awake)
    @invariant()
    def the_bot_says_what_the_ledger_says(self) -> None:
        self.stage.keep_buttons()
        self.steps += 1
        everywhere = self.steps % 4 == 0
        checks.boards_agree(self.stage, CLUBS if everywhere else sorted(self.stage.touched))
        self.stage.touched.clear()
        checks.answers_agree(self.stage)
        checks.nothing_leaks(self.stage)
        if self.steps % 5 == 0:
            checks.files_agree(self.stage)
