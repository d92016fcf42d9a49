"""A programme version with its parts: compared with what stands, refused or written."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from consortium.actor import Actor
from consortium.errors import Invalid
from consortium.lifecycle import advance
from mobility_tracks.checking import Course, Path, TooManyPathsError, check, paths_of
from mobility_tracks.checking.paths import MOST_PATHS
from mobility_tracks.domain import documents
from mobility_tracks.domain.intakes import open_intake
from mobility_tracks.domain.loading import parts, words
from mobility_tracks.domain.loading.partners import Hosts
from mobility_tracks.domain.loading.rows import Ledger, bring, create
from mobility_tracks.domain.loading.structure import described, standing
from mobility_tracks.domain.publication import publish_version
from mobility_tracks.models import Intake, ProgrammeVersion
from mobility_tracks.programme.curriculum import Version
from mobility_tracks.programme.document import Document

# The file's word for a version's time, and the state that the row has then.
STATES = {"planned": "draft", "current": "published", "earlier": "retired"}
ORDER = ("draft", "published", "retired")


def load_version(
    document: Document,
    version: Version,
    hosts: Hosts,
    *,
    actor: Actor,
    at: datetime,
    ledger: Ledger,
) -> ProgrammeVersion:
    """Write one version, its parts, its state and its intakes.

    Once it is published and has an intake its structure is frozen; differences become refusals.
    So does a rule that no way keeps, or a track that nobody can go.
    """
    course = Course.of(document, version)
    paths, facts = _paths(course), _facts(document, version)
    wanted = described(version, facts, paths)
    row = (
        ProgrammeVersion.objects.select_for_update(no_key=True)
        .filter(consortium_id=actor.tenant, code=version.key)
        .first()
    )
    what = _("Version %(code)s") % {"code": version.key}
    if row is None:
        row = ProgrammeVersion(consortium_id=actor.tenant, code=version.key, **facts)
        create(row, what=what, ledger=ledger)
    elif _is_frozen(row) and (differences := list(standing(row).differences(wanted))):
        ledger.refusals += [f"{what}: {each}" for each in differences]
        return row
    if version.state != "earlier":
        ledger.refusals += [f"{what}: {fault}" for fault in check(course).faults]
    bring(row, facts, what=what, ledger=ledger)
    parts.write(row, version, wanted, paths, hosts, ledger=ledger)
    documents.keep(row, *documents.parts_of(document, version.key), at=at)
    _bring_state(document, version, row, actor=actor, at=at, ledger=ledger)
    return row


def settle(row: ProgrammeVersion, document: Document, version: Version, hosts: Hosts) -> None:
    """Bring the rows of a draft to what its document says. Raises Invalid where no row can hold it."""
    ledger, what = Ledger(), _("Version %(code)s") % {"code": version.key}
    paths, facts = _paths(Course.of(document, version)), _facts(document, version)
    bring(row, facts, what=what, ledger=ledger)
    parts.write(row, version, described(version, facts, paths), paths, hosts, ledger=ledger)


def _is_frozen(row: ProgrammeVersion) -> bool:
    return row.state != "draft" and Intake.objects.filter(version=row).exists()


def _facts(document: Document, version: Version) -> dict[str, Any]:
    text = next((t for t in document.texts if t.locale == document.consortium.locale), None)
    is_present = text is not None and version.state != "earlier"
    return {
        "title": version.title,
        "tagline": text.tagline if text and is_present else "",
        "summary": text.summary if text and is_present else version.about or "",
        "from_year": _from_year(document, version),
        "ects": version.ects,
        "language": version.languages[0],
        "texts": words.texts(document, version),
        "rules": words.rules(version),
        "degrees": words.degrees(document, version),
        "document_hash": words.version_hash(version),
    }


def _from_year(document: Document, version: Version) -> int:
    """The year of the first class, counted from any intake whose class number is known."""
    if version.from_year:
        return version.from_year
    years = [intake.first_year for intake in document.intakes if intake.version == version.key]
    for intake in document.intakes:
        if version.first_class and intake.class_number:
            years.append(intake.first_year - (intake.class_number - version.first_class))
    if not years:
        raise Invalid(
            _("A version holds from some intake on."),
            fact=_("The file does not say from which year version %(code)s holds.")
            % {"code": version.key},
            next_step=_("Give it an intake, or class numbers to it and to an intake."),
        )
    return min(years)


def _paths(course: Course) -> list[Path]:
    """Through hosts alone: nobody can be placed by name where there is no partner."""
    hosted = {key for key, offering in course.offerings.items() if offering.host}
    try:
        return [path.among(hosted) for path in paths_of(course)]
    except TooManyPathsError:
        raise Invalid(
            _("A version has at most %(n)d paths.") % {"n": MOST_PATHS},
            fact=_("The transitions of %(version)s make more.") % {"version": course.version.key},
            next_step=_("Name the tracks, or leave transitions out."),
        ) from None


def _bring_state(
    document: Document,
    version: Version,
    row: ProgrammeVersion,
    *,
    actor: Actor,
    at: datetime,
    ledger: Ledger,
) -> None:
    target = STATES[version.state]
    if ORDER.index(row.state) > ORDER.index(target):
        ledger.refusals.append(
            _("Version %(code)s is %(state)s and cannot become %(target)s again.")
            % {"code": row.code, "state": row.state, "target": target}
        )
        return
    if row.state == "draft" and target != "draft":
        row.state = publish_version(row.pk, actor=actor, at=at).state
        ledger.changes.append(_("Version %(code)s is published.") % {"code": row.code})
    if row.state != "draft":  # the intakes of a planned version wait until it is published
        _load_intakes(document, row, actor=actor, at=at, ledger=ledger)
    if row.state == "published" and target == "retired":
        advance(row, "retire", actor=actor, at=at)
        ledger.changes.append(_("Version %(code)s is retired.") % {"code": row.code})


def _load_intakes(
    document: Document, row: ProgrammeVersion, *, actor: Actor, at: datetime, ledger: Ledger
) -> None:
    there = {intake.year: intake for intake in Intake.objects.filter(version=row)}
    for told in document.intakes:
        if told.version != row.code:
            continue
        if told.first_year in there:
            what = _("Intake %(year)d") % {"year": told.first_year}
            bring(there[told.first_year], {"name": told.name}, what=what, ledger=ledger)
        else:
            open_intake(row.pk, actor=actor, at=at, year=told.first_year, name=told.name)
            ledger.changes.append(_("Intake %(name)s is open.") % {"name": told.name})
