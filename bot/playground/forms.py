"""How a Bot API call's parameters are read: from the request, and by their types."""

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException
from starlette.requests import Request

from bot.playground.files import Upload
from bot.playground.refusal import bad_request, not_here

Params = dict[str, Any]

# The types of parameters. "not here": Telegram knows the parameter and the playground does not.
INTEGER, TEXT, TRUTH, LIST, OBJECT, CHAT, FILE, NOT_HERE = (
    "integer",
    "text",
    "truth",
    "list",
    "object",
    "chat",
    "file",
    "not here",
)
_TRUTH = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
_WHOLE_NUMBER = re.compile(r"-?\d{1,19}", re.ASCII)
_FIELD_LIMIT = 1_000_000


async def read(request: Request) -> dict[str, str | Upload]:
    """The parameters as they came: in the address, as a form, or as JSON. Raises RefusedError."""
    given: dict[str, str | Upload] = dict(request.query_params)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        try:
            async with request.form(max_part_size=_FIELD_LIMIT) as form:
                for name, value in form.multi_items():
                    given[name] = await _upload(value) if isinstance(value, UploadFile) else value
        except MultiPartException as error:
            raise bad_request(f"can't parse the request's body: {error.message}") from error  # ours
        return given
    body = await request.body()
    try:
        if kind == "application/json" and body:
            for name, value in json.loads(body).items():
                given[name] = value if isinstance(value, str) else json.dumps(value)
        elif kind == "application/x-www-form-urlencoded":
            given |= parse_qsl(body.decode(), keep_blank_values=True, errors="strict")
    except (ValueError, AttributeError) as error:
        raise bad_request("can't parse the request's body") from error  # ours
    return given


async def _upload(file: UploadFile) -> Upload:
    content = await file.read()
    return Upload(file.filename or "file", file.content_type or "application/octet-stream", content)


def decode(given: Mapping[str, str | Upload], types: Mapping[str, str]) -> Params:
    """Each parameter by its type; what is empty is left out, as Telegram treats it. Raises RefusedError.

    Telegram ignores parameters it does not know; here they are refused, so that a misspelt one is noticed.
    """
    params: Params = {}
    attached = {value.removeprefix("attach://") for value in given.values() if isinstance(value, str)}
    for name, raw in given.items():
        kind = types.get(name)
        if kind is None:
            if isinstance(raw, Upload) and name in attached:
                continue
            raise bad_request(f'there is no parameter "{name}" in this method')  # ours
        if kind == NOT_HERE:
            raise not_here(f'parameter "{name}"')
        if kind == FILE:
            params[name] = _file(raw, given)
        elif isinstance(raw, Upload):
            raise bad_request(f'parameter "{name}" is not a file')  # ours
        elif raw:
            _must_be_unicode(name, raw)
            params[name] = _value(name, raw, kind)
    return params


def _file(raw: str | Upload, given: Mapping[str, str | Upload]) -> str | Upload:
    if isinstance(raw, str) and raw.startswith("attach://"):
        upload = given.get(raw.removeprefix("attach://"))
        if not isinstance(upload, Upload):
            raise bad_request("wrong file identifier/HTTP URL specified")
        return upload
    return raw


def _value(name: str, raw: str, kind: str) -> Any:
    if kind == TEXT:
        return raw
    if kind in (INTEGER, CHAT):
        if _WHOLE_NUMBER.fullmatch(raw):
            return int(raw)
        if kind == CHAT:
            raise bad_request("chat not found")  # a @username: only public chats have one, and here are none
        raise bad_request(f'parameter "{name}" must be an integer')  # ours
    if kind == TRUTH:
        if raw.lower() in _TRUTH:
            return _TRUTH[raw.lower()]
        raise bad_request(f'parameter "{name}" must be true or false')  # ours
    try:
        value = json.loads(raw)
    except ValueError:
        value = None
    if not isinstance(value, list if kind == LIST else dict):
        raise bad_request(f"can't parse {name} JSON object")  # worded after "can't parse reply keyboard markup …"
    if "\\ud" in raw.lower():  # JSON can escape half a character
        _must_be_unicode(name, json.dumps(value, ensure_ascii=False))
    return value


def _must_be_unicode(name: str, text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise bad_request(f"{name} must be encoded in UTF-8") from error


def texts_of(name: str, values: list[Any]) -> list[str]:
    """A list parameter of texts. Raises RefusedError."""
    if not all(isinstance(value, str) for value in values):
        raise bad_request(f"can't parse {name} JSON object")
    return values
