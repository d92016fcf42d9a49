"""Bring what is sealed to the first of SEALING_KEYS, so that an older key can go.

Runs as the owner of the tables: no wall opens every sealed value, and none should.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models, transaction

from admissions.document_kinds import MEDICAL
from admissions.models import Document
from consortium import sealing
from consortium.models import sealed_fields
from consortium.rowsecurity import tenant_models
from consortium.sealing import place_of

OWNER = "owner"
BATCH = 200
# How many of how many rows of what are looked through.
Tell = Callable[[int, int, str], None]


def keys_in_use() -> Counter[str]:
    """How many values and files are sealed with each key. Reads everything, changes nothing."""
    found: Counter[str] = Counter()
    for model, names in _sealed_models():
        for values in _rows(model).values_list(*names).iterator(BATCH):
            found.update(sealing.key_of(value) for value in values if value)
    for document in _evidence().iterator(BATCH):
        found[_key_of_file(document)] += 1
    return found


def rotate(tell: Tell) -> int:
    """Seal anew what another key sealed; returns how many values and files that were.

    Each batch is a transaction of its own: stopped half-way, the next run goes on. Raises
    SealBroken for a value that no key opens; what was done before it stays done.
    """
    done = 0
    for model, names in _sealed_models():
        ids = list(_rows(model).order_by("pk").values_list("pk", flat=True))
        for at in range(0, len(ids), BATCH):
            done += _reseal(model, names, ids[at : at + BATCH])
            tell(min(at + BATCH, len(ids)), len(ids), model._meta.label)
    files = list(_evidence().order_by("pk"))
    for at, document in enumerate(files, start=1):
        done += _reseal_file(document)
        tell(at, len(files), "files")
    return done


def _sealed_models() -> Iterator[tuple[type[models.Model], list[str]]]:
    for model in tenant_models():
        if names := sealed_fields(model):
            yield model, names


def _rows(model: type[models.Model]) -> "models.QuerySet[Any]":
    return model._default_manager.using(OWNER).order_by()


def _reseal(model: type[models.Model], names: list[str], ids: list[Any]) -> int:
    done = 0
    with transaction.atomic(using=OWNER):
        for row in _rows(model).filter(pk__in=ids).select_for_update(no_key=True):
            stale = [name for name in names if _is_stale(getattr(row, name))]
            for name in stale:
                place = place_of(row, name)
                setattr(row, name, sealing.seal(sealing.unseal(getattr(row, name), place), place))
            if stale:
                row.save(using=OWNER, update_fields=stale)
            done += len(stale)
    return done


def _is_stale(value: str) -> bool:
    return bool(value) and sealing.key_of(value) != sealing.current_key()


def _evidence() -> "models.QuerySet[Document]":
    """Evidence whose bytes are still there: what was taken back has none."""
    rows = Document.objects.using(OWNER).select_related("requirement")
    return rows.filter(requirement__kind__in=sorted(MEDICAL), replaced_at__isnull=True)


def _key_of_file(document: Document) -> str:
    with document.file.open("rb") as file:
        return sealing.key_of(file.read(64).decode("ascii", "replace"))


def _reseal_file(document: Document) -> int:
    """The new file lies beside the old one until its row is committed."""
    if _key_of_file(document) == sealing.current_key():
        return 0
    old = document.file.name
    place = place_of(document, "file")
    with document.file.open("rb") as file:
        data = sealing.unseal_bytes(file.read(), place)
    with transaction.atomic(using=OWNER):
        locked = Document.objects.using(OWNER).select_for_update(no_key=True).get(pk=document.pk)
        if locked.replaced_at is not None or locked.file.name != old:
            return 0
        locked.file.save("", ContentFile(sealing.seal_bytes(data, place)), save=False)
        locked.save(using=OWNER, update_fields=["file"])
        transaction.on_commit(lambda: default_storage.delete(str(old)), using=OWNER)
    return 1
