"""Versions of the programme, and one of them laid out: periods as columns, the checker beside."""

from io import BytesIO
from typing import Any

from django import forms
from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consortium.access import acting
from mobility_tracks.domain import workshop
from mobility_tracks.domain.documents import kept_for, text_of
from mobility_tracks.domain.flows import possible_flows
from mobility_tracks.domain.workshop import Bench
from mobility_tracks.models import ProgrammeVersion
from web.files import file_response
from web.office.desk import ButtonForm, Desk
from web.office.workshop.base import VersionDesk
from web.office.workshop.words import PARTS
from web.pictures.adapters import gathered, track_map_of
from web.pictures.frame import Picture
from web.pictures.track_map import track_map


class Programmes(Desk):
    """Every version, the newest first; intakes beside them. Two queries."""

    stop = "programmes"
    template_name = "office/programmes.html"

    def context(self) -> dict[str, Any]:
        rows = ProgrammeVersion.objects.for_actor(self.actor, "view").prefetch_related("intakes")
        return {
            "page_title": _("Programme"),
            "versions": list(rows.order_by("-from_year", "code")[:100]),
            "may_manage": self.actor.may("manage_programmes"),
        }


class Workshop(VersionDesk):
    """A draft is edited here; what is published is looked at."""

    template_name = "office/workshop.html"

    def context(self) -> dict[str, Any]:
        shell = {
            "page_title": self.version.title,
            "version": self.version,
            "crumbs": self.crumbs(),
            "may_edit": self.may_edit,
            "may_manage": self.actor.may("manage_programmes"),
            "parts": PARTS,
            "button": forms.Form(),
        }
        bench = self.bench
        return {**shell, **self._laid_out(bench)} if bench else shell

    def _laid_out(self, bench: Bench) -> dict[str, Any]:
        shown = self.shown()
        return {
            **self.answer(bench),
            "seen": self.version.document_hash,
            "columns": shown.columns(),
            "tracks": shown.tracks(),
            "ways_onward": shown.ways_onward(),
            "rules": shown.rules(),
            "others": [(name, PARTS[name], shown.others(name)) for name in _OTHERS],
            "track_map": self._drawn(),
        }

    def _drawn(self) -> Picture | None:
        """The ways one can take, as the rows of the last sound state have them."""
        found = track_map_of(gathered(possible_flows(self.version, actor=self.actor)))
        return track_map(found, title=_("Where one can go")) if found else None


_OTHERS = ("degrees", "specialisations", "fees")


class Publish(ButtonForm, Workshop):
    """What is published is what was looked at: the page sends along what it showed."""

    right = "manage_programmes"
    success = gettext_lazy("The version is published; everybody sees it.")

    def act(self, form: forms.Form) -> str:
        workshop.publish_draft(
            self.version.pk,
            seen=self.request.POST.get("seen", ""),
            actor=self.actor,
            at=self.at,
        )
        return self.home()


class Move(ButtonForm, Workshop):
    """One place earlier or later."""

    right = "manage_programmes"

    def act(self, form: forms.Form) -> str:
        where = tuple(self.kwargs["where"].split("/"))
        by = -1 if self.request.POST.get("to") == "earlier" else 1
        workshop.move_entry(
            self.version.pk,
            where,
            by,
            seen=self.request.POST.get("seen", ""),
            actor=self.actor,
            at=self.at,
        )
        return f"{self.home()}#{'-'.join(where)}"


class Compare(VersionDesk):
    """What differs from the version that this one continues."""

    template_name = "office/workshop_changes.html"

    def context(self) -> dict[str, Any]:
        self.require_bench()
        before, changes = workshop.differences(self.version, actor=self.actor)
        return {
            "page_title": _("Changes"),
            "version": self.version,
            "crumbs": self.crumbs(_("Changes")),
            "before": before,
            "changes": changes,
        }


class ProgrammeFile(VersionDesk):
    """The version as a programme file; what it holds loads to the same thing."""

    def get(  # type: ignore[override]  # a file streams
        self, request: HttpRequest, **kwargs: Any
    ) -> FileResponse:
        with acting(self.actor):
            version = self.version
            text = text_of(version, kept_for(version))
        return file_response(
            BytesIO(text.encode()),
            name=f"{self.consortium.slug}-{version.code}.yaml",
            media_type="application/yaml",
            download=True,
        )
