"""The course that a round judges by, and what it closes in real rounds and by hand."""

import pytest

from consortium.access import acting
from consortium.errors import Conflict
from consortium.models import JournalEntry, Transition
from mobility_tracks.checking import Course
from mobility_tracks.domain.allocation.course import course_for
from mobility_tracks.domain.allocation.judging import Judging
from mobility_tracks.domain.allocation.own import own_ground
from mobility_tracks.domain.placements import place
from mobility_tracks.models import Enrolment, Offering, ProgrammeDocument, ProgrammeVersion, Track
from tests.mobility_tracks.curricula import S3, document, enrolled, intake_of, loaded
from tests.mobility_tracks.round_case import nine_students

RULES = (
    "    rules:\n      mandatory-mobility:\n",
    """    rules:
      lab-never:
        kind: outside_europe
        parameters: {at_most: 0}
        sentence: Never overseas.
        only_for: {residence: [VN, IN]}
      lab-always:
        kind: visits
        parameters: {to: [lab-emat], at_least: 1}
        sentence: A thesis in the laboratory.
        source: The guide, 3
        only_for: {residence: [VN]}
        board_may_override: true
      waiver:
        kind: only_tracks
        parameters: {tracks: [east]}
        sentence: Who pays nothing goes east.
        only_for: {funding: [waiver]}
      credits: {kind: gate, parameters: {before: s3, ects: 45}, sentence: 45 credits before S3.}
      thesis: {kind: gate, parameters: {before: s4, ects: 75}, sentence: 75 credits before S4.}
      mandatory-mobility:
""",
)
FRENCH = (
    "      s3-ami: {period: s3, host: ami, max_seats: 3}\n",
    """      s3-ami:
        period: s3
        host: ami
        max_seats: 3
        prerequisites:
          french:
            kind: requires_language
            parameters: {language: fr, level: B1}
            sentence: French at B1.
""",
)
CREDITS = (
    "      s3-lju: {period: s3, host: lju, max_seats: 3}",
    "      s3-lju: {period: s3, host: lju, ects: 30, max_seats: 3}",
)


def course(world):
    with acting(world.system()):
        return course_for(ProgrammeVersion.objects.get(state="published"))


def without_documents(world, **body):
    with acting(world.system()):
        rows = ProgrammeDocument.objects.all()
        if body:
            rows.update(body=body)
        else:
            rows.delete()


def test_a_kept_document_is_the_course_as_the_workshop_has_it(world, at):
    loaded(at, RULES, FRENCH)
    told = document(RULES, FRENCH)
    assert course(world) == Course.of(told, told.versions[0])


@pytest.mark.parametrize("body", [{}, {"title": "No version at all"}])
def test_rows_alone_give_a_course_that_says_the_same(world, at, body):
    loaded(at, RULES, FRENCH, CREDITS)
    whole = course(world)
    without_documents(world, **body)
    bare = course(world)
    assert bare.hosts == whole.hosts
    assert [b.rule.parameters for b in bare.rules] == [b.rule.parameters for b in whole.rules]
    assert [b.rule.only_for for b in bare.rules] == [b.rule.only_for for b in whole.rules]
    assert bare.stays == whole.stays
    one, other = Judging(bare), Judging(whole)
    assert list(one.rules) == list(other.rules)
    for home in ("IN", "FR", "PL", "VN", "SI"):
        for taken in ((), ("s1-waw",), ("s1-waw", "s2-ami")):
            assert one.leads(taken, "s3", home) == other.leads(taken, "s3", home)
            for option in (*S3, "s4-lab", "s4-ami"):
                assert one.said(taken, option, home) == other.said(taken, option, home)


def test_a_rule_that_cannot_be_read_any_more_is_for_people(world, at):
    loaded(at)
    without_documents(world)
    with acting(world.system()):
        version = ProgrammeVersion.objects.get(state="published")
        version.rules[0]["parameters"] = {"nonsense": 1}
        version.save(update_fields=["rules"])
    judging = Judging(course(world))
    said = judging.said(("s1-waw", "s2-ami"), "s3-ami", "PL")
    assert (said.closings, said.unsettled) == ((), {"mandatory-mobility"})


@pytest.fixture
def round_(world, at):
    made = nine_students(world, at, RULES, FRENCH, ("tolerance: 1", "tolerance: 9"))
    made.draft(seats=dict.fromkeys(S3, (0, 9)))
    made.act("open_round")
    return made


