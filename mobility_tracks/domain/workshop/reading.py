"""What lies on the bench: the document of a version, what is wrong with it, what the checker says."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from consortium.actor import Actor
from mobility_tracks.checking import Course, Report, TooManyPathsError, check
from mobility_tracks.checking.paths import MOST_PATHS
from mobility_tracks.domain.documents import Plain, course_of, kept_for, read_back
from mobility_tracks.models import ProgrammeDocument, ProgrammeVersion
from mobility_tracks.programme import Change, Document, Problem
from mobility_tracks.programme.changes import diff_plain


@dataclass(frozen=True)
class Bench:
    """A version with its document. `document` and `course` are None while there are `problems`;
    `report` too where the transitions make too many paths, which `faults` then says."""

    version: ProgrammeVersion
    kept: ProgrammeDocument
    problems: list[Problem]
    document: Document | None = None
    course: Course | None = None
    report: Report | None = None
    faults: tuple[str, ...] = ()

    @property
    def body(self) -> Plain:
        body: Plain = self.kept.body
        return body

    @property
    def is_fit(self) -> bool:
        """Whether nothing stands against publishing."""
        return self.report is not None and not self.faults


def bench_of(version: ProgrammeVersion) -> Bench:
    """Needs an `acting` context. Raises NotFound for a version without a document."""
    return judged(version, kept_for(version))


def judged(version: ProgrammeVersion, kept: ProgrammeDocument) -> Bench:
    """Read and check a document as it stands. Four queries."""
    found = read_back(version, kept)
    if not isinstance(found, Document):
        return Bench(version, kept, found)
    course = course_of(found, version.code)
    try:
        report = check(course)
    except TooManyPathsError:
        fault = _("The transitions make more than %(n)d paths: name the tracks, or leave some out.")
        return Bench(version, kept, [], found, course, faults=(fault % {"n": MOST_PATHS},))
    return Bench(version, kept, [], found, course, report, report.faults)


def differences(version: ProgrammeVersion, *, actor: Actor) -> tuple[str, list[Change]]:
    """The title of the version that this one continues, and what changes from there, key by key.

    Empty where it continues none that the house has a document of. Needs an `acting` context.
    """
    kept = kept_for(version)
    before = kept.body.get("continues", "")
    rows = ProgrammeDocument.objects.for_actor(actor, "view").select_related("version")
    other = rows.filter(version__code=before).first() if before else None
    if other is None:
        return "", []
    return other.version.title, diff_plain(_comparable(other.body), _comparable(kept.body))


def _comparable(body: Plain) -> Plain:
    """Without what differs between any two versions."""
    passing = ("state", "continues", "from_year", "first_class", "last_class")
    return {name: each for name, each in body.items() if name not in passing}
