"""From a call in a programme file to a CallSpec: what fits, what does not, what is left out. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from admissions.document_kinds import PROTECTED
from admissions.domain.call_spec import (
    CallSpec,
    CriterionSpec,
    RequirementSpec,
    RouteSpec,
    RuleSpec,
)
from mobility_tracks.programme import Document
from mobility_tracks.programme.admission import Call, Criterion, DocumentRequirement, Rubric
from mobility_tracks.programme.rules import EligibilityRule

MEGABYTE = 1024 * 1024
LONGEST_CODE = {"route": 20, "code": 40, "slug": 60}
LONGEST_SOURCE = 300
LONGEST_RULE = 500


@dataclass
class Reading:
    """What came of one call. `problems`: a sentence by key path. `left_out`: sentences."""

    root: str
    problems: dict[str, str] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    made: CallSpec | None = None

    @property
    def spec(self) -> CallSpec:
        if self.made is None:
            raise LookupError(f"{self.root} was not read.")
        return self.made

    def wrong(self, path: str, message: str) -> None:
        self.problems[f"{self.root}.{path}" if path else self.root] = message

    def leaves(self, path: str, why: str) -> None:
        self.left_out.append(f"{self.root}.{path}: {why}")


def spec_from(document: Document, call: Call) -> Reading:
    """Read one call. A reading with problems has no spec worth using."""
    reading = Reading(f"calls.{call.key}")
    _check_code(call.key, "slug", "", reading)
    reading.made = CallSpec(
        slug=call.key,
        title=call.title,
        summary=call.about or "",
        opens_at=_instant(call.opens_at, "opens_at", call, reading),
        closes_at=_instant(call.closes_at, "closes_at", call, reading),
        zone=call.zone,
        places=_places(document, call, reading),
        routes=tuple(_routes(call, reading)),
        references_needed=_references(call, reading),
        reviews_needed=call.rubric.reviewers if call.rubric else 2,
        fee_text=_fee(document, call),
        requirements=tuple(_requirements(call, reading)),
        criteria=tuple(_criteria(call.rubric, reading)) if call.rubric else (),
        rules=tuple(_rule(rule, reading) for rule in call.eligibility),
    )
    _tell_unkept(call, reading)
    return reading


def _instant(local: datetime, path: str, call: Call, reading: Reading) -> datetime:
    """A wall clock in the call's zone as an instant; of an hour that comes twice, the later one."""
    instant = local.replace(tzinfo=ZoneInfo(call.zone), fold=1).astimezone(UTC)
    if instant.astimezone(ZoneInfo(call.zone)).replace(tzinfo=None) != local.replace(tzinfo=None):
        reading.wrong(path, _("The clocks skip this time in that zone; expected one that exists."))
    return instant


def _places(document: Document, call: Call, reading: Reading) -> int:
    intake = next(each for each in document.intakes if each.key == call.intake)
    places = call.seats or intake.seats
    if places is None:
        reading.wrong("", _("Expected `seats` here or in the intake."))
    return places or 1


def _routes(call: Call, reading: Reading) -> Iterable[RouteSpec]:
    for route in call.routes:
        path = f"routes.{route.key}"
        _check_code(route.key, "route", path, reading)
        closes = None
        if route.closes_at:
            closes = _instant(route.closes_at, f"{path}.closes_at", call, reading)
        yield RouteSpec(code=route.key, name=route.name, closes_at=closes)


def _references(call: Call, reading: Reading) -> int:
    if call.references is None:
        return 0
    if call.references.closes_at:
        reading.leaves("references.closes_at", _("letters are due at the deadline of the call"))
    if call.references.sent_by == "applicant":
        reading.leaves("references.sent_by", _("letters are given by the referees themselves"))
    return call.references.count


def _fee(document: Document, call: Call) -> str:
    intake = next(each for each in document.intakes if each.key == call.intake)
    version = next(each for each in document.versions if each.key == intake.version)
    told = [f"{fee.amount:,f} {fee.currency} / {_per(fee.per)}" for fee in version.fees]
    covers = [fee.covers for fee in version.fees if fee.covers]
    text = ". ".join(["; ".join(told), *covers]) if told else ""
    return text if len(text) <= 300 else "; ".join(told)[:300]


def _per(period: str) -> str:
    return {
        "year": _("year"),
        "semester": _("semester"),
        "month": _("month"),
        "programme": _("programme"),
    }[period]


def _requirements(call: Call, reading: Reading) -> Iterable[RequirementSpec]:
    for told in call.documents:
        path = f"documents.{told.key}"
        _check_code(told.key, "code", path, reading)
        if told.restricted and told.kind not in PROTECTED:
            # Reviewers read documents of an open kind: this one would be read too.
            reading.leaves(path, _("it is restricted; the office asks for it outside the dossier"))
            continue
        yield RequirementSpec(
            code=told.key,
            title=told.name,
            help=" ".join(_help(told)),
            kind=told.kind,
            required=told.needed == "always" and not told.routes,
            formats=told.formats,
            max_bytes=told.max_megabytes * MEGABYTE,
        )


