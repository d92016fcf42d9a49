"""A tree of nodes to dataclasses, every misfit reported, nothing raised.

A value that cannot be used is replaced by a neutral one and marked in the report, so that the
rest of the file is still read and checked; a document with any problem is never handed out.
"""

from typing import Any

from mobility_tracks.programme.checks import check
from mobility_tracks.programme.expectations import expected_by, stand_in
from mobility_tracks.programme.nodes import ListNode, MapNode, Node, ScalarNode
from mobility_tracks.programme.problems import Mark, Path, Report, did_you_mean, shorten
from mobility_tracks.programme.references import References
from mobility_tracks.programme.scalars import UnfitError, looks_of, value_of
from mobility_tracks.programme.shape import (
    Choice,
    Entries,
    Field,
    Record,
    Scalar,
    Several,
    Shape,
    Variant,
    fields_of,
    key_field,
)
from mobility_tracks.programme.words import Text

Pairs = dict[str, tuple[Mark, Node]]


class Decoder:
    """Walks shape and tree together; collects references on the way."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.references = References()

    def decode(self, shape: Shape, node: Node, path: Path) -> Any:
        """The value of a node, or a neutral one with a problem reported."""
        self.report.marks.setdefault(path, node.mark)
        match shape:
            case Record():
                return self._record(shape, node, path, {})
            case Entries():
                return self._entries(shape, node, path)
            case Several():
                return self._several(shape, node, path)
            case Variant():
                raise AssertionError("parameters are decoded with their rule")
        return self._scalar(shape, node, path)

    def _scalar(self, shape: Scalar, node: Node, path: Path) -> Any:
        if not isinstance(node, ScalarNode):
            return self._misfit(shape, node, path)
        try:
            value = value_of(shape, node)
        except UnfitError as unfit:
            return self._unfit(shape, unfit, node.mark, path)
        if isinstance(shape, Text) and shape.refers_to:
            self.references.use(shape.refers_to, value, path, node.mark)
        return value

    def _several(self, shape: Several, node: Node, path: Path) -> Any:
        if not isinstance(node, ListNode):
            return self._misfit(shape, node, path)
        if len(path) > 1 and isinstance(path[-1], int) and not node.items:
            self._lose(node.mark, path, "the list is empty", "at least one item")
        return tuple(
            self.decode(shape.item, item, (*path, number)) for number, item in enumerate(node.items)
        )

    def _entries(self, shape: Entries, node: Node, path: Path) -> Any:
        if not isinstance(node, MapNode):
            return self._misfit(shape, node, path)
        named = key_field(shape.record)
        pairs = self._pairs(node, path)
        self.references.declare(path, list(pairs))
        return tuple(
            self._record(shape.record, inside, (*path, key), self._key(named, key, mark, path))
            for key, (mark, inside) in pairs.items()
        )

    def _key(self, named: Field, key: str, mark: Mark, around: Path) -> dict[str, Any]:
        assert isinstance(named.shape, Text | Choice)
        path = (*around, key)
        self.report.marks[path] = mark
        # its looks were judged with the pair: here the key is text
        value = self._scalar(named.shape, ScalarNode(key, plain=False, mark=mark), path)
        if path in self.report.unusable:
            self.report.spoil((*path, named.name))
        return {named.name: value}

    def _record(self, shape: Record, node: Node, path: Path, given: dict[str, Any]) -> Any:
        if not isinstance(node, MapNode):
            self._misfit(shape, node, path)
            return self._neutral_record(shape, given)
        fields = {field.name: field for field in fields_of(shape.cls) if field.name not in given}
        pairs = self._pairs(node, path)
        self._refuse_unknown(pairs, list(fields), path)
        values = dict(given)
        for field in fields.values():
            values[field.name] = self._field(field, pairs, path, node.mark, values)
        value = shape.cls(**values)
        check(value, path, self.report)
        return value

    def _field(
        self, field: Field, pairs: Pairs, path: Path, mark: Mark, values: dict[str, Any]
    ) -> Any:
        shape = field.shape
        if isinstance(shape, Variant):
            return self._parameters(shape, values["kind"], pairs, path, mark)
        if field.name not in pairs:
            return self._missing(field, path, mark) if field.required else field.default
        at, node = pairs[field.name]
        inside = (*path, field.name)
        self.report.marks[inside] = at
        value = self.decode(shape, node, inside)
        if value == () and field.required and inside not in self.report.unusable:
            self._lose(at, inside, "nothing listed", "at least one entry")
        return value

    def _parameters(self, shape: Variant, kind: str, pairs: Pairs, path: Path, mark: Mark) -> Any:
        if (*path, "kind") in self.report.unusable:
            return stand_in(shape)
        _, node = pairs.get("parameters", (mark, MapNode([], mark)))
        return self.decode(shape[kind], node, (*path, "parameters"))

    def _pairs(self, node: MapNode, path: Path) -> Pairs:
        pairs: Pairs = {}
        for key, inside in node.entries:
            if not isinstance(key, ScalarNode):
                self.report.add(key.mark, path, "a key must be a word", "a word", _kind_of(key))
            elif key.text in pairs:
                first = pairs[key.text][0].line
                message = f"the key is already given in line {first}"
                self.report.add(key.mark, (*path, shorten(key.text)), message)
            else:
                self._warn_of_looks(key, path)
                pairs[key.text] = (key.mark, _placed(inside, key.mark))
        return pairs

    def _warn_of_looks(self, key: ScalarNode, path: Path) -> None:
        looks = looks_of(key.text) if key.plain else ""
        if looks:
            message = f"many readers take {key.text} for {looks}: put it in quotes"
            self.report.add(key.mark, path, message, "a word as key", looks)

    def _refuse_unknown(self, pairs: Pairs, known: list[str], path: Path) -> None:
        for key in [key for key in pairs if key not in known]:
            hint = "" if self.report.full else did_you_mean(key, known)
            mark = pairs[key][0]
            self.report.add(mark, (*path, shorten(key)), f"unknown key{hint}", ", ".join(known))

    def _missing(self, field: Field, path: Path, mark: Mark) -> Any:
        message = f"the key {field.name} is missing"
        self._lose(mark, (*path, field.name), message, expected_by(field.shape))
        return self._neutral(field.shape)

    def _misfit(self, shape: Shape, node: Node, path: Path) -> Any:
        self._lose(node.mark, path, "wrong type", expected_by(shape), _kind_of(node))
        return self._neutral(shape)

    def _unfit(self, shape: Shape, unfit: UnfitError, mark: Mark, path: Path) -> Any:
        self._lose(mark, path, unfit.message, unfit.expected, unfit.found)
        return self._neutral(shape)

    def _lose(self, mark: Mark, path: Path, message: str, expected: str, found: str = "") -> None:
        self.report.spoil(path)
        self.report.add(mark, path, message, expected, found)

    def _neutral(self, shape: Shape) -> Any:
        if isinstance(shape, Record):
            return self._neutral_record(shape, {})
        return stand_in(shape)

    def _neutral_record(self, shape: Record, given: dict[str, Any]) -> Any:
        values = {
            field.name: self._neutral(field.shape) if field.required else field.default
            for field in fields_of(shape.cls)
        }
        return shape.cls(**(values | given))


def _placed(node: Node, mark: Mark) -> Node:
    """A node; nothing at all stands where its key does, not where the next one begins."""
    empty = isinstance(node, ScalarNode) and node.plain and not node.text
    return ScalarNode("", plain=True, mark=mark) if empty else node


def _kind_of(node: Node) -> str:
    if isinstance(node, MapNode):
        return "a mapping"
    if isinstance(node, ListNode):
        return "a list"
    return shorten(node.text) or "nothing"
