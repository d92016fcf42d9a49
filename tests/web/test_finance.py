"""The finance officer's desk: who is funded from which line, and no dossier behind it."""

import csv
import io

import pytest

from admissions.domain import offers
from admissions.models import Assignment, Dossier, Offer, Review
from consortium.access import acting
from consortium.domain.memberships import account_for
from consortium.models import JournalEntry
from mobility_tracks.domain.enrolments import enrol
from mobility_tracks.models import Enrolment, Intake
from tests.admissions.selection_world import AFTER
from tests.web.desks import COORDINATOR, OFFICER, PARTNER, plain, queries, text_of
from web.spreadsheet import MARK

FINANCE = "finance@emat.example"
DESK = "/emat/finance/"
EXPORT = f"{DESK}export.csv"
API = "/api/v1/emat/finance/funding/"


@pytest.fixture
def funded(emat, clock):
    """Amina on a scholarship, Bela on her own money, and two who were offered and not enrolled."""
    emat.decided()
    for name, route in (("amina", "scholarship"), ("bela", "self-funded"), ("cyra", "scholarship")):
        dossier = emat.dossier(name)
        made = offers.prepare(dossier.pk, actor=emat.coordinator, at=AFTER, route=route)
        offers.send([made.pk], actor=emat.coordinator, at=AFTER)
    for name in ("amina", "bela"):
        offers.accept(emat.offer(name).pk, actor=emat.applicant(name), at=AFTER)
    clock(AFTER)
    return emat


@pytest.fixture
def client(funded, browse):
    return browse(FINANCE)


def admitted_before(emat, name="Zoë =HYPERLINK", reference="OLD-1", email="bela@example.org"):
    """A student whom no dossier of ours led here."""
    with acting(emat.system):
        intake = Intake.objects.get(pk=emat.call.intake_id)
    person = emat.world.user(email)
    return enrol(
        intake,
        actor=emat.system,
        at=AFTER,
        student_id=person.pk,
        reference=reference,
        person_name=name,
        person_email=person.email,
        nationality="NO",
        residence_country="SE",
    )


def test_who_is_funded_from_which_line(client):
    words = plain(client.get(DESK))
    assert "Amina verdigris AMINA Class 1 verdigris Scholarship enrolled" in words
    assert "Bela verdigris BELA Class 1 verdigris Self-funded enrolled" in words
    assert "Cyra" not in words
    assert "Class 1 verdigris Scholarship 1 0 0 1" in words
    assert "Together 2 0 0 2" in words


def test_nothing_of_a_dossier_is_told(client):
    text = text_of(client.get(DESK)) + client.get(EXPORT).content.decode()
    for secret in ("I like verdigris", "Norway", "@example.org", "NO,", "dossiers/"):
        assert secret not in text


def test_filters_and_the_export_of_what_they_leave(funded, client):
    admitted_before(funded, name="Old Student", email="stranger@example.org")

    def names(query):
        return [row["student"].person_name for row in client.get(f"{DESK}?{query}").context["rows"]]

    assert names("") == ["Amina verdigris", "Bela verdigris", "Old Student"]
    assert names("line=scholarship") == ["Amina verdigris"]
    assert names("line=none") == ["Old Student"]
    assert names("q=bel") == ["Bela verdigris"]
    assert names("q=OLD") == ["Old Student"]
    assert names("state=withdrawn") == []
    assert names("line=nonsense") == names("")
    assert names("sort=-name")[0] == "Old Student"
    rows = sheet(client.get(f"{EXPORT}?line=none"))
    assert rows[1:] == [
        ["OLD-1", "Old Student", "Class 1 verdigris", "", "enrolled", "2027-03-10", ""]
    ]


def sheet(response) -> list[list[str]]:
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    text = response.content.decode().removeprefix(MARK)
    return list(csv.reader(io.StringIO(text, newline="")))


def test_a_name_is_never_a_formula_and_the_export_is_journalled(funded, client, world):
    admitted_before(funded, name="=cmd|' /C calc'!A0", email="stranger@example.org")
    assert ["OLD-1", "'=cmd|' /C calc'!A0"] in [row[:2] for row in sheet(client.get(EXPORT))]
    with acting(world.system()):
        entry = JournalEntry.objects.get(act="funding.export")
    assert (entry.by_name, entry.wall, entry.facts) == ("finance verdigris", "finance", {"rows": 3})
    assert entry.by_id == world.user(FINANCE).pk


def test_the_resource_tells_the_same(client):
    rows = client.get(API).json()["results"]
    assert {(row["reference"], row["line"], row["state"]) for row in rows} == {
        ("AMINA", "scholarship", "enrolled"),
        ("BELA", "self-funded", "enrolled"),
    }
    assert set(rows[0]) == {"reference", "name", "intake", "line", "state", "enrolled_at"}
    narrowed = client.get(f"{API}?line=scholarship").json()["results"]
    assert [row["name"] for row in narrowed] == ["Amina verdigris"]


def test_nothing_of_another_consortium(funded, arts, browse):
    admitted_before(arts, name="heliotrope", email="stranger@example.org")
    client = browse(FINANCE)
    assert "heliotrope" not in text_of(client.get(DESK))
    assert "heliotrope" not in client.get(EXPORT).content.decode()
    assert client.get("/arts/finance/").status_code == 404


def test_whose_desk_it_is(funded, browse):
    assert browse(COORDINATOR).get(DESK).status_code == 200
    for email in (OFFICER, PARTNER, "amina@example.org", "finance@arts.example"):
        assert browse(email).get(DESK).status_code == 404
        assert browse(email).get(EXPORT).status_code == 404
        assert browse(email).get(API).status_code == 404


def test_no_other_door_opens_for_a_finance_officer(client):
    for path in ("office/", "office/dossiers/", "office/students/", "partner/", "review/"):
        assert client.get(f"/emat/{path}").status_code == 404
    assert DESK in text_of(client.get("/account/"))


def test_an_empty_desk_says_so(call, browse):
    client = browse(FINANCE)
    assert "No students yet" in plain(client.get(DESK))
    assert len(sheet(client.get(EXPORT))) == 1


def test_the_database_role_reads_these_columns_and_no_others(funded, world):
    finance = world.finance()
    with acting(finance):
        assert Enrolment.objects.values_list("reference", flat=True).count() == 2
        assert set(Offer.objects.values_list("state", flat=True)) == {"accepted"}
        assert set(Dossier.objects.values_list("reference", flat=True)) == {"AMINA", "BELA"}
    hidden = {
        Enrolment: ("nationality", "person_email", "student_id", "track_id"),
        Offer: ("conditions", "answer_note", "track_id"),
        Dossier: ("given_names", "submitted_at", "score", "email", "statement"),
        Assignment: ("id",),
        Review: ("id",),
    }
    for model, columns in hidden.items():
        for column in columns:
            with pytest.raises(Exception, match="permission denied"), acting(finance):
                list(model.objects.values_list(column, flat=True))


def test_queries_do_not_grow(funded, client):
    few = queries(client, DESK)
    for n in range(15):
        email = f"s{n}@example.org"
        account_for(email)
        admitted_before(funded, name=f"Student {n}", reference=f"S-{n}", email=email)
    assert queries(client, DESK) == few
