"""Ask, resend, replace: the applicant's and the office's side."""

from uuid import uuid4

import pytest
from django.db.utils import ProgrammingError

from admissions.domain import dossiers, references
from admissions.models import Dossier, ReferenceRequest
from consortium.access import acting
from consortium.errors import (
    Conflict,
    Incomplete,
    Invalid,
    NotAllowed,
    NotFound,
    WindowClosed,
    WrongState,
)
from consortium.roles import Role
from tests.admission_world import CLOSES
from tests.admissions.asking import (
    PROF,
    SECOND,
    ask,
    first_referee,
    links,
    named_dossier,
    referee,
    row,
)
from tests.admissions.cases import complete, mails, started, token_in


@pytest.fixture
def here(calls):
    return calls["emat"]


@pytest.fixture
def amina(world):
    return world.applicant()


@pytest.fixture
def dossier(world, here, at):
    return named_dossier(world, here, at)


@pytest.fixture
def prof(world, here, dossier, at):
    return first_referee(world, here, dossier, at)


# --- the link


def test_a_link_is_stored_as_its_digest_alone(world, here, dossier, amina, at):
    made = ask(dossier, amina, at)
    (mail,) = mails(world)
    token = token_in(mail)
    kept = row(world, made.pk)
    assert len(token) == 43
    assert kept.token_digest == references.digest(token)
    assert token not in str(vars(kept))
    assert (mail.to, kept.state, kept.sent_at, kept.due_at) == (PROF, "sent", at, CLOSES)
    assert "Amina" not in mail.subject + mail.body
    assert mail.body.count("http") == 1
    assert (kept.referee_name, kept.applicant_name) == ("Prof. One", "Amina Diallo")


def test_a_digest_is_no_token(world, here, dossier, amina, at):
    made = ask(dossier, amina, at)
    kept = row(world, made.pk).token_digest
    with pytest.raises(NotFound):
        references.open_request(actor=referee(here, kept), at=at, email=PROF)
    in_session = references.actor_for_link(here.consortium_id, token_digest=kept)
    assert references.open_request(actor=in_session, at=at, email=PROF).pk == made.pk


@pytest.mark.parametrize("token", ["", "x", "0" * 43])
def test_a_wrong_link_opens_nothing(world, here, dossier, amina, at, token):
    ask(dossier, amina, at)
    with pytest.raises(NotFound):
        references.open_request(actor=referee(here, token), at=at, email=PROF)


def test_a_link_of_another_consortium_opens_nothing(world, here, dossier, amina, at):
    ask(dossier, amina, at)
    elsewhere = references.actor_for_link(world.consortia["arts"].pk, links(world)[0])
    with pytest.raises(NotFound):
        references.open_request(actor=elsewhere, at=at, email=PROF)


def test_a_link_reads_one_request_and_no_dossier(world, here, dossier, amina, at, prof):
    ask(dossier, amina, at, email="two@uni.example")
    with acting(prof):
        seen = list(
            ReferenceRequest.objects.for_actor(prof).values_list("referee_email", flat=True)
        )
        assert seen == [PROF]
    with pytest.raises(ProgrammingError, match="permission denied"), acting(prof):
        list(Dossier.objects.all())


# --- ask


@pytest.mark.parametrize("email", ["amina@example.org", "AMINA@Example.ORG", "own@example.org"])
def test_nobody_is_their_own_referee(world, dossier, amina, at, email):
    values = {"email": "Own@example.org"}
    dossiers.save_section(dossier.pk, actor=amina, at=at, section="identity", values=values)
    with pytest.raises(Invalid) as refused:
        ask(dossier, amina, at, email=email)
    assert set(refused.value.fields) == {"email"}
    assert mails(world) == []


@pytest.mark.parametrize("email", ["amina+ref@example.org", "a.mina@example.org"])
def test_aliases_are_not_guessed_at(dossier, amina, at, email):
    assert ask(dossier, amina, at, email=email).state == "sent"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"email": "nobody"}, "email"),
        ({"email": ""}, "email"),
        ({"name": " "}, "name"),
        ({"name": "a\x00"}, "name"),
        ({"name": "a" * 201}, "name"),
        ({"institution": "a" * 201}, "institution"),
    ],
)
def test_what_a_referee_needs(world, dossier, amina, at, changed, field):
    with pytest.raises(Invalid) as refused:
        ask(dossier, amina, at, **changed)
    assert set(refused.value.fields) == {field}
    assert mails(world) == []


def test_a_person_is_asked_once_and_no_more_than_the_call_asks_for(dossier, amina, at):
    ask(dossier, amina, at)
    with pytest.raises(Conflict, match="once"):
        ask(dossier, amina, at, email=PROF.upper())
    ask(dossier, amina, at, email="two@uni.example")
    with pytest.raises(Conflict, match="2 letters"):
        ask(dossier, amina, at, email="three@uni.example")


def test_without_a_name_of_ones_own_nobody_is_asked(world, here, at):
    dossier = started(world, here, at, "bela")
    with pytest.raises(Incomplete):
        ask(dossier, world.applicant("bela"), at)


