"""How the words of each setting are read. What makes no sense is a ValueError that says what does."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from babel.numbers import list_currencies

from bot.domain.names import strip_invisible
from bot.storage.address import is_postgres
from bot.texts.catalogues import SPOKEN

Number = TypeVar("Number", int, float)

MOST = 1_000_000
MOST_PORT = 65_535
TAKEN_PATHS = ("/healthz", "/readyz", "/metrics")
_HOST_AND_PORT = re.compile(r"(\[(?P<v6>[0-9A-Fa-f:.]+)\]|(?P<host>[A-Za-z0-9.-]+)):(?P<port>[0-9]{1,5})")
_HOOK_PATH = re.compile(r"(/[A-Za-z0-9_.~:-]*)*")
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_HOW_TO_MAKE_ONE = "python3 -c 'import secrets; print(secrets.token_urlsafe())'"
_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")
_API = re.compile(r"https?://[^\s/]+(/\S*)?")


@dataclass(frozen=True)
class Secret:
    """Words that are shown nowhere."""

    words: str = field(repr=False)


@dataclass(frozen=True)
class HostAndPort:
    """An address of this machine."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


Address = HostAndPort | Path
"""Where to listen: at a host's port, or at a Unix socket."""


def token(text: str) -> Secret | None:
    """A bot's token, as @BotFather gives it."""
    if text.strip() and not _TOKEN.fullmatch(text.strip()):
        raise ValueError("that is no token; copy the whole line that @BotFather gave you, as in 123456:ABC-def")
    return Secret(text.strip()) if text.strip() else None


def api_address(text: str) -> str:
    """Where the Bot API is."""
    if not _API.fullmatch(text.strip()):
        raise ValueError("give an address, as in https://api.telegram.org")
    return text.strip().rstrip("/")


def database(url: str) -> str:
    """Where the database is."""
    if is_postgres(url):
        if not urlsplit(url).path.strip("/"):
            raise ValueError("name the database too, as in postgresql://kring:password@localhost/kring")
    elif not url.startswith("sqlite:///") or url in ("sqlite:///", "sqlite:///:memory:") or "?" in url:
        raise ValueError(
            "give a file, as in sqlite:///kring.db or sqlite:////var/lib/kring/kring.db, "
            "or a server, as in postgresql://kring:password@localhost/kring"
        )
    return url


def folder(text: str) -> str:
    """A folder's path."""
    if not text:
        raise ValueError("give a folder, as in backups")
    return text


def zone(name: str) -> str:
    """A time zone that is known here."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(f"{name!r} is no time zone; a name such as Europe/Brussels is") from error
    return name


def language(code: str) -> str:
    """A language that Kring speaks."""
    if code not in SPOKEN:
        raise ValueError(f"{code!r} is not spoken here; these are: {', '.join(SPOKEN)}")
    return code


def currency(code: str) -> str:
    """An ISO 4217 code."""
    if code.upper() not in list_currencies():
        raise ValueError(f"{code!r} is no currency; a code such as EUR is")
    return code.upper()


def number(text: str) -> float:
    """A number from 0 to MOST."""
    return _between(float, text, "a number")


def whole(text: str) -> int:
    """A whole number from 0 to MOST."""
    return _between(int, text, "a whole number")


def told(text: str) -> str | None:
    """Words for people; None where there are none."""
    return " ".join(strip_invisible(text).split()) or None


def hook(given: str) -> str | None:
    """Where Telegram posts updates to."""
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


def secret(text: str) -> Secret | None:
    """What Telegram adds to each post."""
    if text.strip() and not _SECRET.fullmatch(text.strip()):
        raise ValueError(f"use 1 to 256 letters, digits, _ and -; this makes one: {_HOW_TO_MAKE_ONE}")
    return Secret(text.strip()) if text.strip() else None


def without_secret() -> str:
    """What is wrong with a webhook that has none."""
    return f"with WEBHOOK_URL there must be one, or anybody could post; this makes one: {_HOW_TO_MAKE_ONE}"


def listens_at(given: str) -> Address | None:
    """Where to listen."""
    if not (text := given.strip().removeprefix("unix:")):
        return None
    if text.startswith("/") and not text.endswith("/"):
        return Path(text)
    found = _HOST_AND_PORT.fullmatch(text)
    if not found or not 0 < int(found["port"]) <= MOST_PORT:
        raise ValueError("give a host and a port, as in 127.0.0.1:8080, or the path of a Unix socket")
    return HostAndPort(found["v6"] or found["host"], int(found["port"]))


def level(text: str) -> str:
    """From where on the log is told."""
    if text.upper() not in ("DEBUG", "INFO", "WARNING", "ERROR"):
        raise ValueError("use DEBUG, INFO, WARNING or ERROR")
    return text.upper()


def _between(kind: Callable[[str], Number], text: str, what: str) -> Number:
    wrong = f"give {what} from 0 to {MOST}"
    try:
        given = kind(text)
    except ValueError:
        raise ValueError(wrong) from None
    if not 0 <= given <= MOST:
        raise ValueError(wrong)
    return given
