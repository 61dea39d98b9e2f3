"""What the playground's server and the people in it refuse."""

from typing import Any


class RefusedError(Exception):
    """A Bot API call is answered with an error: its code, its words, Telegram's ResponseParameters."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def answer(self) -> dict[str, Any]:
        """The answer's JSON object."""
        answer: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            answer["parameters"] = self.parameters
        return answer


class NotAllowedError(Exception):
    """Something Telegram's apps would not let a person do; the text says what."""


def bad_request(words: str, **parameters: Any) -> RefusedError:
    """A 400, worded as Telegram words them: "Bad Request: …"."""
    return RefusedError(400, f"Bad Request: {words}", **parameters)


def forbidden(words: str) -> RefusedError:
    """A 403, worded as Telegram words them: "Forbidden: …"."""
    return RefusedError(403, f"Forbidden: {words}")


def not_here(words: str) -> RefusedError:
    """A 501, ours: Telegram can do it and the playground cannot."""
    return RefusedError(501, f"Not Implemented: the playground has no {words}")
