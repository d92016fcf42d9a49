"""The office's doors: for whom each page exists. Everybody else is told that there is no such page."""

import pytest
from django.urls import get_resolver, reverse

from tests.web.desks import COMMITTEE, COORDINATOR, OFFICER, PARTNER, REVIEWER
from web.office import urls

PAGES = {
    "cockpit": "",
    "calls": "calls/",
    "call": "calls/class-1/",
    "assignments": "calls/class-1/assignments/",
    "ranking": "calls/class-1/ranking/",
    "offers": "calls/class-1/offers/",
    "dossiers": "dossiers/",
    "students": "students/",
    "rounds": "rounds/",
    "new-round": "rounds/new/",
    "tracks": "tracks/",
    "people": "people/",
    "partners": "partners/",
    "rights": "rights/",
    "journal": "journal/",
    "messages": "messages/",
}
NOT_FOR_COMMITTEE = {"assignments", "rounds", "new-round", "journal", "messages"}
STRANGERS = (REVIEWER, PARTNER, "amina@example.org", "officer@arts.example")
SOME = "0190a5c2-0000-7000-8000-000000000000"
PARTS = {
    "slug": "class-1",
    "code": "v1",
    "where": "periods/s1",
    "ref": "K7QX-4M9T",
    "party": 9_999_999,
    **dict.fromkeys(("id", "run", "offer", "assignment"), SOME),
}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("email", [OFFICER, COORDINATOR, COMMITTEE])
def test_pages_open_by_right(call, browse, page, email):
    response = browse(email).get(f"/emat/office/{PAGES[page]}")
    hidden = email == COMMITTEE and page in NOT_FOR_COMMITTEE
    assert response.status_code == (404 if hidden else 200)
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize("email", STRANGERS)
def test_no_page_exists_for_people_of_other_doors(call, browse, email):
    client = browse(email)
    found = {page: client.get(f"/emat/office/{path}").status_code for page, path in PAGES.items()}
    assert found == dict.fromkeys(PAGES, 404)


def addresses():
    """Every address of the office, with something plausible in its gaps."""
    for pattern in urls.urlpatterns:
        named = {name: PARTS[name] for name in pattern.pattern.converters}
        yield (
            pattern.name,
            reverse(f"office:{pattern.name}", kwargs={"consortium": "emat", **named}),
        )


@pytest.mark.parametrize("email", STRANGERS)
def test_no_form_can_be_sent_by_people_of_other_doors(call, browse, email):
    client = browse(email)
    found = {name: client.post(address).status_code for name, address in addresses()}
    assert set(found.values()) <= {404, 405}, found


def test_without_an_account_one_signs_in_first(call, browse):
    assert get_resolver() is not None
    for path in PAGES.values():
        response = browse().get(f"/emat/office/{path}")
        assert response.url == f"/account/login/?next=/emat/office/{path}"


def test_a_consortium_that_does_not_exist(browse):
    assert browse(OFFICER).get("/nowhere/office/").status_code == 404


def test_the_navigation_shows_what_one_may_open(call, browse):
    text = browse(COMMITTEE).get("/emat/office/").content.decode()
    assert "/emat/office/dossiers/" in text
    assert "/emat/office/journal/" not in text
    assert "/emat/office/rounds/" not in text


def test_nothing_of_another_consortium_on_any_page(calls, emat, arts, browse):
    arts.submitted("cora")
    emat.submitted("dora")
    client = browse(COORDINATOR)
    for path in PAGES.values():
        assert "heliotrope" not in client.get(f"/emat/office/{path}").content.decode(), path
