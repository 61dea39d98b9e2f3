"""Where a referral may go from where it is, and the five steps of how warm an introduction is."""

from collections.abc import Mapping

from bot.domain.models import Event, Status

STEPS: Mapping[Status, tuple[Status, ...]] = {
    "new": ("contacted", "declined"),
    "contacted": ("in_progress", "won", "lost", "declined"),
    "in_progress": ("won", "lost"),
    "won": ("in_progress",),
    "lost": ("in_progress",),
    "declined": ("new",),
}
"""What each status may become by hand. A press on an old button must not set back what has moved on."""

REASONS = ("trade", "time", "far")
"""Why a referral is not for its recipient."""

WARMTHS = (1, 2, 3, 4, 5)
"""What the giver did for an introduction, each more than the one before; the effort, not the odds."""


def reason_of(events: list[Event]) -> str | None:
    """Why the referral with these events was declined, if it is and somebody said."""
    moves = [event.value for event in events if event.side == "status"]
    decline, _, reason = moves[-1].partition(":") if moves else ("", "", "")
    return reason or None if decline == "declined" else None
