"""Read a PDF from standard input in a process of its own, and say in JSON what it is.

Started by `sieve` as a file, never imported: whatever a hostile PDF does to the parser, it does it
here, within limits of memory and time and without the rest of the product. It prints
{"pages": n} or {"refused": word}; no output at all means that it died of its limits.
"""

import json
import logging
import resource
import sys
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.errors import LimitReachedError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

MEMORY = 512 * 1024 * 1024
CPU_SECONDS = 10
MOST_OBJECTS = 200_000
MOST_DECODED = 200 * 1024 * 1024
MOST_PIXELS = 50_000_000
ACTIONS = {"/JavaScript", "/Launch", "/ImportData", "/RichMedia"}
ACTIVE_KEYS = {"/JS", "/XFA", "/EmbeddedFiles", "/EF", "/RichMediaContent"}


class Refused(Exception):
    """The word for why."""


def limit() -> None:
    """Memory, time, no files written, no core; children inherit nothing that could be worse."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def probe(stream: Any) -> dict[str, Any]:
    """Pages of the PDF. Raises Refused, or whatever the parser raises."""
    reader = PdfReader(stream)
    if reader.is_encrypted:
        raise Refused("encrypted")
    pages = len(reader.pages)
    if pages == 0:
        raise Refused("damaged")
    decoded = 0
    for thing in reachable(reader):
        if isinstance(thing, DictionaryObject):
            refuse_active(thing)
        if isinstance(thing, StreamObject):
            decoded += weight(thing)
        if decoded > MOST_DECODED:
            raise Refused("bomb")
    return {"pages": pages}


def reachable(reader: PdfReader) -> Iterator[Any]:
    """Every object that the trailer leads to, each once."""
    waiting: list[Any] = [reader.trailer]
    seen: set[tuple[int, int]] = set()
    count = 0
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, IndirectObject):
            key = (thing.idnum, thing.generation)
            if key in seen:
                continue
            seen.add(key)
            thing = thing.get_object()
        count += 1
        if count > MOST_OBJECTS:
            raise Refused("bomb")
        yield thing
        waiting += inside(thing)


def inside(thing: Any) -> list[Any]:
    if isinstance(thing, DictionaryObject):
        return [thing.raw_get(key) for key in thing]
    return list(thing) if isinstance(thing, ArrayObject) else []


def refuse_active(entry: DictionaryObject) -> None:
    if ACTIVE_KEYS & entry.keys() or entry.get("/S") in ACTIONS:
        raise Refused("active")


def weight(stream: StreamObject) -> int:
    """Bytes that the stream unpacks to. Pictures are not unpacked: their size is declared."""
    if stream.get("/Subtype") == "/Image":
        if int(stream.get("/Width", 0)) * int(stream.get("/Height", 0)) > MOST_PIXELS:
            raise Refused("bomb")
        return 0
    return len(stream.get_data())


def main() -> int:
    """Print the answer. Anything unforeseen means that the file is damaged."""
    limit()
    logging.disable(logging.CRITICAL)
    try:
        answer = probe(sys.stdin.buffer)
    except Refused as refusal:
        answer = {"refused": str(refusal)}
    except (LimitReachedError, MemoryError, RecursionError):
        answer = {"refused": "bomb"}
    except Exception:  # noqa: BLE001  # a parser fed with anything raises anything
        answer = {"refused": "damaged"}
    sys.stdout.write(json.dumps(answer))
    return 0


if __name__ == "__main__":
    sys.exit(main())
