"""The bot's command menu: what setMyCommands set, and what of it a person is offered in a chat."""

from bot.playground.chats import Chat
from bot.playground.people import Json, User, language_of

Scope = tuple[str, int | None, int | None]  # type, chat_id, user_id


class Menu:
    """Commands by scope and language ("" is every language)."""

    def __init__(self) -> None:
        self._lists: dict[tuple[Scope, str], list[Json]] = {}

    def set(self, scope: Scope, language: str, commands: list[Json]) -> None:
        """Set a list; an empty one takes it away."""
        self._lists.pop((scope, language), None)
        if commands:
            self._lists[scope, language] = commands

    def get(self, scope: Scope, language: str) -> list[Json]:
        """What was set for exactly this scope and language."""
        return self._lists.get((scope, language), [])

    def offered(self, person: User, chat: Chat) -> list[Json]:
        """What this person is offered here: the first list set, in the order that the Bot API's BotCommandScope gives
        under "Determining list of commands" (in each scope first the person's language, then every language)."""
        for scope in _scopes(person.id, chat):
            for language in (language_of(person), ""):
                if commands := self.get(scope, language):
                    return commands
        return []


def _scopes(person_id: int, chat: Chat) -> list[Scope]:
    if chat.type == "private":
        return [("chat", chat.id, None), ("all_private_chats", None, None), ("default", None, None)]
    admin = chat.admin(person_id)
    return [
        ("chat_member", chat.id, person_id),
        *([("chat_administrators", chat.id, None)] if admin else []),
        ("chat", chat.id, None),
        *([("all_chat_administrators", None, None)] if admin else []),
        ("all_group_chats", None, None),
        ("default", None, None),
    ]
