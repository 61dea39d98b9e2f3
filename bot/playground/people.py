"""Who is in the playground: people, the bot, and the accounts behind which Telegram hides a sender."""

from typing import Any

Json = dict[str, Any]


class User(dict[str, Any]):
    """A Bot API User object that changes in place when its person is renamed."""

    @property
    def id(self) -> int:
        """Telegram's user id."""
        id_: int = self["id"]
        return id_

    def card(self) -> Json:
        """A copy as others are told of this user: without the language, which only a sender shows."""
        return {key: self[key] for key in ("id", "is_bot", "first_name", "last_name", "username") if key in self}

    def sender(self) -> Json:
        """A copy as it stands in a `from`: with the language."""
        return self.card() | {key: self[key] for key in ("language_code",) if key in self}


# The ids and names are Telegram's own.
ANONYMOUS_ADMIN: Json = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}
CHANNEL_SENDER: Json = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}


def the_bot() -> User:
    """The bot, as getMe shows it: privacy mode is on."""
    return User(
        id=700000001,
        is_bot=True,
        first_name="Kring",
        username="KringBot",
        can_join_groups=True,
        can_read_all_group_messages=False,
        supports_inline_queries=False,
        can_connect_to_business=False,
        has_main_web_app=False,
    )


def named(id_: int, first_name: str, last_name: str | None, username: str | None, language_code: str) -> User:
    """A person; names that are None or empty are left out, as Telegram leaves them out."""
    user = User(id=id_, is_bot=False, first_name=first_name)
    set_language(user, language_code)
    rename(user, first_name, last_name or "", username or "")
    return user


def rename(user: User, first_name: str | None, last_name: str | None, username: str | None) -> None:
    """Change the names that are not None; an empty last name or username is taken away."""
    for key, name in (("first_name", first_name), ("last_name", last_name), ("username", username)):
        if name:
            user[key] = name
        elif name is not None:
            user.pop(key, None)
    if not user.get("first_name"):
        raise ValueError("a person has a first name")


def set_language(user: User, language_code: str) -> None:
    """Change the language that the user's app tells; "" tells none."""
    if language_code:
        user["language_code"] = language_code
    else:
        user.pop("language_code", None)


def language_of(user: User) -> str:
    """The two-letter code by which Telegram looks for what a bot says in the user's language; "" without one."""
    tag: str = user.get("language_code", "")
    return tag.lower().partition("-")[0]
