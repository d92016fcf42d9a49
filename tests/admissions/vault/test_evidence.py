"""Medical evidence: sealed files for the inclusion officer alone."""

from uuid import uuid4

import pytest
from django.db.utils import ProgrammingError

from admissions.domain import dossiers, evidence
from admissions.domain.documents import attach as attach_document
from admissions.domain.documents import content, open_document, remove
from admissions.models import Document
from consortium.access import acting
from consortium.errors import Incomplete, Invalid, NotAllowed, NotFound
from consortium.sealing import SealBroken
from tests.admissions.cases import pdf, upload


def bytes_of(document: Document) -> bytes:
    with document.file.open("rb") as file:
        return file.read()


def test_the_file_is_sealed_where_it_lies(desk):
    case = desk.requested()
    data = pdf(3)
    document = desk.attach(case, data)
    assert b"%PDF" not in bytes_of(document)
    assert (document.size, document.pages) == (len(data), 3)
    opened = evidence.open_evidence(document.pk, actor=desk.officer, at=desk.later)
    assert content(opened).read() == data
    assert desk.journal()[-1] == ("vault.read", "inclusion verdigris")
    assert content(open_document(document.pk, actor=desk.amina, at=desk.later)).read() == data


def test_it_opens_for_no_other_row(desk):
    case = desk.requested()
    document = desk.attach(case)
    document.pk = uuid4()
    with pytest.raises(SealBroken):
        content(document)


def test_attaching_and_removing_moves_the_case(desk):
    case = desk.requested()
    document = desk.attach(case)
    assert desk.again().state == "evidence_held"
    evidence.remove(document.pk, actor=desk.amina, at=desk.later)
    evidence.remove(document.pk, actor=desk.amina, at=desk.later)
    assert desk.again().state == "requested"
    with pytest.raises(NotFound):
        evidence.open_evidence(document.pk, actor=desk.officer, at=desk.later)


def test_a_newer_file_takes_the_bytes_of_the_one_before(desk, django_capture_on_commit_callbacks):
    case = desk.requested()
    first = desk.attach(case)
    with django_capture_on_commit_callbacks(execute=True):
        second = desk.attach(case)
    storage = first.file.storage
    assert [storage.exists(each.file.name) for each in (first, second)] == [False, True]
    with acting(desk.officer):
        standing = evidence.of_case(desk.again(), actor=desk.officer)
    assert [each.pk for each in standing] == [second.pk]


def test_in_a_draft_it_waits_with_the_answer(desk):
    dossier = desk.draft()
    case = desk.asked(dossier)
    document = desk.attach(case)
    with pytest.raises(NotFound):
        evidence.open_evidence(document.pk, actor=desk.officer, at=desk.later)
    dossiers.submit(dossier.pk, actor=desk.amina, at=desk.later)
    assert desk.again().state == "evidence_held"
    assert evidence.open_evidence(document.pk, actor=desk.officer, at=desk.later)


def test_evidence_is_for_what_was_asked(desk):
    dossier = desk.draft()
    with pytest.raises(Incomplete):
        evidence.attach(
            dossier.pk, actor=desk.amina, at=desk.at, requirement="medical", upload=upload(pdf())
        )


@pytest.mark.parametrize(
    ("requirement", "act"), [("medical", attach_document), ("transcript", evidence.attach)]
)
def test_each_file_has_its_own_way_in(desk, requirement, act):
    dossier = desk.draft()
    desk.asked(dossier)
    with pytest.raises(Invalid) as refused:
        act(
            dossier.pk,
            actor=desk.amina,
            at=desk.at,
            requirement=requirement,
            upload=upload(pdf()),
        )
    assert list(refused.value.fields) == ["requirement"]


def test_evidence_goes_by_its_own_act_only(desk):
    document = desk.attach(desk.asked(desk.draft()))
    with pytest.raises(NotAllowed):
        remove(document.pk, actor=desk.amina, at=desk.later)
    with acting(desk.amina):
        assert Document.objects.get(pk=document.pk).replaced_at is None


def test_nobody_else_opens_it(desk):
    document = desk.attach(desk.requested())
    world = desk.world
    for actor in (
        world.staff(),
        world.reviewer(),
        world.applicant("bela"),
        world.inclusion("arts"),
        world.partner(),
        world.public(),
    ):
        for act in (evidence.open_evidence, open_document):
            with pytest.raises((NotFound, ProgrammingError)):
                act(document.pk, actor=actor, at=desk.later)
