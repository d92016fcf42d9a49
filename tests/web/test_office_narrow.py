"""Who holds less than the office: an observer reads all of it, the committee of a call that call.

Every page either works for them or is not there, and no button is shown that is not theirs.
"""

import re
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile

from admissions.domain import offers, ranking
from admissions.domain.calls import draft_call, open_call
from admissions.models import Document, DocumentRequirement, Dossier, RankingRun
from consortium.access import acting
from consortium.actor import Wall
from consortium.models import JournalEntry
from consortium.roles import Role
from mobility_tracks.models import Intake
from tests.admission_world import OPENS, OpenCall, call_spec
from tests.admissions.selection_world import AFTER, Selection
from tests.papers import PDF
from tests.web.desks import plain, text_of
from tests.web.test_office_rights import PAGES, addresses
from tests.world import NOON

OBSERVER, ONE_CALL = "observer@emat.example", "one-call@emat.example"
OFFICE = "/emat/office/"
CALL = f"{OFFICE}calls/class-1/"
ANYWHERE = {"/account/logout/", "/i18n/setlang/"}
MARKS = {"anna": (5, 5), "boris": (4, 4), "clara": (3, 3), "dan": (2, 1)}
POSTED = re.compile(r'<form[^>]*method="post"[^>]*action="([^"]*)"')


@pytest.fixture
def judged(emat):
    """Four reviewed dossiers and a ranking that waits for its approval."""
    emat.reviewed(MARKS)
    return ranking.compute(emat.call.call_id, actor=emat.officer, at=AFTER)


@pytest.fixture
def other(world, emat) -> Selection:
    """A second call of the same consortium, with a dossier: its texts hold the word saffron."""
    with acting(world.system()):
        intake = Intake.objects.get(pk=emat.call.intake_id)
    spec = call_spec("saffron", slug="class-1b", title="Call for class 1b saffron")
    made = draft_call(intake, actor=emat.coordinator, at=OPENS, spec=spec)
    open_call(made.pk, actor=emat.coordinator, at=OPENS)
    facts = {**emat.call.__dict__, "call_id": made.pk}
    second = Selection(world, OpenCall(**facts))
    second.reviewed({"saffron": (3, 3)})
    ranking.compute(made.pk, actor=emat.officer, at=AFTER)
    return second


@pytest.fixture
def one_call(world, emat, other, browse):
    world.one_call(emat.call.call())
    return browse(ONE_CALL)


def forms(response) -> set[str]:
    return set(POSTED.findall(text_of(response))) - ANYWHERE


def papers(selection) -> dict[str, str]:
    """Addresses of pages about one dossier, and a document of it."""
    dossier = selection.dossier("anna")
    with acting(selection.system):
        document = Document.objects.create(
            consortium_id=dossier.consortium_id,
            dossier=dossier,
            requirement=DocumentRequirement.objects.get(call_id=dossier.call_id, code="transcript"),
            file=ContentFile(PDF, "a.pdf"),
            name="a.pdf",
            media_type="application/pdf",
            size=len(PDF),
            sha256="0" * 64,
            uploaded_at=AFTER,
        )
    return {"dossier": "dossiers/ANNA/", "document": f"documents/{document.pk}/file"}


# -- the observer


def test_an_observer_reads_every_page_that_the_office_reads(judged, emat, browse, clock):
    clock(AFTER)
    ranking.approve(judged.pk, actor=emat.coordinator, at=AFTER)
    offers.prepare(emat.dossier("anna").pk, actor=emat.coordinator, at=AFTER)
    client = browse(OBSERVER)
    hidden = {"assignments", "rounds", "new-round"}
    for page, path in {**PAGES, **papers(emat)}.items():
        response = client.get(OFFICE + path)
        assert response.status_code == (404 if page in hidden else 200), page
        if page not in hidden and page != "document":
            assert forms(response) <= {f"{CALL}ranking/{judged.pk}/replay/"}, page


def test_what_an_observer_opened_is_in_the_journal(judged, emat, world, browse, clock):
    clock(AFTER)
    document = papers(emat)["document"]
    assert browse(OBSERVER).get(OFFICE + document).status_code == 200
    with acting(world.system()):
        entry = JournalEntry.objects.get(act="document.read")
    assert (entry.by_name, entry.wall) == ("observer verdigris", "observer")


