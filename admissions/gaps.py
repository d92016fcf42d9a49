"""What a dossier still lacks, where it depends on other answers, on the call, or on other people."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from admissions.names import is_latin

TESTS_OF_ENGLISH = frozenset({"ielts", "toefl", "cambridge"})


@dataclass(frozen=True, slots=True)
class Problem:
    """One gap: in which section, at which field (a column, a document's code), in a sentence."""

    section: str
    field: str
    message: str | Promise


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a dossier when one looks for gaps; made by `domain.dossier_facts`.

    values: columns of the dossier. routes: codes of the call. tracks_offered: how many the
    programme has. requirements: title by code, of those that must be there. documents: codes of
    those that are there. referees: requests that stand, letters: how many have arrived.
    """

    values: Mapping[str, Any]
    routes: tuple[str, ...] = ()
    tracks_offered: int = 0
    tracks_chosen: tuple[str, ...] = ()
    requirements: Mapping[str, str] = field(default_factory=dict)
    documents: frozenset[str] = frozenset()
    referees_needed: int = 0
    referees: int = 0
    letters: int = 0

    def lacks(self, name: str) -> bool:
        """Whether a column is empty; a declaration counts once it is true, `no` is an answer."""
        value = self.values.get(name)
        return value in (None, "") or (name == "declared_true" and value is not True)

    @property
    def name(self) -> str:
        return " ".join(filter(None, map(self.values.get, ("given_names", "family_name"))))


@dataclass(frozen=True, slots=True)
class Gap:
    field: str
    message: str | Promise


def _identity(facts: Facts) -> Iterable[Gap]:
    if facts.name and facts.lacks("latin_name") and not is_latin(facts.name):
        yield Gap("latin_name", _("Write your name in Latin letters too, as in your passport."))


def _education(facts: Facts) -> Iterable[Gap]:
    if not facts.lacks("grade") and facts.lacks("grade_scale"):
        yield Gap("grade_scale", _("Say on which scale the grade stands."))


def _language(facts: Facts) -> Iterable[Gap]:
    evidence = facts.values.get("english_evidence")
    if evidence in TESTS_OF_ENGLISH and facts.lacks("english_score"):
        yield Gap("english_score", _("Give the result of the test."))
    if evidence in TESTS_OF_ENGLISH and facts.lacks("english_on"):
        yield Gap("english_on", _("Give the day on which the certificate was issued."))


def _tracks(facts: Facts) -> Iterable[Gap]:
    if facts.routes and facts.lacks("route"):
        yield Gap("route", _("Choose how your studies would be funded."))
    if facts.tracks_offered and not facts.tracks_chosen:
        yield Gap("tracks", _("Rank at least one track."))


def _documents(facts: Facts) -> Iterable[Gap]:
    for code, title in facts.requirements.items():
        if code not in facts.documents:
            yield Gap(code, format_lazy(_("Attach: {title}."), title=title))


def _referees(facts: Facts) -> Iterable[Gap]:
    if facts.referees < facts.referees_needed:
        sentence = ngettext(
            "Name %(needed)d referee; you have named %(named)d.",
            "Name %(needed)d referees; you have named %(named)d.",
            facts.referees_needed,
        )
        yield Gap("referees", sentence % {"needed": facts.referees_needed, "named": facts.referees})


GAPS: dict[str, Callable[[Facts], Iterable[Gap]]] = {
    "identity": _identity,
    "education": _education,
    "language": _language,
    "tracks": _tracks,
    "documents": _documents,
    "referees": _referees,
}
