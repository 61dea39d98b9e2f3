"""Files on their way to Telegram."""

from collections.abc import AsyncIterable
from pathlib import Path

from telegram import InputFile
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from bot.connections import _body

LARGE = 3_000_000


async def test_a_file_is_read_from_the_disk_as_it_is_sent(tmp_path: Path) -> None:
    path = tmp_path / "records.json"
    path.write_bytes(b"x" * LARGE)
    with path.open("rb") as file:
        document = InputFile(file, filename=path.name, read_file_handle=False)
        data = RequestData([RequestParameter.from_input("document", document)])
        headers, content = _body("https://api.example.org", data)
        assert isinstance(content, AsyncIterable)
        assert file.tell() == 0
        pieces = [len(piece) async for piece in content]
    assert LARGE < sum(pieces) == int(dict(headers)[b"Content-Length"])
    assert max(pieces) <= 2**16
