"""A vacant place is filled from the reserve list."""

import pytest

from admissions.domain import offers, reserve
from consortium.access import acting
from consortium.errors import Conflict, Invalid, NotAllowed, NotFound, WrongState
from consortium.models import JournalEntry, OutboxMessage
from tests.admissions.selection_world import AFTER, both


@pytest.fixture
def pair(world, calls):
    return both(world, calls)


@pytest.fixture
def here(pair):
    return pair[0].decided()


def promote(here, name, **rest):
    return reserve.promote(here.dossier(name).pk, **{"actor": here.committee, "at": AFTER, **rest})


def vacate(here, name="amina"):
    offer = offers.prepare(here.dossier(name).pk, actor=here.coordinator, at=AFTER)
    offers.send([offer.pk], actor=here.coordinator, at=AFTER)
    offers.decline(offer.pk, actor=here.applicant(name), at=AFTER)


def states(here):
    return here.dossier("dora").state, here.dossier("emil").state


def test_nobody_moves_while_every_place_is_taken(here):
    with pytest.raises(Conflict):
        promote(here, "dora")
    assert states(here) == ("reserve", "reserve")


def test_a_vacancy_goes_to_the_first_who_is_told(here):
    vacate(here)
    with pytest.raises(Invalid) as refused:
        promote(here, "emil")
    assert refused.value.fact == "First is DORA."
    promote(here, "dora")
    assert states(here) == ("selected", "reserve")
    with acting(here.system):
        mail = OutboxMessage.objects.get(key__startswith="result:")
    assert mail.to == "dora@example.org"


def test_one_vacancy_is_filled_once(here):
    vacate(here)
    promote(here, "dora")
    with pytest.raises(Conflict):
        promote(here, "emil", reason="Balance.")
    with pytest.raises(WrongState):
        promote(here, "dora")
    assert states(here) == ("selected", "reserve")


def test_another_than_the_first_with_a_reason_that_is_kept(here):
    vacate(here)
    promote(here, "emil", reason="DORA cannot come.")
    assert states(here) == ("reserve", "selected")
    with acting(here.system):
        entry = JournalEntry.objects.get(act="dossier.select")
    assert (entry.reason, entry.facts) == ("DORA cannot come.", {"position": 5})


def test_only_who_approves_rankings_and_only_their_own(pair, here):
    there = pair[1].decided()
    vacate(here)
    vacate(there)
    with pytest.raises(NotAllowed):
        promote(here, "dora", actor=here.officer)
    with pytest.raises(NotFound):
        promote(there, "dora", actor=here.committee)
    assert (states(here), states(there)) == (("reserve", "reserve"),) * 2