def _help(told: DocumentRequirement) -> Iterable[str]:
    if told.when:
        yield told.when
    if told.help:
        yield told.help
    if told.routes:
        yield _("Only for: %(routes)s.") % {"routes": ", ".join(told.routes)}
    if told.certified:
        yield _("A certified copy, with stamp.")
    if told.sworn_translation:
        yield _("With a sworn translation into English.")
    if told.max_age_months:
        yield _("Issued at most %(n)d months before the deadline.") % {"n": told.max_age_months}
    if told.max_pages:
        yield _("At most %(n)d pages.") % {"n": told.max_pages}
    if told.max_files > 1:
        yield _("Put everything into one file.")


def _criteria(rubric: Rubric, reading: Reading) -> Iterable[CriterionSpec]:
    """The leaves of the tree of criteria, each with its share of the whole."""
    parents = {each.parent for each in rubric.criteria if each.parent}
    order = _tie_breaks(rubric)
    for told in rubric.criteria:
        path = f"rubric.criteria.{told.key}"
        _check_code(told.key, "code", path, reading)
        if told.knock_out is not None:
            reading.leaves(f"{path}.knock_out", _("no mark ends a review by itself"))
        if told.key in parents:
            continue
        if told.scale == "gate":
            reading.leaves(path, _("a gate is no mark; state it as a rule of eligibility"))
            continue
        yield CriterionSpec(
            code=told.key,
            title=told.name,
            help=told.help or "",
            weight=_share(told, rubric, path, reading),
            max_points=told.best,
            tie_break=order.get(told.key),
        )


def _share(told: Criterion, rubric: Rubric, path: str, reading: Reading) -> int:
    by_key = {each.key: each for each in rubric.criteria}
    share, parent = told.weight, told.parent
    seen = {told.key}
    while parent is not None and parent not in seen:
        seen.add(parent)
        share = share * by_key[parent].weight / Decimal(100)
        parent = by_key[parent].parent
    if share != int(share):
        reading.wrong(
            f"{path}.weight",
            _("This is %(share)s percent of the whole; expected a whole number of percents.")
            % {"share": share.normalize()},
        )
    return int(share)


def _tie_breaks(rubric: Rubric) -> dict[str, int]:
    """Places among the tie-breakers; one that has parts gives its place to them in their order."""
    parts = {
        key: [each.key for each in rubric.criteria if each.parent == key] or [key]
        for key in rubric.tie_breakers
    }
    flat = [leaf for key in rubric.tie_breakers for leaf in parts[key]]
    return {key: place for place, key in enumerate(dict.fromkeys(flat), start=1)}


def _rule(rule: EligibilityRule, reading: Reading) -> RuleSpec:
    path = f"eligibility.{rule.key}"
    _check_code(rule.key, "code", path, reading)
    sentence = rule.sentence
    if rule.only_for:
        audience = (*rule.only_for.funding, *rule.only_for.categories, *rule.only_for.residence)
        sentence += " " + _("Only for: %(audience)s.") % {"audience": ", ".join(audience)}
    if len(sentence) > LONGEST_RULE:
        reading.wrong(
            f"{path}.sentence", _("Expected at most %(n)d characters.") % {"n": LONGEST_RULE}
        )
    if len(rule.source or "") > LONGEST_SOURCE:
        reading.wrong(
            f"{path}.source", _("Expected at most %(n)d characters.") % {"n": LONGEST_SOURCE}
        )
    return RuleSpec(code=rule.key, sentence=sentence, source=rule.source or "")


def _check_code(code: str, kind: str, path: str, reading: Reading) -> None:
    if len(code) > LONGEST_CODE[kind]:
        reading.wrong(
            path, _("Expected a key of at most %(n)d characters.") % {"n": LONGEST_CODE[kind]}
        )


def _tell_unkept(call: Call, reading: Reading) -> None:
    if call.questions:
        reading.leaves("questions", _("the form asks its own questions, 500 words each"))
    if call.rubric and call.rubric.aggregation != "mean":
        reading.leaves("rubric.aggregation", _("scores are the mean of the reviews"))
    if call.rubric and call.rubric.third_review_gap is not None:
        reading.leaves("rubric.third_review_gap", _("a third review is assigned by hand"))
    if call.funding_lines:
        reading.leaves("funding_lines", _("scholarships are decided outside the call"))
    if call.milestones:
        reading.leaves("milestones", _("a call has no other dates than its own"))
