"""What a version says and rules, as JSON: texts by language, facts of study, rules, degrees."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from hashlib import sha256
from json import dumps
from typing import Any

from mobility_tracks.domain.loading import facts
from mobility_tracks.programme.curriculum import Fee, Version
from mobility_tracks.programme.document import Answer, Document, PublicText
from mobility_tracks.programme.plain import plain
from mobility_tracks.programme.rules import Rule
from mobility_tracks.programme.shape import Record

Json = Any


def as_json(value: Any) -> Json:
    """Records as objects with all their fields, tuples as lists, whole decimals as integers."""
    if is_dataclass(value):
        return {field.name: as_json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple | list):
        return [as_json(each) for each in value]
    if isinstance(value, Decimal):
        return int(value) if value % 1 == 0 else float(value)
    return value


def version_hash(version: Version) -> str:
    """SHA-256 of the version's part of the file, whatever its comments and spacing."""
    told = plain(Record(Version), version)
    return digest({name: each for name, each in told.items() if name != "key"})


def digest(body: Mapping[str, Json]) -> str:
    """SHA-256 of the plain form of a version, without its key."""
    text = dumps(body, ensure_ascii=False)
    return sha256(text.encode()).hexdigest()


def texts(document: Document, version: Version) -> dict[str, Json]:
    """By language, what the public page says; under `facts`, what holds in every language.

    The file words the programme as it is now, so an earlier version keeps its facts alone.
    Raises TooManyPathsError where transitions make too many tracks.
    """
    told = () if version.state == "earlier" else document.texts
    appeals = document.consortium.appeals
    return {text.locale: _text(text) for text in told} | {
        "facts": {
            "about": version.about or "",
            "months": version.months,
            "languages": list(version.languages),
            "first_class": version.first_class,
            "last_class": version.last_class,
            "fees": [_fee(fee) for fee in version.fees],
            "appeals": as_json(appeals) if appeals else None,
            "website": document.consortium.website or "",
            **facts.study(document, version),
        }
    }


def _text(text: PublicText) -> dict[str, Json]:
    return {
        "tagline": text.tagline,
        "summary": text.summary,
        "study": text.study or "",
        "admission": text.admission or "",
        "answers": [_answer(answer) for answer in text.answers],
    }


def _answer(answer: Answer) -> dict[str, str]:
    return {"key": answer.key, "question": answer.question, "answer": answer.answer}


def _fee(fee: Fee) -> dict[str, Json]:
    return {
        "key": fee.key,
        "amount": as_json(fee.amount),
        "currency": fee.currency,
        "per": fee.per,
        "covers": fee.covers or "",
        "exempt": list(fee.exempt),
        "source": fee.source or "",
    }


def rules(version: Version) -> list[dict[str, Json]]:
    """Every rule of a version. `scope` says what it is about, `of` the offering it belongs to."""
    return list(_rules(version))


def _rules(version: Version) -> Iterator[dict[str, Json]]:
    yield from _each(version.rules, "version", "")
    for offering in version.offerings:
        yield from _each(offering.opens_when, "opens_when", offering.key)
        yield from _each(offering.prerequisites, "prerequisite", offering.key)
    for transition in version.transitions:
        yield from _each(transition.conditions, "transition", transition.after)


def _each(told: Iterable[Rule], scope: str, of: str) -> Iterator[dict[str, Json]]:
    for rule in told:
        yield {
            "key": f"{of}.{rule.key}" if of else rule.key,
            "kind": rule.kind,
            "parameters": as_json(rule.parameters),
            "sentence": rule.sentence,
            "source": rule.source or "",
            "scope": scope,
            "of": of,
            "only_for": as_json(rule.only_for) if rule.only_for else None,
            "board_may_override": rule.board_may_override,
        }


def degrees(document: Document, version: Version) -> list[dict[str, Json]]:
    """Each degree with the station codes of who awards it."""
    codes = {told.organisation: told.station.code for told in document.partnerships}
    return [
        {
            "key": degree.key,
            "title": degree.title,
            "kind": degree.kind,
            "awarded_by": [codes[key] for key in degree.awarded_by],
            "tracks": list(degree.tracks),
            "through": list(degree.through),
            "source": degree.source or "",
        }
        for degree in version.degrees
    ]
