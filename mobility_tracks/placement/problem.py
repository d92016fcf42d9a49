"""A placement round as frozen data: who takes part, what is offered, what binds, what is best.

Nothing here reads a clock, a database or a random source: two equal problems have one fingerprint
and one plan. Merit is an integer (scale it first), more is better. A *rank* is the number of a
wish class: 1 for the first choices, 2 for the next, and so on; ties inside a class are allowed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

Parameter = str | int | bool | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stay:
    """One period at one host. `counts` says whether it is a mandatory mobility period (physical,
    at a full partner, long enough); `year` is the year of study, for rules on one year."""

    period: str
    host: str
    country: str
    counts: bool = True
    year: int = 0


@dataclass(frozen=True, slots=True)
class Seats:
    """Least and most students. An option that `may_stay_closed` takes none or at least `least`."""

    most: int
    least: int = 0
    may_stay_closed: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """What a student can be given in this round: one stay, or a whole track as several."""

    id: str
    stays: tuple[Stay, ...]
    seats: Seats

    @property
    def hosts(self) -> tuple[str, ...]:
        return tuple(stay.host for stay in self.stays)

    @property
    def countries(self) -> tuple[str, ...]:
        return tuple(stay.country for stay in self.stays)


@dataclass(frozen=True, slots=True)
class Group:
    """Options bound together: shared seats (a host in one period), sizes within `tolerance` of each
    other (an equal split is 0), or both. `parts`: what the tolerance compares, sums of disjoint
    options that together are all of the group (hosts that several tracks pass); none: each option
    by itself."""

    id: str
    options: tuple[str, ...]
    seats: Seats | None = None
    tolerance: int | None = None
    sentence: str = ""
    source: str = ""
    parts: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Overflow:
    """If anybody is in one of `options`, everything in `after` is full: each of these options, or
    groups with seats, holds exactly its `most` students."""

    id: str
    options: tuple[str, ...]
    after: tuple[str, ...]
    sentence: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A predicate of `rules.PREDICATES` by `kind`, its parameters, and the words it is shown in."""

    id: str
    kind: str
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    sentence: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Student:
    """One participant. `ranks` are wish classes, best first; options left out form one last class.
    Who ranks nothing is indifferent: every open option is a first choice. `impossible` maps an
    option to the student's own reason and is never overruled, except by hand: who is `given` an
    option gets it, whatever rules and reasons say, and takes a seat there."""

    id: str
    ranks: tuple[tuple[str, ...], ...] = ()
    impossible: Mapping[str, str] = field(default_factory=dict)
    residence_country: str = ""
    nationality_category: str = ""
    merit: int | None = None
    visited: tuple[Stay, ...] = ()
    languages: tuple[str, ...] = ()
    funding: str = ""
    given: str = ""
    given_because: str = ""


class PolicyKind(StrEnum):
    RANK_MAXIMAL = "rank_maximal"
    LEAST_DISSATISFACTION = "least_dissatisfaction"
    MERIT_RESPECTED = "merit_respected"


PROPERTIES: Mapping[PolicyKind, str] = {
    PolicyKind.RANK_MAXIMAL: (
        "As many students as possible get a first choice; then as many as possible a second "
        "choice; and so on."
    ),
    PolicyKind.LEAST_DISSATISFACTION: (
        "The sum over all students of how far down their list they are placed is as small as "
        "possible."
    ),
    PolicyKind.MERIT_RESPECTED: (
        "Students are served in order of merit: each gets the best choice that any permitted plan "
        "leaves once all students of higher merit have theirs. Nobody gives way to a lower merit, "
        "unless no permitted plan does otherwise. At equal merit: most first choices, then second."
    ),
}


@dataclass(frozen=True, slots=True)
class Policy:
    """What counts as best, frozen before the round opens. `exponent` shapes dissatisfaction only:
    (rank - 1) to the power 1 or 2. With `allow_unplaced`, the first two policies leave as few
    students unplaced as possible before anything else; under merit, no place is the last wish."""

    kind: PolicyKind
    exponent: int = 1
    allow_unplaced: bool = False

    @property
    def sentence(self) -> str:
        return PROPERTIES[self.kind]


@dataclass(frozen=True, slots=True)
class Keep:
    """A plan to stay close to: option by student, None for no place. `first`: as few moves as
    possible before the policy is asked; otherwise among the plans that it holds best."""

    places: Mapping[str, str | None]
    first: bool = True


@dataclass(frozen=True, slots=True)
class Problem:
    """All inputs of a round. `seed` is published; it alone decides between equally good plans."""

    students: tuple[Student, ...]
    options: tuple[Option, ...]
    policy: Policy
    seed: str
    rules: tuple[Rule, ...] = ()
    groups: tuple[Group, ...] = ()
    keep: Keep | None = None
    overflows: tuple[Overflow, ...] = ()

    def option(self, option_id: str) -> Option:
        return next(option for option in self.options if option.id == option_id)

    def student(self, student_id: str) -> Student:
        return next(student for student in self.students if student.id == student_id)


class ProblemInvalid(ValueError):  # noqa: N818 - errors say the fact
    """The input contradicts itself; `faults` holds one sentence per fault."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__(" ".join(faults))
        self.faults = tuple(faults)
