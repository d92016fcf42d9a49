"""JPEG and PNG read without a library: enough to know that a picture is whole and nothing else.

Both readers raise Damaged, Bomb or Polyglot; memory stays bounded whatever the file claims.
"""

import zlib
from collections.abc import Iterator

MOST_PIXELS = 50_000_000
MOST_CHUNKS = 100_000
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
PIECE = 1024 * 1024

PNG_MAGIC = b"\x89PNG\r\n\x1a\n"
JPEG_MAGIC = b"\xff\xd8\xff"
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_START_OF_SCAN, _END = 0xDA, 0xD9


class Damaged(Exception):
    """The picture ends too early or contradicts itself."""


class Bomb(Exception):
    """The picture is far larger than it looks."""


class Polyglot(Exception):
    """After the end of the picture something else begins."""


def check_jpeg(data: bytes) -> None:
    """A whole JPEG; cameras may append further whole JPEGs (previews, light maps), nothing else."""
    position = 0
    while data[position : position + 3] == JPEG_MAGIC:
        position = _end_of_jpeg(data, position + 2)
        while data[position : position + 1] == b"\0":
            position += 1
    if position == 0:
        raise Damaged
    if position < len(data):
        raise Polyglot


def _end_of_jpeg(data: bytes, position: int) -> int:
    """Where the picture that began just before `position` ends."""
    has_frame = False
    while True:
        marker, position = _marker(data, position)
        if marker == _END:
            if not has_frame:
                raise Damaged
            return position
        length = int.from_bytes(data[position : position + 2])
        if length < 2 or position + length > len(data):
            raise Damaged
        if marker in _FRAMES:
            has_frame = True
            _check_area(*_jpeg_size(data[position : position + length]))
        position += length
        if marker == _START_OF_SCAN:
            position = _end_of_scan(data, position)


def _marker(data: bytes, position: int) -> tuple[int, int]:
    if data[position : position + 1] != b"\xff":
        raise Damaged
    while data[position : position + 1] == b"\xff":
        position += 1
    if position >= len(data):
        raise Damaged
    return data[position], position + 1


def _jpeg_size(segment: bytes) -> tuple[int, int]:
    return int.from_bytes(segment[5:7]), int.from_bytes(segment[3:5])


def _end_of_scan(data: bytes, position: int) -> int:
    """The next marker that is neither a stuffed byte nor a restart."""
    while True:
        position = data.find(b"\xff", position)
        if position < 0 or position + 1 >= len(data):
            raise Damaged
        following = data[position + 1]
        if following not in (0x00, 0xFF) and not 0xD0 <= following <= 0xD7:
            return position
        position += 1 if following == 0xFF else 2


def check_png(data: bytes) -> None:
    """A whole PNG, its checksums right and its pixels as many as it says."""
    pixels = zlib.decompressobj()
    header, produced, last = b"", 0, b""
    for last, body in _png_chunks(data):
        if not header:
            header = _png_header(last, body)
            expected = _png_bytes(header)
        if last == b"IDAT":
            produced += _unpacked(pixels, body, expected - produced)
    if last != b"IEND" or not header or not pixels.eof:
        raise Damaged


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    position = len(PNG_MAGIC)
    for _ in range(MOST_CHUNKS):
        length = int.from_bytes(data[position : position + 4])
        kind = data[position + 4 : position + 8]
        end = position + 12 + length
        if end > len(data):
            raise Damaged
        if zlib.crc32(data[position + 4 : end - 4]) != int.from_bytes(data[end - 4 : end]):
            raise Damaged
        yield kind, data[position + 8 : end - 4]
        position = end
        if kind == b"IEND":
            if position < len(data):
                raise Polyglot
            return
    raise Bomb


def _png_header(kind: bytes, body: bytes) -> bytes:
    if kind != b"IHDR" or len(body) != 13 or body[9] not in CHANNELS or body[8] not in range(1, 17):
        raise Damaged
    _check_area(int.from_bytes(body[:4]), int.from_bytes(body[4:8]))
    return body


def _png_bytes(header: bytes) -> int:
    """The most that the pixels may unpack to: rows with their filter byte, twice for interlacing."""
    width, height = int.from_bytes(header[:4]), int.from_bytes(header[4:8])
    row = (width * CHANNELS[header[9]] * header[8] + 7) // 8 + 1
    return row * height * (2 if header[12] else 1) + 16


def _unpacked(pixels: "zlib._Decompress", body: bytes, most: int) -> int:
    produced, rest = 0, body
    try:
        while rest and not pixels.eof:
            produced += len(pixels.decompress(rest, PIECE))
            rest = pixels.unconsumed_tail
            if produced > most:
                raise Bomb
    except zlib.error:
        raise Damaged from None
    return produced


def _check_area(width: int, height: int) -> None:
    if width == 0 or height == 0:
        raise Damaged
    if width * height > MOST_PIXELS:
        raise Bomb
