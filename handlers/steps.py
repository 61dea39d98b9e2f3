"""The buttons that move a referral, wherever it is shown."""

from collections.abc import Sequence

from bot.domain.models import Club, Member, Referral
from bot.domain.outgoing import Button, Buttons
from bot.domain.progress import REASONS, STEPS
from bot.services import progress
from bot.texts import progress as texts
from bot.texts.language import Language

PER_ROW = 3


def for_recipient(lang: Language, club: Club, referral: Referral) -> Buttons:
    """Under what its recipient was told in private: its next steps, and why it is not for them if it is not."""
    return in_rows([*_reasons(lang, club, referral), *_steps(lang, club, referral, own=True)])


def for_member(lang: Language, club: Club, referral: Referral, member: Member) -> Buttons:
    """The steps that this member may take; see `progress.steps`."""
    own, may = member.id == referral.recipient_id, progress.steps(referral, member)
    shown = [button for to, button in _moves(lang, club, referral, own=own) if to in may]
    return in_rows([*(_reasons(lang, club, referral) if own else ()), *shown])


def in_group(lang: Language, club: Club, referral: Referral) -> Sequence[Button]:
    """Under the group's answer, for a recipient who cannot be told in private; nothing once it is won or lost."""
    if referral.status in ("won", "lost"):
        return ()
    return [*_reasons(lang, club, referral), *_steps(lang, club, referral, own=True)]


def in_rows(buttons: Sequence[Button]) -> list[Sequence[Button]]:
    """Three in a row, as many as a telephone shows."""
    return [buttons[i : i + PER_ROW] for i in range(0, len(buttons), PER_ROW)]


def reminder_about(referral: Referral, recipient: Member) -> str:
    """What the reminder to its recipient is kept under."""
    return f"remind:{referral.id}:{recipient.user_id}"


def _steps(lang: Language, club: Club, referral: Referral, *, own: bool) -> list[Button]:
    return [button for _, button in _moves(lang, club, referral, own=own)]


def _moves(lang: Language, club: Club, referral: Referral, *, own: bool) -> list[tuple[str, Button]]:
    if referral.undone_at is not None:
        return []
    return [
        (
            to,
            Button(
                texts.step_button(lang, referral.status, to, own=own),
                f"step:{club.id}:{referral.number}:{to}",
            ),
        )
        for to in STEPS[referral.status]
    ]


def _reasons(lang: Language, club: Club, referral: Referral) -> list[Button]:
    if referral.status != "declined" or referral.undone_at is not None:
        return []
    return [
        Button(texts.reason_button(lang, reason), f"why:{club.id}:{referral.number}:{reason}") for reason in REASONS
    ]
