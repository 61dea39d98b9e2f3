"""Faults on order: what the server does wrong, to which calls, how often."""

from dataclasses import dataclass
from typing import Literal, get_args

Kind = Literal["error", "lost_answer", "drop", "silence", "delay"]


@dataclass(eq=False)
class Fault:
    """One fault.

    error: answer `code` and `description`, with `retry_after` seconds if given, and do no work.
    lost_answer: do the work, then close the connection without an answer. drop: close it before the work.
    silence: no work, no answer, no end. delay: work and answer after `seconds`.
    `times` None: until it is removed.
    """

    kind: Kind
    method: str = "*"
    chat_id: int | None = None
    times: int | None = 1
    code: int = 500
    description: str = "Internal Server Error"
    retry_after: int | None = None
    seconds: float = 0

    def __post_init__(self) -> None:
        if self.kind not in get_args(Kind):
            raise ValueError(f"a fault is one of {', '.join(get_args(Kind))}")
        numbers: list[object] = [self.code, self.seconds]
        optional: list[object] = [self.chat_id, self.times, self.retry_after]
        numbers += [number for number in optional if number is not None]
        if not all(isinstance(number, int | float) and not isinstance(number, bool) for number in numbers):
            raise ValueError("chat_id, times, code, retry_after and seconds are numbers")
        if not all(isinstance(text, str) for text in (self.method, self.description)):
            raise ValueError("method and description are texts")
        if not 400 <= self.code < 600:
            raise ValueError("an error's code is between 400 and 599")


class Faults:
    """The faults on order, first come first served."""

    def __init__(self) -> None:
        self._ordered: list[Fault] = []

    def add(
        self,
        kind: Kind,
        method: str = "*",
        *,
        chat_id: int | None = None,
        times: int | None = 1,
        code: int = 500,
        description: str = "Internal Server Error",
        retry_after: int | None = None,
        seconds: float = 0,
    ) -> Fault:
        """Order a fault; see Fault. Raises ValueError if it makes no sense."""
        fault = Fault(kind, method, chat_id, times, code, description, retry_after, seconds)
        self._ordered.append(fault)
        return fault

    def remove(self, fault: Fault) -> None:
        """Take back this one, if it is still on order."""
        self._ordered = [other for other in self._ordered if other is not fault]

    def clear(self) -> None:
        """Take back all."""
        self._ordered.clear()

    def take(self, method: str, chat_id: object) -> Fault | None:
        """The fault that befalls this call, if any; that counts as one of its times."""
        for fault in self._ordered:
            if fault.method.lower() not in ("*", method.lower()) or fault.chat_id not in (None, chat_id):
                continue
            if fault.times is not None:
                fault.times -= 1
                if fault.times <= 0:
                    self.remove(fault)
            return fault
        return None
