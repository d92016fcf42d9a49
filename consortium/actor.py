"""Who acts: a frozen fact sheet, made once at the edge and handed to every act.

An actor wears one *wall* at a time: the audience whose door they came through. The wall is also
the name of the database role under which their rows are read and written (consortium/access.py),
so a person who is both reviewer and officer sees as a reviewer on the reviewer's pages. Who holds
less than the door's people usually do wears a narrower wall behind it (consortium/rights.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Self
from uuid import UUID


class Wall(StrEnum):
    """An audience, and the database role that stands behind it."""

    STAFF = "staff"
    OBSERVER = "observer"
    COMMITTEE = "committee"
    FINANCE = "finance"
    INCLUSION = "inclusion"
    PARTNER = "partner"
    DELEGATE = "delegate"
    REVIEWER = "reviewer"
    APPLICANT = "applicant"
    REFEREE = "referee"
    PERSON = "person"
    PUBLIC = "public"
    OPERATOR = "operator"

    @property
    def role(self) -> str:
        return f"itinera_{self.value}"


@dataclass(frozen=True, slots=True)
class Actor:
    """What somebody may do here, as of the moment `at`.

    rights: codenames held on the consortium. party_rights: per party id. container_rights: per id
    of a call, track or offering. token: digest of the link that a referee presented, else empty.
    viewer_id: whoever looks at pages as this person does, with a reason (domain/viewing.py).
    """

    wall: Wall
    consortium_id: int | None = None
    user_id: int | None = None
    name: str = ""
    rights: frozenset[str] = frozenset()
    party_rights: Mapping[int, frozenset[str]] = field(default_factory=dict)
    container_rights: Mapping[UUID, frozenset[str]] = field(default_factory=dict)
    token: str = ""
    at: datetime | None = None
    viewer_id: int | None = None
    viewer_name: str = ""

    @classmethod
    def system(cls, consortium_id: int, name: str = "Itinera") -> Self:
        """The product itself at work in one consortium: jobs, commands, consequences of acts."""
        return cls(
            wall=Wall.STAFF,
            consortium_id=consortium_id,
            name=name,
            rights=frozenset({"*"}),
        )

    @classmethod
    def public(cls, consortium_id: int | None = None) -> Self:
        return cls(wall=Wall.PUBLIC, consortium_id=consortium_id)

    @property
    def is_system(self) -> bool:
        return "*" in self.rights

    @property
    def only_looks(self) -> bool:
        """Somebody else looks through this person's eyes: nothing may be changed."""
        return self.viewer_id is not None

    @property
    def reader_id(self) -> int | None:
        """Whose eyes read what is shown: the viewer's, where somebody looks through the person's."""
        return self.user_id if self.viewer_id is None else self.viewer_id

    @property
    def tenant(self) -> int:
        """The consortium's id. Raises LookupError for an actor that stands in none."""
        if self.consortium_id is None:
            raise LookupError("This act belongs to a consortium; the actor stands in none.")
        return self.consortium_id

    @property
    def parties(self) -> frozenset[int]:
        return frozenset(self.party_rights)

    def may(self, right: str) -> bool:
        return self.is_system or right in self.rights

    def may_somewhere(self, right: str) -> bool:
        """Whether `right` is held on the consortium or on at least one call, track or offering."""
        return self.may(right) or bool(self.containers_with(right))

    def may_on(self, right: str, container_id: UUID) -> bool:
        """Whether `right` is held on the consortium or on this call, track or offering."""
        return self.may(right) or right in self.container_rights.get(container_id, ())

    def parties_with(self, right: str) -> list[int]:
        return sorted(party for party, rights in self.party_rights.items() if right in rights)

    def serves(self, right: str) -> bool:
        """Whether `right` is held for a partner, or handed on by one for a track or an offering."""
        return bool(self.parties_with(right) or self.containers_with(right))

    def containers_with(self, right: str) -> list[UUID]:
        return sorted(each for each, rights in self.container_rights.items() if right in rights)
