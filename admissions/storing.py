"""Files and rows together: a row that is not committed leaves no file behind."""

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models.fields.files import FieldFile


@contextmanager
def stored_files() -> Iterator[list[FieldFile]]:
    """Put around the act's transaction; what is appended is deleted again when the act fails.

    Needs to be the outermost: a transaction around it could still roll back after it has ended.
    """
    kept: list[FieldFile] = []
    try:
        yield kept
    except BaseException:
        for file in kept:
            if file.name:
                default_storage.delete(file.name)
        raise


def discard(file: FieldFile) -> None:
    """Delete the file once the transaction has committed: an act that fails leaves it in place."""
    name = file.name
    if name:
        transaction.on_commit(lambda: default_storage.delete(name))


def given_name(name: str | None) -> str:
    """The name of an upload as a fact to show: no folders, no control characters, 200 at most."""
    last = (name or "").replace("\\", "/").rpartition("/")[2]
    clean = "".join(each for each in last if unicodedata.category(each)[0] != "C")
    stem, dot, ending = unicodedata.normalize("NFC", clean).rpartition(".")
    return f"{stem[: 199 - len(ending)]}{dot}{ending}"[:200]
