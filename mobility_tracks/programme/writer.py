"""Write a document as YAML: stable order, one spelling, comments not kept."""

from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from mobility_tracks.programme.document import Document
from mobility_tracks.programme.plain import plain
from mobility_tracks.programme.scalars import looks_of
from mobility_tracks.programme.shape import Record

HEADER = "# yaml-language-server: $schema=programme.schema.json\n"
_WIDTH = 1_000_000


def write(document: Document) -> str:
    """The YAML text of a document; `read` gives the same document back."""
    return HEADER + spelled(plain(Record(Document), document))


def spelled(data: Any) -> str:
    """The YAML text of plain data, without the header."""
    yaml = YAML()
    yaml.width = _WIDTH
    yaml.indent(mapping=2, sequence=4, offset=2)
    out = StringIO()
    yaml.dump(_dressed(data), out)
    return out.getvalue()


def _dressed(value: Any) -> Any:
    if isinstance(value, dict):
        return CommentedMap((_text(key), _dressed(inside)) for key, inside in value.items())
    if isinstance(value, list):
        items = CommentedSeq(_dressed(item) for item in value)
        if all(not isinstance(item, dict | list) for item in value):
            items.fa.set_flow_style()
        return items
    return _text(value) if isinstance(value, str) else value


def _text(text: str) -> str:
    # Within brackets the emitter leaves these two bare, and a reader takes them for a mapping's.
    indicator = text.startswith(("?", ":"))
    simple = text.isprintable() and text.isascii() and not looks_of(text) and not indicator
    return text if simple else DoubleQuotedScalarString(text)
