"""The sections of a dossier as data, what is missing in them, and how far they are.

Pure: facts in, sentences out. The words of the fields are the models' (`Dossier` verbose names);
how single values are read is in `section_values.py`, what follows from several in `gaps.py`.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from admissions.gaps import GAPS, Facts, Problem

WORD_LIMIT = 500

__all__ = ["SECTIONS", "Facts", "Problem", "Section", "Status", "problems", "section", "status"]


class Status(StrEnum):
    """How far a section is; the value is the machine's word."""

    COMPLETED = "completed"
    IN_PROGRESS = "in_progress"
    NOT_YET_STARTED = "not_yet_started"
    CANNOT_START_YET = "cannot_start_yet"

    @property
    def label(self) -> Promise:
        return _LABELS[self]


_LABELS = {
    Status.COMPLETED: _("Completed"),
    Status.IN_PROGRESS: _("In progress"),
    Status.NOT_YET_STARTED: _("Not yet started"),
    Status.CANNOT_START_YET: _("Cannot start yet"),
}


@dataclass(frozen=True, slots=True)
class Section:
    """One page of the dossier. `fields` are columns that `save_section` writes, in their order.

    `always`: needed from everyone; what else is needed depends on the dossier (gaps.py).
    `words`: the limit of each text, in words.
    """

    code: str
    title: Promise
    fields: tuple[str, ...] = ()
    always: frozenset[str] = frozenset()
    words: int | None = None


_ALL = (
    Section(
        "identity",
        _("Who you are"),
        ("given_names", "family_name", "latin_name", "birth_date", "email", "phone"),
        frozenset({"given_names", "birth_date", "email"}),
    ),
    Section(
        "nationality",
        _("Nationality and residence"),
        ("nationality", "second_nationality", "residence_country", "residence_since"),
        frozenset({"nationality", "residence_country"}),
    ),
    Section(
        "education",
        _("Education"),
        (
            "degree_title",
            "degree_institution",
            "degree_country",
            "degree_ects",
            "final_year",
            "degree_on",
            "grade",
            "grade_scale",
        ),
        frozenset(
            {"degree_title", "degree_institution", "degree_country", "final_year", "degree_on"}
        ),
    ),
    Section(
        "language",
        _("English"),
        ("english_evidence", "english_score", "english_on"),
        frozenset({"english_evidence"}),
    ),
    Section(
        "motivation",
        _("Motivation"),
        ("statement", "essay", "experience", "additional"),
        frozenset({"statement", "essay"}),
        words=WORD_LIMIT,
    ),
    Section("tracks", _("Tracks and funding"), ("route",)),
    Section("documents", _("Documents")),
    Section("referees", _("Referees")),
    Section("declaration", _("Declaration"), ("declared_true",), frozenset({"declared_true"})),
)
SECTIONS: dict[str, Section] = {each.code: each for each in _ALL}


def section(code: str) -> Section | None:
    """The section with this code, or None."""
    return SECTIONS.get(code)


def problems(facts: Facts, code: str = "") -> list[Problem]:
    """Every gap that keeps the dossier from being submitted, in the order of the sections."""
    wanted = [SECTIONS[code]] if code else list(SECTIONS.values())
    return [problem for each in wanted for problem in _of(each, facts)]


def _of(each: Section, facts: Facts) -> list[Problem]:
    empty = [name for name in each.fields if name in each.always and facts.lacks(name)]
    found = [Problem(each.code, name, _("This is needed.")) for name in empty]
    extra = GAPS[each.code](facts) if each.code in GAPS else []
    return found + [Problem(each.code, gap.field, gap.message) for gap in extra]


def status(facts: Facts, code: str) -> Status:
    """How far one section is. The declaration waits for all others."""
    if code == "declaration" and _others_have_gaps(facts):
        return Status.CANNOT_START_YET
    if not problems(facts, code):
        return Status.COMPLETED
    return Status.IN_PROGRESS if _is_started(facts, code) else Status.NOT_YET_STARTED


def _others_have_gaps(facts: Facts) -> bool:
    return any(problem.section != "declaration" for problem in problems(facts))


def _is_started(facts: Facts, code: str) -> bool:
    if code == "documents":
        return bool(facts.documents)
    if code == "referees":
        return facts.referees > 0
    if code == "tracks" and facts.tracks_chosen:
        return True
    # The address is copied from the account: it says nothing about a beginning.
    typed = [name for name in SECTIONS[code].fields if name != "email"]
    return any(not facts.lacks(name) for name in typed)
