"""Files the bot and people sent, kept in memory."""

import secrets
import struct
import zlib
from dataclasses import dataclass

from bot.playground.people import Json


@dataclass(frozen=True)
class Upload:
    """A file as it came in a form."""

    name: str
    mime_type: str
    content: bytes


@dataclass(frozen=True)
class StoredFile:
    """A file with its ids, its path under /file/bot<token>/, and its size in pixels if it is a photo."""

    file_id: str
    unique_id: str
    path: str
    upload: Upload
    pixels: tuple[int, int] | None

    def document(self) -> Json:
        """The Bot API's Document object."""
        upload = self.upload
        return self._ids() | {"file_name": upload.name, "mime_type": upload.mime_type}

    def photo_size(self) -> Json:
        """The Bot API's PhotoSize object."""
        width, height = self.pixels or (0, 0)
        return self._ids() | {"width": width, "height": height}

    def file(self) -> Json:
        """The Bot API's File object."""
        return self._ids() | {"file_path": self.path}

    def _ids(self) -> Json:
        size = len(self.upload.content)
        return {"file_id": self.file_id, "file_unique_id": self.unique_id, "file_size": size}


class Files:
    """All files, by file_id (not to be guessed) and by path."""

    def __init__(self) -> None:
        self.by_id: dict[str, StoredFile] = {}
        self.by_path: dict[str, StoredFile] = {}

    def store(self, upload: Upload, pixels: tuple[int, int] | None) -> StoredFile:
        """Keep a file; `pixels` make it a photo."""
        number = len(self.by_id) + 1
        folder = "photos" if pixels else "documents"
        ending = upload.name.rpartition(".")[2] if "." in upload.name else ""
        path = f"{folder}/file_{number}" + (f".{ending}" if ending.isalnum() and ending.isascii() else "")
        stored = StoredFile(f"PG{secrets.token_urlsafe(30)}", f"PGU{number}", path, upload, pixels)
        self.by_id[stored.file_id] = self.by_path[path] = stored
        return stored


def image_type(content: bytes) -> str | None:
    """The MIME type of a picture that Telegram takes as a photo here: PNG or JPEG."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    return "image/jpeg" if content.startswith(b"\xff\xd8\xff") else None


def pixels_of(content: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG or JPEG; None if it is neither, or broken."""
    if image_type(content) == "image/png":
        return _png_pixels(content)
    return _jpeg_pixels(content) if image_type(content) == "image/jpeg" else None


def _png_pixels(content: bytes) -> tuple[int, int] | None:
    """As its header says, if the file is whole: each chunk with the right check sum, up to the last."""
    at, kind = 8, b""
    while at + 12 <= len(content) and kind != b"IEND":
        (length,) = struct.unpack(">I", content[at : at + 4])
        kind, end = content[at + 4 : at + 8], at + 8 + length
        if content[end : end + 4] != zlib.crc32(content[at + 4 : end]).to_bytes(4, "big"):
            return None
        at = end + 4
    if kind != b"IEND" or content[12:16] != b"IHDR":
        return None
    width, height = struct.unpack(">II", content[16:24])
    return (width, height) if width and height else None


def _jpeg_pixels(content: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):  # a start of frame: it has the size
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return None
