"""What an operator can set: environment variables, or the same names in a file called .env."""

import re
from collections.abc import Iterator
from datetime import time
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from babel.numbers import list_currencies
from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

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


MOST = 1_000_000
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
    def default_slot(self) -> Slot:
        """The moment of a new club's weekly post."""
        return Slot(self.default_post_day, self.default_post_time, ZoneInfo(self.default_timezone))
