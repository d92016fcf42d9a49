"""Sealing: texts and files that a copy of the database or of the disk alone does not give away.

AES-256-GCM (quality.md G2). A sealed value names its key and is bound to its place: opened anywhere
else than in the consortium, table, row and field it was sealed for, it breaks. Keys come from
SEALING_KEYS: the first seals, all open, `manage.py rotate_keys` brings old values to the first.
A nonce is drawn for each value; one key is good for 2**32 of them (NIST SP 800-38D, 8.3).
"""

import re
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from typing import Any, ClassVar, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db.models.options import Options

NONCE = 12  # bytes
FORM = "s1"
# s1:<name of the key>:<base64 of nonce, text and tag>; the database holds columns to it.
PATTERN = rf"^{FORM}:[a-z0-9-]{{1,20}}:[A-Za-z0-9_-]{{38,}}=*$"
_SEALED = re.compile(PATTERN)


class SealBroken(Exception):
    """A value does not open here: it was altered, moved, or its key is not among SEALING_KEYS."""


class TenantRow(Protocol):
    """Any row that carries the tenant column; its key is known before it is saved."""

    consortium_id: int
    pk: Any
    _meta: ClassVar["Options[Any]"]


@dataclass(frozen=True, slots=True)
class Place:
    """What a sealed value is bound to."""

    consortium_id: int
    table: str
    row: str
    field: str

    def __str__(self) -> str:
        return f"{self.table}.{self.field} of {self.row} in consortium {self.consortium_id}"

    @property
    def bound(self) -> bytes:
        """Lengths before the parts, so that no two places give the same bytes."""
        parts = [str(part).encode() for part in (FORM, *astuple(self))]
        return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def place_of(row: TenantRow, field: str) -> Place:
    """Where `field` of `row` stands. Raises LookupError for a field that the row does not have."""
    if field not in {each.name for each in row._meta.local_fields}:
        raise LookupError(f"{row._meta.label} has no field {field!r}.")
    return Place(row.consortium_id, row._meta.db_table, str(row.pk), field)


def seal(text: str, place: Place) -> str:
    """The sealed form of a text; an empty one stays empty, as nothing was said."""
    if not text:
        return ""
    name = current_key()
    body = urlsafe_b64encode(_encrypted(text.encode(), name, place)).decode()
    return f"{FORM}:{name}:{body}"


def unseal(value: str, place: Place) -> str:
    """The text that `seal` was given. Raises SealBroken for anything but what was sealed there."""
    if not value:
        return ""
    if not is_sealed(value):
        raise SealBroken(f"What stands in {place} is not sealed.")
    _, name, body = value.split(":")
    return _decrypted(urlsafe_b64decode(body), name, place).decode()


def seal_bytes(data: bytes, place: Place) -> bytes:
    """The sealed form of a file: form and key in a first line, then nonce, content and tag."""
    name = current_key()
    return f"{FORM}:{name}\n".encode() + _encrypted(data, name, place)


def unseal_bytes(data: bytes, place: Place) -> bytes:
    """The file that `seal_bytes` was given. Raises SealBroken as `unseal` does."""
    head, _, body = data.partition(b"\n")
    form, _, name = head[:64].decode("ascii", "replace").partition(":")
    if form != FORM:
        raise SealBroken(f"What stands in {place} is not sealed.")
    return _decrypted(body, name, place)


def is_sealed(value: str) -> bool:
    return _SEALED.fullmatch(value) is not None


def key_of(value: str) -> str:
    """The name of the key of a sealed value, or of a sealed file's first line."""
    return value.split(":")[1].split("\n", maxsplit=1)[0]


def current_key() -> str:
    """The name of the key that seals. Raises SealBroken where there is none."""
    for name in _ring():
        return name
    raise SealBroken("SEALING_KEYS is empty, so nothing can be kept apart.")


def _ring() -> Mapping[str, bytes]:
    ring: Mapping[str, bytes] = settings.SEALING_KEYS
    return ring


def _encrypted(data: bytes, name: str, place: Place) -> bytes:
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(_ring()[name]).encrypt(nonce, data, place.bound)


def _decrypted(data: bytes, name: str, place: Place) -> bytes:
    key = _ring().get(name)
    if key is None:
        raise SealBroken(f"The key {name!r}, with which {place} was sealed, is not among ours.")
    try:
        return AESGCM(key).decrypt(data[:NONCE], data[NONCE:], place.bound)
    except (InvalidTag, ValueError):
        raise SealBroken(f"What stands in {place} was altered or sealed elsewhere.") from None
