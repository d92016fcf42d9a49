"""The whole journey through the REST API alone: from the open call to four semesters."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from admissions.models import Assignment, Dossier
from consortium.access import acting
from consortium.models import Membership, OutboxMessage
from consortium.roles import Role
from mobility_tracks.domain.round_drafts import draft_round
from tests.admission_world import CLOSES, open_call_world
from tests.papers import PDF
from tests.sign_in import sign_in
from tests.world import NOON

SECTIONS = {
    "identity": {"given_names": "Amina", "family_name": "Belhadi", "birth_date": "2001-05-04"},
    "nationality": {"nationality": "DZ", "residence_country": "DZ"},
    "education": {
        "degree_title": "Bachelor of Chemistry",
        "degree_institution": "University of Oran",
        "degree_country": "DZ",
        "degree_ects": "180",
        "final_year": "false",
        "degree_on": "2023-06-30",
        "grade": "15",
        "grade_scale": "20",
    },
    "language": {"english_evidence": "native"},
    "motivation": {"statement": "I want to store energy.", "essay": "Batteries age."},
    "tracks": {"route": "scholarship"},
}


@pytest.fixture
def hand(world, monkeypatch):
    """A client that signs in as somebody and calls with the clock of the moment."""
    return Hand(world, monkeypatch)


class Hand:
    def __init__(self, world, monkeypatch):
        self.world, self.monkeypatch = world, monkeypatch
        self.client = APIClient()
        self.when(NOON)

    def when(self, instant):
        self.monkeypatch.setattr("consortium.clock.now", lambda: instant)
        return self

    def as_(self, email):
        self.client.logout()
        sign_in(self.client, self.world.user(email))
        return self

    def post(self, path, body=None, *, kind="json", expect=200):
        response = self.client.post(f"/api/v1/emat/{path}", body or {}, format=kind)
        assert response.status_code == expect, response.content
        return response.json()

    def get(self, path, *, expect=200):
        response = self.client.get(f"/api/v1/emat/{path}")
        assert response.status_code == expect, response.content
        return response.json()


def test_the_whole_journey(world, hand):
    opened = open_call_world(world)["emat"]
    call = opened.call()

    reference = _apply(hand, call)
    _write_letters(world, hand)
    done = hand.as_("amina@example.org").post(f"apply/dossiers/{reference}/submission/")
    assert done["state"] == "submitted"
    again = hand.post(f"apply/dossiers/{reference}/submission/")
    assert again["submitted_at"] == done["submitted_at"]

    hand.when(CLOSES + timedelta(hours=1)).as_("coordinator@emat.example")
    hand.post(f"office/calls/{call.slug}/closing/")
    findings = {code: {"met": True} for code in opened.rules}
    hand.post(f"office/dossiers/{reference}/eligibility/", {"findings": findings}, expect=201)
    shared = hand.post(f"office/calls/{call.slug}/distribution/", {"seed": "2027"})
    assert shared == {"assigned": 2, "unassignable": 0}

    _review(world, hand, opened)

    hand.as_("coordinator@emat.example")
    run = hand.post(f"office/calls/{call.slug}/rankings/compute/", expect=201)
    assert [(place["position"], place["dossier"]) for place in run["places"]] == [(1, reference)]
    assert hand.post(f"office/rankings/{run['id']}/approval/")["state"] == "approved"
    offer = hand.post(f"office/dossiers/{reference}/offer/", {"route": "scholarship"}, expect=201)
    hand.as_("amina@example.org").get(f"apply/dossiers/{reference}/offer/", expect=404)
    hand.as_("coordinator@emat.example").post(f"office/offers/{offer['id']}/sending/")
    hand.as_("amina@example.org")
    assert hand.get(f"apply/dossiers/{reference}/offer/")["state"] == "sent"
    assert hand.post(f"apply/dossiers/{reference}/offer/acceptance/")["state"] == "accepted"

    studies = hand.get("study/")["results"]
    assert {stay["period"]: stay["host"] for stay in studies[0]["placements"]} == {
        "s1": "WAW",
        "s2": "AMI",
    }
    _allocate(world, hand, opened)
    hand.as_("amina@example.org")
    stays = hand.get("study/")["results"][0]["placements"]
    assert {stay["period"]: stay["host"] for stay in stays} == {
        "s1": "WAW",
        "s2": "AMI",
        "s3": "LJU",
    }
    hosted = hand.as_("partner-lju@emat.example").get("partner/placements/")["results"]
    assert [(row["reference"], row["period"]) for row in hosted] == [(reference, "s3")]


def _apply(hand, call):
    hand.as_("amina@example.org")
    mine = hand.post("apply/dossiers/start/", {"call": call.slug}, expect=201)
    path = f"apply/dossiers/{mine['reference']}"
    for section, values in SECTIONS.items():
        hand.post(f"{path}/sections/{section}/", {"values": values})
    hand.post(f"{path}/tracks/", {"tracks": ["north", "south"]})
    for code in ("passport", "transcript"):
        upload = SimpleUploadedFile(f"{code}.pdf", PDF, content_type="application/pdf")
        body = {"requirement": code, "file": upload}
        hand.post(f"{path}/documents/", body, kind="multipart", expect=201)
    for name in ("Ito", "Kovac"):
        referee = {"name": f"Prof. {name}", "email": f"{name.lower()}@example.net"}
        hand.post(f"{path}/referees/", referee, expect=201)
    hand.post(f"{path}/sections/declaration/", {"values": {"declared_true": "true"}})
    return mine["reference"]


def _write_letters(world, hand):
    with acting(world.system()):
        bodies = dict(
            OutboxMessage.objects.filter(to__endswith="@example.net").values_list("to", "body")
        )
    assert len(bodies) == 2
    hand.client.logout()
    for address, body in bodies.items():
        token = re.search(r"/emat/reference/([^/\s]+)/", body).group(1)
        asked = hand.get(f"reference/{token}/")
        assert asked["applicant"] == "Amina Belhadi"
        hand.post(
            f"reference/{token}/letter/",
            {"email": "somebody@else.example", "text": "No."},
            expect=422,
        )
        hand.post(
            f"reference/{token}/letter/",
            {"email": address, "text": "She is the best student of ten years."},
            expect=201,
        )
    hand.get("reference/not-a-token/", expect=404)


def _review(world, hand, opened):
    with acting(world.system()):
        tasks = {
            membership.person_email: str(task.pk)
            for task in Assignment.objects.filter(consortium_id=opened.consortium_id)
            for membership in Membership.objects.filter(
                user_id=task.reviewer_id, role=Role.REVIEWER
            )
        }
    assert len(tasks) == 2
    for email, task in tasks.items():
        hand.as_(email)
        assert len(hand.get("review/assignments/")["results"]) == 1
        hand.post(f"review/assignments/{task}/declaration/")
        assert hand.get(f"review/assignments/{task}/dossier/")["name"] == "Amina Belhadi"
        scores = dict.fromkeys(opened.criteria, 4)
        body = {"scores": scores, "comment": "Sound."}
        shown = hand.post(f"review/assignments/{task}/submission/", body)
        assert shown["scores"] == scores
        others = [other for other in tasks.values() if other != task]
        hand.get(f"review/assignments/{others[0]}/", expect=404)


def _allocate(world, hand, opened):
    at = CLOSES + timedelta(days=1)
    with acting(world.system()):
        enrolled = Dossier.objects.get(call_id=opened.call_id, state="enrolled")
    assert enrolled.name == "Amina Belhadi"
    round_ = draft_round(
        opened.intake_id,
        actor=world.staff(),
        at=at,
        period="s3",
        title="Third semester",
        opens_at=at,
        closes_at=at + timedelta(days=7),
        zone="Europe/Paris",
        policy="rank_maximal",
        seed="2027",
        seats={"s3-lju": (0, 1), "s3-ami": (0, 1)},
    )
    path = f"office/rounds/{round_.pk}"
    hand.when(at).as_("coordinator@emat.example").post(f"{path}/opening/")
    hand.as_("amina@example.org")
    assert [row["title"] for row in hand.get("study/rounds/")["results"]] == ["Third semester"]
    hand.post(f"study/rounds/{round_.pk}/wishes/", {"offerings": ["s3-lju", "s3-ami"]})
    hand.post(f"study/rounds/{round_.pk}/wishes/", {"offerings": ["s3-lju", "s3-lju"]}, expect=422)
    hand.when(at + timedelta(days=8)).as_("coordinator@emat.example")
    hand.post(f"{path}/closing/")
    hand.post(f"{path}/decision/")
    assert len(hand.as_("amina@example.org").get("study/")["results"][0]["placements"]) == 2
    hand.as_("coordinator@emat.example").post(f"{path}/publication/")
