"""What passes between partners: items x moments x people, at the first wall alone and the second.

The first is asked under a database role that reads everything; the second without any policy.
"""

from dataclasses import replace
from datetime import timedelta

import pytest

from admissions import models as a
from consortium.access import acting
from consortium.actor import Wall
from consortium.domain.actors import actor_for
from consortium.models import Party, PartyGroupGrant
from mobility_tracks.models import Enrolment, Placement
from partners.domain import sharing
from partners.domain.sharing import Terms
from partners.items import Item
from partners.models import SharingAgreement
from tests.sharing_world import CODES, EVERYTHING, Sharing, sharing_world
from tests.world import NOON

# Counting covered lines takes a third longer; what is covered here is covered elsewhere.
pytestmark = pytest.mark.no_cover

FIRST, SECOND = "first wall", "second wall"
WALLS = (FIRST, SECOND)
SENT = {"ANNA", "DARIA"}
# DARIA's dossier was not Warsaw's to read.
READ = {"ANNA"}
EXPECTED = dict.fromkeys(Item, SENT) | {Item.LETTERS: READ, Item.REVIEWS: READ}
DAY = timedelta(days=1)


@pytest.fixture
def here(world, calls) -> Sharing:
    return sharing_world(world, calls)


def seen(actor, world, wall) -> dict[object, set[str]]:
    """By item, and for papers that are never shared: references of students of whom it is seen."""
    if wall == FIRST:
        with acting(world.system()):
            return _seen(lambda model, action="view": model.objects.for_actor(actor, action))
    with acting(actor):
        return _seen(lambda model, action="view": model.objects.all())


def _seen(rows) -> dict[object, set[str]]:
    papers = rows(a.Document).values_list("requirement__code", "dossier__reference", "replaced_at")
    found: dict[object, set[str]] = {item: set() for item in Item} | {"never": set()}
    for code, reference, replaced_at in papers:
        found[CODES.get(code, "never") if replaced_at is None else "never"].add(reference)
    letters = rows(a.ReferenceLetter).values_list("dossier__reference", flat=True)
    reviews = rows(a.Review).values_list("assignment__dossier__reference", "comment")
    scores = rows(a.Score).values_list("review__assignment__dossier__reference", "review__comment")
    stays = rows(Placement, "follow").values_list("enrolment__reference", "host__code")
    found[Item.LETTERS] = set(letters)
    found[Item.REVIEWS] = {reference for reference, comment in reviews if "WAW" in comment}
    found["never"] |= {reference for reference, comment in reviews if "WAW" not in comment}
    found[Item.PATH] = {reference for reference, code in stays if code == "WAW"}
    found["never"] |= {reference for reference, code in stays if code not in {"WAW", "LJU"}}
    assert {reference for reference, _ in scores} == {reference for reference, _ in reviews}
    return found


def of_receiver(here, wall, **changed):
    return seen(replace(here.receiver, **changed), here.world, wall)


NOTHING = {item: set() for item in Item} | {"never": set()}
ALL = {**EXPECTED, "never": set()}


@pytest.mark.parametrize("wall", WALLS)
def test_before_there_is_an_agreement_nothing_passes(here, wall):
    assert of_receiver(here, wall) == NOTHING
    with acting(here.world.system()):  # what could leak is there
        assert seen(here.world.system(), here.world, FIRST)["never"] != set()


@pytest.mark.parametrize("wall", WALLS)
@pytest.mark.parametrize("item", list(Item))
def test_each_item_opens_itself_alone(here, wall, item):
    here.agreed(frozenset({item.value}))
    assert of_receiver(here, wall) == {**NOTHING, item: EXPECTED[item]}


@pytest.mark.parametrize("wall", WALLS)
def test_everything_that_can_be_given(here, wall):
    here.agreed()
    assert of_receiver(here, wall) == ALL


def _proposed(here):
    here.proposed()


def _declined(here):
    sharing.decline(here.proposed().pk, actor=here.receiver, at=NOON)


def _withdrawn(here):
    sharing.withdraw(here.proposed().pk, actor=here.giver, at=NOON)


