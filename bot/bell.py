"""How the loops of the program wake each other."""

import asyncio


class Bell:
    """Rung when there is something to do; a ring is not lost when nobody listens yet."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """There is something to do."""
        self._rung.set()

    async def heard(self, timeout: float | None = None) -> None:  # noqa: ASYNC109  a wait that may end unheard
        """Wait for a ring, at most `timeout` seconds; then it is quiet again."""
        try:
            await asyncio.wait_for(self._rung.wait(), timeout)
        except TimeoutError:
            return
        self._rung.clear()
