"""The structures found in real joint masters fit the format; docs/variations.md lists them."""

import pytest

from mobility_tracks.programme import read, write
from tests.mobility_tracks.programme_texts import SOUND, document_of

OFFERINGS = "    offerings:\n"
TRACKS = "    tracks:\n"
RULES = "    rules:\n"


def with_rule(key: str, kind: str, parameters: str, more: str = "") -> tuple[tuple[str, str], ...]:
    rule = f"      {key}: {{kind: {kind}, parameters: {parameters}, sentence: A rule.{more}}}\n"
    return ((RULES, RULES + rule),)


VARIATIONS = {
    "two-level tracks": (
        (
            "      both:\n        name: Both\n        steps:\n          - [s1-one]\n          - [s2-one, s2-two]\n",
            (
                "      year-1: {name: Year 1, steps: [[s1-one]]}\n"
                "      year-2: {name: Year 2, steps: [[s2-one, s2-two]], follows: [year-1]}\n"
            ),
        ),
    ),
    "direct entry": ((TRACKS, TRACKS + "      late: {name: Late, steps: [[s2-two]], ects: 30}\n"),),
    "home and mobility": (
        (
            "        name: Both\n",
            "        name: Both\n        roles: {home: {periods: [s1, s2]}}\n",
        ),
    ),
    "track by funding": (
        (
            "        name: Both\n",
            "        name: Both\n        only_for: {funding: [emjm], residence: [FR]}\n",
        ),
    ),
    "split semester": (
        (
            OFFERINGS,
            "      s2a: {name: A, kind: block, parent: s2, ects: 12.5, starts: Y+1-02-01, ends: Y+1-04-15}\n"
            "      s2b: {name: B, kind: block, parent: s2, ects: 17.5, starts: Y+1-04-16, ends: Y+1-06-30}\n"
            + OFFERINGS
            + "      a-one: {period: s2a, host: one}\n      b-two: {period: s2b, host: two}\n",
        ),
    ),
    "summer school without credits": (
        (
            OFFERINGS,
            "      camp: {name: Camp, kind: block, optional: true, starts: Y+1-07-05, ends: Y+1-07-15}\n"
            + OFFERINGS,
        ),
    ),
    "two hosts and a virtual part": (
        (
            "s2, host: one}",
            "s2, host: one, ects: 30, shared_with: {two: {part: virtual_provider, ects: 6}}}",
        ),
    ),
    "thesis with two supervisors": (
        ("s2, host: one}", "s2, host: one, shared_with: {two: {part: co_supervisor}}}"),
    ),
    "host outside the consortium": (
        ("s2, host: two", "s2, outside: A company the board agrees to."),
    ),
    "host that rotates by intake": (("s2, host: two", "s2, host: two, intakes: [first]"),),
    "overflow": (
        (
            "s2, host: two",
            "s2, host: two, opens_when: {full: {kind: when_full, parameters: {offerings: [s2-one]}, sentence: Opens late.}}",
        ),
    ),
    "minimum to open": (
        (
            "s2, host: two",
            "s2, host: two, opens_when: {five: {kind: enough_students, parameters: {at_least: 5}, sentence: Five.}}",
        ),
    ),
    "registration everywhere": (("    months: 12\n", "    months: 12\n    registration: all\n"),),
    "degree by path": (
        ("awarded_by: [one, two]", "awarded_by: [one], tracks: [both], through: [s2-two]"),
    ),
    "excluded pair in a year": with_rule(
        "x", "exclude_pair", "{one: [one], other: [two], same_year_only: true}"
    ),
    "equal split": with_rule("x", "balance", "{period: s2, tolerance: 0}"),
    "gate": with_rule("x", "gate", "{before: s2, ects: 24, mean: 3.0 of 4}"),
    "credits in a year": with_rule("x", "ects_between", "{least: 52, most: 60, year: 1}"),
    "not at home": with_rule("x", "not_residence_country", "{at_most: 1, countries: [FR]}"),
    "outside Europe by category": with_rule(
        "x", "outside_europe", "{at_most: 1}", ", only_for: {categories: [programme-country]}"
    ),
    "override by the board": with_rule(
        "x", "distinct_hosts", "{at_least: 2}", ", board_may_override: true"
    ),
    "rule by funding": with_rule("x", "only_for_funding", "{funding: [emjm]}"),
    "language of an option": (
        (
            "s2, host: two",
            "s2, host: two, prerequisites: {es: {kind: requires_language, parameters: {language: es, level: B1}, sentence: Spanish.}}",
        ),
    ),
    "specialisation tied to a host": (
        (OFFERINGS, "    specialisations: {optics: {name: Optics}}\n" + OFFERINGS),
        ("s2, host: two", "s2, host: two, specialisation: optics"),
    ),
    "specialisation with a beginning and a certificate": (
        (
            OFFERINGS,
            "    specialisations: {optics: {name: Optics, begins: s2, certificate: true}}\n"
            + OFFERINGS,
        ),
    ),
    "summer school": (
        (
            OFFERINGS,
            "      camp: {name: Camp, kind: summer_school, optional: true, starts: Y+1-07-05, ends: Y+1-07-15}\n"
            + OFFERINGS,
        ),
    ),
    "never with a host": with_rule("x", "visits", "{to: [two], periods: [s1], at_most: 0}"),
    "so many of some hosts": with_rule(
        "x", "visits", "{to: [one, two], counted: hosts, at_least: 2}"
    ),
    "length of a stay": with_rule("x", "minimum_stay", "{period: s2, months: 2}"),
    "mean of grades": with_rule(
        "x", "reaches_mean", "{before: s2, mean: GPA, at_least: 3.25, periods: [s1]}"
    ),
    "tracks for some": with_rule(
        "x", "only_tracks", "{tracks: [both]}", ", only_for: {funding: [emjm]}"
    ),
    "choice by grades": (
        (
            "{name: S2, kind: semester,",
            "{name: S2, kind: semester, choice: {asked_at: during_period, period: s1, settled_by: merit, merit_of: [s1]},",
        ),
    ),
    "choice at admission": (
        (
            "{name: S2, kind: semester,",
            "{name: S2, kind: semester, choice: {asked_at: admission, settled_by: merit},",
        ),
    ),
}


@pytest.mark.parametrize("name", VARIATIONS)
def test_variation_is_sound_and_survives_writing(name: str):
    text = SOUND
    for old, new in VARIATIONS[name]:
        assert text.count(old) == 1
        text = text.replace(old, new)
    document = document_of(text)
    assert document != document_of(SOUND)
    assert read(write(document)) == document
