"""Reads a PNG as resvg writes it: eight bits a channel, with transparency, not interlaced."""

import struct
import zlib
from collections.abc import Iterator

Pixel = tuple[int, ...]
WHITE: Pixel = (255, 255, 255, 255)
_PER_PIXEL = 4
_NONE, _LEFT, _UP, _MEAN, _PAETH = range(5)


def size_of(png: bytes) -> tuple[int, int]:
    """Width and height in pixels."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height, *kind = struct.unpack(">IIBBBBB", _chunks(png)[b"IHDR"])
    assert kind == [8, 6, 0, 0, 0]
    return width, height


def empty_png(width: int, height: int, size: int = 0) -> bytes:
    """A PNG of these pixels whose content is `size` bytes, and no picture: whole, as far as its form goes."""
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", bytes(size)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        for kind, content in chunks
    )


def rows_of(png: bytes, count: int) -> Iterator[list[Pixel]]:
    """The first rows, each of its pixels (red, green, blue, opacity)."""
    width, _ = size_of(png)
    data, length = zlib.decompress(_chunks(png)[b"IDAT"]), width * _PER_PIXEL
    above = bytes(length)
    for start in range(0, count * (length + 1), length + 1):
        above = _unfiltered(data[start], data[start + 1 : start + 1 + length], above)
        yield list(zip(*(above[channel::_PER_PIXEL] for channel in range(_PER_PIXEL)), strict=True))


def _chunks(png: bytes) -> dict[bytes, bytes]:
    """The content by type, that of several of one type joined; the check sums are right."""
    chunks: dict[bytes, bytes] = {}
    for kind, content in _each(png):
        chunks[kind] = chunks.get(kind, b"") + content
    return chunks


def _each(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        kind_and_content = png[at + 4 : at + 8 + length]
        assert struct.unpack(">I", png[at + 8 + length : at + 12 + length])[0] == zlib.crc32(kind_and_content)
        yield kind_and_content[:4], kind_and_content[4:]
        at += 12 + length


def _unfiltered(kind: int, line: bytes, above: bytes) -> bytes:
    """The line's bytes, of which the filter kept the differences from a guess (https://www.w3.org/TR/png-3/#9Filters)."""
    if kind == _NONE:
        return line
    if kind == _UP:
        return bytes((each + up) & 0xFF for each, up in zip(line, above, strict=True))
    row = bytearray(len(line))
    guess = {_LEFT: _left, _MEAN: _mean, _PAETH: _paeth}[kind]
    for channel in range(_PER_PIXEL):
        left = corner = 0
        for at in range(channel, len(line), _PER_PIXEL):
            up = above[at]
            left = row[at] = (line[at] + guess(left, up, corner)) & 0xFF
            corner = up
    return bytes(row)


def _left(left: int, _up: int, _corner: int) -> int:
    return left


def _mean(left: int, up: int, _corner: int) -> int:
    return (left + up) // 2


def _paeth(left: int, up: int, corner: int) -> int:
    to_left, to_up, to_corner = abs(up - corner), abs(left - corner), abs(left + up - corner - corner)
    if to_left <= to_up and to_left <= to_corner:
        return left
    return up if to_up <= to_corner else corner
