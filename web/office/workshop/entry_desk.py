"""What pages about one entry of a draft share: where it is, what it is called, where back leads."""

from functools import cached_property

from django.utils.translation import gettext as _

from consortium.access import acting
from consortium.errors import NotFound
from mobility_tracks.programme.editing import Where, entry_at, record_at
from mobility_tracks.programme.shape import Record
from web.office.workshop.base import VersionDesk
from web.office.workshop.places import address_of
from web.office.workshop.values import Plain
from web.office.workshop.words import PARTS


class EntryDesk(VersionDesk):
    """`where`: mapping/key/mapping/key; without the last key, a new entry of the last mapping."""

    right = "manage_programmes"

    @cached_property
    def where(self) -> Where:
        return tuple(self.kwargs.get("where", "").split("/")) if "where" in self.kwargs else ()

    @cached_property
    def is_new(self) -> bool:
        return len(self.where) % 2 == 1

    @cached_property
    def record(self) -> Record:
        try:
            return record_at((*self.where, "") if self.is_new else self.where)
        except KeyError:
            raise NotFound from None

    @cached_property
    def entry(self) -> Plain:
        """What stands there. Raises NotFound where nothing does, or where its holder is not."""
        holder = self.where[:-1] if self.is_new else self.where
        found = entry_at(self.require_bench().body, holder) if holder else self.require_bench().body
        if found is None:
            raise NotFound
        return {} if self.is_new else found

    def admit(self) -> None:
        super().admit()
        with acting(self.actor):
            if not self.may_edit or self.record is None or self.entry is None:
                raise NotFound

    @property
    def noun(self) -> str:
        mapping = self.where[-1] if self.is_new else (self.where or ("",))[-2:][0]
        return str(PARTS[mapping][2]) if mapping in PARTS else _("The version")

    @property
    def name(self) -> str:
        if self.is_new:
            return str(PARTS[self.where[-1]][1])
        match self.where:
            case ("offerings" | "transitions", key):
                return self.shown().offering_name(key)
        words = ("name", "title", "sentence")
        called = next((self.entry[word] for word in words if word in self.entry), None)
        return str(called or "".join(self.where[-1:]))

    def around(self) -> str:
        """Back to what holds this entry: another entry, or the workshop."""
        holder = self.where[:-1] if self.is_new else self.where[:-2]
        if holder:
            return address_of(holder, slug=self.consortium.slug, code=self.version.code)
        return f"{self.home()}#{'-'.join(self.where[:2])}"
