"""A reviewer's second wall, asked with bare statements: what opens a dossier, and what closes it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import DataError, ProgrammingError

from admissions.domain import assignments, reviews
from admissions.models import Dossier
from admissions.visible_to import reader
from consortium.access import acting
from consortium.domain.memberships import dismiss
from consortium.models import Membership, Party
from tests.admissions.selection_world import AFTER, both


@pytest.fixture
def pair(world, calls):
    return both(world, calls)


@pytest.fixture
def here(pair):
    """Two dossiers: AMINA is Rhea's for Warsaw, BELA hers for Ljubljana; she reviews for both."""
    here = pair[0]
    amina, bela = here.eligible("amina", "bela")
    for dossier, code in ((amina, "WAW"), (bela, "LJU")):
        member = here.appoint("rhea", code)
        facts = {"actor": here.officer, "at": AFTER, "membership_ids": [member.pk]}
        assignments.assign(dossier.pk, **facts)
    return here


@pytest.fixture
def rhea(here):
    return here.person("rhea@emat.example")


def floor(actor):
    """References that the database itself gives."""
    with acting(actor), connection.cursor() as cursor:
        cursor.execute("SELECT reference FROM admissions_dossier ORDER BY reference")
        return [reference for (reference,) in cursor.fetchall()]


def party(here, code):
    return here.world.partnership(code).pk


def arrays(here):
    with acting(here.system):
        rows = Dossier.objects.filter(call_id=here.call.call_id).order_by("reference")
        return {row.reference: row.visible_to for row in rows}


def told(here, code, **columns):
    with acting(here.system):
        Party.objects.filter(pk=party(here, code)).update(**columns)


def test_a_reviewer_reads_what_is_theirs_and_the_others_of_the_party_nothing(here, rhea):
    assert floor(rhea) == ["AMINA", "BELA"]
    assert floor(here.reviewer("waw")) == floor(here.reviewer("lju")) == []


@pytest.mark.parametrize(("code", "seen"), [("WAW", ["AMINA"]), ("LJU", ["BELA"])])
def test_who_reviews_for_one_party_alone_reads_what_is_of_that_party(here, rhea, code, seen):
    one = replace(rhea, party_rights={party(here, code): frozenset({"review_dossiers"})})
    assert floor(one) == seen
    member_only = {party(here, each): frozenset[str]() for each in ("WAW", "LJU")}
    assert floor(replace(one, party_rights={**member_only, **one.party_rights})) == seen


def test_who_reviews_for_nobody_reads_nothing(here, rhea):
    assert floor(replace(rhea, party_rights={})) == []
    elsewhere = here.world.partnership("WAW", "arts").pk
    rights = {elsewhere: frozenset({"review_dossiers"})}
    assert floor(replace(rhea, party_rights=rights)) == []
    foreign = here.world.consortia["arts"].pk
    assert floor(replace(rhea, consortium_id=foreign)) == []


def test_a_dismissed_reviewer_keeps_what_is_of_the_other_party(here):
    with acting(here.system):
        member = Membership.objects.get(person_email="rhea@emat.example", party__code="LJU")
    dismiss(member.pk, actor=here.coordinator, at=AFTER, reason="Left")
    assert floor(here.person("rhea@emat.example")) == ["AMINA"]


def test_a_declared_conflict_closes_that_dossier(here, rhea):
    with acting(here.system):
        task = here.dossier("amina").assignments.get()
    reviews.recuse(task.pk, actor=rhea, at=AFTER, reason="Amina is my student.")
    assert floor(rhea) == ["BELA"]


def test_a_basis_that_ends_by_its_date_closes_although_the_array_still_names_the_reviewer(
    here, rhea
):
    told(here, "LJU", receives_until=AFTER + timedelta(seconds=1))
    assert floor(rhea) == ["AMINA", "BELA"]
    before = arrays(here)
    told(here, "LJU", receives_until=AFTER)
    assert arrays(here) == before
    assert floor(rhea) == ["AMINA"]


def test_a_party_without_a_basis_is_none_to_read_for(here, rhea):
    told(here, "LJU", receives_personal=False)
    assert floor(rhea) == ["AMINA"]
    assert arrays(here)["BELA"] == []
    told(here, "LJU", receives_personal=True)
    assert floor(rhea) == ["AMINA", "BELA"]


def test_nobody_writes_who_may_read(here):
    """The house itself neither: the array follows the assignments."""
    amina, before = here.dossier("amina"), arrays(here)
    for statement in (
        "UPDATE admissions_dossier SET visible_to = visible_to || 1 WHERE id = %s",
        "UPDATE admissions_dossier SET visible_to = '{}' WHERE id = %s",
    ):
        refused = pytest.raises(ProgrammingError, match="visible_to follows the assignments")
        with refused, acting(here.system), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [amina.pk])
    refused = pytest.raises(ProgrammingError, match="visible_to follows the assignments")
    with refused, transaction.atomic():
        here.submitted("cyra", visible_to=[1])
    assert arrays(here) == before


def test_no_two_readers_share_a_number(db):
    """Ids that would run into each other are refused, not folded."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {reader('1::bigint', '2::bigint')}, {reader('2', '1')}")
        assert cursor.fetchone() == (2**32 + 2, 2 * 2**32 + 1)
        for ids in (("1", str(2**31)), (str(2**31), "1")):
            with pytest.raises(DataError, match="out of range"), transaction.atomic():
                cursor.execute(f"SELECT {reader(*ids)}")