def test_student_and_plan_are_told_the_same_and_what_nobody_knows_is_listed(round_):
    """Bilbao leads to the laboratory alone, which is overseas; the student from Vietnam has to go
    there, so no host is left."""
    world, home = round_.world, round_.students[5]
    assert home.residence_country == "VN"
    with acting(round_.student(6)):
        closed = own_ground(round_.row(), home).closed
    assert set(closed) == set(S3)
    assert closed["s3-bil"].rule == "Never overseas."
    assert closed["s3-ami"].rule == "A thesis in the laboratory. Never overseas."
    assert closed["s3-ami"].source == "The guide, 3"
    assert closed["s3-ami"].remedy == "1 more of them; or: At most 0 of them outside"
    round_.act("close_round", at=round_.closes)
    with pytest.raises(Conflict) as refused:
        round_.act("decide", at=round_.closes)
    assert "Rule lab-always + lab-never: A thesis in the laboratory. Never overseas." in (
        refused.value.fact
    )
    place(
        home.pk,
        actor=world.staff(),
        at=round_.closes,
        offering_id=offering(world, "s3-lju"),
        reason="The board agreed.",
    )
    with acting(world.system()):
        (told,) = Transition.objects.filter(event="announce", reason="The board agreed.")
        facts = JournalEntry.objects.get(act="placement.announce", subject_id=told.subject_id).facts
    assert facts["overruled"] == ["lab-always"]
    round_.act("decide", at=round_.closes)
    assert "s3-bil" not in {round_.hosts()[reference] for reference in ("STU-0003", "STU-0004")}
    assert round_.result()["unchecked"] == [
        "Who pays nothing goes east.",
        "45 credits before S3.",
        "French at B1.",
    ]
    assert round_.result()["checked"] == "proved"


def offering(world, code):
    with acting(world.system()):
        return Offering.objects.get(code=code).pk


def test_by_hand_a_firm_rule_refuses_with_fact_and_remedy(world, at):
    loaded(at, RULES)
    student = enrolled(world, at)
    with pytest.raises(Conflict) as refused:
        place(
            student.pk,
            actor=world.staff(),
            at=at,
            offering_id=offering(world, "s3-bil"),
            reason="The board agreed.",
        )
    assert str(refused.value.rule) == "Never overseas."
    assert "University BIL: 1 period outside the EU and associated countries" in refused.value.fact
    assert refused.value.next_step == "What would change it: At most 0 of them outside."


FOR_OTHERS = (
    ("host: bil, max_seats: 3}", "host: bil, max_seats: 3, intakes: [class-2]}"),
    (
        "  class-1: {name: Class 1 (2027-2029), version: v1, first_year: 2027, class_number: 1, seats: 9}",
        """  class-1: {name: Class 1 (2027-2029), version: v1, first_year: 2027}
  class-2: {name: Class 2 (2028-2030), version: v1, first_year: 2028}""",
    ),
)


def test_what_is_offered_to_another_intake_alone_is_no_way_for_this_one(world, at):
    round_ = nine_students(world, at, *FOR_OTHERS)
    round_.draft()
    with acting(world.system()):
        home = round_.students[3]
        closed = own_ground(round_.row(), home).closed
        bilbao = Offering.objects.get(code="s3-bil").pk
    assert set(closed) == {"s3-bil"}
    assert "no track leads there" in closed["s3-bil"].fact
    later = enrolled(world, at, number=20, intake=intake_of(world, 2028))
    stay = place(later.pk, actor=world.staff(), at=at, offering_id=bilbao, reason="The board.")
    assert stay.state == "announced"
    # The board may send somebody there all the same; then the rules still judge the way.
    exception = round_.students[4]
    place(exception.pk, actor=world.staff(), at=at, offering_id=bilbao, reason="The board.")
    with acting(world.system()):
        round_.draft(period="s4", title="Theses", seats={"s4-ami": (0, 9), "s4-lab": (0, 9)})
        assert set(own_ground(round_.row(), exception).closed) == {"s4-ami"}


def test_who_has_a_track_goes_along_it_until_the_board_leads_off_it(world, at):
    round_ = nine_students(world, at, ("tolerance: 1", "tolerance: 9"))
    with acting(world.system()):
        east = Track.objects.get(code="east")
        Enrolment.objects.filter(reference__in=["STU-0004", "STU-0005"]).update(track=east)
        bilbao = Offering.objects.get(code="s3-bil").pk
        home, away = (Enrolment.objects.get(reference=f"STU-000{n}") for n in (4, 5))
    round_.draft(seats=dict.fromkeys(S3, (0, 9)))
    round_.act("open_round")
    with acting(world.system()):
        closed = own_ground(round_.row(), home).closed
    assert set(closed) == {"s3-ami", "s3-bil"}
    assert closed["s3-bil"].fact == "the track “By Ljubljana” leads elsewhere"
    place(away.pk, actor=world.staff(), at=at, offering_id=bilbao, reason="The board.")
    round_.act("close_round", at=round_.closes)
    round_.act("decide", at=round_.closes)
    assert round_.hosts()["STU-0004"] == "s3-lju"
    theses = {"s4-ami": (0, 9), "s4-lab": (0, 9)}
    round_.draft(period="s4", title="Theses", seats=theses)
    with acting(world.system()):
        assert set(own_ground(round_.row(), away).closed) == {"s4-ami"}
