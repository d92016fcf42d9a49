"""Bases for transfers: who records one, what it opens and closes, and by which date by itself."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command

from consortium.access import acting
from consortium.actor import Wall
from consortium.domain.actors import actor_for
from consortium.errors import Conflict, Invalid, NotAllowed, NotFound
from consortium.models import JournalEntry, Party
from consortium.roles import PERSONAL
from partners.domain.transfers import Paper, end, record
from partners.models import BasisKind, TransferBasis
from tests.partners.moving import move
from tests.world import NOON

DAY = timedelta(days=1)
CLAUSES = Paper(BasisKind.CLAUSES, "SCC of 2027, file 7", date(2027, 1, 4))


@pytest.fixture
def lju(world):
    return move(world)


def rights_of_lju(world, at=NOON):
    """What Ljubljana's coordinator may do there as a person, at a moment."""
    user = world.user("partner-lju@emat.example")
    actor = actor_for(user, world.consortia["emat"], Wall.PARTNER, at=at)
    (rights,) = actor.party_rights.values()
    return rights


def standing(world, party):
    with acting(world.system()):
        return Party.objects.get(pk=party.pk)


def bases(world):
    with acting(world.system()):
        return list(TransferBasis.objects.order_by("starts_at"))


def test_a_partner_that_leaves_the_union_loses_what_shows_people_and_nothing_else(world):
    before = rights_of_lju(world)
    move(world)
    assert before & PERSONAL
    assert rights_of_lju(world) == before - PERSONAL


def test_a_recorded_basis_opens_at_once(world, lju):
    before = rights_of_lju(world)
    made = record(lju.pk, actor=world.staff(), at=NOON, paper=CLAUSES)
    assert rights_of_lju(world) - before == PERSONAL & rights_of_lju(world) != frozenset()
    assert (made.starts_at, made.ends_at, made.recorded_by_name) == (
        NOON,
        None,
        "coordinator verdigris",
    )
    with acting(world.system()):
        entry = JournalEntry.objects.get(act="transfer.record")
    assert entry.facts == {"party": "LJU", "kind": "clauses", "document": "SCC of 2027, file 7"}


def test_a_dated_basis_ends_with_its_last_day_where_the_consortium_is(world, lju):
    """Paris is an hour ahead: the day ends there at 23:00 UTC."""
    dated = replace(CLAUSES, valid_until=date(2027, 1, 20))
    record(lju.pk, actor=world.staff(), at=NOON, paper=dated)
    midnight = datetime(2027, 1, 21, tzinfo=ZoneInfo("Europe/Paris"))
    assert standing(world, lju).receives_until == midnight
    assert rights_of_lju(world, midnight - timedelta(seconds=1)) & PERSONAL
    assert not rights_of_lju(world, midnight) & PERSONAL


def test_a_newer_basis_ends_the_one_before(world, lju):
    record(lju.pk, actor=world.staff(), at=NOON, paper=CLAUSES)
    newer = replace(CLAUSES, document="SCC of 2027, file 8")
    record(lju.pk, actor=world.staff(), at=NOON + DAY, paper=newer)
    assert [(b.document[-1], b.ends_at) for b in bases(world)] == [("7", NOON + DAY), ("8", None)]


def test_ending_it_closes_at_once_and_is_done_once(world, lju):
    made = record(lju.pk, actor=world.staff(), at=NOON, paper=CLAUSES)
    end(made.pk, actor=world.staff(), at=NOON + DAY, reason="Replaced by nothing")
    assert not rights_of_lju(world, NOON + DAY) & PERSONAL
    with pytest.raises(Conflict, match="ended on 2027-01-16"):
        end(made.pk, actor=world.staff(), at=NOON + 2 * DAY, reason="Again")


def test_within_the_union_the_end_of_a_record_changes_nothing(world):
    party = world.partnership("WAW")
    made = record(party.pk, actor=world.staff(), at=NOON, paper=CLAUSES)
    end(made.pk, actor=world.staff(), at=NOON + DAY, reason="Was not needed")
    assert standing(world, party).receives(NOON + DAY)


def test_of_a_country_and_a_record_the_longer_counts(world):
    party = move(world, country="GB")
    by_country = standing(world, party).receives_until
    assert by_country.year == 2031
    record(
        party.pk, actor=world.staff(), at=NOON, paper=replace(CLAUSES, valid_until=date(2028, 1, 1))
    )
    assert standing(world, party).receives_until == by_country
    record(party.pk, actor=world.staff(), at=NOON + DAY, paper=CLAUSES)
    assert standing(world, party).receives_until is None


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"document": "  "}, "document"),
        ({"document": "x" * 201}, "document"),
        ({"note": "x" * 301}, "note"),
        ({"dated": date(2027, 1, 16)}, "dated"),
        ({"valid_until": date(2027, 1, 14)}, "valid_until"),
    ],
)
def test_a_paper_that_is_none_is_refused_and_changes_nothing(world, lju, change, field):
    with pytest.raises(Invalid) as refused:
        record(lju.pk, actor=world.staff(), at=NOON, paper=replace(CLAUSES, **change))
    assert list(refused.value.fields) == [field]
    assert bases(world) == []
    assert not standing(world, lju).receives(NOON)


@pytest.mark.parametrize("reason", ["", " ", "x" * 301])
def test_an_end_has_a_reason(world, lju, reason):
    made = record(lju.pk, actor=world.staff(), at=NOON, paper=CLAUSES)
    with pytest.raises(Invalid):
        end(made.pk, actor=world.staff(), at=NOON, reason=reason)
    assert standing(world, lju).receives(NOON)


def test_only_who_manages_transfers_records_one(world, lju):
    from consortium.roles import Role

    for actor in (world.staff(Role.OFFICER), world.staff(Role.COMMITTEE), world.partner("lju")):
        with pytest.raises((NotAllowed, NotFound)):
            record(lju.pk, actor=actor, at=NOON, paper=CLAUSES)
    with pytest.raises(NotFound):
        record(lju.pk, actor=world.staff(slug="arts"), at=NOON, paper=CLAUSES)
    assert bases(world) == []


def test_a_partner_reads_its_own_bases_and_no_other(world, lju):
    record(lju.pk, actor=world.staff(), at=NOON, paper=CLAUSES)
    for code, seen in (("lju", 1), ("waw", 0)):
        actor = world.partner(code)
        with acting(actor):
            assert TransferBasis.objects.for_actor(actor, "view").count() == seen
            assert TransferBasis.objects.count() == seen


def checked(*words):
    out = StringIO()
    call_command("check_transfers", *words, stdout=out)
    return out.getvalue().splitlines()


def test_the_command_finds_what_drifted_and_repairs_it(world, lju):
    """The institution moved for both of its consortia; only one was told."""
    with pytest.raises(CommandError, match="1 differences"):
        checked()
    assert checked("--repair") == ["arts: LJU, repaired", "emat: no difference, agree"]
    with acting(world.system("arts")):
        assert not Party.objects.get(pk=world.partnership("LJU", "arts").pk).receives(NOON)
        entry = JournalEntry.objects.get(act="transfer.settle")
    assert entry.facts == {"parties": ["LJU"]}
    with acting(world.system()):
        Party.objects.filter(pk=lju.pk).update(receives_personal=True)
    with pytest.raises(CommandError, match="1 differences"):
        checked()
    assert standing(world, lju).receives(NOON)
    assert checked("--repair")[-1] == "emat: LJU, repaired"
    assert not standing(world, lju).receives(NOON)