def test_no_act_of_the_office_is_an_observers(judged, browse):
    client = browse(OBSERVER)
    told = {name: client.post(address).status_code for name, address in addresses()}
    assert told.pop("replay") == 404  # a run that is not there
    assert set(told.values()) == {404, 405}, told


def test_the_observers_database_role_writes_the_journal_and_nothing_else(world, call):
    observer = world.staff(Role.OBSERVER)
    assert observer.wall is Wall.OBSERVER
    with pytest.raises(Exception, match="permission denied"), acting(observer):
        Dossier.objects.update(score=5.0)


def test_an_observation_ends_by_its_day(call, browse, clock):
    client = browse(OBSERVER)
    clock(NOON + timedelta(days=299))
    assert client.get(OFFICE).status_code == 200
    clock(NOON + timedelta(days=300))
    assert client.get(OFFICE).status_code == 404


# -- the committee of one call


def test_the_committee_of_a_call_sees_that_call(judged, emat, one_call, clock):
    clock(AFTER)
    there = {"cockpit", "calls", "call", "ranking", "offers", "dossiers", "tracks"}
    own = papers(emat)
    for page, path in {**PAGES, **own}.items():
        response = one_call.get(OFFICE + path)
        found = page in there or page in own
        assert response.status_code == (200 if found else 404), page
        if found and page != "document":
            assert "saffron" not in text_of(response), page
            acts = {f"{CALL}ranking/{judged.pk}/{act}/" for act in ("approval", "replay")}
            assert forms(response) <= acts, page
    assert "Anna" in plain(one_call.get(f"{OFFICE}dossiers/"))


def test_the_other_call_is_not_there(judged, other, one_call):
    with acting(other.system):
        run = RankingRun.objects.get(call_id=other.call.call_id)
    for path in ("calls/class-1b/", "calls/class-1b/ranking/", "dossiers/SAFFRON/"):
        assert one_call.get(OFFICE + path).status_code == 404, path
    elsewhere = f"{OFFICE}calls/class-1b/ranking/{run.pk}/approval/"
    assert one_call.post(elsewhere, {"looked": "on"}).status_code == 404
    within = f"{CALL}ranking/{run.pk}/approval/"
    assert one_call.post(within, {"looked": "on"}).status_code == 404
    with acting(other.system):
        assert RankingRun.objects.get(pk=run.pk).state == "computed"


def test_the_navigation_of_the_committee_of_a_call(one_call):
    text = text_of(one_call.get(OFFICE))
    assert f"{OFFICE}dossiers/" in text
    for name in ("students", "people", "journal", "rounds", "messages"):
        assert f"{OFFICE}{name}/" not in text


def test_the_committee_of_a_call_approves_its_ranking_under_its_own_wall(
    judged, emat, one_call, clock, world
):
    clock(AFTER)
    assert "Read and approve the ranking" in plain(one_call.get(OFFICE))
    page = one_call.get(f"{CALL}ranking/")
    assert "Approve" in plain(page)
    address = f"{CALL}ranking/{judged.pk}/approval/"
    assert one_call.post(address, {}).status_code == 422
    assert one_call.post(address, {"looked": "on"}).url == f"{CALL}ranking/"
    with acting(world.system()):
        run = RankingRun.objects.get(pk=judged.pk)
        entry = JournalEntry.objects.get(act="ranking.approve")
        states = dict(Dossier.objects.values_list("reference", "state"))
    assert (run.state, run.approved_by) == ("approved", "one call verdigris")
    assert (entry.wall, entry.by_name) == ("committee", "one call verdigris")
    assert states["ANNA"] == "selected"
    assert states["SAFFRON"] == "ranked"
    assert "selected" in plain(one_call.get(f"{OFFICE}dossiers/?state=selected"))


def test_no_other_act_is_the_committees(judged, one_call):
    told = {name: one_call.post(address).status_code for name, address in addresses()}
    assert set(told.values()) <= {302, 404, 405, 422}, told
    entered = {name for name, status in told.items() if status in {302, 422}}
    assert entered == {"approve"}  # 422: the signature is missing


def test_the_committees_database_role_sees_one_call(world, emat, other, one_call):
    actor = world.one_call(emat.call.call())
    with acting(actor):
        assert set(Dossier.objects.values_list("call_id", flat=True)) <= {emat.call.call_id}
        assert RankingRun.objects.exclude(call_id=emat.call.call_id).count() == 0
