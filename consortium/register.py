"""The data register: what every field is, why and on which ground it is held, how long, who reads it.

Each app declares its models in its own `data_register.py`. A field that nobody declared fails the
suite (itinera.E003), and so does a reader that the database does not let in, or lets in undeclared
(itinera.E004; tests/contracts/test_registry.py asks the catalogue itself).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from importlib import import_module


class DataClass(StrEnum):
    """public: anyone. internal: the consortium. personal: about a person. sensitive: may harm them."""

    PUBLIC = "public"
    INTERNAL = "internal"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"


class Ground(StrEnum):
    """Why it is lawful to hold: articles of Regulation (EU) 2016/679."""

    NONE = "no personal data"
    CONSENT = "consent, Art. 6(1)(a) and 9(2)(a)"
    CONTRACT = "contract and steps towards one, Art. 6(1)(b)"
    OBLIGATION = "legal obligation, Art. 6(1)(c)"
    VITAL = "vital interests, Art. 6(1)(d)"
    PUBLIC_TASK = "task in the public interest, Art. 6(1)(e)"


LOGIN = "login"  # the login role itself: accounts, sessions, jobs
OFFICE = "staff observer committee"
# What a consortium tells everybody who comes through one of its doors.
EVERYBODY = f"{OFFICE} finance inclusion partner delegate reviewer applicant referee public"


@dataclass(frozen=True, slots=True)
class Entry:
    """One model's fields by class, with purpose, ground, retention and readers.

    readers: walls whose database role may select every field. only: wall -> the fields it may
    select alone; but: wall -> the fields that it may not.
    """

    purpose: str
    retention: str
    ground: Ground
    readers: str
    public: str = ""
    internal: str = ""
    personal: str = ""
    sensitive: str = ""
    only: Mapping[str, str] = field(default_factory=dict)
    but: Mapping[str, str] = field(default_factory=dict)

    def fields(self) -> Iterator[tuple[str, DataClass]]:
        for kind in DataClass:
            for name in getattr(self, kind.value).split():
                yield name, kind

    def readers_of(self, name: str) -> frozenset[str]:
        """The walls that may select a field."""
        some = {wall for wall, names in self.only.items() if name in names.split()}
        most = {wall for wall, names in self.but.items() if name not in names.split()}
        return frozenset({*self.readers.split(), *some, *most})

    def told(self) -> str:
        """The readers in one line."""
        parts = [self.readers.replace(" ", ", ")] if self.readers else []
        parts += [f"{wall} ({', '.join(names.split())})" for wall, names in self.only.items()]
        parts += [f"{wall} (not {', '.join(names.split())})" for wall, names in self.but.items()]
        return ", ".join(parts)


EDITION = "with the edition: two years after its last decision"
GRANT = "as long as the grant agreement asks: five years after the final payment"
ACCOUNT = "until the person closes the account"


def register() -> dict[str, Entry]:
    """Every declared model label with its entry: consortia's rows, then accounts."""
    entries: dict[str, Entry] = {}
    for app in ("consortium", "partners", "mobility_tracks", "admissions"):
        declared: Mapping[str, Entry] = import_module(f"{app}.data_register").ENTRIES
        entries |= {f"{app}.{name}": entry for name, entry in declared.items()}
    accounts: Mapping[str, Entry] = import_module("consortium.data_register").ACCOUNTS
    return entries | dict(accounts)
