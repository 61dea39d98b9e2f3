"""What the chat page asks for and does, as JSON. Every call names who acts: `as`, a user id."""

import json
from collections.abc import Awaitable, Callable
from mimetypes import guess_type
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.playground.chats import Chat
from bot.playground.events import Events
from bot.playground.files import Upload
from bot.playground.guard import UPLOAD_PATH
from bot.playground.methods_files import served_type
from bot.playground.page_clock import TIMEZONE, PageClock
from bot.playground.page_press import Presses
from bot.playground.people import Json, User
from bot.playground.refusal import NotAllowedError
from bot.playground.world import World

PAGE = Path(__file__).parent / "page"


class PageApi:
    """The page's routes over a world."""

    def __init__(self, world: World, on_clock: Callable[[], Awaitable[None]] | None) -> None:
        self._world = world
        self._clock = PageClock(world, on_clock)
        self._presses = Presses(world)
        self._events = Events(world)
        self.app = Starlette(
            routes=[
                Route("/", self._index),
                Route("/page/{file}", self._file),
                Route("/files/{file_id}", self._download),
                Route("/api/state", self._state),
                Route("/api/chats/{chat_id:path}/messages", self._messages),
                Route("/api/commands", self._commands),
                Route("/api/events", self._stream),
                Route("/api/say", self._say, methods=["POST"]),
                Route(UPLOAD_PATH, self._upload, methods=["POST"]),
                Route("/api/edit", self._edit, methods=["POST"]),
                Route("/api/press", self._press, methods=["POST"]),
                Route("/api/language", self._speak, methods=["POST"]),
                Route("/api/clock", self._move_clock, methods=["POST"]),
                Route("/api/faults", self._add_fault, methods=["POST"]),
                Route("/api/faults", self._clear_faults, methods=["DELETE"]),
            ],
            exception_handlers={HTTPException: _http_error, NotAllowedError: _not_allowed},
        )

    def close(self) -> None:
        """End what waits: streams and presses."""
        self._events.close()
        self._presses.close()

    async def _index(self, request: Request) -> Response:
        return _page_file("index.html")

    async def _file(self, request: Request) -> Response:
        return _page_file(request.path_params["file"])

    async def _download(self, request: Request) -> Response:
        stored = self._world.files.by_id.get(request.path_params["file_id"])
        if stored is None:
            raise HTTPException(404, "there is no such file")
        disposition = f"attachment; filename*=UTF-8''{quote(stored.upload.name, safe='')}"
        headers = {"Content-Disposition": disposition}
        return Response(stored.upload.content, media_type=served_type(stored), headers=headers)

    async def _state(self, request: Request) -> Response:
        world = self._world
        # A page opened without a name, or with that of another day's playground, is the first person's.
        me = world.people.get(_number(request.query_params.get("as"))) or next(iter(world.people.values()), None)
        if me is None:
            raise HTTPException(404, "nobody lives here yet")
        world.private(me)
        groups = [chat for chat in world.chats.values() if chat.type != "private"]
        people = [person | {"admin": any(chat.admin(person.id) for chat in groups)} for person in world.people.values()]
        chats = [self._chat_state(me, chat) for chat in world.chats.values() if world.may_see(me, chat)]
        return JSONResponse(
            {
                "now": world.clock.now().isoformat(),
                "timezone": TIMEZONE,
                "bot": world.bot,
                "me": me,
                "people": people,
                "chats": chats,
            }
        )

    def _chat_state(self, person: User, chat: Chat) -> Json:
        state = {
            "id": chat.id,
            "type": chat.type,
            "title": chat.title,
            "last": chat.last,
            "bot_present": chat.has(self._world.bot.id),
            "members": chat.present,
            "can_write": self._world.may_write(person, chat),
        }
        if chat.type == "private":
            state["description"] = self._world.descriptions.shown("description", person)
        return state

    async def _messages(self, request: Request) -> Response:
        person = self._person(request.query_params.get("as"))
        chat = self._chat(person, request.path_params["chat_id"])
        return JSONResponse({"messages": self._world.messages(chat)})

    async def _commands(self, request: Request) -> Response:
        person = self._person(request.query_params.get("as"))
        chat = self._chat(person, request.query_params.get("chat_id"))
        offered = self._world.menu.offered(person, chat) if chat.has(self._world.bot.id) else []
        return JSONResponse({"commands": offered})

    async def _stream(self, request: Request) -> Response:
        person = self._person(request.query_params.get("as"))
        return StreamingResponse(self._events.stream(person), media_type="text/event-stream")

    async def _say(self, request: Request) -> Response:
        body = await _body(request, {"as": int, "chat_id": int, "text": str}, {"reply_to": int, "entities": list})
        person = self._person(body["as"])
        chat = self._chat(person, body["chat_id"])
        reply_to, entities = body.get("reply_to"), body.get("entities")
        return JSONResponse(
            {"message": self._world.say(person, chat, body["text"], reply_to=reply_to, entities=entities)}
        )

    async def _upload(self, request: Request) -> Response:
        query = request.query_params
        person = self._person(query.get("as"))
        chat = self._chat(person, query.get("chat_id"))
        name = Path(query.get("name", "")).name or "file"
        upload = Upload(name, guess_type(name)[0] or "application/octet-stream", await request.body())
        return JSONResponse({"message": self._world.send_document(person, chat, upload, query.get("caption", ""))})

    async def _edit(self, request: Request) -> Response:
        needed = {"as": int, "chat_id": int, "message_id": int, "text": str}
        body = await _body(request, needed, {"entities": list})
        person = self._person(body["as"])
        chat = self._chat(person, body["chat_id"])
        edited = self._world.edit(person, chat, body["message_id"], body["text"], body.get("entities"))
        return JSONResponse({"message": edited})

    async def _press(self, request: Request) -> Response:
        body = await _body(request, {"as": int, "chat_id": int, "message_id": int, "data": str})
        person = self._person(body["as"])
        chat = self._chat(person, body["chat_id"])
        answer = await self._presses.press(person, chat, body["message_id"], body["data"])
        return JSONResponse({"answer": answer})

    async def _speak(self, request: Request) -> Response:
        body = await _body(request, {"as": int, "language_code": str}, {})
        self._world.speaks(self._person(body["as"]), body["language_code"])
        return JSONResponse({})

    async def _move_clock(self, request: Request) -> Response:
        now = await self._clock.move(await _body(request, {}, {"to": str, "next": dict}))
        return JSONResponse({"now": now.isoformat()})

    async def _add_fault(self, request: Request) -> Response:
        body = await _body(request, {"kind": str}, None)
        try:
            self._world.faults.add(**body)
        except (TypeError, ValueError) as error:
            raise HTTPException(400, str(error)) from error
        return JSONResponse({})

    async def _clear_faults(self, request: Request) -> Response:
        self._world.faults.clear()
        return JSONResponse({})

    def _person(self, id_: object) -> User:
        person = self._world.people.get(_number(id_))
        if person is None:
            raise HTTPException(404, "`as` is nobody here")
        return person

    def _chat(self, person: User, id_: object) -> Chat:
        number = _number(id_)
        chat = self._world.private(person) if number == person.id else self._world.chats.get(number)
        if chat is None or not self._world.may_see(person, chat):
            raise HTTPException(403, f"{person['first_name']} sees no such chat")
        return chat


