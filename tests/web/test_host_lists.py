"""The list of a host's students: on the page, as CSV, XLSX and JSON, and who is told of it."""

import csv
import io
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest

from consortium.access import acting
from consortium.domain.memberships import account_for
from consortium.models import JournalEntry
from mobility_tracks.domain.placements import place
from mobility_tracks.models import Enrolment, Offering, Placement
from tests.mobility_tracks.curricula import enrolled, loaded
from tests.web.desks import OFFICER, PARTNER, plain, queries
from web.spreadsheet import MARK, XLSX

OWN = "/emat/partner/students/"
API = "/api/v1/emat"
OBSERVER = "observer@emat.example"
CELL = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture
def students(world, at):
    """Three at LJU for the third semester; the third is planned there, and nobody was told."""
    loaded(at)
    with acting(world.system()):
        lju = Offering.objects.get(code="s3-lju").pk
    for number in (1, 2, 3):
        account_for(f"s{number}@example.org")
        student = enrolled(world, at, email=f"s{number}@example.org", number=number)
        place(student.pk, actor=world.staff(), at=at, offering_id=lju, reason="By hand")
    with acting(world.system()):
        Placement.objects.filter(host__code="LJU", enrolment__reference="STU-0003").update(
            state="planned"
        )


@pytest.fixture
def page(world, students):
    return f"/emat/office/tracks/hosts/{world.partnership('LJU').pk}/"


def table(response):
    assert response.status_code == 200
    text = response.content.decode().removeprefix(MARK)
    return list(csv.reader(io.StringIO(text, newline="")))


def looks(world):
    with acting(world.system()):
        rows = JournalEntry.objects.filter(act="stay.read").order_by("id")
        return [(row.by_name, row.for_id) for row in rows]


def test_the_office_reads_the_list(page, browse):
    words = plain(browse(OFFICER).get(page))
    assert "Student 1 STU-0001 announced Semester 3" in words
    assert "Student 3 STU-0003 planned" in words
    assert "s1@example.org" in words


def test_as_csv_with_everything_a_host_needs(page, browse):
    head, first, *rest = table(browse(OFFICER).get(f"{page}file"))
    assert ",".join(head) == "Name,Reference,E-mail,Intake,Period,From,To,Begins,Ends,Credits,State"
    assert first == [
        *("Student 1", "STU-0001", "s1@example.org", "Class 1 (2027-2029)", "Semester 3"),
        *("AMI", "LJU", "2028-09-01", "2029-01-31", "30", "announced"),
    ]
    assert [row[0] for row in rest] == ["Student 2", "Student 3"]


def test_as_xlsx_where_nothing_is_computed(page, world, browse):
    with acting(world.system()):
        Enrolment.objects.filter(reference="STU-0001").update(person_name='=HYPERLINK("evil")')
    response = browse(OFFICER).get(f"{page}file?as=xlsx")
    assert response["Content-Type"] == XLSX
    assert response["Content-Disposition"] == 'attachment; filename="emat-LJU.xlsx"'
    assert response["Cache-Control"] == "no-store"
    book = ZipFile(io.BytesIO(response.content))
    sheet = ET.fromstring(book.read("xl/worksheets/sheet1.xml"))
    assert list(sheet.iter(f"{CELL}f")) == []
    assert list(sheet.iter(f"{CELL}hyperlink")) == []
    texts = [
        each.text for each in ET.fromstring(book.read("xl/sharedStrings.xml")).iter(f"{CELL}t")
    ]
    assert '\'=HYPERLINK("evil")' in texts
    assert "s1@example.org" in texts
    ects = [each.find(f"{CELL}v").text for each in sheet.iter(f"{CELL}c") if each.get("r") == "J2"]
    assert ects == ["30"]


def test_a_filter_narrows_the_sheet_too(page, browse):
    rows = table(browse(OFFICER).get(f"{page}file?q=student+2&as=csv"))
    assert [row[0] for row in rows[1:]] == ["Student 2"]
    text = browse(OFFICER).get(f"{page}?q=student+2").content.decode()
    assert f"{page}file?q=student+2&amp;as=xlsx" in text


