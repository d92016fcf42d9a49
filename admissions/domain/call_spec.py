"""What a call asks for, as plain data: what a draft is made from and what is frozen at its opening."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from admissions.document_kinds import Kind
from admissions.models import Call, Criterion, DocumentRequirement, EligibilityRule

FORMATS = frozenset({"pdf", "jpg", "png"})
TEN_MEGABYTES = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteSpec:
    """A way to be admitted. `closes_at`: its own deadline, where it is before the call's."""

    code: str
    name: str
    closes_at: datetime | None = None

    def stored(self) -> dict[str, str]:
        """As `Call.routes` keeps it: code, name, and closes_at in ISO form where there is one."""
        told = {"code": self.code, "name": self.name}
        return told | ({"closes_at": self.closes_at.isoformat()} if self.closes_at else {})

    @classmethod
    def restored(cls, told: Mapping[str, str]) -> "RouteSpec":
        closes = told.get("closes_at")
        return cls(
            code=told["code"],
            name=told["name"],
            closes_at=datetime.fromisoformat(closes) if closes else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RequirementSpec:
    """A slot for a document; `formats` of pdf, jpg, png; `kind`: who may open it."""

    code: str
    title: str
    help: str = ""
    kind: str = Kind.OTHER.value
    required: bool = True
    formats: tuple[str, ...] = ("pdf",)
    max_bytes: int = TEN_MEGABYTES


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionSpec:
    """A dimension of the rubric; `weight` in percent, `anchors`: what a mark means, by mark."""

    code: str
    title: str
    weight: int
    help: str = ""
    max_points: int = 5
    anchors: Mapping[str, str] = field(default_factory=dict)
    tie_break: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSpec:
    """A formal rule on which a person rules."""

    code: str
    sentence: str
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallSpec:
    """A whole call. Instants are aware; `closes_at` is excluded; `zone` is where it was announced."""

    slug: str
    title: str
    opens_at: datetime
    closes_at: datetime
    zone: str
    places: int
    routes: tuple[RouteSpec, ...] = ()
    summary: str = ""
    reserve_places: int = 0
    references_needed: int = 2
    reviews_needed: int = 2
    reply_days: int = 14
    fee_text: str = ""
    requirements: tuple[RequirementSpec, ...] = ()
    criteria: tuple[CriterionSpec, ...] = ()
    rules: tuple[RuleSpec, ...] = ()


PLAIN = (
    "slug",
    "title",
    "opens_at",
    "closes_at",
    "zone",
    "places",
    "summary",
    "reserve_places",
    "references_needed",
    "reviews_needed",
    "reply_days",
    "fee_text",
)


def spec_of(call: Call) -> CallSpec:
    """The call as it stands in its rows. Needs a context in which they are readable."""
    return CallSpec(
        **{name: getattr(call, name) for name in PLAIN},
        routes=tuple(RouteSpec.restored(told) for told in call.routes),
        requirements=tuple(_requirement(row) for row in _rows(call.requirements)),
        criteria=tuple(_criterion(row) for row in _rows(call.criteria)),
        rules=tuple(_rule(row) for row in _rows(call.eligibility_rules)),
    )


def _rows(parts: Any) -> Any:
    """The parts in their order; their common queryset does not tell one model from another."""
    return parts.order_by("position")


def _requirement(row: DocumentRequirement) -> RequirementSpec:
    return RequirementSpec(
        code=row.code,
        title=row.title,
        help=row.help,
        kind=row.kind,
        required=row.required,
        formats=tuple(row.formats),
        max_bytes=row.max_bytes,
    )


def _criterion(row: Criterion) -> CriterionSpec:
    return CriterionSpec(
        code=row.code,
        title=row.title,
        weight=row.weight,
        help=row.help,
        max_points=row.max_points,
        anchors=dict(row.anchors),
        tie_break=row.tie_break,
    )


def _rule(row: EligibilityRule) -> RuleSpec:
    return RuleSpec(code=row.code, sentence=row.sentence, source=row.source)


def fingerprint(spec: CallSpec) -> str:
    """SHA-256 over criteria, documents and rules: what may not change once the call is open."""
    frozen = {
        "criteria": [asdict(each) for each in spec.criteria],
        "documents": [asdict(each) for each in spec.requirements],
        "rules": [asdict(each) for each in spec.rules],
    }
    return sha256(json.dumps(frozen, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
