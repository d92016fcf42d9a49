"""A picture as from a telephone: a sheet of paper, a little turned, on a dark table."""

import random
import struct
import zlib
from functools import lru_cache

_GREY_LEVELS = 16


def phone_photo(seed: int, width: int = 96, height: int = 128) -> bytes:
    """A 4-bit grey PNG (about 6 KB by default), the same bytes for the same arguments.

    There are eight pictures; a comment makes every file differ. The pixels are stored, not
    compressed: zlib's output differs between builds.
    """
    header = struct.pack(">IIBBBBB", width, height, 4, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", header)
        + _chunk(b"tEXt", f"Comment\0invented picture {seed}".encode("ascii"))
        + _chunk(b"IDAT", _stored(_rows(seed % 8, width, height)))
        + _chunk(b"IEND", b"")
    )


@lru_cache(maxsize=16)
def _rows(seed: int, width: int, height: int) -> bytes:
    rng = random.Random(seed)
    tilt, shadow = rng.uniform(0.03, 0.09), rng.uniform(0.2, 0.5)
    rows = bytearray()
    for y in range(height):
        rows.append(0)
        levels = [_level(rng, x / width, y / height, tilt, shadow) for x in range(width)]
        levels += [0] * (width % 2)
        rows += bytes(a << 4 | b for a, b in zip(levels[::2], levels[1::2], strict=True))
    return bytes(rows)


def _level(rng: random.Random, x: float, y: float, tilt: float, shadow: float) -> int:
    across, down = x + tilt * (y - 0.5), y - tilt * (x - 0.5)
    light = 1 - shadow * across
    if not (0.12 < across < 0.88 and 0.08 < down < 0.92):
        value = 4 * light
    elif 0.2 < across < 0.8 and 0.16 < down < 0.84 and int(down * 40) % 2:
        value = 5 * light + 3 * (int(across * 60) % 5 == 0)
    else:
        value = 15 * light
    return min(_GREY_LEVELS - 1, max(0, int(value + rng.random())))


def _chunk(kind: bytes, data: bytes) -> bytes:
    check = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)


def _stored(data: bytes) -> bytes:
    """`data` as a zlib stream of stored blocks (RFC 1950 and 1951, 3.2.4)."""
    stream, blocks = b"\x78\x01", [data[i : i + 65535] for i in range(0, len(data), 65535)]
    for number, block in enumerate(blocks, 1):
        last = number == len(blocks)
        stream += struct.pack("<BHH", last, len(block), len(block) ^ 0xFFFF) + block
    return stream + struct.pack(">I", zlib.adler32(data))