def _revoked_by_giver(here):
    sharing.revoke(here.agreed().pk, actor=here.giver, at=NOON, reason="Over")


def _revoked_by_receiver(here):
    sharing.revoke(here.agreed().pk, actor=here.receiver, at=NOON, reason="Not needed")


def _ended(here):
    here.agreed(ends_at=NOON + DAY)
    with acting(here.world.system()):
        SharingAgreement.objects.update(starts_at=NOON - DAY, ends_at=NOON)


def _not_begun(here):
    here.agreed(starts_at=NOON + DAY)


@pytest.mark.parametrize("wall", WALLS)
@pytest.mark.parametrize(
    "moment",
    [_proposed, _declined, _withdrawn, _revoked_by_giver, _revoked_by_receiver, _ended, _not_begun],
)
def test_what_is_not_in_force_opens_nothing(here, wall, moment):
    moment(here)
    assert of_receiver(here, wall) == NOTHING


@pytest.mark.parametrize("wall", WALLS)
def test_days_begin_and_end_it_without_anybody_doing_anything(here, wall):
    here.agreed(starts_at=NOON + DAY, ends_at=NOON + 3 * DAY)
    moments = {
        NOON + DAY - timedelta(seconds=1): NOTHING,
        NOON + DAY: ALL,
        NOON + 3 * DAY - timedelta(seconds=1): ALL,
        NOON + 3 * DAY: NOTHING,
    }
    assert {at: of_receiver(here, wall, at=at) for at in moments} == moments


@pytest.mark.parametrize("wall", WALLS)
def test_a_new_version_holds_once_accepted_and_the_old_one_until_then(here, wall):
    here.agreed()
    less = here.proposed(frozenset({"path"}))
    assert of_receiver(here, wall) == ALL
    sharing.accept(less.pk, actor=here.receiver, at=NOON)
    assert of_receiver(here, wall) == {**NOTHING, Item.PATH: SENT}


@pytest.mark.parametrize("wall", WALLS)
def test_only_the_receiver_of_the_pair_sees_more(here, wall):
    third = seen(here.third(), here.world, wall)
    here.agreed()
    assert seen(here.third(), here.world, wall) == third
    other = here.world.partner("lju", "arts")
    assert seen(other, here.world, wall) == NOTHING
    elsewhere = Sharing(here.world, "arts")
    elsewhere.agreed()
    assert of_receiver(here, wall) == ALL


@pytest.mark.parametrize("wall", WALLS)
def test_an_agreement_the_other_way_round_gives_nothing_this_way(here, wall):
    pair = here.pair("LJU", "WAW")
    terms = Terms(EVERYTHING)
    made = sharing.propose(
        pair, actor=here.receiver, at=NOON, proposer_id=pair.giver_id, terms=terms
    )
    sharing.accept(made.pk, actor=here.giver, at=NOON)
    assert of_receiver(here, wall) == NOTHING


@pytest.mark.parametrize("wall", WALLS)
def test_the_sender_itself_sees_what_it_has_to_give(here, wall):
    found = seen(here.giver, here.world, wall)
    mine = {"ANNA", "DARIA", "EMMA"}
    assert {item: found[item] for item in CODES.values()} == dict.fromkeys(CODES.values(), mine)
    # It hosted every one of them before; and reads no letter and no review at this desk.
    assert found[Item.PATH] == {"ANNA", "BORIS", "CLARA", "DARIA", "EMMA"}
    assert found[Item.LETTERS] == found[Item.REVIEWS] == set()


@pytest.mark.parametrize("wall", WALLS)
def test_a_right_of_the_receivers_people_is_needed(here, wall):
    here.agreed()
    party = here.pair().receiver_id
    without = {party: frozenset({"confirm_seats", "negotiate_sharing", "review_dossiers"})}
    found = of_receiver(here, wall, party_rights=without)
    assert found == NOTHING


