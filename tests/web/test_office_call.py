"""The life of a call through its page: open with what is frozen, extend, close; refusals stay there."""

from datetime import timedelta

import pytest

from admissions.domain.calls import draft_call
from admissions.models import Call
from consortium.access import acting
from mobility_tracks.models import Intake
from tests.admission_world import CLOSES, call_spec
from tests.web.desks import COORDINATOR, OFFICER, plain, queries

PAGE = "/emat/office/calls/class-1/"
DRAFT = "/emat/office/calls/class-2/"


@pytest.fixture
def coordinator(browse):
    return browse(COORDINATOR)


@pytest.fixture
def draft(emat, at):
    def made(**changed):
        with acting(emat.system):
            intake = Intake.objects.get(pk=emat.call.intake_id)
        spec = call_spec("verdigris", slug="class-2", title="Second call", **changed)
        return draft_call(intake, actor=emat.coordinator, at=at, spec=spec)

    return made


def state(emat, slug):
    with acting(emat.system):
        return Call.objects.get(slug=slug).state


def test_a_draft_shows_what_opening_freezes(draft, emat, coordinator):
    draft()
    words = plain(coordinator.get(DRAFT))
    assert "What opening freezes" in words
    assert "3 criteria, 100 % in order" in words
    assert coordinator.post(f"{DRAFT}opening/").url == DRAFT
    assert state(emat, "class-2") == "open"
    assert "What opening freezes" not in plain(coordinator.get(DRAFT))


def test_weights_that_do_not_add_up_are_refused_on_the_page(draft, emat, coordinator):
    draft(criteria=call_spec("x").criteria[:1])
    assert "50 % look again" in plain(coordinator.get(DRAFT))
    response = coordinator.post(f"{DRAFT}opening/")
    assert response.status_code == 422
    words = plain(response)
    assert (
        "The weights of the criteria add up to 100 percent. What we found They add up to 50."
        in words
    )
    assert state(emat, "class-2") == "draft"


def test_an_officer_reads_and_does_not_open(draft, emat, browse):
    draft()
    officer = browse(OFFICER)
    assert "Open the call" not in plain(officer.get(DRAFT))
    assert officer.post(f"{DRAFT}opening/").status_code == 404
    assert state(emat, "class-2") == "draft"


def extension(moment, reason="Strike"):
    return {"closes_at": moment.strftime("%Y-%m-%dT%H:%M"), "reason": reason}


def test_a_deadline_moves_later_in_the_zone_of_the_call(emat, coordinator):
    response = coordinator.post(
        f"{PAGE}extension/", {"closes_at": "2027-03-07T23:59", "reason": "Strike"}
    )
    assert response.url == PAGE
    with acting(emat.system):
        assert Call.objects.get(slug="class-1").closes_at == CLOSES + timedelta(days=7)


def test_a_deadline_never_moves_earlier_and_what_was_typed_stays(emat, coordinator):
    response = coordinator.post(f"{PAGE}extension/", extension(CLOSES - timedelta(days=1)))
    assert response.status_code == 422
    words = plain(response)
    assert "A deadline moves only later." in words
    assert "Choose a later time." in words
    assert 'value="Strike"' in response.content.decode()
    assert 'value="2027-02-27T22:59"' in response.content.decode()


def test_an_extension_needs_its_reason(emat, coordinator):
    response = coordinator.post(f"{PAGE}extension/", extension(CLOSES + timedelta(days=1), ""))
    assert response.status_code == 422


def test_a_call_closes_after_its_deadline(emat, coordinator, clock):
    assert "Close the call" not in plain(coordinator.get(PAGE))
    response = coordinator.post(f"{PAGE}closing/")
    assert response.status_code == 409
    assert "A call closes after its deadline, not before." in plain(response)
    clock(CLOSES)
    client = coordinator
    assert "Close the call" in plain(client.get(PAGE))
    assert client.post(f"{PAGE}closing/").url == PAGE
    assert state(emat, "class-1") == "closed"


def test_queries_of_the_list_do_not_grow_with_calls(draft, emat, coordinator):
    one = queries(coordinator, "/emat/office/calls/")
    draft()
    assert queries(coordinator, "/emat/office/calls/") == one


def test_a_call_of_another_consortium_does_not_exist(emat, arts, coordinator):
    with acting(arts.system):
        Call.objects.filter(slug="class-1").update(slug="elsewhere")
    assert coordinator.get("/emat/office/calls/elsewhere/").status_code == 404
    assert coordinator.post("/emat/office/calls/elsewhere/closing/").status_code == 404
