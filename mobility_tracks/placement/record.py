"""Canonical JSON of a problem, the same bytes whatever the order of the input, and its hash."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from hashlib import sha256
from typing import Any

from mobility_tracks.placement.problem import (
    Group,
    Keep,
    Option,
    Overflow,
    Policy,
    PolicyKind,
    Problem,
    Rule,
    Seats,
    Stay,
    Student,
)

FORMAT = "itinera/placement-problem/1"


def canonical(problem: Problem) -> str:
    """Sorted keys, sorted lists wherever order carries no meaning, UTF-8, no white space. What is
    placed by hand, a plan to keep to, parts and overflows are left out where there are none."""
    body = {
        "format": FORMAT,
        "options": _by_id(_plain(problem.options)),
        "policy": _plain(problem.policy),
        "rules": _by_id(_plain(problem.rules)),
        "groups": _by_id([_unordered_group(group) for group in _plain(problem.groups)]),
        "seed": problem.seed,
        "students": _by_id([_unordered(student) for student in _plain(problem.students)]),
    }
    if problem.keep is not None:
        body["keep"] = _plain(problem.keep)
    if problem.overflows:
        body["overflows"] = _by_id([_unordered_overflow(row) for row in _plain(problem.overflows)])
    return dump(body)


def fingerprint(problem: Problem) -> str:
    """SHA-256 of the canonical JSON, in hex."""
    return sha256(canonical(problem).encode()).hexdigest()


def dump(body: object) -> str:
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def load(text: str) -> Problem:
    """The problem a canonical JSON text describes. Raises ValueError on another format."""
    body = json.loads(text)
    if body.get("format") != FORMAT:
        raise ValueError(f"This is not a {FORMAT} file.")
    policy = body["policy"] | {"kind": PolicyKind(body["policy"]["kind"])}
    return Problem(
        students=tuple(_student(row) for row in body["students"]),
        options=tuple(
            Option(row["id"], _stays(row["stays"]), Seats(**row["seats"]))
            for row in body["options"]
        ),
        policy=Policy(**policy),
        seed=body["seed"],
        rules=tuple(Rule(**_tuples(row)) for row in body["rules"]),
        groups=tuple(_group(row) for row in body["groups"]),
        keep=Keep(**body["keep"]) if "keep" in body else None,
        overflows=tuple(_overflow(row) for row in body.get("overflows", ())),
    )


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {item.name: _plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value


def _by_id(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: row["id"])


def _unordered(student: dict[str, Any]) -> dict[str, Any]:
    by_hand = ("given", "given_because")
    stated = {key: value for key, value in student.items() if value or key not in by_hand}
    return stated | {
        "ranks": [sorted(rank_class) for rank_class in student["ranks"]],
        "languages": sorted(student["languages"]),
    }


def _unordered_group(group: dict[str, Any]) -> dict[str, Any]:
    stated = {key: value for key, value in group.items() if value or key != "parts"}
    parts = {"parts": sorted(sorted(part) for part in group["parts"])} if group["parts"] else {}
    return stated | {"options": sorted(group["options"])} | parts


def _unordered_overflow(overflow: dict[str, Any]) -> dict[str, Any]:
    return overflow | {key: sorted(overflow[key]) for key in ("options", "after")}


def _stays(rows: list[dict[str, Any]]) -> tuple[Stay, ...]:
    return tuple(Stay(**row) for row in rows)


def _student(row: dict[str, Any]) -> Student:
    return Student(
        **row
        | {
            "ranks": tuple(tuple(rank_class) for rank_class in row["ranks"]),
            "visited": _stays(row["visited"]),
            "languages": tuple(row["languages"]),
        }
    )


def _group(row: dict[str, Any]) -> Group:
    seats = Seats(**row["seats"]) if row["seats"] else None
    parts = tuple(tuple(part) for part in row.get("parts", ()))
    return Group(**row | {"options": tuple(row["options"]), "seats": seats, "parts": parts})


def _overflow(row: dict[str, Any]) -> Overflow:
    return Overflow(**row | {key: tuple(row[key]) for key in ("options", "after")})


def _tuples(row: dict[str, Any]) -> dict[str, Any]:
    parameters = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in row["parameters"].items()
    }
    return row | {"parameters": parameters}
