"""Tracks and funding: rank lines with buttons, choose a way of funding."""

from typing import Any

from django import forms
from django.contrib import messages
from django.forms import Form
from django.utils.translation import gettext as _

from admissions.domain import dossiers
from admissions.models import TrackPreference
from admissions.sections import SECTIONS
from consortium.access import acting
from web.applicant.base import DossierPage
from web.applicant.section import WHERE_BACK
from web.base import FormPage
from web.lines import Line, lines_of
from web.ranks import moved
from web.track_words import notes_of
from web.typed import Typed


class WishesForm(forms.Form):
    """The order comes as repeated hidden fields, the move as the button that was pressed."""

    use_required_attribute = False

    def __init__(
        self, routes: list[dict[str, str]], initial: dict[str, Any], data: Any = None
    ) -> None:
        super().__init__(data, initial=initial)
        if routes:
            self.fields["route"] = Typed(
                label=_("How would your studies be funded?"),
                widget=forms.RadioSelect(choices=[(r["code"], r["name"]) for r in routes]),
            )


class TracksPage(FormPage, DossierPage):
    """Every button saves: an order that is only on the screen would be lost on an old phone."""

    template_name = "applicant/tracks.html"

    def admit(self) -> None:
        super().admit()
        with acting(self.actor):
            version_id = self.dossier.call.intake.version_id
            self.lines = lines_of(version_id, actor=self.actor)
            tracks = [line.track for line in self.lines]
            self.notes = notes_of(version_id, tracks, actor=self.actor)
            rows = TrackPreference.objects.for_actor(self.actor, "view")
            wishes = rows.filter(dossier=self.dossier).order_by("rank")
            self.ranked = list(wishes.values_list("track__code", flat=True))

    def form(self, *data: Any) -> Form:
        initial = {"route": self.dossier.route}
        return WishesForm(self.dossier.call.routes, initial, *data[:1])

    def context(self) -> dict[str, Any]:
        by_code = {line.track.code: line for line in self.lines}
        order = self.request.POST.getlist("order") or self.ranked
        ranked = [by_code[code] for code in order if code in by_code]
        return {
            "page_title": SECTIONS["tracks"].title,
            "ranked": [self._row(line) for line in ranked],
            "others": [self._row(line) for line in self.lines if line not in ranked],
            "back_url": self._back(),
        }

    def _row(self, line: Line) -> dict[str, Any]:
        code = line.track.code
        return {
            "code": code,
            "title": line.track.title,
            "stops": line.stops,
            "note": self.notes[code],
        }

    def _back(self) -> str:
        return self.at_url("check" if self.request.GET.get("back") == WHERE_BACK else "dossier")

    def act(self, form: Form) -> str:
        move = self.request.POST.get("move", "")
        offered = {line.track.code for line in self.lines}
        order = moved(self.request.POST.getlist("order"), move, offered=offered)
        if order != self.ranked:
            dossiers.rank_tracks(self.dossier.pk, actor=self.actor, at=self.at, tracks=order)
        route = {name: value for name, value in form.cleaned_data.items() if name == "route"}
        dossiers.save_section(
            self.dossier.pk, actor=self.actor, at=self.at, section="tracks", values=route
        )
        if move:
            return self.request.get_full_path() + "#order"
        messages.success(self.request, _("Your order of tracks is saved."))
        return self._back()