def _number(value: object) -> int:
    if isinstance(value, str) and value.removeprefix("-").isdecimal() and len(value) < 20:
        return int(value)
    return value if isinstance(value, int) else 0


def _page_file(name: str) -> Response:
    path = (PAGE / name).resolve()
    if path.parent != PAGE.resolve() or not path.is_file():
        raise HTTPException(404, "there is no such page")
    return FileResponse(path)


async def _body(request: Request, needed: dict[str, type], optional: dict[str, type] | None = None) -> Json:
    """The JSON object sent, with all that is needed; `optional` None lets anything else through."""
    try:
        body: Any = json.loads(await request.body())
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise HTTPException(400, "send a JSON object")
    given = {name: value for name, value in body.items() if value is not None}
    types = needed | (optional or {})
    missing = needed.keys() - given.keys()
    unknown = given.keys() - types.keys() if optional is not None or not needed else set()
    wrong = {name for name, type_ in types.items() if name in given and type(given[name]) is not type_}
    if missing or unknown or wrong:
        raise HTTPException(400, f"missing: {sorted(missing)}, unknown: {sorted(unknown)}, wrong: {sorted(wrong)}")
    return given


async def _http_error(request: Request, error: Exception) -> Response:
    status, words = (error.status_code, error.detail) if isinstance(error, HTTPException) else (500, str(error))
    return JSONResponse({"error": words}, status_code=status)


async def _not_allowed(request: Request, error: Exception) -> Response:
    return JSONResponse({"error": str(error)}, status_code=403)
