"""Who can see my file now, by role and institution, and what the next stage changes."""

import pytest
from rest_framework.test import APIClient

from admissions.domain import assignments, ranking, reviews
from admissions.models import Dossier
from consortium.access import acting
from tests.admissions.cases import started
from tests.admissions.selection_world import AFTER
from tests.contracts import sights
from tests.partners.moving import move
from tests.sign_in import sign_in
from tests.web.desks import plain, queries
from tests.world import NOON


@pytest.fixture
def amina(browse):
    return browse("amina@example.org")


NUMBER = "AAAA-AAAA"


def page(reference=NUMBER):
    return f"/emat/apply/{reference}/access/"


def told(client, reference=NUMBER):
    """label of an audience -> institutions, of the page."""
    rows = client.get(page(reference)).context["access"]["readers"]
    return {str(row["label"]): row["institutions"] for row in rows}


def numbered(emat):
    """Amina's dossier goes by a number that an address takes."""
    with acting(emat.system):
        Dossier.objects.filter(reference="AMINA").update(reference=NUMBER)


def under_review(emat, *codes):
    (dossier,) = emat.eligible("amina")
    numbered(emat)
    ids = [emat.member(code).pk for code in codes]
    return assignments.assign(dossier.pk, actor=emat.officer, at=AFTER, membership_ids=ids)


def test_a_draft_is_seen_by_nobody_else(world, call, amina):
    dossier = started(world, call, NOON)
    assert told(amina, dossier.reference) == {}
    words = plain(amina.get(page(dossier.reference)))
    assert "Nobody else." in words
    assert "Consortium office can then read (once sent):" in words


def test_what_was_withdrawn_unsent_stays_ones_own(world, call, amina, emat):
    dossier = started(world, call, NOON)
    with acting(emat.system):
        Dossier.objects.filter(pk=dossier.pk).update(state="withdrawn")
    assert told(amina, dossier.reference) == {}


def test_a_draft_that_is_withdrawn_opens_nothing_to_the_office(world, call, amina):
    dossier = started(world, call, NOON)
    stages = amina.get(page(dossier.reference)).context["access"]["next"]
    changes = {str(each["stage"]): each["changes"] for each in stages}
    assert changes["Withdrawn"] == []
    assert len(changes["Submitted"]) > 0


def test_once_sent_the_office_and_its_observers_by_institution(emat, amina):
    emat.submitted("amina", reference=NUMBER)
    found = told(amina)
    assert found["Consortium office"] == ("University AMI",)
    assert "Observers" in found
    assert "Reviewers" not in found
    assert "Finance desk" not in found


def test_reviewers_are_told_by_institution_and_never_by_name(emat, amina):
    under_review(emat, "waw")
    assert told(amina)["Reviewers"] == ("University LJU", "University WAW verdigris")
    words = plain(amina.get(page()))
    assert "At least 2 people at some of these institutions" in words
    assert "reviewer WAW" not in words


def test_nothing_tells_who_declared_a_conflict(emat, amina):
    rows = under_review(emat, "waw", "lju")
    before = plain(amina.get(page()))
    mine = next(row for row in rows if row.reviewer_id == emat.member("lju").user_id)
    reviews.recuse(mine.pk, actor=emat.reviewer("lju"), at=AFTER, reason="My student")
    assert plain(amina.get(page())) == before


def test_an_institution_without_a_basis_is_not_named(world, emat, amina):
    under_review(emat, "waw")
    move(world)
    assert told(amina)["Reviewers"] == ("University WAW verdigris",)


def test_after_the_ranking_reviewers_are_gone_and_the_stage_before_said_so(emat, amina):
    emat.reviewed({"amina": (5, 4)})
    numbered(emat)
    assert closing(amina) == {"Withdrawn"}
    run = ranking.compute(emat.call.call_id, actor=emat.officer, at=AFTER)
    assert "Reviewers" in told(amina)
    assert closing(amina) == {"Decided", "Not selected", "Withdrawn"}
    ranking.approve(run.pk, actor=emat.committee, at=AFTER)
    assert "Reviewers" not in told(amina)


def closing(amina):
    """The next stages that close something to reviewers."""
    stages = amina.get(page()).context["access"]["next"]
    return {
        str(each["stage"])
        for each in stages
        if any("Reviewers can no longer" in change["says"] for change in each["changes"])
    }


def test_what_is_written_about_one_is_named_as_kept(emat, amina):
    emat.submitted("amina", reference=NUMBER)
    kept = amina.get(page()).context["access"]["kept"]
    assert {"Reference letters", "Reviews and marks", "Score and rank"} <= set(kept)


def test_hosts_and_senders_of_a_student(world, call, amina):
    sights.dossier(world, call, "enrolled", "agreed")
    rows = amina.get(page()).context["access"]["readers"]
    partners = [row for row in rows if str(row["label"]) == "Partners"]
    found = {(row["institutions"], str(row["condition"])) for row in partners}
    assert found == {
        (("University LJU",), "stays at their partner, where personal data may go there"),
        (("University AMI",), "students whom their partner sends, as long as the stay stands"),
        (
            ("University LJU",),
            "of students placed with them, as their sender agreed; of reviews the sender's own",
        ),
    }
    (given,) = (row for row in partners if row["says"])
    assert given["says"] == "What University AMI agreed to give it"
    assert "transcripts of records" in given["groups"]
    move(world)
    after = told(amina)
    assert after["Partners"] == ("University AMI",)


def test_queries_do_not_hang_on_how_many_review(world, emat, amina):
    under_review(emat, "waw")
    before = queries(amina, page())
    with acting(emat.system):
        dossier = Dossier.objects.get(reference=NUMBER)
    ids = [emat.member("lju").pk]
    assignments.assign(dossier.pk, actor=emat.officer, at=AFTER, membership_ids=ids)
    assert queries(amina, page()) == before


def test_the_same_as_a_resource(world, emat, clock):
    emat.submitted("amina", reference=NUMBER)
    client = sign_in(APIClient(), world.user("amina@example.org"))
    body = client.get("/api/v1/emat/apply/dossiers/AAAA-AAAA/readers/").json()
    assert body["stage"] == "submitted"
    office = next(row for row in body["readers"] if row["role"] == "staff")
    assert office["institutions"] == ["University AMI"]
    assert "identity" in office["groups"]
    stranger = sign_in(APIClient(), world.user("bela@example.org"))
    assert stranger.get("/api/v1/emat/apply/dossiers/AAAA-AAAA/readers/").status_code == 404
