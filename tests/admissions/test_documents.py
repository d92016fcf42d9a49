"""Attach, remove, open; files and rows stay together."""

import hashlib
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.db import transaction

from admissions.domain import documents, dossiers
from admissions.models import Document, Dossier
from admissions.storing import given_name
from consortium import journal
from consortium.access import acting
from consortium.errors import Conflict, Invalid, NotAllowed, NotFound, WindowClosed, WrongState
from consortium.models import JournalEntry
from tests.admission_world import CLOSES
from tests.admissions.cases import complete, jpeg, pdf, started, upload


@pytest.fixture
def here(calls):
    return calls["emat"]


@pytest.fixture
def amina(world):
    return world.applicant()


@pytest.fixture
def dossier(world, here, at):
    return started(world, here, at)


def stored(folder: str = "") -> set[str]:
    """Every file in the store."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return set()
    below = {name for each in folders for name in stored(f"{folder}{each}/")}
    return {f"{folder}{name}" for name in files} | below


@pytest.fixture(autouse=True)
def empty_store():
    for name in stored():
        default_storage.delete(name)


def attach(dossier, actor, at, data=None, name="pass port.pdf", requirement="passport"):
    return documents.attach(
        dossier.pk,
        actor=actor,
        at=at,
        requirement=requirement,
        upload=upload(pdf(2) if data is None else data, name),
    )


def rows(world) -> list[Document]:
    with acting(world.system()):
        return list(Document.objects.order_by("uploaded_at", "id"))


def acts(world) -> list[tuple[str, str]]:
    with acting(world.system()):
        entries = JournalEntry.objects.filter(act__startswith="document").order_by("id")
        return list(entries.values_list("act", "by_name"))


def test_what_is_kept_of_a_file(world, here, amina, dossier, at):
    attach(dossier, amina, at, pdf(2), "C:\\scans\\Pass\u202eport.pdf")
    (kept,) = rows(world)
    assert (kept.name, kept.media_type, kept.pages) == ("Passport.pdf", "application/pdf", 2)
    assert (kept.uploaded_at, kept.replaced_at) == (at, None)
    content = kept.file.open("rb").read()
    assert (kept.size, kept.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert stored() == {kept.file.name}
    assert kept.file.name.startswith(f"{here.consortium_id}/documents/")
    assert "ass" not in kept.file.name.rpartition("/")[2]


def test_a_newer_file_replaces_the_one_before(world, amina, dossier, at):
    later = at + timedelta(hours=1)
    attach(dossier, amina, at)
    attach(dossier, amina, later, jpeg(), "photo.jpg")
    attach(dossier, amina, later, requirement="transcript")
    told = [
        (kept.requirement.code, kept.media_type, kept.replaced_at) for kept in with_slots(world)
    ]
    assert told == [
        ("passport", "application/pdf", later),
        ("passport", "image/jpeg", None),
        ("transcript", "application/pdf", None),
    ]
    assert len(stored()) == 3


def with_slots(world):
    with acting(world.system()):
        return list(Document.objects.select_related("requirement").order_by("uploaded_at", "id"))


@pytest.mark.parametrize(
    ("requirement", "data", "name", "field"),
    [
        ("passport", b"", "a.pdf", "file"),
        ("transcript", jpeg(), "a.jpg", "file"),
        ("diploma", pdf(), "a.pdf", "requirement"),
        ("passport", b"%PDF-1.4 nothing %%EOF", "a.pdf", "file"),
    ],
)
def test_a_refused_file_leaves_nothing(world, amina, dossier, at, requirement, data, name, field):
    with pytest.raises(Invalid) as refused:
        attach(dossier, amina, at, data, name, requirement)
    assert set(refused.value.fields) == {field}
    assert (rows(world), stored(), acts(world)) == ([], set(), [])


def test_an_act_that_fails_late_leaves_neither_file_nor_row(world, amina, dossier, at, monkeypatch):
    first = attach(dossier, amina, at)
    before = stored()

    def broken(*args, **kwargs):
        assert len(stored()) == 2
        raise ZeroDivisionError

    monkeypatch.setattr(journal, "record", broken)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        attach(dossier, amina, at)
    assert stored() == before
    assert [(kept.pk, kept.replaced_at) for kept in rows(world)] == [(first.pk, None)]


def test_a_dossier_holds_so_much(world, amina, dossier, at, monkeypatch):
    attach(dossier, amina, at)
    size = len(pdf(2))
    monkeypatch.setattr(documents, "MOST_BYTES", 2 * size - 1)
    with pytest.raises(Conflict):
        attach(dossier, amina, at, requirement="transcript")
    attach(dossier, amina, at)
    monkeypatch.setattr(documents, "MOST_BYTES", 2 * size)
    attach(dossier, amina, at, requirement="transcript")
    monkeypatch.setattr(documents, "MOST_UPLOADS", 3)
    with pytest.raises(Conflict, match="uploaded 3 files"):
        attach(dossier, amina, at)
    monkeypatch.setattr(documents, "MOST_FILES", 2)
    with pytest.raises(Conflict):
        attach(dossier, amina, at, jpeg(), "a.jpg", "photo")


def test_removing_empties_the_slot_once(world, amina, dossier, at):
    document = attach(dossier, amina, at)
    later = at + timedelta(hours=1)
    for moment in (later, later + timedelta(hours=1)):
        assert documents.remove(document.pk, actor=amina, at=moment).replaced_at == later
    assert [kept.replaced_at for kept in rows(world)] == [later]
    assert [act for act, _ in acts(world)] == ["document.attach", "document.remove"]


def test_only_a_draft_within_the_window_is_changed(world, here, amina, at):
    dossier = complete(world, here, at)
    document = rows(world)[0]
    with pytest.raises(WindowClosed):
        attach(dossier, amina, CLOSES)
    with pytest.raises(WindowClosed):
        documents.remove(document.pk, actor=amina, at=CLOSES)
    dossiers.submit(dossier.pk, actor=amina, at=at)
    with pytest.raises(WrongState):
        attach(dossier, amina, at)
    with pytest.raises(WrongState):
        documents.remove(document.pk, actor=amina, at=at)
    assert {kept.replaced_at for kept in rows(world)} == {None}


def send(world, dossier, at):
    with acting(world.system()):
        Dossier.objects.filter(pk=dossier.pk).update(state="submitted", submitted_at=at)


def test_documents_are_the_owners_alone_to_change(world, amina, dossier, at):
    document = attach(dossier, amina, at)
    strangers = (
        world.applicant("bela"),
        world.applicant("amina", "arts"),
        world.public(),
        world.reviewer(),
        world.partner(),
        world.staff(slug="arts"),
        world.staff(),  # as long as it is a draft
    )
    for actor in strangers:
        with pytest.raises(NotFound):
            attach(dossier, actor, at)
        with pytest.raises(NotFound):
            documents.remove(document.pk, actor=actor, at=at)
        with pytest.raises(NotFound):
            documents.open_document(document.pk, actor=actor, at=at)
    send(world, dossier, at)
    for act in (
        lambda: attach(dossier, world.staff(), at),
        lambda: documents.remove(document.pk, actor=world.staff(), at=at),
    ):
        with pytest.raises(NotAllowed):
            act()
    with pytest.raises(NotFound):
        documents.open_document(uuid4(), actor=amina, at=at)
    assert [act for act, _ in acts(world)] == ["document.attach"]


def test_readings_by_others_are_journalled_and_ones_own_are_not(world, amina, dossier, at):
    document = attach(dossier, amina, at)
    assert documents.open_document(document.pk, actor=amina, at=at).pk == document.pk
    send(world, dossier, at)
    assert documents.open_document(document.pk, actor=world.staff(), at=at).pk == document.pk
    assert acts(world) == [
        ("document.attach", amina.name),
        ("document.read", "coordinator verdigris"),
    ]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("a\x00b\n.pdf", "ab.pdf"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
        ("履歴書.pdf", "履歴書.pdf"),
        (None, ""),
    ],
)
def test_given_names(given, kept):
    assert given_name(given) == kept
