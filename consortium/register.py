"""The data register: what every field of every walled model is, why it is held, and how long.

Each app declares its models in its own `data_register.py`. A field that nobody declared fails the
suite (tests/contracts/test_register.py).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module


class DataClass(StrEnum):
    """public: anyone. internal: the consortium. personal: about a person. sensitive: may harm them."""

    PUBLIC = "public"
    INTERNAL = "internal"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"


@dataclass(frozen=True, slots=True)
class Entry:
    """One model's fields by class, the purpose they serve and when they go."""

    purpose: str
    retention: str
    public: str = ""
    internal: str = ""
    personal: str = ""
    sensitive: str = ""

    def fields(self) -> Iterator[tuple[str, DataClass]]:
        for kind in DataClass:
            for name in getattr(self, kind.value).split():
                yield name, kind


EDITION = "with the edition: two years after its last decision"
GRANT = "as long as the grant agreement asks: five years after the final payment"
ACCOUNT = "until the person closes the account"


def register() -> dict[str, Entry]:
    """Every declared model label with its entry."""
    entries: dict[str, Entry] = {}
    for app in ("consortium", "partners", "mobility_tracks", "admissions"):
        declared: Mapping[str, Entry] = import_module(f"{app}.data_register").ENTRIES
        entries |= {f"{app}.{name}": entry for name, entry in declared.items()}
    entries.update(import_module("consortium.data_register").ACCOUNTS)
    return entries
