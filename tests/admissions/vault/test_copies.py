"""What a copy of the database and of the disk gives away, and the change of keys."""

from base64 import urlsafe_b64encode
from collections.abc import Iterator
from io import BytesIO, StringIO

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connections
from pypdf import PdfWriter

from admissions.domain import documents, evidence, needs, needs_rulings, passports
from admissions.models import Dossier, NeedsCase
from config.sealing_keys import keyring
from consortium.access import acting
from consortium.models import JournalEntry
from tests.admission_world import open_call_world
from tests.admissions.vault.conftest import HEALTH, WANTED, Desk
from tests.databases import committed
from tests.world import NOON, World

NEW = keyring([f"2027-02:{urlsafe_b64encode(b'n' * 32).decode()}"])
CANARIES = ("peppermint", "QX7654321", "2033-03-03")
IN_CLEAR = "Diallo"


def telling() -> bytes:
    """A certificate in which the canary can be found as it is."""
    writer, out = PdfWriter(), BytesIO()
    writer.add_blank_page(200, 200)
    writer.add_metadata({"/Title": "peppermint"})
    writer.write(out)
    assert b"peppermint" in out.getvalue()
    return out.getvalue()


@pytest.fixture
def filled(django_db_setup, django_db_blocker, run_id, worker_id) -> Iterator[Desk]:
    """A case with evidence and rulings, and a passport, committed."""
    with django_db_blocker.unblock(), committed(run_id, f"{worker_id}_copies"):
        world = World()
        desk = Desk(world, open_call_world(world)["emat"], NOON)
        case = desk.requested()
        desk.attach(case, telling())
        needs_rulings.read(case.pk, actor=desk.officer, at=desk.later)
        needs_rulings.approve(
            case.pk, actor=desk.officer, at=desk.later, amount=6000, reason="peppermint"
        )
        with acting(world.system()):
            Dossier.objects.update(state="enrolled", submitted_at=NOON)
        passports.give(
            case.dossier_id,
            actor=desk.amina,
            at=desk.later,
            values={"number": "QX7654321", "country": "SN", "expires_on": "2033-03-03"},
        )
        passports.reveal(case.dossier_id, actor=world.staff(), at=desk.later, reason="Visa")
        yield desk


def copy_of_everything() -> str:
    """Every table as its owner copies it, whose policies hide no row."""
    parts = []
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            with cursor.copy(f'COPY "{table}" TO STDOUT') as copied:
                parts += [bytes(piece).decode() for piece in copied]
    return "".join(parts)


def files() -> dict[str, bytes]:
    found: dict[str, bytes] = {}

    def walk(folder: str) -> None:
        folders, names = default_storage.listdir(folder)
        for name in names:
            with default_storage.open(f"{folder}{name}") as file:
                found[f"{folder}{name}"] = file.read()
        for each in folders:
            walk(f"{folder}{each}/")

    walk("")
    return found


@pytest.mark.slow
def test_a_copy_of_database_and_disk_holds_none_of_it(filled):
    copied = copy_of_everything()
    assert IN_CLEAR in copied
    assert [canary for canary in CANARIES if canary in copied] == []
    lying = files()
    assert any(data.startswith(b"%PDF") for data in lying.values())
    assert [name for name, data in lying.items() if b"peppermint" in data] == []


def rotated(*flags: str) -> list[str]:
    out = StringIO()
    call_command("rotate_keys", *flags, stdout=out)
    return out.getvalue().splitlines()


@pytest.mark.slow
def test_the_keys_change_and_everything_still_opens(filled, settings):
    old = settings.SEALING_KEYS
    assert rotated("--dry-run") == [
        "derived (the first): 8",
        "Dry run: 0 would be sealed anew; nothing was changed.",
    ]
    settings.SEALING_KEYS = {**NEW, **old}
    before = copy_of_everything()
    assert rotated("--dry-run")[-1] == "Dry run: 8 would be sealed anew; nothing was changed."
    assert copy_of_everything() == before
    told = rotated()
    assert "1/1 admissions.Passport" in told
    assert told[-3:] == [
        "8 values and files sealed anew with 2027-02.",
        "2027-02 (the first): 8",
        "Every other key can be taken out of SEALING_KEYS.",
    ]
    settings.SEALING_KEYS = NEW
    assert rotated()[-3] == "0 values and files sealed anew with 2027-02."
    assert_everything_opens(filled)


def assert_everything_opens(desk) -> None:
    dossier = desk.dossier
    assert passports.own(dossier, actor=desk.amina).number == "QX7654321"
    assert needs.own(dossier, actor=desk.amina)[1:] == (
        needs.Needs(asks=True, wanted=WANTED, health=HEALTH),
        "peppermint",
    )
    with acting(desk.officer):
        (paper,) = evidence.of_case(desk.again(), actor=desk.officer)
        assert b"peppermint" in documents.content(paper).read()


@pytest.mark.slow
def test_a_value_that_no_key_opens_stops_the_change(filled, settings):
    settings.SEALING_KEYS = NEW
    with pytest.raises(CommandError, match="'derived'"):
        rotated()


@pytest.mark.slow
def test_a_value_moved_to_another_row_breaks(filled):
    other = Desk(filled.world, filled.call, NOON, "bela")
    other.asked(other.draft())
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "UPDATE admissions_needscase SET wanted = (SELECT wanted FROM admissions_needscase"
            " WHERE person_name LIKE 'Amina%%' AND state = 'approved')"
            " WHERE state = 'noted'"
        )
        assert cursor.rowcount == 1
    with pytest.raises(Exception, match="altered or sealed elsewhere"):
        needs.own(other.dossier, actor=other.amina)
    with acting(other.amina):
        assert NeedsCase.objects.count() == 1


@pytest.mark.slow
def test_the_journals_chain_is_verified_with_what_the_office_does_not_read_of_it(filled):
    office = filled.world.staff()
    with acting(office):
        read = set(JournalEntry.objects.values_list("act", flat=True))
    assert not any(act.startswith("needs") for act in read)
    out = StringIO()
    call_command("verify_journal", stdout=out)
    assert "emat" in out.getvalue()
    with acting(filled.world.system()):
        whole = set(JournalEntry.objects.values_list("act", flat=True))
    assert any(act.startswith("needs") for act in whole)
