"""What an operator can set: environment variables, or the same names in a file called .env."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from babel.numbers import list_currencies
from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.domain.names import strip_invisible
from bot.domain.operator import Operator
from bot.domain.slots import Slot, parse_time, parse_weekday
from bot.storage.address import is_postgres
from bot.texts.catalogues import SPOKEN


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(f"{name!r} is no time zone; a name such as Europe/Brussels is") from error
    return name


def _language(code: str) -> str:
    if code not in SPOKEN:
        raise ValueError(f"{code!r} is not spoken here; these are: {', '.join(SPOKEN)}")
    return code


def _currency(code: str) -> str:
    if code.upper() not in list_currencies():
        raise ValueError(f"{code!r} is no currency; a code such as EUR is")
    return code.upper()


def _told(words: str | None) -> str | None:
    return " ".join(strip_invisible(words or "").split()) or None


def _when_text(parse: Any) -> BeforeValidator:
    return BeforeValidator(lambda value: parse(value) if isinstance(value, str) else value)


@dataclass(frozen=True)
class HostAndPort:
    """An address of this machine."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


Address = HostAndPort | Path
"""Where to listen: at a host's port, or at a Unix socket."""


def _address(given: Any) -> Any:
    if not isinstance(given, str):
        return given
    if not (text := given.strip().removeprefix("unix:")):
        return None
    if text.startswith("/") and not text.endswith("/"):
        return Path(text)
    found = _HOST_AND_PORT.fullmatch(text)
    if not found or not 0 < int(found["port"]) <= MOST_PORT:
        raise ValueError("give a host and a port, as in 127.0.0.1:8080, or the path of a Unix socket")
    return HostAndPort(found["v6"] or found["host"], int(found["port"]))


def _hook(given: Any) -> Any:
    if not isinstance(given, str):
        return given
    if not (text := given.strip()):
        return None
    url = urlsplit(text)
    if url.scheme != "https" or not url.hostname or url.username or url.query or url.fragment:
        raise ValueError("give an address that begins with https://, as in https://kring.example/telegram")
    if not _HOOK_PATH.fullmatch(url.path):
        raise ValueError("its path is made of letters, digits and - _ . ~ : /, as in https://kring.example/telegram")
    if url.path.rstrip("/") in TAKEN_PATHS:
        raise ValueError(f"{url.path} is where Kring answers other questions; take another path, as in /telegram")
    return text


MOST = 1_000_000
MOST_PORT = 65_535
TAKEN_PATHS = ("/healthz", "/readyz", "/metrics")
_HOST_AND_PORT = re.compile(r"(\[(?P<v6>[0-9A-Fa-f:.]+)\]|(?P<host>[A-Za-z0-9.-]+)):(?P<port>[0-9]{1,5})")
_HOOK_PATH = re.compile(r"(/[A-Za-z0-9_.~:-]*)*")
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_HOW_TO_MAKE_ONE = "python3 -c 'import secrets; print(secrets.token_urlsafe())'"
_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")
_ADDRESS = re.compile(r"https?://[^\s/]+(/\S*)?")


def problems(error: ValidationError) -> Iterator[str]:
    """What is wrong with the settings, a line for each."""
    for problem in error.errors():
        name = "_".join(str(part) for part in problem["loc"]).upper()
        yield f"{name}: {problem['msg'].removeprefix('Value error, ')}"


class Settings(BaseSettings):
    """The operator's settings, read once at start. Raises pydantic's ValidationError naming what is wrong."""

    model_config = SettingsConfigDict(env_file=".env", frozen=True, extra="ignore")

    bot_token: SecretStr | None = None
    bot_api_url: str = "https://api.telegram.org"
    database_url: str = "sqlite:///kring.db"
    backup_folder: str = Field("backups", min_length=1)
    backups_kept: int = Field(7, ge=0, le=MOST)

    default_language: Annotated[str, AfterValidator(_language)] = "en"
    default_timezone: Annotated[str, AfterValidator(_zone)] = "Europe/Brussels"
    default_currency: Annotated[str, AfterValidator(_currency)] = "EUR"
    default_post_day: Annotated[int, _when_text(parse_weekday)] = 0
    default_post_time: Annotated[time, _when_text(parse_time)] = time(9)

    send_per_second: float = Field(30, ge=0, le=MOST)
    send_per_minute_group: float = Field(20, ge=0, le=MOST)
    send_per_second_chat: float = Field(1, ge=0, le=MOST)
    daily_limit: int = Field(50, ge=0, le=MOST)
    operator_name: Annotated[str | None, AfterValidator(_told)] = None
    operator_address: Annotated[str | None, AfterValidator(_told)] = None
    webhook_url: Annotated[str | None, BeforeValidator(_hook)] = None
    webhook_secret: SecretStr | None = Field(None, validate_default=True)
    listen: Annotated[Address | None, NoDecode, BeforeValidator(_address)] = None  # a line as it stands, no JSON
    log_level: str = "INFO"

    @field_validator("bot_token", mode="before")
    @classmethod
    def _token(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        if value.strip() and not _TOKEN.fullmatch(value.strip()):
            raise ValueError("that is no token; copy the whole line that @BotFather gave you, as in 123456:ABC-def")
        return value.strip() or None

    @field_validator("bot_api_url")
    @classmethod
    def _address(cls, value: str) -> str:
        if not _ADDRESS.fullmatch(value.strip()):
            raise ValueError("give an address, as in https://api.telegram.org")
        return value.strip().rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str) -> str:
        if is_postgres(value):
            if not urlsplit(value).path.strip("/"):
                raise ValueError("name the database too, as in postgresql://kring:password@localhost/kring")
        elif not value.startswith("sqlite:///") or value in ("sqlite:///", "sqlite:///:memory:") or "?" in value:
            raise ValueError(
                "give a file, as in sqlite:///kring.db or sqlite:////var/lib/kring/kring.db, "
                "or a server, as in postgresql://kring:password@localhost/kring"
            )
        return value

    @field_validator("webhook_secret", mode="before")
    @classmethod
    def _secret(cls, value: Any, info: ValidationInfo) -> Any:
        secret = value.strip() if isinstance(value, str) else value
        if isinstance(secret, str) and secret and not _SECRET.fullmatch(secret):
            raise ValueError(f"use 1 to 256 letters, digits, _ and -; this makes one: {_HOW_TO_MAKE_ONE}")
        if not secret and info.data.get("webhook_url"):
            raise ValueError(
                f"with WEBHOOK_URL there must be one, or anybody could post; this makes one: {_HOW_TO_MAKE_ONE}"
            )
        return secret or None

    @field_validator("log_level")
    @classmethod
    def _known_level(cls, value: str) -> str:
        if value.upper() not in ("DEBUG", "INFO", "WARNING", "ERROR"):
            raise ValueError("use DEBUG, INFO, WARNING or ERROR")
        return value.upper()

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
        return self.webhook_url, self.webhook_secret.get_secret_value()

    @property
    def listens_at(self) -> Address | None:
        """Where to listen, if at all: with a webhook, where only a proxy on this machine reaches it unless told."""
        return self.listen or (HostAndPort("127.0.0.1", 8080) if self.webhook_url else None)

    @property
    def default_slot(self) -> Slot:
        """The moment of a new club's weekly post."""
        return Slot(self.default_post_day, self.default_post_time, ZoneInfo(self.default_timezone))
