"""What the chat page asks of the server and does through it."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from bot.clock import SystemClock
from bot.playground import page_api
from bot.playground.people import Json
from bot.playground.server import Playground
from bot.playground.world import World
from tests.playground.conftest import START, TLS, Club, PlainBot
from tests.support.png import empty_png


async def test_the_state_shows_a_person_what_is_theirs(club: Club, client: httpx.AsyncClient) -> None:
    club.world.group("Not Bert's", club.anna)
    said = club.world.say(club.anna, club.group, "hello")
    state = (await client.get("/api/state", params={"as": club.bert.id})).json()
    assert datetime.fromisoformat(state["now"]) - START < timedelta(minutes=1)
    assert state["timezone"] == "Europe/Brussels"
    assert state["bot"]["username"] == "KringBot"
    assert state["me"] == club.bert
    assert [(person["first_name"], person["admin"]) for person in state["people"]] == [("Anna", True), ("Bert", False)]
    group, private = state["chats"]
    assert group == {
        "id": club.group.id,
        "type": "supergroup",
        "title": "Kring Gent",
        "last": said,
        "bot_present": True,
        "members": [club.anna.id, club.bert.id, club.world.bot.id],
        "can_write": True,
    }
    assert (private["id"], private["title"], private["last"]) == (club.bert.id, "Kring", None)


async def test_a_person_writes_edits_and_reads(club: Club, client: httpx.AsyncClient) -> None:
    where = {"as": club.anna.id, "chat_id": club.group.id}
    said = (await client.post("/api/say", json=where | {"text": "/help"})).json()["message"]
    reply = (await client.post("/api/say", json=where | {"text": "x", "reply_to": said["message_id"]})).json()[
        "message"
    ]
    assert reply["reply_to_message"]["message_id"] == said["message_id"]
    edit = where | {"message_id": said["message_id"], "text": "/top"}
    edited = (await client.post("/api/edit", json=edit)).json()["message"]
    assert edited["text"] == "/top"
    answer = await client.get(f"/api/chats/{club.group.id}/messages", params={"as": club.bert.id})
    assert answer.json()["messages"][-2:] == [edited, reply]
    assert (await client.post("/api/edit", json=edit | {"as": club.bert.id})).status_code == 403


async def test_chats_of_others_are_closed(club: Club, client: httpx.AsyncClient) -> None:
    for chat_id in (club.anna.id, 12345, club.world.group("Not Bert's", club.anna).id):
        answer = await client.get(f"/api/chats/{chat_id}/messages", params={"as": club.bert.id})
        assert answer.status_code == 403
        said = await client.post("/api/say", json={"as": club.bert.id, "chat_id": chat_id, "text": "x"})
        assert said.status_code == 403


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"chat_id": 1, "text": "x"}, 400),
        ({"as": 99, "chat_id": 1, "text": "x"}, 404),
        ({"as": 1001, "chat_id": 1001, "text": 5}, 400),
        ({"as": 1001, "chat_id": 1001, "text": "x", "more": 1}, 400),
        ({"as": 1001, "chat_id": 1001, "text": " "}, 403),
        ({"as": 1001, "chat_id": 1001, "text": "x", "entities": [{"type": "bold"}]}, 403),
        ({"as": 1001, "chat_id": 1001, "text": "x", "reply_to": 99}, 403),
        (["as"], 400),
    ],
)
async def test_what_makes_no_sense_is_refused_with_words(
    club: Club, client: httpx.AsyncClient, body: object, status: int
) -> None:
    answer = await client.post("/api/say", json=body)
    assert answer.status_code == status
    assert answer.json()["error"]


async def test_a_press_waits_for_the_bots_answer(club: Club, client: httpx.AsyncClient, bot: PlainBot) -> None:
    sent = await bot.result("sendMessage", chat_id=club.group.id, text="x")
    press = {"as": club.bert.id, "chat_id": club.group.id, "message_id": sent["message_id"], "data": "undo"}
    pressed = asyncio.create_task(client.post("/api/press", json=press))
    (update,) = await bot.updates(timeout=5)
    await bot.result("answerCallbackQuery", callback_query_id=update["callback_query"]["id"], text="Undone")
    assert (await pressed).json() == {"answer": {"text": "Undone", "show_alert": False}}


async def test_a_press_that_is_not_answered_ends_without_one(
    club: Club, client: httpx.AsyncClient, bot: PlainBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.playground.page_press._PATIENCE", 0.05)
    sent = await bot.result("sendMessage", chat_id=club.group.id, text="x")
    press = {"as": club.bert.id, "chat_id": club.group.id, "message_id": sent["message_id"], "data": "undo"}
    assert (await client.post("/api/press", json=press)).json() == {"answer": None}


async def test_the_clock_goes_forward_and_the_bot_is_told(club: Club) -> None:
    told: list[datetime] = []

    async def on_clock() -> None:
        told.append(club.world.clock.now())

    async with (
        Playground(club.world, on_clock=on_clock) as server,
        httpx.AsyncClient(base_url=server.url, verify=TLS) as client,
    ):
        to = await client.post("/api/clock", json={"to": "2026-11-23T12:00:00+01:00"})
        assert datetime.fromisoformat(to.json()["now"]) - datetime(2026, 11, 23, 11, tzinfo=UTC) < timedelta(seconds=5)
        monday = {"weekday": 0, "time": "09:00", "timezone": "Europe/Brussels"}
        next_ = await client.post("/api/clock", json={"next": monday})
        assert next_.json()["now"].startswith("2026-11-30T08:00")
        assert len(told) == 2
        back = await client.post("/api/clock", json={"to": "2026-11-23T12:00:00+01:00"})
        assert (back.status_code, back.json()["error"]) == (400, "the clock goes forward only")
        orders: list[Json] = [{}, {"to": "soon"}, {"to": "2027-01-01"}, {"next": monday | {"weekday": 9}}, {"next": {}}]
        for nonsense in orders:
            assert (await client.post("/api/clock", json=nonsense)).status_code == 400


async def test_the_machines_own_clock_cannot_be_moved() -> None:
    async with Playground(World(SystemClock())) as server, httpx.AsyncClient(base_url=server.url, verify=TLS) as client:
        answer = await client.post("/api/clock", json={"to": "2050-01-01T00:00:00+00:00"})
        assert answer.status_code == 409


async def test_a_files_name_and_content_come_to_the_page(club: Club, client: httpx.AsyncClient, bot: PlainBot) -> None:
    files = {"document": ("wéék.html", b"<script>", "text/html")}
    address = f"/bot{bot.token}/sendDocument"
    sent = (await client.post(address, data={"chat_id": str(club.group.id)}, files=files)).json()["result"]
    answer = await client.get(f"/files/{sent['document']['file_id']}")
    assert answer.content == b"<script>"
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''w%C3%A9%C3%A9k.html"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert (await client.get("/files/other")).status_code == 404


async def test_a_photo_comes_to_the_page_as_a_picture(club: Club, client: httpx.AsyncClient, bot: PlainBot) -> None:
    png = empty_png(640, 480)
    call = f"/bot{bot.token}/sendPhoto"
    params = {"chat_id": str(club.group.id), "caption": "Week 48"}
    sent = (await client.post(call, data=params, files={"photo": ("a.png", png, "image/png")})).json()["result"]
    answer = await client.get(f"/files/{sent['photo'][-1]['file_id']}")
    assert (answer.content, answer.headers["content-type"]) == (png, "image/png")


async def test_the_page_and_its_files_are_served_under_a_strict_policy(
    client: httpx.AsyncClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "page").mkdir()
    (tmp_path / "page" / "index.html").write_text("<h1>Kring</h1>")
    (tmp_path / "page" / "main.js").write_text("1")
    (tmp_path / "secret").write_text("no")
    monkeypatch.setattr(page_api, "PAGE", tmp_path / "page")
    index = await client.get("/")
    assert index.text == "<h1>Kring</h1>"
    policy = index.headers["content-security-policy"]
    assert policy.startswith("default-src 'self'; img-src 'self' data: blob:;")
    assert "javascript" in (await client.get("/page/main.js")).headers["content-type"]
    for path in ("/page/missing.js", "/page/%2e%2e", "/page/..%2fsecret", "/secret"):
        assert (await client.get(path)).status_code == 404


async def test_only_this_machine_is_answered(client: httpx.AsyncClient, bot: PlainBot) -> None:
    for host in ("kring.example", "localhost.kring.example", "127.0.0.1:80@kring.example", ""):
        for path in ("/api/state", f"/bot{bot.token}/getMe"):
            assert (await client.get(path, headers={"host": host})).status_code == 403
    for host in ("localhost", "LOCALHOST:8080", "127.0.0.1", "[::1]:8080"):
        assert (await client.get(f"/bot{bot.token}/getMe", headers={"host": host})).status_code == 200


async def test_forms_and_large_bodies_are_refused(
    client: httpx.AsyncClient, bot: PlainBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = await client.post("/api/say", data={"as": "1001", "chat_id": "1001", "text": "x"})
    assert form.status_code == 415
    large = b'"' + b"x" * 1_000_000 + b'"'
    kind = {"content-type": "application/json"}
    assert (await client.post("/api/say", content=large, headers=kind)).status_code == 413

    async def in_pieces() -> AsyncIterator[bytes]:
        for _ in range(101):
            yield b"x" * 10_000

    assert (await client.post("/api/say", content=in_pieces(), headers=kind)).status_code == 413
    monkeypatch.setattr("bot.playground.guard.UPLOAD_LIMIT", 1000)
    upload = await client.post(f"/bot{bot.token}/sendDocument", files={"document": b"x" * 1000})
    assert upload.status_code == 413
    assert upload.json()["description"] == "Request Entity Too Large"


async def test_a_person_sends_a_file_that_the_bot_downloads(
    club: Club, client: httpx.AsyncClient, bot: PlainBot
) -> None:
    where: Json = {"as": club.anna.id, "chat_id": club.anna.id, "name": "../pâst.csv"}
    bytes_ = {"content-type": "application/octet-stream"}
    sent = await client.post("/api/upload", params=where, content=b"a,b\r\n", headers=bytes_)
    document = sent.json()["message"]["document"]
    assert (document["file_name"], document["mime_type"]) == ("pâst.csv", "text/csv")
    path = (await bot.result("getFile", file_id=document["file_id"]))["file_path"]
    assert (await client.get(f"/file/bot{bot.token}/{path}")).content == b"a,b\r\n"
    assert (await client.get(f"/file/bot1:wrong/{path}")).status_code == 401
    form = await client.post("/api/upload", params=where, content=b"a,b", headers={"content-type": "text/plain"})
    assert form.status_code == 415
    assert (await client.post("/api/upload", params=where, content=b"", headers=bytes_)).status_code == 403


async def test_a_file_over_twenty_megabytes_can_be_sent_and_not_downloaded(
    club: Club, client: httpx.AsyncClient, bot: PlainBot
) -> None:
    where: Json = {"as": club.anna.id, "chat_id": club.anna.id, "name": "large.bin"}
    bytes_ = {"content-type": "application/octet-stream"}
    sent = await client.post("/api/upload", params=where, content=bytes(20_000_001), headers=bytes_)
    file_id = sent.json()["message"]["document"]["file_id"]
    assert await bot.refusal("getFile", file_id=file_id) == (400, "Bad Request: file is too big")
