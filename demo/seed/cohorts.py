"""Who applies where: all the invented people of the demonstration, drawn from one seed."""

from dataclasses import dataclass, replace
from datetime import timedelta

from demo.material.applicant import Applicant
from demo.material.cohort import cohort
from demo.seed.calendar import ARTS_CLOSED, DAYS_LEFT, FIRST_ROUND_CLOSED, Calendar
from demo.seed.people import with_countries_of_iso

FIRST_ROUND, OPEN_CALL, ARTS = 262, 120, 60
STUDENTS, GRADUATES = 30, 17
# Cases that make sense among applicants only.
APPLICANTS_ONLY = {"duplicate", "unsent", "bounced_referee"}


@dataclass(frozen=True, slots=True)
class People:
    """`students`: the class in its first year; `graduates`: one that has gone."""

    first_round: tuple[Applicant, ...]
    open_call: tuple[Applicant, ...]
    arts: tuple[Applicant, ...]
    students: tuple[Applicant, ...]
    graduates: tuple[Applicant, ...]

    @property
    def everybody(self) -> tuple[Applicant, ...]:
        applicants = (*self.first_round, *self.open_call, *self.arts)
        return (*applicants, *self.students, *self.graduates)


def people(seed: int, calendar: Calendar) -> People:
    """Five cohorts; no two people in them have one address."""
    taken: set[str] = set()

    def drawn(
        part: int, size: int, days: float, theme: str = "energy", *, cast: bool = False
    ) -> tuple[Applicant, ...]:
        deadline = (calendar.at + timedelta(days=days)).date()
        made = cohort(
            seed * 10 + part, size, theme, deadline=deadline, cast=cast, taken=frozenset(taken)
        )
        taken.update(one.person.email for one in made)
        return tuple(with_countries_of_iso(one) for one in made)

    return People(
        open_call=drawn(1, OPEN_CALL, DAYS_LEFT, cast=True),
        first_round=drawn(2, FIRST_ROUND, -FIRST_ROUND_CLOSED),
        arts=drawn(3, ARTS, -ARTS_CLOSED, "arts"),
        students=tuple(map(faultless, _admitted(drawn(4, 2 * STUDENTS, -365), STUDENTS))),
        graduates=_admitted(drawn(5, 2 * GRADUATES, -4 * 365), GRADUATES),
    )


def faultless(one: Applicant) -> Applicant:
    """The same person with a complete dossier: whoever was admitted had one."""
    papers = tuple(
        replace(each, form="pdf") if each.form == "missing" else each for each in one.documents
    )
    return replace(one, documents=papers, problems=(), state="submitted")


def _admitted(applicants: tuple[Applicant, ...], places: int) -> tuple[Applicant, ...]:
    """The planted cases, which show what rules do, and then the strongest."""
    sound = [one for one in applicants if not APPLICANTS_ONLY & set(one.specials)]
    best = sorted(sound, key=lambda one: (not one.specials, bool(one.problems), -one.talent))
    return tuple(sorted(best[:places], key=lambda one: one.number))
