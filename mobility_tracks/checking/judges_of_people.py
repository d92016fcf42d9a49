"""Judges of what a person brings: credits, languages, funding, what was taken before.

A fact that nobody knows is not guessed: the judge says what it needs.
"""

from mobility_tracks.checking.course import Bound
from mobility_tracks.checking.people import Person
from mobility_tracks.checking.spelling import listed
from mobility_tracks.checking.verdicts import Finding, Needs
from mobility_tracks.checking.ways import Way
from mobility_tracks.programme import path_kinds as kinds

Judgement = Finding | Needs | None
LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2")


def gate(asked: kinds.Gate, way: Way, person: Person, _: Bound) -> Judgement:
    """Credits held before the period. A mean is the examiners' to tell, so it always needs them."""
    if not any(asked.before in (stay.period, stay.slot) for stay in way.stays):
        return None
    held = person.earned.get(asked.before)
    if asked.ects is not None:
        if held is None:
            return Needs(f"the credits held before {asked.before}")
        if held < asked.ects:
            return Finding(
                f"{held} ECTS held before {asked.before}", f"{asked.ects - held} ECTS more"
            )
    return Needs(f"the mean, {asked.mean}, before {asked.before}") if asked.mean else None


def mean(asked: kinds.ReachesMean, way: Way, _p: Person, _b: Bound) -> Judgement:
    """Grades are the examiners' to average."""
    if not any(asked.before in (stay.period, stay.slot) for stay in way.stays):
        return None
    return Needs(f"the mean before {asked.before} ({asked.mean}): at least {asked.at_least}")


def language(asked: kinds.RequiresLanguage, _w: Way, person: Person, _b: Bound) -> Judgement:
    """A level of the CEFR, or a higher one."""
    if person.languages is None:
        return Needs(f"evidence of {asked.language}, {asked.level}")
    held = person.languages.get(asked.language, "")
    if held and LEVELS.index(held) >= LEVELS.index(asked.level):
        return None
    fact = f"{asked.language} on record is {held}" if held else f"no {asked.language} on record"
    return Finding(fact, f"Evidence of {asked.language}, {asked.level}")


def funding(asked: kinds.OnlyForFunding, way: Way, person: Person, _: Bound) -> Judgement:
    """The periods named (all, if none is) are for holders of these funding lines."""
    concerned = [s for s in way.stays if not asked.periods or s.period in asked.periods]
    if not concerned or person.funding in asked.funding:
        return None
    if person.funding is None:
        return Needs("the funding line")
    line = person.funding or "none"
    return Finding(f"the funding line is {line}", f"An award on {listed(asked.funding)}")


def after(asked: kinds.AfterOffering, way: Way, _p: Person, bound: Bound) -> Judgement:
    """One of the offerings, earlier on the way than what the rule belongs to."""
    taken = [stay.offering for stay in way.stays]
    until = taken.index(bound.offering) if bound.offering in taken else len(taken)
    if set(taken[:until]) & set(asked.offerings):
        return None
    return Finding("none of them comes before on this way", f"{listed(asked.offerings)} first")