def test_a_host_takes_away_who_was_announced_and_nobody_else(students, world, browse):
    rows = table(browse(PARTNER).get(f"{OWN}file"))
    assert [row[0] for row in rows[1:]] == ["Student 1", "Student 2"]
    assert {row[6] for row in rows[1:]} == {"LJU"}
    other = table(browse("partner-waw@emat.example").get(f"{OWN}file"))
    assert {row[6] for row in other[1:]} == {"WAW"}
    book = browse(PARTNER).get(f"{OWN}file?as=xlsx").content
    assert b"STU-0003" not in ZipFile(io.BytesIO(book)).read("xl/sharedStrings.xml")


def test_each_student_of_a_sheet_stands_in_the_journal(page, world, browse):
    browse(OFFICER).get(page)
    assert looks(world) == []
    people = [world.user(f"s{n}@example.org").pk for n in (1, 2, 3)]
    browse(OFFICER).get(f"{page}file?as=xlsx")
    assert looks(world) == [("officer verdigris", person) for person in people]
    browse(PARTNER).get(f"{OWN}file")
    assert looks(world)[3:] == [("partner LJU verdigris", person) for person in people[:2]]


def test_who_only_looks_at_the_office_is_written_down_as_well(page, world, browse):
    assert len(table(browse(OBSERVER).get(f"{page}file"))) == 4
    assert {name for name, _person in looks(world)} == {"observer verdigris"}


def test_a_sheet_that_cannot_be_written_down_does_not_leave(page, browse, monkeypatch):
    def full(*args, **kwargs):
        raise OSError("disk full")

    monkeypatch.setattr("consortium.journal.JournalEntry.objects.bulk_create", full)
    with pytest.raises(OSError, match="disk full"):
        browse(OFFICER).get(f"{page}file")
    assert browse(OFFICER).get(page).status_code == 200


def test_nobody_takes_a_sheet_without_reading_it(page, browse, world):
    client = browse(OFFICER)
    assert client.head(f"{page}file").status_code == 405
    assert client.get(f"{page}file", headers={"Sec-Purpose": "prefetch"}).status_code == 503
    assert looks(world) == []


def test_the_api_gives_the_same_list_and_writes_it_down(page, world, browse):
    lju = world.partnership("LJU").pk
    found = browse(OFFICER).get(f"{API}/office/hosts/{lju}/students/").json()["results"]
    found.sort(key=lambda row: row["name"])
    assert [row["name"] for row in found] == ["Student 1", "Student 2", "Student 3"]
    assert found[0]["email"] == "s1@example.org"
    assert (found[0]["sender"], found[0]["host"], found[0]["state"]) == ("AMI", "LJU", "announced")
    assert len(looks(world)) == 3


def test_a_host_of_another_consortium_is_not_found(page, world, browse):
    abroad = world.partnership("LJU", "arts").pk
    client = browse(OFFICER)
    for address in (
        f"/emat/office/tracks/hosts/{abroad}/",
        f"{API}/office/hosts/{abroad}/students/",
    ):
        assert client.get(address).status_code == 404
    other = browse("officer@arts.example")
    assert other.get(page.replace("emat", "arts", 1)).status_code == 404


def test_queries_do_not_grow(page, world, at, browse):
    office, partner = browse(OFFICER), browse(PARTNER)
    lju = world.partnership("LJU").pk
    addresses = [
        *((office, page), (office, f"{page}file"), (office, f"{page}file?as=xlsx")),
        *((partner, f"{OWN}file"), (office, f"{API}/office/hosts/{lju}/students/")),
    ]
    with acting(world.system()):
        Placement.objects.filter(enrolment__reference__in=["STU-0002", "STU-0003"]).exclude(
            period__code="s1"
        ).update(state="cancelled")
    few = [queries(*each) for each in addresses]
    with acting(world.system()):
        Placement.objects.filter(state="cancelled").update(state="announced")
    assert [queries(*each) for each in addresses] == few
