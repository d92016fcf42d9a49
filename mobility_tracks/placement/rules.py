"""The mobility rules as named predicates: student and option in, a Verdict or None out.

A predicate judges the whole path: the stays already made, those of the option, and nothing else.
Sources: Erasmus Mundus mandatory mobility (two periods in two countries, both other than the
country of residence, at least one in the EU or an associated country; master-promise.eu/mobility)
and the published pathway rules of real joint masters. Each Rule carries its own source on top.

Rounds give rules as `closes`: the checker has judged whole ways, and the rule lists what it found.
The other kinds judge by themselves; files of earlier rounds have them.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from mobility_tracks.placement.problem import Option, Parameter, Problem, Rule, Stay, Student

# Erasmus+ 2021-2027: Member States and third countries associated to the programme.
_EU = "AT BE BG CY CZ DE DK EE EL ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
_ASSOCIATED = "IS LI MK NO RS TR"
EU_AND_ASSOCIATED = (*_EU.split(), *_ASSOCIATED.split())


@dataclass(frozen=True, slots=True)
class Verdict:
    """A refusal: which rule, which fact, whose rule it is, and what would change it."""

    rule: str
    fact: str
    source: str
    remedy: str


Finding = tuple[str, str] | None
Predicate = Callable[[Student, Option, Mapping[str, Parameter]], Finding]


def judge(rule: Rule, student: Student, option: Option) -> Verdict | None:
    """The rule's verdict on this student in this option; None when it has nothing against it."""
    found = PREDICATES[rule.kind](student, option, rule.parameters)
    if found is None:
        return None
    fact, remedy = found
    return Verdict(rule.sentence or rule.id, fact, rule.source, remedy)


def verdicts(problem: Problem, student: Student, option: Option) -> Iterator[Verdict]:
    """Every rule that keeps the student out of the option, in the order of rule ids."""
    for rule in sorted(problem.rules, key=lambda row: row.id):
        verdict = judge(rule, student, option)
        if verdict is not None:
            yield verdict


def parts_of(rule: Rule) -> tuple[str, ...]:
    """Ids of the rules that this one stands for; none where it stands for itself."""
    return _names(rule.parameters, "parts")


def uneven(rule: Rule) -> bool:
    """Whether the lists of a rule that `closes` are not parallel."""
    lists = [_names(rule.parameters, name) for name in _REQUIRED["closes"]]
    return rule.kind == "closes" and len({len(each) for each in lists}) > 1


def missing_parameters(rule: Rule) -> list[str]:
    """Parameters that the kind cannot do without and the rule does not give."""
    return [name for name in _REQUIRED.get(rule.kind, ()) if name not in rule.parameters]


def not_residence_country(student: Student, option: Option, _: Mapping[str, Parameter]) -> Finding:
    """No stay of the option lies in the country of residence."""
    if student.residence_country not in option.countries:
        return None
    return (
        f"{option.id} is in {student.residence_country}, the student's country of residence",
        "An option in another country, or a corrected country of residence with its evidence",
    )


def mandatory_mobility(
    student: Student, option: Option, parameters: Mapping[str, Parameter]
) -> Finding:
    """At least `countries` (2) distinct countries other than residence over all counting periods,
    `inside` (1) of them in `area` (EU and associated). `later_periods` still open may each add one
    country of the area, so they soften the verdict; 0 judges the path as complete."""
    later = _number(parameters, "later_periods", 0)
    area = _names(parameters, "area") or EU_AND_ASSOCIATED
    abroad = _counting_countries(student, option) - {student.residence_country}
    short = _number(parameters, "countries", 2) - len(abroad) - later
    outside = _number(parameters, "inside", 1) - len(abroad & set(area)) - later
    if short <= 0 and outside <= 0:
        return None
    listed = ", ".join(sorted(abroad)) or "none"
    fact = (
        f"with {option.id} the counting countries other than {student.residence_country}, "
        f"the country of residence, are: {listed}"
    )
    lack = max(short, 0)
    where = "in the EU or an associated country" if outside > 0 else "elsewhere"
    return fact, f"{max(lack, outside)} more counting period(s) in a new country, {where}"


