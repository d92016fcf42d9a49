"""Read a programme file: a Document, or every problem in it at once.

Never raises for bad input, and stays under a second on hostile input: the bounds are in
`nodes.py`, the limits of single values in `words.py`.
"""

from pathlib import Path
from typing import Any

from mobility_tracks.programme.decode import Decoder
from mobility_tracks.programme.document import Document
from mobility_tracks.programme.nodes import MOST_BYTES, Node, compose
from mobility_tracks.programme.plain import nodes_of
from mobility_tracks.programme.problems import Mark, Problem, Report
from mobility_tracks.programme.shape import Record


def read(data: bytes | str) -> Document | list[Problem]:
    """The document a YAML text describes, or its problems in the order of the text.

    At most a hundred problems are told.
    """
    report = Report()
    root = compose(data, report)
    return sorted(report.problems) if root is None else _decoded(root, report)


def read_plain(data: dict[str, Any]) -> Document | list[Problem]:
    """As `read`, from the plain form that `plain` gives; problems have no place but their key."""
    return _decoded(nodes_of(data), Report())


def _decoded(root: Node, report: Report) -> Document | list[Problem]:
    decoder = Decoder(report)
    document: Document = decoder.decode(Record(Document), root, ())
    decoder.references.resolve(report)
    return sorted(report.problems) if report.problems else document


def read_file(path: Path) -> Document | list[Problem]:
    """As `read`, from a file; a file that cannot be opened is a problem too."""
    try:
        with path.open("rb") as file:
            return read(file.read(MOST_BYTES + 1))
    except OSError as error:
        report = Report()
        report.add(Mark(), (), "the file cannot be read", found=error.strerror or "")
        return report.problems
