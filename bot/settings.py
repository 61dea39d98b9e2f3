"""What an operator can set: environment variables, or the same names in a file called .env."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from dotenv import dotenv_values

from bot import setting_values as values
from bot.domain.operator import Operator
from bot.domain.slots import Slot, parse_time, parse_weekday
from bot.setting_values import Address, HostAndPort, Secret
from bot.storage.address import is_postgres

ENV_FILE = Path(".env")


class WrongSettings(Exception):  # noqa: N818  what is wrong is the settings
    """Some make no sense; `problems` has a line for each, which does not hold what is secret."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The operator's settings, read once at start. They are named as in the environment, in small letters.

    What a setting is `read` by takes its words, and raises ValueError for those that make no sense.
    """

    bot_token: Secret | None = field(default=None, metadata={"read": values.token})
    bot_api_url: str = field(default="https://api.telegram.org", metadata={"read": values.api_address})
    database_url: str = field(default="sqlite:///kring.db", metadata={"read": values.database})
    backup_folder: str = field(default="backups", metadata={"read": values.folder})
    backups_kept: int = field(default=7, metadata={"read": values.whole})

    default_language: str = field(default="en", metadata={"read": values.language})
    default_timezone: str = field(default="Europe/Brussels", metadata={"read": values.zone})
    default_currency: str = field(default="EUR", metadata={"read": values.currency})
    default_post_day: int = field(default=0, metadata={"read": parse_weekday})
    default_post_time: time = field(default=time(9), metadata={"read": parse_time})

    send_per_second: float = field(default=30.0, metadata={"read": values.number})
    send_per_minute_group: float = field(default=20.0, metadata={"read": values.number})
    send_per_second_chat: float = field(default=1.0, metadata={"read": values.number})
    daily_limit: int = field(default=50, metadata={"read": values.whole})
    operator_name: str | None = field(default=None, metadata={"read": values.told})
    operator_address: str | None = field(default=None, metadata={"read": values.told})
    webhook_url: str | None = field(default=None, metadata={"read": values.hook})
    webhook_secret: Secret | None = field(default=None, metadata={"read": values.secret})
    listen: Address | None = field(default=None, metadata={"read": values.listens_at})
    log_level: str = field(default="INFO", metadata={"read": values.level})

    @classmethod
    def read(cls, env_file: Path | None = ENV_FILE, **known: Any) -> "Settings":
        """Those of the environment, else of the file; what is `known` goes before both. Raises WrongSettings."""
        typed = _typed(dotenv_values(env_file) if env_file else {}) | _typed(os.environ)
        problems, found = [], dict(known)
        for each in fields(cls):
            if each.name in found or each.name not in typed:
                continue
            try:
                found[each.name] = each.metadata["read"](typed[each.name])
            except ValueError as error:
                problems.append(f"{each.name.upper()}: {error}")
        if found.get("webhook_url") and not found.get("webhook_secret", typed.get("webhook_secret")):
            problems.append(f"WEBHOOK_SECRET: {values.without_secret()}")
        if problems:
            raise WrongSettings(problems)
        return cls(**found)

    @property
    def operator(self) -> Operator:
        """Who runs this Kring, as far as they told."""
        return Operator(self.operator_name, self.operator_address, self.nights_backed_up)

    @property
    def nights_backed_up(self) -> int:
        """Of how many nights Kring makes back-ups; those of a server are made there."""
        return 0 if is_postgres(self.database_url) else self.backups_kept

    @property
    def webhook(self) -> tuple[str, str] | None:
        """The webhook's address and its secret; None: updates are fetched."""
        if self.webhook_url is None or self.webhook_secret is None:
            return None
        return self.webhook_url, self.webhook_secret.words

    @property
    def listens_at(self) -> Address | None:
        """Where to listen, if at all: with a webhook, where only a proxy on this machine reaches it unless told."""
        return self.listen or (HostAndPort("127.0.0.1", 8080) if self.webhook_url else None)

    @property
    def default_slot(self) -> Slot:
        """The moment of a new club's weekly post."""
        return Slot(self.default_post_day, self.default_post_time, ZoneInfo(self.default_timezone))


def _typed(said: Mapping[str, str | None]) -> dict[str, str]:
    """What is said, by names in small letters."""
    return {name.lower(): words for name, words in said.items() if words is not None}
