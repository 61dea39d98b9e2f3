"""The one source of instants. Whoever needs to know what time it is is handed a Clock."""

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the present instant."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the machine's present instant."""
        return datetime.now(UTC)  # noqa: TID251  this is the clock that everyone else is handed


class MovableClock:
    """A clock that runs as the machine's does and can be set: for the playground and the tests."""

    def __init__(self, start: datetime | None = None) -> None:
        self._offset = timedelta()
        if start is not None:
            self.set(start)

    def now(self) -> datetime:
        """Return the machine's present instant plus what the clock was moved by."""
        return SystemClock().now() + self._offset

    def set(self, instant: datetime) -> None:
        """Make it `instant` (aware) now; time goes on from there."""
        self._offset = instant - SystemClock().now()

    def forward(self, by: timedelta) -> None:
        """Move the clock by `by`."""
        self._offset += by