@pytest.mark.parametrize("wall", WALLS)
@pytest.mark.parametrize("side", ["giver_id", "receiver_id"])
def test_without_a_basis_for_personal_data_nothing_passes(here, wall, side):
    here.agreed()
    with acting(here.world.system()):
        Party.objects.filter(pk=getattr(here.pair(), side)).update(receives_personal=False)
    assert of_receiver(here, wall) == NOTHING  # with rights that were read before


@pytest.mark.parametrize("wall", WALLS)
@pytest.mark.parametrize(
    ("right", "kept"),
    [
        ("host_students", {Item.LETTERS, Item.REVIEWS}),
        ("review_dossiers", {*CODES.values(), Item.PATH}),
    ],
)
def test_nobody_gives_what_they_may_not_see(here, wall, right, kept):
    here.agreed()
    with acting(here.world.system()):
        PartyGroupGrant.objects.filter(
            content_object_id=here.pair().giver_id, permission__codename=right
        ).delete()
    assert of_receiver(here, wall) == {
        **NOTHING,
        **{item: EXPECTED[item] for item in kept},
    }


@pytest.mark.parametrize("state", ["planned", "cancelled", "refused"])
@pytest.mark.parametrize("wall", WALLS)
def test_a_student_who_is_not_or_no_longer_sent(here, wall, state):
    here.agreed()
    with acting(here.world.system()):
        stays = Placement.objects.filter(enrolment__reference="ANNA", host__code="LJU")
        stays.update(state=state)
    assert of_receiver(here, wall) == {
        item: references - {"ANNA"} for item, references in ALL.items()
    }


@pytest.mark.parametrize("wall", WALLS)
def test_stays_that_the_sender_has_nothing_to_do_with_are_not_its_to_give(here, wall):
    here.agreed()
    with acting(here.world.system()):
        # Another stay to which Warsaw sends is; the one in Amiens stays hidden.
        Placement.objects.filter(enrolment__reference="ANNA", host__code="LAB").update(
            state="announced", sending_id=here.pair().giver_id
        )
    with acting(here.receiver if wall == SECOND else here.world.system()):
        rows = Placement.objects.all()
        rows = rows.for_actor(here.receiver, "follow") if wall == FIRST else rows
        anna = rows.filter(enrolment__reference="ANNA").values_list("host__code", flat=True)
        assert set(anna) == {"WAW", "LJU", "LAB"}


def test_following_is_not_receiving(here):
    """The first wall's `view` stays what is at the partner; only that can be changed at all."""
    here.agreed()
    with acting(here.receiver):
        rows = Placement.objects.for_actor(here.receiver, "view")
        assert set(rows.values_list("host__code", flat=True)) == {"LJU"}
        assert Placement.objects.filter(host__code="WAW").count() == 2
        assert Placement.objects.filter(host__code="WAW").update(state="departed") == 0
        assert Placement.objects.filter(host__code="LJU").update(state="arrived") == 4


def test_of_a_dossier_itself_only_the_number_can_be_read(here):
    here.agreed()
    with acting(here.receiver):
        assert set(a.Dossier.objects.values_list("reference", flat=True)) == SENT
        assert list(a.Dossier.objects.for_actor(here.receiver).values("reference")) == []
    for columns in ("given_names", "birth_date", "phone"):
        with pytest.raises(Exception, match="permission denied"), acting(here.receiver):
            list(a.Dossier.objects.values_list(columns))
    for columns in ("reviewer_name", "conflict_reason"):
        with pytest.raises(Exception, match="permission denied"), acting(here.receiver):
            list(a.Assignment.objects.values_list(columns))
    with pytest.raises(Exception, match="permission denied"), acting(here.receiver):
        list(a.ReferenceRequest.objects.values_list("referee_email"))


def test_students_and_their_own_doors_see_no_more_for_it(here, world):
    """An agreement opens the partner's door and no other."""
    here.agreed()
    user = world.user("partner-lju@emat.example")
    for wall in (Wall.REVIEWER, Wall.APPLICANT, Wall.STAFF):
        actor = actor_for(user, world.consortia["emat"], wall, at=NOON)
        with acting(world.system()):
            assert not a.Document.objects.for_actor(actor).exists()
            assert not Enrolment.objects.for_actor(actor).exists()
