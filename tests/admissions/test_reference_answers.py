"""Open, give, decline: the referee's side."""

import pytest
from django.db.utils import ProgrammingError

from admissions.domain import references
from admissions.models import ReferenceLetter, ReferenceRequest
from consortium.access import acting
from consortium.errors import (
    Invalid,
    WindowClosed,
    WrongState,
)
from consortium.models import Transition
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
from tests.admissions.cases import jpeg, mails, pdf, upload


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


def letters(world) -> list[ReferenceLetter]:
    with acting(world.system()):
        return list(ReferenceLetter.objects.order_by("received_at", "id"))


def test_the_address_opens_the_request_and_a_look_changes_nothing(world, here, dossier, amina, at):
    made = ask(dossier, amina, at)
    actor = referee(here, links(world)[0])
    with acting(actor):
        ReferenceRequest.objects.reach(actor, token_digest=actor.token)
    assert row(world, made.pk).state == "sent"
    with pytest.raises(Invalid) as refused:
        references.open_request(actor=actor, at=at, email="amina@example.org")
    assert set(refused.value.fields) == {"email"}
    with pytest.raises(WrongState):
        references.give(actor=actor, at=at, text="Too soon.")
    assert row(world, made.pk).state == "sent"
    references.open_request(actor=actor, at=at, email=f"  {PROF.upper()} ")
    references.open_request(actor=actor, at=at, email=PROF)
    assert row(world, made.pk).state == "opened"


def test_a_letter_as_text_keeps_its_paragraphs(world, dossier, at, prof):
    references.give(actor=prof, at=at, text="  One.\r\n\r\nTwo. ")
    (kept,) = letters(world)
    assert (kept.text, kept.file.name, kept.received_at) == ("One.\n\nTwo.", "", at)
    assert kept.dossier_id == dossier.pk
    request = row(world, kept.request_id)
    assert (request.state, request.received_at) == ("received", at)


def test_a_letter_as_pdf(world, at, prof):
    data = pdf()
    references.give(actor=prof, at=at, upload=upload(data, "letter.pdf"))
    (kept,) = letters(world)
    assert (kept.text, kept.name, kept.size) == ("", "letter.pdf", len(data))
    assert kept.file.open("rb").read() == data


@pytest.mark.parametrize(
    ("text", "file"),
    [
        ("", None),
        ("  \n ", None),
        ("Both.", upload(pdf())),
        ("a" * 20_001, None),
        ("", upload(jpeg(), "a.jpg")),
        ("", upload(b"", "a.pdf")),
        ("a\x00", None),
    ],
)
def test_a_letter_is_text_or_a_pdf(world, at, prof, text, file):
    with pytest.raises(Invalid):
        references.give(actor=prof, at=at, text=text, upload=file)
    assert letters(world) == []


def test_the_last_letter_before_the_deadline_counts(world, at, prof):
    last = CLOSES - SECOND
    references.give(actor=prof, at=at, text="First.")
    references.give(actor=prof, at=last, text="Second.")
    for act in (
        lambda: references.give(actor=prof, at=CLOSES, text="Third."),
        lambda: references.open_request(actor=prof, at=CLOSES, email=PROF),
        lambda: references.decline(actor=prof, at=CLOSES, reason=""),
    ):
        with pytest.raises(WindowClosed):
            act()
    assert [(kept.text, kept.replaced_at) for kept in letters(world)] == [
        ("First.", last),
        ("Second.", None),
    ]


def test_receipts_to_the_referee_and_one_word_to_the_applicant(world, at, prof):
    references.give(actor=prof, at=at, text="First.")
    references.give(actor=prof, at=at, text="First.")
    references.give(actor=prof, at=at + SECOND, text="Second.")
    receipts = mails(world, key__startswith="reference.receipt")
    arrived = mails(world, key__startswith="reference.arrived")
    assert [mail.to for mail in receipts] == [PROF, PROF]
    assert [mail.to for mail in arrived] == ["amina@example.org"]
    assert "First" not in arrived[0].body
    assert len(letters(world)) == 2


def test_the_applicant_never_reads_the_letter(world, dossier, amina, at, prof):
    references.give(actor=prof, at=at, text="Good.")
    with acting(amina):
        assert ReferenceRequest.objects.for_actor(amina).get().state == "received"
        assert not ReferenceLetter.objects.for_actor(amina).exists()
    with pytest.raises(ProgrammingError, match="permission denied"), acting(amina):
        list(ReferenceLetter.objects.all())


def test_declining_frees_the_place(world, dossier, amina, at, prof):
    references.decline(actor=prof, at=at, reason="I do not know the person.")
    (mail,) = mails(world, key__startswith="reference.declined")
    assert mail.to == "amina@example.org"
    assert "know" not in mail.body
    with acting(world.system()):
        reasons = Transition.objects.filter(event="decline").values_list("reason", flat=True)
        assert list(reasons) == ["I do not know the person."]
    for email in ("two@uni.example", "three@uni.example"):
        ask(dossier, amina, at, email=email)
    for act in (
        lambda: references.give(actor=prof, at=at, text="After all."),
        lambda: references.open_request(actor=prof, at=at, email=PROF),
        lambda: references.decline(actor=prof, at=at, reason=""),
    ):
        with pytest.raises(WrongState):
            act()
