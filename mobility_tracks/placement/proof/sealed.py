"""How proofs are written: canonical JSON closed by its SHA-256, and the parts that files share."""

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from mobility_tracks.placement.proof.certificate import Leaf, Tree
from mobility_tracks.placement.record import dump


class FileRefused(ValueError):  # noqa: N818 - errors say the fact
    """The text is no such file; the message is a sentence that says where it differs."""


def seal(body: Mapping[str, Any]) -> str:
    """The body with its sum: sorted keys, no white space, one line."""
    return dump({**body, "sha256": checksum(body)})


def unseal(text: str, expected: str) -> dict[str, Any]:
    """The body without its sum. Raises FileRefused on another format, another form, another sum."""
    body = _loaded(text)
    if not isinstance(body, dict) or body.get("format") != expected:
        raise FileRefused(f"This is not a {expected} file.")
    if dump(body) != text.strip():
        raise FileRefused("The file is not in canonical form: one line, keys sorted, each once.")
    stated = body.pop("sha256", None)
    if stated != checksum(body):
        raise FileRefused("The file was changed after it was written: its SHA-256 differs.")
    return body


def format_of(text: str) -> object:
    """What the file says it is. Raises FileRefused where it is no JSON of whole numbers."""
    body = _loaded(text)
    return body.get("format") if isinstance(body, dict) else None


def checksum(body: Mapping[str, Any]) -> str:
    return sha256(dump(body).encode()).hexdigest()


def leaves_out(leaves: Iterable[Leaf]) -> list[dict[str, Any]]:
    return [
        {
            "goal": leaf.goal,
            "earlier": _keyed(leaf.earlier),
            "prices": _keyed(leaf.prices),
            "rows": _keyed(leaf.rows),
        }
        for leaf in leaves
    ]


def leaves_in(rows: Iterable[Mapping[str, Any]]) -> tuple[Leaf, ...]:
    """Raises KeyError, TypeError or ValueError on another shape."""
    return tuple(
        Leaf(row["goal"], _numbers(row["earlier"]), _numbers(row["prices"]), _numbers(row["rows"]))
        for row in rows
    )


def tree_out(tree: Tree) -> list[list[int]]:
    return [list(node) for node in tree]


def tree_in(rows: Iterable[Iterable[Any]]) -> Tree:
    """Raises TypeError where something is no whole number."""
    return tuple(tuple(whole(part) for part in node) for node in rows)


def whole(value: Any) -> int:
    if type(value) is not int:
        raise TypeError(f"{value!r} is no whole number")
    return value


def _loaded(text: str) -> Any:
    try:
        return json.loads(text, parse_float=_no_float, parse_constant=_no_float)
    except (ValueError, RecursionError) as error:
        raise FileRefused(f"This is not a file of a round: {error}.") from error


def _no_float(told: str) -> Any:
    raise ValueError(f"{told} is no whole number")


def _keyed(factors: Mapping[int, int]) -> dict[str, int]:
    return {str(key): factor for key, factor in factors.items()}


def _numbers(row: Mapping[str, Any]) -> dict[int, int]:
    return {int(key): whole(factor) for key, factor in row.items()}