def test_asking_is_possible_after_submitting_until_the_deadline(world, here, amina, at):
    dossier = complete(world, here, at)
    dossiers.submit(dossier.pk, actor=amina, at=at)
    with acting(world.system()):
        first = ReferenceRequest.objects.order_by("created_at", "id").first()
    last = CLOSES - SECOND
    new = references.replace(
        first.pk, actor=amina, at=last, name="Three", email="3@uni.example", institution=""
    )
    assert new.state == "sent"
    for act in (
        lambda: ask(dossier, amina, CLOSES, email="four@uni.example"),
        lambda: references.resend(new.pk, actor=amina, at=CLOSES),
        lambda: references.replace(
            new.pk, actor=amina, at=CLOSES, name="x", email="x@x.org", institution=""
        ),
    ):
        with pytest.raises(WindowClosed, match="28 Feb 2027"):
            act()
    dossiers.withdraw(dossier.pk, actor=amina, at=at)
    with pytest.raises(WrongState):
        ask(dossier, amina, at, email="four@uni.example")


def test_who_asks(world, dossier, amina, at):
    made = ask(dossier, amina, at)
    for actor in (world.applicant("bela"), world.applicant("amina", "arts"), world.reviewer()):
        with pytest.raises(NotFound):
            ask(dossier, actor, at, email="two@uni.example")
        with pytest.raises(NotFound):
            references.resend(made.pk, actor=actor, at=at)
        with pytest.raises(NotFound):
            references.replace(
                made.pk, actor=actor, at=at, name="x", email="x@x.org", institution=""
            )
    with pytest.raises(NotFound):  # a draft is the applicant's alone
        ask(dossier, world.staff(), at, email="two@uni.example")
    with pytest.raises(NotFound):
        references.resend(uuid4(), actor=amina, at=at)
    assert len(mails(world)) == 1


# --- resend, replace


def test_a_new_link_kills_the_old_one(world, here, dossier, amina, at):
    made = ask(dossier, amina, at)
    references.resend(made.pk, actor=amina, at=at)
    old, new = links(world)
    with pytest.raises(NotFound):
        references.open_request(actor=referee(here, old), at=at, email=PROF)
    opened = references.open_request(actor=referee(here, new), at=at, email=PROF)
    assert (opened.state, opened.reminders) == ("opened", 1)


def test_a_corrected_address_gets_the_new_link(world, here, dossier, amina, at):
    made = ask(dossier, amina, at)
    references.resend(made.pk, actor=amina, at=at, email="right@uni.example")
    assert [mail.to for mail in mails(world)] == [PROF, "right@uni.example"]
    actor = referee(here, links(world)[1])
    with pytest.raises(Invalid):
        references.open_request(actor=actor, at=at, email=PROF)
    references.open_request(actor=actor, at=at, email="right@uni.example")
    ask(dossier, amina, at, email="two@uni.example")
    for email in ("amina@example.org", "TWO@uni.example", "x"):
        with pytest.raises((Invalid, Conflict)):
            references.resend(made.pk, actor=amina, at=at, email=email)
    assert row(world, made.pk).referee_email == "right@uni.example"


def test_reminders_are_bounded(world, dossier, amina, at):
    made = ask(dossier, amina, at)
    for _ in range(5):
        references.resend(made.pk, actor=amina, at=at)
    with pytest.raises(Conflict, match="5 times"):
        references.resend(made.pk, actor=amina, at=at)
    assert len(links(world)) == 6


def test_the_office_may_remind_and_not_redirect_once_the_dossier_is_sent(world, dossier, amina, at):
    made = ask(dossier, amina, at)
    officer = world.staff(Role.OFFICER)
    with pytest.raises(NotFound):
        references.resend(made.pk, actor=officer, at=at)
    with acting(world.system()):
        Dossier.objects.filter(pk=dossier.pk).update(state="submitted", submitted_at=at)
    assert references.resend(made.pk, actor=officer, at=at).reminders == 1
    with pytest.raises(NotAllowed):
        references.resend(made.pk, actor=officer, at=at, email="office@emat.example")
    with pytest.raises(NotAllowed):
        references.resend(made.pk, actor=world.staff(Role.COMMITTEE), at=at)


def test_a_replaced_referee_loses_the_link(world, here, dossier, amina, at):
    made = ask(dossier, amina, at)
    new = references.replace(
        made.pk, actor=amina, at=at, name="Two", email="two@uni.example", institution=""
    )
    assert row(world, made.pk).state == "replaced"
    assert row(world, new.pk).state == "sent"
    with pytest.raises(NotFound):
        references.open_request(actor=referee(here, links(world)[0]), at=at, email=PROF)
    with pytest.raises(WrongState):
        references.replace(
            made.pk, actor=amina, at=at, name="x", email="x@uni.example", institution=""
        )
    with pytest.raises(WrongState):
        references.resend(made.pk, actor=amina, at=at)


def test_a_referee_whose_letter_has_arrived_is_not_replaced(world, dossier, amina, at, prof):
    references.give(actor=prof, at=at, text="Good.")
    with acting(world.system()):
        pk = ReferenceRequest.objects.get().pk
    with pytest.raises(WrongState):
        references.replace(pk, actor=amina, at=at, name="x", email="x@uni.example", institution="")
    assert references.open_request(actor=prof, at=at, email=PROF).state == "received"
