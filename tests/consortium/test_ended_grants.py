"""Grants of ended records go by themselves; every other difference stays to be looked at."""

from datetime import timedelta

import pytest

from consortium import tasks
from consortium.access import acting
from consortium.domain.grants import drifts, remove_ended, stray
from consortium.models import ConsortiumUserGrant, JournalEntry, PartyUserGrant
from consortium.roles import Container
from mobility_tracks.domain.delegation import What
from mobility_tracks.models import OfferingUserGrant
from tests.world import NOON

LATER = NOON + timedelta(days=400)
OBSERVER = "observer@emat.example"


@pytest.fixture
def call_of_emat(calls):
    return calls["emat"]


def held(world, email=OBSERVER):
    with acting(world.system()):
        return ConsortiumUserGrant.objects.filter(user_id=world.user(email).pk).count()


def test_nothing_is_removed_before_the_end(world):
    emat = world.consortia["emat"]
    assert remove_ended(emat, at=NOON) == 0
    assert held(world) == 3


def test_grants_of_a_role_that_ended_are_removed_and_journalled(world):
    emat = world.consortia["emat"]
    assert remove_ended(emat, at=LATER) == 3
    assert remove_ended(emat, at=LATER) == 0
    assert held(world) == 0
    assert held(world, "officer@emat.example") == 8
    with acting(world.system()):
        (entry,) = JournalEntry.objects.filter(act="grants.remove_ended")
    assert entry.facts == {"removed": 3}


def test_another_consortium_keeps_its_own(world):
    remove_ended(world.consortia["emat"], at=LATER)
    with acting(world.system("arts")):
        count = ConsortiumUserGrant.objects.filter(user_id=world.user("observer@arts.example").pk)
        assert count.count() == 3


def test_what_was_handed_on_until_a_day(world, call_of_emat):
    what = What(frozenset({"host_students"}), Container.OFFERING, call_of_emat.offerings["s3-lju"])
    row = world.hand_on(what)
    with acting(world.system()):
        row.ends_at = NOON + timedelta(days=1)
        row.save(update_fields=["ends_at"])
    assert remove_ended(world.consortia["emat"], at=NOON) == 0
    assert remove_ended(world.consortia["emat"], at=NOON + timedelta(days=1)) == 1
    with acting(world.system()):
        assert not OfferingUserGrant.objects.exists()


def test_strays_stay_and_are_told(world):
    emat = world.consortia["emat"]
    officer, reviewer, stranger = (
        world.user(email).pk
        for email in ("officer@emat.example", "reviewer-lju@emat.example", "stranger@example.org")
    )
    with acting(world.system()):
        ConsortiumUserGrant.objects.filter(user_id=officer).first().delete()
        one = PartyUserGrant.objects.filter(user_id=reviewer).first()
        PartyUserGrant.objects.create(
            user_id=stranger,
            permission=one.permission,
            content_object_id=one.content_object_id,
        )
    assert sum(drift.count for drift in drifts(emat, at=LATER)) == 5
    assert sum(drift.count for drift in stray(emat, at=LATER)) == 2
    assert remove_ended(emat, at=LATER) == 3
    assert sum(drift.count for drift in drifts(emat, at=LATER)) == 2


def test_every_night_in_every_consortium(world, monkeypatch):
    monkeypatch.setattr("consortium.clock.now", lambda: LATER)
    assert tasks.remove_ended_grants(0) == 6
    assert tasks.remove_ended_grants(0) == 0
