"""Each mistake is told once, at its line and key."""

import pytest

from tests.mobility_tracks.programme_texts import SOUND, broken, document_of, problems_of

V1 = "versions.v1"
COUNTRIES = "        kind: distinct_countries\n        parameters: {at_least: 2}"


def line_of(passage: str, text: str) -> int:
    return text[: text.index(passage)].count("\n") + 1


CASES = [
    # passage, replacement, words at whose line it is told, key, words of the message
    ("one, two]}", "one, two], title: X}", "title: X", f"{V1}.degrees.joint.title", "already given in line"),
    ("    title: Call", "    titel: X\n    title: Call", "titel", "calls.first.titel", "did you mean title?"),
    ("months: 12", "months: a year", "a year", f"{V1}.months", "not a number"),
    ("months: 12", 'months: "12"', '"12"', f"{V1}.months", "take the quotes off"),
    ("months: 12", "months: [12]", "[12]", f"{V1}.months", "wrong type"),
    ("months: 12", "months:", "months:", f"{V1}.months", "no value"),
    ("    months: 12\n", "", "title: Version", f"{V1}.months", "is missing"),
    ("s2, host: two", "s2, host: tow", "tow", f"{V1}.offerings.s2-two.host", "did you mean two?"),
    ("[s2-one, s2-two]", "[s2-one, s2-tow]", "s2-tow", f"{V1}.tracks.both.steps[1][1]", "did you mean s2-two?"),
    ("version: v1", "version: v2", "version: v2", "intakes.first.version", "nothing of this key in versions"),
    ("min_seats: 2", "min_seats: 12", "min_seats", f"{V1}.offerings.s1-one.min_seats", "more seats at least"),
    ("s1, host: one, ", "s1, host: one, opens_when: {ten: {kind: enough_students, parameters: {at_least: 10}, sentence: Ten.}}, ", "at_least: 10", f"{V1}.offerings.s1-one.opens_when.ten.parameters.at_least", "more students than it has seats"),
    ("S2, kind: semester, ects: 30", "S2, kind: semester, ects: 20, overlaps: [s1]", "ects: 60", f"{V1}.ects", "do not add up"),
    ("starts: Y+1-02-01", "starts: Y+1-01-15", "s2: {", f"{V1}.periods.s2.starts", "shares days with s1"),
    ("ends: Y+1-01-31", "ends: Y-08-31", "s1: {", f"{V1}.periods.s1.ends", "ends before it starts"),
    ("ends: Y+1-06-30", "ends: Y+1-06-31", "06-31", f"{V1}.periods.s2.ends", "no such day"),
    ("starts: Y+1-02-01", "starts: Y+1-02-29", "02-29", f"{V1}.periods.s2.starts", "no such day"),
    ("then: [s2-two]}", "then: [s2-two]}\n      s2-two: {then: [s1-one]}", "s1-one: {then", f"{V1}.transitions.s1-one", "in a circle"),
    ("then: [s2-two]}", "then: [s1-one]}", "s1-one: {then", f"{V1}.transitions.s1-one", "in a circle"),
    ("      s1-one: {then: [s2-two]}", "      s2-one: {then: [s1-one]}", "{then:", f"{V1}.transitions.s2-one.then[0]", "goes back in time"),
    ("          - [s1-one]\n", "          - [s2-two]\n", "- [s2-one, s2-two]", f"{V1}.tracks.both.steps[1]", "goes back in time"),
    ("- [s2-one, s2-two]", "- [s2-one, s1-one]", "- [s2-one, s1-one]", f"{V1}.tracks.both.steps[1]", "mixes periods"),
    ("          - [s1-one]\n", "", "steps:", f"{V1}.tracks.both.steps", "credits of the steps"),
    ("closes_at: 2027-02-28T23:59", "closes_at: 2026-10-31T23:59", "closes_at", "calls.first.closes_at", "closes before it opens"),
    ("closes_at: 2027-02-28T23:59", "closes_at: 2028-02-28T23:59", "closes_at", "calls.first.closes_at", "after its intake began"),
    ("closes_at: 2027-02-28T23:59", "closes_at: 2027-02-30T23:59", "closes_at", "calls.first.closes_at", "no such day"),
    ("closes_at: 2027-02-28T23:59", "closes_at: 2027-03-28T02:30", "closes_at", "calls.first.closes_at", "skip this time"),
    ("    zone: Europe/Paris\n", "    zone: Europe/Pariss\n", "Pariss", "calls.first.zone", "did you mean Europe/Paris?"),
    ("    zone: Europe/Paris\n", "    zone: CET\n", "CET", "calls.first.zone", "unknown zone"),
    ('country: "NO"', "country: NO", "country: NO", "organisations.two.country", "put it in quotes"),
    ('country: "NO"', "country: false", "country: false", "organisations.two.country", "put it in quotes"),
    ('country: "NO"', "country: XX", "country: XX", "organisations.two.country", "unknown country"),
    ("languages: [en]", "languages: [no]", "[no]", f"{V1}.languages[0]", "put it in quotes"),
    ("languages: [en]", "languages: []", "languages", f"{V1}.languages", "nothing listed"),
    ("title: Version 1", "title: 12:30", "12:30", f"{V1}.title", "put it in quotes"),
    ("title: Version 1", 'title: " "', '" "', f"{V1}.title", "empty"),
    ("title: Version 1", 'title: "a\\0b"', "a\\0b", f"{V1}.title", "control character"),
    ("title: Version 1", "title: !!python/name:os.system x", "!!python", "", "a tag"),
    ("state: current", "state: currant", "currant", f"{V1}.state", "did you mean current?"),
    ("    rubric:", "    documents: {note: {name: X, kind: medical}}\n    rubric:", "documents", "calls.first.documents.note.needed", "never by everybody"),
    ("format: 1", "format: 2", "format", "format", "out of bounds"),
    ("kind: full", "kind: associated", "awards_degree: true\n    station: {code: TWO", "partnerships.two.awards_degree", "awards no degree"),
    ("kind: full", "kind: coordinator", "partnerships:", "partnerships", "one coordinator"),
    ("code: TWO", "code: ONE", "colour: 2", "partnerships.two.station.code", "one code"),
    ("colour: 2, shape: square", "colour: 1, shape: circle", "code: TWO", "partnerships.two.station", "one colour and shape"),
    ("weight: 60", "weight: 70", "criteria:", "calls.first.rubric.criteria", "do not add up"),
    ("weight: 60", "weight: 60.3", "60.3", "calls.first.rubric.criteria.record.weight", "out of bounds"),
    ("kind: distinct_countries", "kind: distinct_country", "distinct_country", f"{V1}.rules.countries.kind", "did you mean distinct_countries?"),
    ("{at_least: 2}", "{at_most: 2}", "{at_most", f"{V1}.rules.countries.parameters.at_least", "is missing"),
    (COUNTRIES, "        kind: visits\n        parameters: {to: [one], at_least: 3, at_most: 1}", "{to: [one]", f"{V1}.rules.countries.parameters.at_least", "more at least"),
    (COUNTRIES, "        kind: visits\n        parameters: {to: [one], counted: hosts, at_least: 2}", "{to: [one]", f"{V1}.rules.countries.parameters.at_least", "more hosts than are named"),
    (COUNTRIES, "        kind: minimum_stay\n        parameters: {period: s2}", "parameters: {period", f"{V1}.rules.countries.parameters", "in months or in days"),
    (COUNTRIES, "        kind: only_tracks\n        parameters: {tracks: [bth]}", "[bth]", f"{V1}.rules.countries.parameters.tracks[0]", "did you mean both?"),
    (COUNTRIES, "        kind: reaches_mean\n        parameters: {before: s2, mean: GPA, at_least: 3.125}", "3.125", f"{V1}.rules.countries.parameters.at_least", "out of bounds"),
    ("S2, kind: semester", "S2, choice: {asked_at: admission, merit_of: [s1]}, kind: semester", "merit_of", f"{V1}.periods.s2.choice.merit_of", "goes with"),
    ("S1, kind: semester", "S1, choice: {asked_at: admission, settled_by: merit, merit_of: [s2]}, kind: semester", "[s2]}, kind", f"{V1}.periods.s1.choice.merit_of[0]", "only after they were given"),
    ("        name: Both\n", "        name: Both\n        roles: {home: {periods: [s1, s2]}, away: {periods: [s2]}, none: {periods: [s1, s3]}}\n", "[s1, s3]", f"{V1}.tracks.both.roles.none.periods[1]", "nothing of this key"),
    ("          - [s2-one, s2-two]\n", "          - [s2-two]\n        roles: {home: {periods: [s1, s2]}}\n", "roles:", f"{V1}.tracks.both.roles.home", "no host offers every period"),
    ("s2, host: two", "s2", "s2-two: {p", f"{V1}.offerings.s2-two", "either a host or hosts outside"),
]  # fmt: skip  # a table, read by its rows


