"""Students, rounds and the track map through the office's pages."""

import pytest

from consortium.access import acting
from consortium.domain.memberships import account_for
from mobility_tracks.domain.round_files import export_round
from mobility_tracks.models import AllocationRound, Offering
from mobility_tracks.placement.proof.telling import PROVED, answer
from tests.mobility_tracks.curricula import enrolled, intake_of, loaded, places
from tests.mobility_tracks.round_case import WISHES, nine_students
from tests.web.desks import COORDINATOR, OFFICER, plain, queries, text_of

ROUNDS, STUDENTS = "/emat/office/rounds/", "/emat/office/students/"
SEATS = {f"{side}-{code}": n for code in WISHES for side, n in (("least", 0), ("most", 3))}
FORM = {
    "title": "Third semester",
    "opens_at": "2027-01-25T13:00",
    "closes_at": "2027-02-04T13:00",
    "policy": "rank_maximal",
    "seed": "class-1",
    **SEATS,
}


@pytest.fixture
def nine(world, at):
    return nine_students(world, at)


@pytest.fixture
def officer(browse):
    return browse(OFFICER)


@pytest.fixture
def decided(nine):
    nine.draft()
    nine.act("open_round", at=nine.opens)
    nine.all_wish()
    nine.act("close_round", at=nine.closes)
    nine.act("decide", at=nine.closes)
    return nine


def page(round_) -> str:
    return f"{ROUNDS}{round_.pk}/"


# -- a round


def test_a_new_round_offers_the_periods_with_a_choice(nine, officer):
    words = plain(officer.get(f"{ROUNDS}new/"))
    assert "Semester 3" in words
    assert "Thesis" in words
    assert "Semester 1" not in words
    assert 'name="most-s3-lju" value="3"' in text_of(officer.get(f"{ROUNDS}new/?period=s3"))


def test_a_round_is_drafted_in_the_zone_of_the_consortium(nine, officer):
    response = officer.post(f"{ROUNDS}new/?period=s3", FORM)
    with acting(nine.world.system()):
        made = AllocationRound.objects.get()
        assert response.url == f"{ROUNDS}{made.pk}/"
        assert made.opens_at == nine.opens
        assert dict(made.seats.values_list("offering__code", "most")) == dict.fromkeys(WISHES, 3)


def test_a_host_without_a_figure_does_not_take_part(nine, officer):
    officer.post(f"{ROUNDS}new/?period=s3", {**FORM, "most-s3-bil": ""})
    with acting(nine.world.system()):
        assert AllocationRound.objects.get().seats.count() == 2


def test_a_round_that_closes_before_it_opens_is_refused_with_what_was_typed(nine, officer):
    response = officer.post(f"{ROUNDS}new/?period=s3", {**FORM, "closes_at": "2027-01-24T13:00"})
    assert response.status_code == 422
    assert "The deadline comes after the opening." in plain(response)
    assert 'value="class-1"' in text_of(response)
    assert 'value="2027-01-24T13:00"' in text_of(response)


def test_without_students_or_hosts_there_is_nothing_to_draft(call, officer):
    assert officer.get(f"{ROUNDS}new/").status_code == 200
    assert "No rounds yet" in plain(officer.get(ROUNDS))


def test_the_page_offers_the_file_once_the_plan_is_proved(decided, officer):
    address = page(decided)
    assert "Download the plan with its proof" in plain(officer.get(address))
    response = officer.get(f"{address}file")
    assert f"round-{decided.pk}.json" in response["Content-Disposition"]
    assert response["Cache-Control"] == "no-store"
    assert answer(b"".join(response.streaming_content).decode())[0] == PROVED


def test_the_api_gives_the_same_file(decided, officer):
    text = export_round(decided.pk, actor=decided.world.staff(), at=decided.closes)
    response = officer.get(f"/api/v1/emat/office/rounds/{decided.pk}/file/")
    assert b"".join(response.streaming_content).decode() == text


def test_the_page_that_refuses_a_decision_offers_its_proof(nine, officer):
    """Groups may differ by one, so a host with seven seats and two with two leave one short."""
    nine.draft(seats={"s3-ami": (0, 7), "s3-lju": (0, 2), "s3-bil": (0, 2)})
    nine.act("open_round")
    nine.act("close_round", at=nine.closes)
    assert "proof that there is no plan" not in plain(officer.get(page(nine)))
    refused = officer.post(f"{page(nine)}decision/")
    assert refused.status_code == 409
    assert "Download the proof that there is no plan" in plain(refused)
    response = officer.get(f"{page(nine)}file")
    assert answer(b"".join(response.streaming_content).decode())[0] == PROVED


def test_from_draft_to_publication(nine, officer, browse, clock):
    nine.draft()
    words = plain(officer.get(page(nine)))
    assert "9 students are told" in words
    clock(nine.opens)
    assert officer.post(f"{page(nine)}opening/").url == page(nine)
    for number in range(1, 9):
        nine.wish(number, "s3-lju")
    assert "8 have answered" in plain(officer.get(page(nine))).replace(
        "have answered 8", "8 have answered"
    )
    early = officer.post(f"{page(nine)}closing/")
    assert early.status_code == 409
    assert "A round closes after its deadline, not before." in plain(early)
    clock(nine.closes)
    officer = browse(OFFICER)
    assert officer.post(f"{page(nine)}closing/").url == page(nine)
    assert officer.post(f"{page(nine)}decision/").url == page(nine)
    words = plain(officer.get(page(nine)))
    assert "Who goes where, and why" in words
    assert "Publish the plan" not in words
    assert officer.post(f"{page(nine)}publication/").status_code == 404
    coordinator = browse(COORDINATOR)
    assert "Publish the plan for 9 students" in plain(coordinator.get(page(nine)))
    assert coordinator.post(f"{page(nine)}publication/").url == page(nine)
    assert nine.row().state == "published"


