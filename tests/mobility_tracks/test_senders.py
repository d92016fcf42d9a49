"""Who sends a student to each stay: the host before, or who stood in for it."""

from consortium.access import acting
from mobility_tracks.domain.placements import place
from mobility_tracks.domain.stays import settle_senders
from mobility_tracks.models import Offering, Placement
from tests.mobility_tracks.curricula import enrolled, loaded

LINE = "s4-lab: {period: s4, host: lab-emat, max_seats: 1}"


def senders(world, student) -> dict[str, str]:
    with acting(world.system()):
        rows = Placement.objects.filter(enrolment=student).exclude(state="cancelled")
        return dict(rows.values_list("period__code", "sending__code"))


def offering(world, code):
    with acting(world.system()):
        return Offering.objects.get(code=code, period__version__consortium__slug="emat").pk


def put(world, at, student, code):
    return place(
        student.pk,
        actor=world.staff(),
        at=at,
        offering_id=offering(world, code),
        reason="By hand",
    )


def test_the_coordinator_sends_first_and_each_host_to_the_next(world, at):
    loaded(at)
    student = enrolled(world, at)
    assert senders(world, student) == {"s1": "AMI", "s2": "WAW"}
    third = put(world, at, student, "s3-lju")
    assert third.sending_id == world.partnership("AMI").pk
    put(world, at, student, "s4-lab")
    assert senders(world, student) == {"s1": "AMI", "s2": "WAW", "s3": "AMI", "s4": "LJU"}


def test_another_host_before_changes_who_sends_to_what_has_not_begun(world, at):
    loaded(at)
    student = enrolled(world, at)
    put(world, at, student, "s3-lju")
    put(world, at, student, "s4-lab")
    put(world, at, student, "s3-bil")
    assert senders(world, student)["s4"] == "BIL"


def test_a_stay_that_has_begun_keeps_its_sender(world, at):
    loaded(at)
    student = enrolled(world, at)
    put(world, at, student, "s3-lju")
    put(world, at, student, "s4-lab")
    with acting(world.system()):
        Placement.objects.filter(enrolment=student, period__code="s4").update(state="arrived")
        Placement.objects.filter(enrolment=student, period__code="s3").update(state="cancelled")
        settle_senders(student.consortium_id, [student.pk])
    assert senders(world, student) == {"s1": "AMI", "s2": "WAW", "s4": "LJU"}


def test_a_laboratory_that_enrols_nobody_never_sends(world, at):
    loaded(
        at,
        ("s3-lju: {period: s3, host: lju, max_seats: 3}", "s3-lju: {period: s3, host: lab-emat}"),
        ("awarded_by: [lju], through", "awarded_by: [waw-emat], through"),
    )
    student = enrolled(world, at)
    put(world, at, student, "s3-lju")
    put(world, at, student, "s4-ami")
    found = senders(world, student)
    assert (found["s3"], found["s4"]) == ("AMI", "AMI")
