"""What the real programmes are known for stands in their files: as counts, sums and rules."""

from collections import Counter
from io import StringIO
from itertools import chain

import pytest
from django.core.management import call_command

from mobility_tracks.programme import read, write
from tests.mobility_tracks.programme_parts import (
    PROGRAMMES,
    document,
    hosts,
    paths,
    period,
    rule,
    version,
)

REAL = ("europhotonics", "emle", "qem", "crossways", "modsicopsys")


@pytest.mark.parametrize(
    ("name", "ects", "tracks", "partners"),
    [
        (
            "europhotonics",
            120,
            13,
            5,
        ),  # nine along transitions, TIGER, entry in year 2, Vilnius twice
        ("emle", 60, 4, 9),  # free and three specialisations
        ("qem", 120, 18, 6),
        ("crossways", 120, 9, 11),  # one for each possible home
        ("modsicopsys", 120, 20, 5),
    ],
)
def test_size(name: str, ects: int, tracks: int, partners: int):
    assert version(name).ects == ects
    assert len(paths(name)) == tracks
    assert len(document(name).partnerships) == partners


@pytest.mark.parametrize("name", REAL)
def test_what_is_stated_has_a_source_or_is_marked_as_assumed(name: str):
    told = document(name)
    one = told.versions[0]
    parts = (
        *told.organisations, *told.partnerships, *one.periods, *one.tracks, *one.degrees, *one.rules,
        *one.specialisations, *told.intakes, *chain(*(o.codes for o in told.organisations)),
    )  # fmt: skip  # a table, read by its rows
    assert [part for part in parts if not (part.source or part.assumption)] == []
    assert told.invented is False


@pytest.mark.parametrize("name", REAL)
def test_codes_are_those_compared_with_the_register(name: str):
    codes = [code for o in document(name).organisations for code in o.codes]
    assert {code.scheme for code in codes} == {"erasmus", "pic"}
    assert all(code.verified for code in codes)


@pytest.mark.parametrize("name", [*REAL, "atelier"])
def test_file_survives_writing_and_a_dry_run_keeps_nothing(world, name: str):
    assert read(write(document(name))) == document(name)
    for _ in range(2):
        out = StringIO()
        call_command("load_programme", PROGRAMMES / f"{name}.yaml", dry_run=True, stdout=out)
        assert "is published" in out.getvalue()


def test_europhotonics_balances_its_second_semester_and_leaves_marseille():
    assert hosts("europhotonics", "s1") == {"amu"}
    assert hosts("europhotonics", "s2") == {"amu", "kit"}
    assert hosts("europhotonics", "s3") == {"amu", "kit", "upc", "tampere", "vilnius"}
    assert rule("europhotonics", "balanced-second-semester").parameters.tolerance == 1
    away = rule("europhotonics", "away-from-marseille").parameters
    assert (away.hosts, away.most) == (("amu",), 60)
    two = rule("europhotonics", "two-universities").parameters
    assert (two.at_least, two.ects_each) == (2, 30)
    assert "mrs-mrs-mrs" not in {path.code for path in paths("europhotonics")}


def test_europhotonics_fixes_the_path_of_tiger_holders():
    tiger = rule("europhotonics", "tiger-holders")
    assert tiger.parameters.tracks == ("tiger",)
    track = next(t for t in version("europhotonics").tracks if t.key == "tiger")
    assert tiger.only_for == track.only_for
    assert track.steps[:3] == (("s1-mrs",), ("s2-kar",), ("s3-mrs",))


def test_europhotonics_settles_wishes_by_the_grades_of_the_first_semester():
    for key in ("s2", "s3"):
        choice = period("europhotonics", key).choice
        assert (choice.settled_by, choice.merit_of) == ("merit", ("s1",))


def test_europhotonics_has_an_internship_and_a_spring_school_of_three_days():
    assert rule("europhotonics", "two-months-of-internship").parameters.months == 2
    school = period("europhotonics", "spring-school")
    assert (school.optional, school.ends.day - school.starts.day + 1) == (True, 3)


def test_europhotonics_entry_in_the_second_year_promises_no_degree_of_the_first():
    by_code = {path.code: path for path in paths("europhotonics")}
    assert by_code["second-year"].awards == ()
    assert by_code["mrs-kar-tam"].awards == ("MRS", "KAR", "TAM")


def test_europhotonics_has_a_degree_of_vilnius_for_two_semesters_there():
    awarded = {path.code for path in paths("europhotonics") if "VNO" in path.awards}
    assert awarded == {"vilnius-by-marseille", "vilnius-by-karlsruhe"}
    assert "mrs-kar-vno" in {path.code for path in paths("europhotonics")}


def test_emle_has_three_terms_of_20_credits_and_105_students():
    terms = version("emle").periods
    assert [(term.kind, term.ects) for term in terms] == [("term", 20)] * 3
    assert hosts("emle", "t1") == {"eur", "uni-hamburg", "unibo"}
    assert hosts("emle", "t2") == {"ugent", "uni-hamburg", "unibo"}
    assert len(hosts("emle", "t3")) == 7
    seats = Counter()
    for each in version("emle").offerings:
        seats[each.period] += each.max_seats or 0
    assert seats["t1"] == seats["t2"] == document("emle").intakes[0].seats == 105


def test_emle_specialises_from_the_second_term_with_a_certificate():
    told = version("emle").specialisations
    assert [(one.begins, one.certificate) for one in told] == [("t2", True)] * 3
    assert {t.specialisation for t in version("emle").tracks} == {None, "mcr", "pil", "ip"}


def test_emle_is_never_in_one_place_and_mostly_in_europe():
    outside = {o.key for o in document("emle").organisations if o.country in {"IL", "IN"}}
    european = rule("emle", "two-european-hosts").parameters
    everybody = {p.organisation for p in document("emle").partnerships}
    assert set(european.to) == everybody - outside
    assert (european.counted, european.at_least) == ("hosts", 2)
    assert rule("emle", "never-one-place").parameters.at_least == 2
    dutch = rule("emle", "residents-of-the-netherlands").parameters
    assert (dutch.at_most, dutch.countries) == (1, ("NL",))
    assert version("emle").registration == "several"
