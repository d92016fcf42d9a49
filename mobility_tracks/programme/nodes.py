"""YAML text to a tree of nodes with places, within bounds that hold on hostile input.

The parser's events are used, never its constructors: scalars stay text, tags build nothing and
aliases do not exist. The bounds keep the parser, whose cost per character and per event was
measured, under a second: 256 KiB, 8,000 nodes, 24 levels, 5,000 lines of 2,000 characters.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    MappingStartEvent,
    ScalarEvent,
)

from mobility_tracks.programme.problems import Mark, Report

MOST_BYTES = 256 * 1024
MOST_LINES = 5_000
LONGEST_LINE = 2_000
MOST_NODES = 8_000
DEEPEST = 24

_UNPRINTABLE = re.compile(
    r"[^\n\r\t\x20-\x7e\xa0-\u2027\u202f-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


@dataclass
class ScalarNode:
    """A scalar as written; `plain` means without quotes."""

    text: str
    plain: bool
    mark: Mark


@dataclass
class MapNode:
    """A mapping, duplicates included."""

    entries: list[tuple["Node", "Node"]]
    mark: Mark


@dataclass
class ListNode:
    """A list."""

    items: list["Node"]
    mark: Mark


Node = ScalarNode | MapNode | ListNode


class _RefusedError(Exception):
    """Reading stops here; the reason is already in the report."""


def compose(data: bytes | str, report: Report) -> Node | None:
    """The tree of a file, or None where its text cannot be read. Problems go to `report`."""
    text = _decoded(data, report)
    if text is None or not _is_bounded(text, report):
        return None
    try:
        return _Composer(report).compose(text)
    except _RefusedError:
        return None
    except MarkedYAMLError as error:
        _tell(error, report)
    except (YAMLError, ValueError, RecursionError, OverflowError) as error:
        report.add(Mark(), (), "this is not YAML", found=str(error))
    return None


def _decoded(data: bytes | str, report: Report) -> str | None:
    size = (
        len(data)
        if isinstance(data, bytes)
        else len(data[: MOST_BYTES + 1].encode("utf-8", "replace"))
    )
    if size > MOST_BYTES:
        report.add(Mark(), (), "the file is too large", f"at most {MOST_BYTES // 1024} KiB")
        return None
    if isinstance(data, str):
        return data
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        column = error.start - (before.rfind(b"\n") + 1) + 1
        mark = Mark(before.count(b"\n") + 1, column)
        report.add(mark, (), "the file is not UTF-8", "UTF-8", f"byte {data[error.start]:#04x}")
        return None


def _is_bounded(text: str, report: Report) -> bool:
    lines = text.split("\n")
    if len(lines) > MOST_LINES:
        report.add(Mark(MOST_LINES + 1), (), "too many lines", f"at most {MOST_LINES}")
        return False
    for number, line in enumerate(lines, 1):
        _check_line(number, line, report)
    return not report.problems


def _check_line(number: int, line: str, report: Report) -> None:
    if len(line) > LONGEST_LINE:
        report.add(Mark(number), (), "the line is too long", f"at most {LONGEST_LINE} characters")
    if "\t" in line:
        mark = Mark(number, line.index("\t") + 1)
        report.add(mark, (), "a tab, which YAML does not take for indentation", "spaces")
    odd = _UNPRINTABLE.search(line)
    if odd or "\r" in line.rstrip("\r"):
        at = odd.start() if odd else line.index("\r")
        mark = Mark(number, at + 1)
        report.add(mark, (), "a control character", "text", f"U+{ord(line[at]):04X}")


def _tell(error: MarkedYAMLError, report: Report) -> None:
    place = error.problem_mark or error.context_mark
    mark = Mark(place.line + 1, place.column + 1) if place else Mark()
    context = f"{error.context}: " if error.context else ""
    report.add(mark, (), f"this is not YAML: {context}{error.problem or 'unreadable'}")


class _Composer:
    """Builds the tree with an explicit stack, so that depth costs no recursion."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.nodes = 0
        self.documents = 0
        self.open: list[tuple[MapNode | ListNode, list[Node]]] = []
        self.root: Node | None = None

    def compose(self, text: str) -> Node | None:
        events: Iterator[Any] = YAML(typ="safe", pure=True).parse(text)
        for event in events:
            self._take(event)
        if self.root is None:
            self.report.add(Mark(), (), "the file is empty", "a programme")
        return self.root

    def _take(self, event: Any) -> None:
        mark = Mark(event.start_mark.line + 1, event.start_mark.column + 1)
        if isinstance(event, DocumentStartEvent):
            self._begin_document(event, mark)
        elif isinstance(event, CollectionEndEvent):
            self._close()
        elif isinstance(event, AliasEvent):
            self._refuse(mark, "an alias (*) has no place here: write the value out")
        elif isinstance(event, ScalarEvent | CollectionStartEvent):
            self._begin_node(event, mark)

    def _begin_document(self, event: DocumentStartEvent, mark: Mark) -> None:
        self.documents += 1
        if self.documents > 1:
            self._refuse(mark, "a second document begins: a file holds one programme")
        if event.version or event.tags:
            self._refuse(mark, "directives (%) have no place here")

    def _begin_node(self, event: Any, mark: Mark) -> None:
        self.nodes += 1
        if self.nodes > MOST_NODES:
            self._refuse(mark, f"the file says too much: at most {MOST_NODES} values")
        if event.anchor:
            self._refuse(mark, "an anchor (&) has no place here: write the value out")
        if event.tag:
            self.report.add(mark, (), "a tag (!) has no place here", found=str(event.tag))
        if isinstance(event, ScalarEvent):
            self._place(ScalarNode(event.value, not event.style, mark))
        else:
            self._open(event, mark)

    def _open(self, event: Any, mark: Mark) -> None:
        if len(self.open) >= DEEPEST:
            self._refuse(mark, f"nested too deeply: at most {DEEPEST} levels")
        mapping = isinstance(event, MappingStartEvent)
        self.open.append((MapNode([], mark) if mapping else ListNode([], mark), []))

    def _close(self) -> None:
        node, inside = self.open.pop()
        if isinstance(node, MapNode):
            keys, values = islice(inside, 0, None, 2), islice(inside, 1, None, 2)
            node.entries = list(zip(keys, values, strict=True))
        else:
            node.items = inside
        self._place(node)

    def _place(self, node: Node) -> None:
        if self.open:
            self.open[-1][1].append(node)
        else:
            self.root = node

    def _refuse(self, mark: Mark, message: str) -> None:
        self.report.add(mark, (), message)
        raise _RefusedError
