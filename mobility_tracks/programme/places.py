"""Where a key stands in a programme file, for refusals that come after the reading."""

from mobility_tracks.programme.nodes import MapNode, Node, ScalarNode, compose
from mobility_tracks.programme.problems import Mark, Report


def mark_of(data: bytes | str, key_path: str) -> Mark:
    """The place of a dotted key path, or of the nearest key around it."""
    node: Node | None = compose(data, Report())
    mark = Mark()
    for word in key_path.split("."):
        found = _entry(node, word)
        if found is None:
            break
        mark, node = found
    return mark


def _entry(node: Node | None, word: str) -> tuple[Mark, Node] | None:
    if isinstance(node, MapNode):
        for key, value in node.entries:
            if isinstance(key, ScalarNode) and key.text == word:
                return key.mark, value
    return None
