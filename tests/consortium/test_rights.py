"""A right needs record, grant and ceiling; a door never opens a wider wall than what is held."""

from dataclasses import replace
from uuid import uuid4

import pytest

from consortium.actor import Actor, Wall
from consortium.rights import Record, effective, narrowed
from consortium.roles import Container

HOST = frozenset({"host_students"})


def grant(holder, container, which, right="host_students"):
    return (holder, container, str(which), right)


def test_record_grant_and_ceiling_must_agree():
    record = Record("user", Container.PARTY, "7", HOST | {"confirm_seats"}, 7)
    granted = frozenset({grant("user", Container.PARTY, 7)})
    assert effective([record], granted, {7: HOST}).parties == {7: HOST}
    assert effective([record], frozenset(), {7: HOST}).parties == {7: frozenset()}
    assert effective([record], granted, {7: frozenset()}).parties == {7: frozenset()}
    assert effective([], granted, {7: HOST}).parties == {}


def test_a_grant_of_one_holder_does_not_count_for_another():
    record = Record("group:3", Container.PARTY, "7", HOST, 7)
    granted = frozenset({grant("user", Container.PARTY, 7), grant("group:4", Container.PARTY, 7)})
    assert effective([record], granted, {7: HOST}).parties == {7: frozenset()}


def test_what_is_handed_on_for_an_offering_stays_within_the_partner():
    offering = uuid4()
    record = Record("user", Container.OFFERING, str(offering), HOST, 7)
    granted = frozenset({grant("user", Container.OFFERING, offering)})
    assert effective([record], granted, {7: HOST}).containers == {offering: HOST}
    assert effective([record], granted, {8: HOST}).containers == {}


@pytest.mark.parametrize(
    ("door", "held", "wall"),
    [
        (Wall.STAFF, {}, Wall.PERSON),
        (Wall.STAFF, {"rights": {"enter_office", "view_dossiers", "make_offers"}}, Wall.STAFF),
        (Wall.STAFF, {"rights": {"enter_office", "view_dossiers", "view_journal"}}, Wall.OBSERVER),
        (Wall.STAFF, {"rights": {"view_funding"}}, Wall.PERSON),
        (Wall.FINANCE, {"rights": {"view_funding"}}, Wall.FINANCE),
        (Wall.FINANCE, {"rights": {"open_vault"}}, Wall.PERSON),
        (Wall.INCLUSION, {"rights": {"open_vault"}}, Wall.INCLUSION),
        (Wall.REVIEWER, {"party_rights": {7: HOST}}, Wall.PERSON),
        (Wall.REVIEWER, {"party_rights": {7: frozenset({"review_dossiers"})}}, Wall.REVIEWER),
        (Wall.PARTNER, {"party_rights": {7: HOST}}, Wall.PARTNER),
        (Wall.PARTNER, {"party_rights": {7: frozenset()}}, Wall.PERSON),
        (Wall.PARTNER, {"party_rights": {7: frozenset({"review_dossiers"})}}, Wall.PERSON),
        (Wall.APPLICANT, {}, Wall.APPLICANT),
        (Wall.PUBLIC, {}, Wall.PUBLIC),
    ],
)
def test_the_wall_behind_a_door(door, held, wall):
    rights = frozenset(held.get("rights", ()))
    actor = Actor(wall=door, rights=rights, party_rights=held.get("party_rights", {}))
    assert narrowed(door, actor) is wall


def test_a_committee_of_one_call_and_a_delegate_of_one_offering():
    one = {uuid4(): frozenset({"view_dossiers", "approve_rankings"})}
    actor = Actor(wall=Wall.STAFF, rights=frozenset({"enter_office"}), container_rights=one)
    assert narrowed(Wall.STAFF, actor) is Wall.COMMITTEE
    assert narrowed(Wall.STAFF, replace(actor, container_rights={})) is Wall.PERSON
    assert narrowed(Wall.PARTNER, actor) is Wall.PERSON
    handed = {uuid4(): HOST}
    delegate = Actor(wall=Wall.PARTNER, party_rights={7: frozenset()}, container_rights=handed)
    assert narrowed(Wall.PARTNER, delegate) is Wall.DELEGATE
    reviewing = replace(delegate, party_rights={7: frozenset({"review_dossiers"})})
    assert narrowed(Wall.PARTNER, reviewing) is Wall.DELEGATE


def test_a_right_on_a_call_is_none_on_another():
    one, other = uuid4(), uuid4()
    actor = Actor(wall=Wall.COMMITTEE, container_rights={one: frozenset({"view_dossiers"})})
    assert actor.may_on("view_dossiers", one)
    assert not actor.may_on("view_dossiers", other)
    assert not actor.may_on("approve_rankings", one)
    everywhere = replace(actor, rights=frozenset({"view_dossiers"}))
    assert everywhere.may_on("view_dossiers", other)
