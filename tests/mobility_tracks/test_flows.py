"""The data of the track map, of the public map, and of one student's path."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consortium.access import acting
from consortium.domain.memberships import account_for
from consortium.errors import NotFound
from mobility_tracks.domain.flows import flows, possible_flows, study_path
from mobility_tracks.domain.placements import place
from mobility_tracks.models import Intake, Offering
from tests.mobility_tracks.curricula import enrolled, intake_of, loaded


@pytest.fixture(autouse=True)
def programme(world, at):
    return loaded(at)


def placed(world, at, enrolment, code):
    with acting(world.system()):
        pk = Offering.objects.get(code=code).pk
    return place(enrolment.pk, actor=world.staff(), at=at, offering_id=pk, reason="By hand.")


def cohort(world, at, hosts):
    """A student for each host of S3, and the last in the laboratory."""
    students = []
    for number, code in enumerate(hosts, 1):
        email = f"student{number}@example.org"
        account_for(email)
        student = enrolled(world, at, email=email, number=number)
        placed(world, at, student, code)
        students.append(student)
    placed(world, at, students[-1], "s4-lab")
    return students


def legs(given):
    return [(f.from_column, f.from_code, f.to_code, f.students) for f in given.flows]


def test_flows_count_students_between_hosts(world, at):
    cohort(world, at, ["s3-ami", "s3-lju", "s3-lju", "s3-bil"])
    given = flows(intake_of(world), actor=world.staff())
    assert [(c.code, c.title, c.when) for c in given.columns] == [
        ("s1", "Semester 1", "Sep 2027 to Jan 2028"),
        ("s2", "Semester 2", "Feb to Jun 2028"),
        ("s3", "Semester 3", "Sep 2028 to Jan 2029"),
        ("s4", "Thesis", "Feb to Jul 2029"),
    ]
    assert [(s.code, s.seats, s.students) for s in given.columns[2].stations] == [
        ("AMI", 3, 1),
        ("LJU", 3, 2),
        ("BIL", 3, 1),
    ]
    assert legs(given) == [
        (0, "WAW", "AMI", 4),
        (1, "AMI", "AMI", 1),
        (1, "AMI", "BIL", 1),
        (1, "AMI", "LJU", 2),
        (2, "BIL", "LAB", 1),
    ]
    laboratory = given.columns[3].stations[1]
    assert (laboratory.name, laboratory.country, laboratory.colour) == (
        "University LAB verdigris",
        "US",
        4,
    )


def test_a_partner_counts_its_own_students_and_the_public_nobody(world, at):
    cohort(world, at, ["s3-lju", "s3-bil"])
    mine = flows(intake_of(world), actor=world.partner("lju"))
    assert [s.students for s in mine.columns[2].stations] == [0, 1, 0]
    assert legs(mine) == []
    public = flows(intake_of(world), actor=world.public())
    assert [s.students for c in public.columns for s in c.stations] == [0] * 7
    assert legs(public) == []


def test_possible_flows_are_those_of_the_tracks(world, at):
    cohort(world, at, ["s3-lju"])
    given = possible_flows(intake_of(world).version, actor=world.public())
    assert legs(given) == [
        (0, "WAW", "AMI", 0),
        (1, "AMI", "AMI", 0),
        (1, "AMI", "BIL", 0),
        (1, "AMI", "LJU", 0),
        (2, "AMI", "AMI", 0),
        (2, "AMI", "LAB", 0),
        (2, "BIL", "LAB", 0),
        (2, "LJU", "AMI", 0),
        (2, "LJU", "LAB", 0),
    ]
    assert [c.when for c in given.columns][:2] == ["September to January", "February to June"]


S3 = "      s3: {name: Semester 3,"
S3_AMI = "      s3-ami: {period: s3,"
SUMMER = """
      summer: {name: Summer, kind: term, ects: 5, optional: true, starts: Y+1-07-10, ends: Y+1-08-20}
""".lstrip("\n")
HOSTS = """
      summer-lju: {period: summer, host: lju}
      summer-bil: {period: summer, host: bil}
""".lstrip("\n")


def test_an_optional_period_stands_there_once_somebody_is_in_it(world, at):
    with acting(world.system()):
        intake = intake_of(world)
        Intake.objects.all().delete()
        intake.version.delete()
    loaded(at, (S3, SUMMER + S3), (S3_AMI, HOSTS + S3_AMI))
    public = possible_flows(intake_of(world).version, actor=world.public())
    assert [column.code for column in public.columns] == ["s1", "s2", "s3", "s4"]
    assert (1, "AMI", "LJU", 0) in legs(public)
    student = cohort(world, at, ["s3-bil"])[0]
    assert [c.code for c in flows(intake_of(world), actor=world.staff()).columns][2] == "s3"
    assert "summer" not in [s.period for s in study_path(student, actor=world.applicant())]
    placed(world, at, student, "summer-lju")
    used = flows(intake_of(world), actor=world.staff())
    assert [column.code for column in used.columns] == ["s1", "s2", "summer", "s3", "s4"]
    assert (2, "LJU", "BIL", 1) in legs(used)
    assert "summer" in [stop.period for stop in study_path(student, actor=world.staff())]


def test_queries_do_not_grow_with_students(world, at):
    intake = intake_of(world)
    student = cohort(world, at, ["s3-ami"])[0]
    actor = world.staff()

    def spent():
        counts = []
        for call in (
            lambda: flows(intake, actor=actor),
            lambda: possible_flows(intake.version, actor=actor),
            lambda: study_path(student, actor=actor),
        ):
            with CaptureQueriesContext(connection) as queries:
                call()
            counts.append(
                sum(q["sql"].startswith(('SELECT "', "SELECT DISTINCT ON")) for q in queries)
            )
        return counts

    before = spent()
    for number in range(2, 8):
        email = f"student{number}@example.org"
        account_for(email)
        placed(
            world, at, enrolled(world, at, email=email, number=number), "s3-lju"
        ) if number < 5 else None
    assert spent() == before == [4, 3, 4]


def test_a_path_has_every_semester_and_leaves_open_what_is_open(world, at):
    student = enrolled(world, at)
    path = study_path(student, actor=world.applicant())
    assert [(p.period, p.state, p.stop.code if p.stop else None, p.ects) for p in path] == [
        ("s1", "next", "WAW", "30"),
        ("s2", "next", "AMI", "30"),
        ("s3", "open", None, "30"),
        ("s4", "open", None, "30"),
    ]
    assert [choice.code for choice in path[2].choices] == ["AMI", "LJU", "BIL"]
    assert str(path[2].starts_on) == "2028-09-01"
    assert study_path(student, actor=world.applicant("bela"))[0].state == "open"
    with pytest.raises(NotFound):
        study_path(student, actor=world.applicant(slug="arts"))
