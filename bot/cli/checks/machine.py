"""Is this machine as it should be: the settings, who may read the files, fonts, time zones?"""

import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.cli.checks.findings import Finding, advice, change, well
from bot.pictures.fonts import drawing
from bot.settings import Settings

ENV_FILE = Path(".env")
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
# A sample of each script that the fonts of a bare system lack, and the Debian package that draws it.
_SAMPLES = (("emoji", "🎉", "fonts-noto-color-emoji"), ("Chinese, Japanese and Korean", "漢한", "fonts-noto-cjk"))


def check_settings(settings: Settings) -> Iterator[Finding]:
    """That they make sense is known; where are they from, and is something left out?"""
    read_from = f"the environment and {ENV_FILE.resolve()}" if ENV_FILE.exists() else "the environment alone"
    yield well("settings", f"read from {read_from}")
    if not settings.operator_name or not settings.operator_address:
        words = "members who ask with /privacy are not told who runs Kring, and where to reach you"
        yield advice("operator", words, "set OPERATOR_NAME and OPERATOR_ADDRESS")


def check_files(files: Iterable[Path]) -> Iterator[Finding]:
    """May others on this machine read what is to be read by Kring alone?"""
    open_to_others = [path for path in files if path.exists() and stat.S_IMODE(path.stat().st_mode) & _OTHERS]
    for path in open_to_others:
        mode = "700" if path.is_dir() else "600"
        yield change("files", f"others on this machine may open {path}", f"chmod {mode} {path}")
    if not open_to_others:
        yield well("files", "for this user alone")


def check_fonts() -> Iterator[Finding]:
    """Which characters of names can pictures not show?"""
    missing = [(script, package) for script, sample, package in _SAMPLES if not all(map(drawing, sample))]
    for script, package in missing:
        yield advice("fonts", f"pictures leave out what is written in {script}", f"apt install {package}")
    if not missing:
        yield well("fonts", "pictures can show emoji, Chinese, Japanese and Korean too")


def check_zones(names: Iterable[str]) -> Iterator[Finding]:
    """Does Python know these time zones?"""
    unknown = [name for name in sorted(set(names)) if not _is_known(name)]
    for name in unknown:
        yield change("zones", f"there are no data of the time zone {name}", "make install, or apt install tzdata")
    if not unknown:
        yield well("zones", "the time zones of all clubs are known")


def _is_known(zone: str) -> bool:
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        return False
    return True
