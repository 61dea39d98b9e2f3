"""Telegram's HTML: its tags, its refusals in its own words.

The rules and the words of the errors are those of TDLib's parse_html (td/telegram/MessageEntity.cpp).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.playground.entities import utf16_length
from bot.playground.people import Json, User
from bot.playground.refusal import bad_request, not_here

_TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_NOT_HERE = {"tg-emoji": "custom emoji", "tg-time": "date_time entities"}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_PIECE = re.compile(r"[<&]")
_ENTITY = re.compile(r"&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(lt|gt|amp|quot))(?:;|(?![A-Za-z0-9]))")
_TAG_NAME = re.compile(r"[^\s>]*")
_ATTRIBUTE = re.compile(r"""\s*([^\s=>]*)\s*(=)?\s*("[^"]*"|'[^']*'|[A-Za-z0-9.-]*)""")
_USER_LINK = re.compile(r"tg://user/?\?id=(\d{1,19})$", re.IGNORECASE)
_DOMAIN = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?:[:/?#]\S*)?$", re.IGNORECASE)
_SPLIT_BY_CODE = frozenset({"bold", "italic", "underline", "strikethrough", "spoiler"})

FindUser = Callable[[int], User | None]


@dataclass
class _Open:
    """A tag that has begun: where (UTF-16 units, and characters), and what its attribute said."""

    tag: str
    argument: str
    offset: int
    start: int


def parse(text: str, find_user: FindUser) -> tuple[str, list[Json]]:
    """Return the plain text and its entities, or refuse with Telegram's words."""
    if not _PIECE.search(text):
        return text, []
    return _Parser(text, find_user).run()


class _Parser:
    def __init__(self, text: str, find_user: FindUser) -> None:
        self.text = text
        self.find_user = find_user
        self.plain = ""
        self.units = 0
        self.open: list[_Open] = []
        self.entities: list[Json] = []

    def run(self) -> tuple[str, list[Json]]:
        at = 0
        while match := _PIECE.search(self.text, at):
            self.add(self.text[at : match.start()])
            at = match.start()
            if match.group() == "&":
                at = self.escape(at)
            elif self.text.startswith("/", at + 1):
                at = self.end(at)
            else:
                at = self.begin(at)
        self.add(self.text[at:])
        if self.open:
            raise _cannot(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        return self.plain, _apart_from_code(self.entities)

    def add(self, text: str) -> None:
        self.plain += text
        self.units += utf16_length(text)

    def escape(self, at: int) -> int:
        match = _ENTITY.match(self.text, at)
        char = _character(match) if match else ""
        self.add(char or "&")
        return match.end() if match and char else at + 1

    def offset(self, at: int) -> int:
        return len(self.text[:at].encode())

    def begin(self, at: int) -> int:
        name_end = _end_of(_TAG_NAME, self.text, at + 1)
        if name_end == len(self.text):
            raise _cannot(f"Unclosed start tag at byte offset {self.offset(at)}")
        tag = self.text[at + 1 : name_end].lower()
        if tag in _NOT_HERE:
            raise not_here(_NOT_HERE[tag])
        if tag not in _TYPES:
            raise _cannot(f'Unsupported start tag "{tag}" at byte offset {self.offset(at)}')
        end, argument = self.attributes(tag, at, name_end)
        if tag == "span" and argument != "tg-spoiler":
            raise _cannot(f'Tag "span" must have class "tg-spoiler" at byte offset {self.offset(at)}')
        self.open.append(_Open(tag, argument, self.units, len(self.plain)))
        return end + 1

    def attributes(self, tag: str, tag_at: int, at: int) -> tuple[int, str]:
        """Where the tag's ">" is, and what the one attribute said that means something in this tag."""
        where = f'the tag "{tag}" at byte offset {self.offset(tag_at)}'
        argument = ""
        while True:
            at += len(self.text[at:]) - len(self.text[at:].lstrip())
            if at >= len(self.text):
                raise _cannot(f"Unclosed start tag at byte offset {self.offset(tag_at)}")
            if self.text[at] == ">":
                return at, argument
            match = _ATTRIBUTE.match(self.text, at)
            name, equals, value = match.groups() if match else ("", None, "")
            if not match or not name:
                raise _cannot(f"Empty attribute name in {where}")
            expandable = tag == "blockquote" and name == "expandable"
            if not equals and not expandable:
                raise _cannot(f"Expected equal sign in declaration of an attribute of {where}")
            at = match.end()
            if self.text[at : at + 1] not in (">", "") and not self.text[at].isspace() and value[:1] not in ("'", '"'):
                raise _cannot(f"Unexpected end of name token at byte offset {self.offset(match.start(3))}")
            quoted = value[:1] in ("'", '"')
            value = _ENTITY.sub(lambda m: _character(m) or m.group(), value[1:-1]) if quoted else value.lower()
            argument = "expandable" if expandable else _meaning(tag, name, value) or argument

    def end(self, at: int) -> int:
        if not self.open:
            raise _cannot(f"Unexpected end tag at byte offset {self.offset(at)}")
        name_end = _end_of(_TAG_NAME, self.text, at + 2)
        close = name_end + len(self.text[name_end:]) - len(self.text[name_end:].lstrip())
        if self.text[close : close + 1] != ">":
            raise _cannot(f"Unclosed end tag at byte offset {self.offset(at)}")
        name, expected = self.text[at + 2 : name_end].lower(), self.open[-1].tag
        if name and name != expected:
            raise _cannot(
                f'Unmatched end tag at byte offset {self.offset(at)}, expected "</{expected}>", found "</{name}>"'
            )
        self.close(self.open.pop())
        return close + 1

    def close(self, tag: _Open) -> None:
        length = self.units - tag.offset
        if not length:
            return
        entity: Json = {"type": _TYPES[tag.tag], "offset": tag.offset, "length": length}
        before = self.entities[-1] if self.entities else {}
        same_place = before.get("offset") == tag.offset and before.get("length") == length
        if tag.tag == "a":
            entity = self.link(entity, tag.argument or self.plain[tag.start :])
        elif tag.argument == "expandable":
            entity["type"] = "expandable_blockquote"
        elif tag.tag == "code" and tag.argument:
            entity["language"] = tag.argument
        elif tag.tag == "pre" and same_place and before.get("type") == "code" and "language" in before:
            entity["language"] = self.entities.pop()["language"]
        if entity:
            self.entities.append(entity)

    def link(self, entity: Json, url: str) -> Json:
        """The entity of a link; none if the link is no link, as Telegram then shows the text alone."""
        if match := _USER_LINK.match(url):
            user = self.find_user(int(match.group(1)))
            return entity | {"type": "text_mention", "user": user.card()} if user else {}
        checked = checked_link(url)
        return entity | {"url": checked} if checked else {}


def _end_of(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at


def _cannot(words: str) -> Exception:
    return bad_request(f"can't parse entities: {words}")


def _character(match: re.Match[str]) -> str:
    decimal, hexadecimal, name = match.groups()
    if name:
        return _NAMED[name]
    code = int(decimal) if decimal else int(hexadecimal, 16)
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""


def _meaning(tag: str, name: str, value: str) -> str:
    if tag == "a" and name == "href":
        return value
    if tag == "span" and name == "class":
        return value
    if tag == "code" and name == "class" and value.startswith("language-"):
        return value.removeprefix("language-")
    return ""


def checked_link(url: str) -> str:
    """The link as Telegram writes it, or "" if it is none."""
    url = url.strip()
    if not re.match(r"(?:https?|tg|ton)://", url, re.IGNORECASE):
        if not _DOMAIN.match(url):
            return ""
        url = f"http://{url}"
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if not parts.netloc or (parts.scheme.startswith("http") and "." not in parts.netloc):
        return ""
    return parts._replace(path="/").geturl() if parts.scheme.startswith("http") and not parts.path else url


def _apart_from_code(entities: list[Json]) -> list[Json]:
    """Nothing overlaps code or pre: what stands inside is dropped, what stands around is cut."""
    walls = sorted((e["offset"], e["offset"] + e["length"]) for e in entities if e["type"] in ("code", "pre"))
    plain = [{k: v for k, v in e.items() if k != "language" or e["type"] == "pre"} for e in entities]
    if not walls:
        return plain
    kept = [entity for entity in plain if entity["type"] in ("code", "pre")]
    for entity in (e for e in plain if e["type"] not in ("code", "pre")):
        start, end = entity["offset"], entity["offset"] + entity["length"]
        if entity["type"] not in _SPLIT_BY_CODE:
            kept += [entity] if not any(a <= start and end <= b for a, b in walls) else []
            continue
        for wall_start, wall_end in [*walls, (end, end)]:
            if start < min(wall_start, end):
                kept.append(entity | {"offset": start, "length": min(wall_start, end) - start})
            start = max(start, wall_end)
    return kept