@pytest.mark.parametrize(("old", "new", "at", "key_path", "says"), CASES)
def test_mistake_is_told_at_its_line_and_key(old: str, new: str, at: str, key_path: str, says: str):
    text = broken(old, new)
    told = [p for p in problems_of(text) if p.key_path == key_path and says in p.message]
    assert [p.line for p in told] == [line_of(at, text)], problems_of(text)


def test_the_text_the_cases_break_is_sound():
    assert document_of(SOUND).versions[0].tracks[0].steps[1] == ("s2-one", "s2-two")


def test_cycle_of_period_parents():
    text = broken("{name: S1, kind", "{name: S1, parent: s2, kind")
    text = text.replace("{name: S2, kind", "{name: S2, parent: s1, kind")
    (told,) = [problem for problem in problems_of(text) if "in a circle" in problem.message]
    assert told.key_path in ("versions.v1.periods.s1.parent", "versions.v1.periods.s2.parent")
    assert told.found in ("s1 > s2 > s1", "s2 > s1 > s2")


def test_overlap_that_is_declared_is_fine():
    document_of(broken("starts: Y+1-02-01", "overlaps: [s1], starts: Y+1-01-15"))


def test_every_problem_at_once_in_the_order_of_the_text():
    text = broken("months: 12", "months: x")
    text = text.replace('country: "NO"', "country: NO").replace("weight: 60", "weight: 50")
    text = text.replace("min_seats: 2", "min_seats: 10").replace("host: two", "host: tow")
    assert [p.key_path for p in problems_of(text)] == [
        "organisations.two.country",
        "versions.v1.months",
        "versions.v1.offerings.s1-one.min_seats",
        "versions.v1.offerings.s2-two.host",
        "calls.first.rubric.criteria",
    ]


def test_one_mistake_is_told_once():
    assert len(problems_of(broken("ects: 60", "ects: sixty"))) == 1
    assert (
        len(
            problems_of(
                broken("{name: S1, kind: semester, ects: 30", "{name: S1, kind: semester, ects: x")
            )
        )
        == 1
    )


def test_problem_reads_like_a_compiler_message():
    (problem,) = problems_of(broken("months: 12", "months: 99"))
    assert (problem.line, problem.column) == (20, 13)
    assert str(problem) == (
        "20:13: versions.v1.months: out of bounds (expected a whole number from 6 to 72), found 99"
    )