def distinct_countries(
    student: Student, option: Option, parameters: Mapping[str, Parameter]
) -> Finding:
    """The path touches at least `least` countries, residence included."""
    countries = {stay.country for stay in _path(student, option)}
    least = _number(parameters, "least", 2)
    if len(countries) >= least:
        return None
    fact = f"with {option.id} the path lies in {', '.join(sorted(countries))} only"
    return fact, f"{least - len(countries)} more country"


def exclude_pair(student: Student, option: Option, parameters: Mapping[str, Parameter]) -> Finding:
    """`first` and `second` (host or country codes) never in one path, or in one `same_year`."""
    ends = (str(parameters["first"]), str(parameters["second"]))
    first, second = (
        [s for s in _path(student, option) if end in (s.host, s.country)] for end in ends
    )
    same_year = bool(parameters.get("same_year", False))
    clash = any(a != b and (not same_year or a.year == b.year) for a in first for b in second)
    if not clash:
        return None
    span = " in one year" if same_year else ""
    return f"the path would join {ends[0]} and {ends[1]}{span}", "A path with one of the two only"


def requires_language(
    student: Student, option: Option, parameters: Mapping[str, Parameter]
) -> Finding:
    """The options named (all, if none is) are for those with `language` on record."""
    language = str(parameters["language"])
    if not _concerns(option, parameters) or language in student.languages:
        return None
    return f"{language} is not among the languages on record", f"Evidence of {language}"


def only_for_funding(
    student: Student, option: Option, parameters: Mapping[str, Parameter]
) -> Finding:
    """The options named are for those paid from one of the `lines`."""
    lines = _names(parameters, "lines")
    if not _concerns(option, parameters) or student.funding in lines:
        return None
    line = student.funding or "none"
    return f"the funding line is {line}, not {' or '.join(lines)}", "An award on that line"


def closes(student: Student, option: Option, parameters: Mapping[str, Parameter]) -> Finding:
    """The rule lists what it closes: `students`, `options`, `facts` and `remedies` are parallel. It
    may name the rules that close these together as its `parts`."""
    return _listed(_Same(parameters)).get((student.id, option.id))


class _Same:
    """Parameters by identity (nobody changes them), so that an index of them is made once."""

    __slots__ = ("parameters",)

    def __init__(self, parameters: Mapping[str, Parameter]) -> None:
        self.parameters = parameters

    def __hash__(self) -> int:
        return id(self.parameters)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.parameters is self.parameters


@lru_cache(maxsize=128)
def _listed(of: _Same) -> Mapping[tuple[str, str], tuple[str, str]]:
    students, options, facts, remedies = (
        _names(of.parameters, name) for name in _REQUIRED["closes"]
    )
    pairs = zip(students, options, strict=True)
    return dict(zip(pairs, zip(facts, remedies, strict=True), strict=True))


PREDICATES: Mapping[str, Predicate] = {
    "not_residence_country": not_residence_country,
    "mandatory_mobility": mandatory_mobility,
    "distinct_countries": distinct_countries,
    "exclude_pair": exclude_pair,
    "requires_language": requires_language,
    "only_for_funding": only_for_funding,
    "closes": closes,
}
_REQUIRED = {
    "closes": ("students", "options", "facts", "remedies"),
    "exclude_pair": ("first", "second"),
    "requires_language": ("language",),
    "only_for_funding": ("lines",),
}


def _path(student: Student, option: Option) -> tuple[Stay, ...]:
    return student.visited + option.stays


def _counting_countries(student: Student, option: Option) -> set[str]:
    return {stay.country for stay in _path(student, option) if stay.counts}


def _concerns(option: Option, parameters: Mapping[str, Parameter]) -> bool:
    named = _names(parameters, "options")
    return not named or option.id in named


def _number(parameters: Mapping[str, Parameter], name: str, default: int) -> int:
    return int(str(parameters.get(name, default)))


def _names(parameters: Mapping[str, Parameter], name: str) -> tuple[str, ...]:
    value = parameters.get(name, ())
    return value if isinstance(value, tuple) else (str(value),)
