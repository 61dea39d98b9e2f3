"""What is filled in step by step, in private: the order of the questions, and what an answer may be."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from bot.domain.errors import AnswerNeeded

Step = Literal["club", "who", "contact", "need", "details", "warmth", "amount", "referral", "note", "look"]
Filled = Literal["refer", "thanks"]

STEPS: Mapping[str, tuple[Step, ...]] = {
    "refer": ("club", "who", "contact", "need", "details", "warmth", "look"),
    "thanks": ("club", "who", "amount", "referral", "note", "look"),
}
_MAY_BE_SKIPPED = frozenset({"need", "details", "warmth", "amount", "referral", "note"})


@dataclass(frozen=True)
class Form:
    """A /refer or /thanks that someone is filling in: the question they are at, and the answers so far, as words.

    `who` is a member's id, or an @username that nobody has yet. An answer that was skipped is "".
    """

    user_id: int
    command: Filled
    step: Step
    club_id: int | None = None
    answers: Mapping[str, str] = field(default_factory=dict)

    @property
    def may_skip(self) -> bool:
        """Can the question be left open?"""
        return self.step in _MAY_BE_SKIPPED

    @property
    def has_club(self) -> bool:
        """Is it chosen for which club it is?"""
        return self.club_id is not None

    def answered(self, answer: str) -> "Form":
        """The form at the next question, with this answer to the present one. Raises AnswerNeeded for none."""
        if not answer and not self.may_skip:
            raise AnswerNeeded
        steps = STEPS[self.command]
        following = steps[min(steps.index(self.step) + 1, len(steps) - 1)]
        return replace(self, step=following, answers={**self.answers, self.step: answer})

    def back(self) -> "Form":
        """The form at the question before; the answers stay, to be given anew or not."""
        steps = STEPS[self.command]
        return replace(self, step=steps[max(steps.index(self.step) - 1, 0)])