def test_the_plan_shows_each_reason_and_the_profile(decided, officer):
    words = plain(officer.get(page(decided)))
    for place in decided.result()["places"]:
        assert place["reason"] in words
        for other in place["alternatives"]:
            assert other["sentence"] in words
    profile = decided.result()["profile"]
    assert f"Wish 1 {profile[0]} {profile[0]}" in words
    assert "proven" in words


def test_a_plan_is_solved_again_and_compared(decided, officer):
    officer.post(f"{page(decided)}replay/")
    assert "the same plan to the byte" in plain(officer.get(page(decided)))


def test_merits_are_asked_for_by_the_procedure_that_needs_them(nine, officer, clock):
    nine.draft(policy="merit_respected", merit_basis="The mean mark")
    clock(nine.opens)
    client = officer
    assert "Merits" in plain(client.get(page(nine)))
    bad = client.post(f"{page(nine)}opening/", {"merits": "STU-0001 high"})
    assert bad.status_code == 422
    assert "is not a reference and a whole number" in plain(bad)
    none = client.post(f"{page(nine)}opening/", {"merits": ""})
    assert none.status_code == 422
    assert "9 students have none" in plain(none)
    merits = "\n".join(f"STU-{n:04} {n}" for n in range(1, 10))
    assert client.post(f"{page(nine)}opening/", {"merits": merits}).url == page(nine)
    assert nine.result()["merits"]["STU-0009"] == 9


def test_queries_of_a_decided_round_do_not_grow(decided, officer, world, at):
    nine = queries(officer, page(decided))
    for number in range(10, 20):
        account_for(f"s{number}@example.org")
        enrolled(world, at, email=f"s{number}@example.org", number=number)
    assert queries(officer, page(decided)) == nine


def test_a_round_of_another_consortium_does_not_exist(decided, browse):
    other = browse("officer@arts.example")
    address = f"/arts/office/rounds/{decided.pk}/"
    assert other.get(address).status_code == 404
    assert other.post(f"{address}decision/").status_code == 404


# -- students


def test_a_student_has_a_line(nine, officer):
    text = plain(officer.get(STUDENTS))
    assert "Student 1" in text
    assert "STU-0001" in text
    assert "WAW" in text
    assert "AMI" in text


@pytest.mark.parametrize(
    ("query", "count"), [("q=student+3", 1), ("q=STU-0004", 1), ("state=withdrawn", 0), ("", 9)]
)
def test_students_are_filtered(nine, officer, query, count):
    assert len(officer.get(f"{STUDENTS}?{query}").context["page"].rows) == count


def test_students_by_host(nine, world, officer):
    waw, lju = (str(world.partnership(code).pk) for code in ("WAW", "LJU"))
    assert len(officer.get(f"{STUDENTS}?host={waw}").context["page"].rows) == 9
    assert len(officer.get(f"{STUDENTS}?host={lju}").context["page"].rows) == 0


def test_queries_of_the_students_do_not_grow(world, at, officer):
    loaded(at)
    enrolled(world, at, number=1)
    one = queries(officer, STUDENTS)

    for number in range(2, 31):
        account_for(f"s{number}@example.org")
        enrolled(world, at, email=f"s{number}@example.org", number=number)
    assert queries(officer, STUDENTS) == one


def test_place_by_hand_with_a_reason(nine, world, officer):
    address = f"{STUDENTS}STU-0003/"
    with acting(world.system()):
        lab = str(Offering.objects.get(code="s4-lab").pk)
    missing = officer.post(f"{address}placement/", {"offering": lab, "reason": ""})
    assert missing.status_code == 422
    assert officer.post(f"{address}placement/", {"offering": lab, "reason": "Asked"}).url == address
    assert places(world, nine.students[2])["s4"] == ("LAB", "announced")
    assert "Asked" in plain(officer.get(address))
    other = officer.post(f"{STUDENTS}STU-0004/placement/", {"offering": lab, "reason": "Too"})
    assert other.status_code == 409
    assert "1 seats, and 1 are taken" in plain(other)
    assert 'value="Too"' in text_of(other)


def test_end_an_enrolment(nine, world, officer):
    address = f"{STUDENTS}STU-0003/"
    assert officer.post(f"{address}withdrawal/", {}).status_code == 422
    assert officer.post(f"{address}withdrawal/", {"leave-reason": "Left"}).url == address
    assert "withdrawn" in plain(officer.get(address))


def test_a_student_of_another_consortium_does_not_exist(nine, browse):
    assert browse("officer@arts.example").get("/arts/office/students/STU-0003/").status_code == 404


# -- tracks


def test_the_map_stands_above_its_table(nine, world, officer):
    response = officer.get("/emat/office/tracks/")
    text, words = text_of(response), plain(response)
    assert text.index('id="track-map-wide-title"') < text.index('id="seat-grid-wide-title"')
    assert "WAW University WAW verdigris 9 seats not counted" in words
    assert "LJU University LJU offers nothing offers nothing 0 of 3 3 free" in words
    assert "By Ljubljana" in words
    assert intake_of(world).name == response.context["intake"].name


def test_queries_of_the_map_do_not_grow(nine, officer, world, at):
    few = queries(officer, "/emat/office/tracks/")

    for number in range(10, 30):
        account_for(f"s{number}@example.org")
        enrolled(world, at, email=f"s{number}@example.org", number=number)
    assert queries(officer, "/emat/office/tracks/") == few


def test_without_an_intake_there_is_no_map(world, officer):
    assert "No intake yet" in plain(officer.get("/emat/office/tracks/"))
