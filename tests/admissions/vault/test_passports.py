"""The passport: asked once the place was taken, revealed to the office for a reason."""

from datetime import date

import pytest

from admissions.domain import passports
from admissions.models import Dossier, Passport
from consortium.access import acting
from consortium.errors import Incomplete, Invalid, NotAllowed, NotFound, WrongState
from consortium.models import JournalEntry
from consortium.roles import Role

GIVEN = {"number": "ab 123-456", "country": "sn", "expires_on": "2031-05-04"}
TOLD = passports.Told("AB123456", "SN", date(2031, 5, 4))


@pytest.fixture
def taken(desk):
    dossier = desk.draft()
    move(desk, "enrolled")
    return dossier


def move(desk, state: str) -> None:
    with acting(desk.world.system()):
        Dossier.objects.update(state=state, submitted_at=desk.at)


def given(desk, dossier, **changed):
    return passports.give(dossier.pk, actor=desk.amina, at=desk.at, values={**GIVEN, **changed})


def test_it_is_sealed_and_read_back(desk, taken):
    row = given(desk, taken)
    assert not {"AB123456", "SN", "2031-05-04"} & {row.number, row.country, row.expires_on}
    assert passports.own(taken, actor=desk.amina) == TOLD
    given(desk, taken, number="ZZ99999")
    assert passports.own(taken, actor=desk.amina).number == "ZZ99999"
    with acting(desk.amina):
        assert Passport.objects.count() == 1


@pytest.mark.parametrize("state", ["draft", "submitted", "selected", "offered", "declined"])
def test_before_the_place_is_taken_it_is_nobodys_business(desk, state):
    dossier = desk.draft()
    move(desk, state)
    with pytest.raises(WrongState):
        given(desk, dossier)
    with acting(desk.amina):
        assert not Passport.objects.exists()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"number": ""}, "number"),
        ({"number": "A-1"}, "number"),
        ({"number": "ÄÖ12345"}, "number"),
        ({"number": "A" * 21}, "number"),
        ({"country": ""}, "country"),
        ({"country": "XX"}, "country"),
        ({"expires_on": ""}, "expires_on"),
        ({"expires_on": "2027-01-14"}, "expires_on"),
        ({"expires_on": "2031-02-30"}, "expires_on"),
        ({"place": "Dakar"}, "place"),
    ],
)
def test_what_cannot_be_right_is_refused(desk, taken, changed, field):
    with pytest.raises(Invalid) as refused:
        given(desk, taken, **changed)
    assert list(refused.value.fields) == [field]
    assert passports.own(taken, actor=desk.amina) is None


def test_the_office_opens_it_for_a_reason_that_is_kept(desk, taken):
    given(desk, taken)
    officer = desk.world.staff(Role.OFFICER)
    assert passports.reveal(taken.pk, actor=officer, at=desk.later, reason=" Visa ") == TOLD
    with acting(officer):
        entry = JournalEntry.objects.for_actor(officer, "view").get(act="vault.read")
    assert (entry.by_name, entry.reason, entry.subject) == (
        "officer verdigris",
        "Visa",
        "admissions.passport",
    )
    assert "AB123456" not in str(entry.facts)


def test_no_reason_no_passport(desk, taken):
    given(desk, taken)
    officer = desk.world.staff(Role.OFFICER)
    with pytest.raises(Invalid) as refused:
        passports.reveal(taken.pk, actor=officer, at=desk.later, reason=" ")
    assert list(refused.value.fields) == ["reason"]
    with acting(officer):
        assert not JournalEntry.objects.filter(act="vault.read").exists()


def test_what_was_not_given_is_told(desk, taken):
    with pytest.raises(Incomplete):
        passports.reveal(taken.pk, actor=desk.world.staff(), at=desk.later, reason="Visa")


def test_a_passport_given_once_is_closed_again_when_the_place_is_gone(desk, taken):
    given(desk, taken)
    move(desk, "withdrawn")
    with pytest.raises(Incomplete):
        passports.reveal(taken.pk, actor=desk.world.staff(), at=desk.later, reason="Visa")
    with acting(desk.world.staff()):
        assert not Passport.objects.exists()


def test_nobody_else_opens_it(desk, taken):
    given(desk, taken)
    world = desk.world
    for actor in (
        world.staff(Role.COMMITTEE),
        world.staff(slug="arts"),
        world.reviewer(),
        world.applicant("bela"),
        desk.amina,
    ):
        with pytest.raises((NotFound, NotAllowed)):
            passports.reveal(taken.pk, actor=actor, at=desk.later, reason="Visa")
    with pytest.raises(NotFound):
        passports.give(taken.pk, actor=world.applicant("bela"), at=desk.at, values=GIVEN)
