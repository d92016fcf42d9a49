"""A draft begun, replaced by a file, thrown away."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consortium.access import acting
from consortium.errors import Invalid
from mobility_tracks.domain import workshop
from mobility_tracks.domain.documents import parts_of
from mobility_tracks.models import ProgrammeVersion
from mobility_tracks.programme import Document, read
from mobility_tracks.programme.nodes import MOST_BYTES
from web.base import FormPage
from web.office.desk import Desk
from web.office.workshop.entry_desk import EntryDesk


class DraftForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    code = forms.CharField(
        label=gettext_lazy("Key"),
        max_length=60,
        help_text=gettext_lazy("It is the version's address: small letters, digits and hyphens."),
    )
    from_year = forms.IntegerField(
        label=gettext_lazy("First intake"),
        min_value=2000,
        max_value=2100,
        help_text=gettext_lazy("The year in which the first students begin under it."),
    )

    def __init__(self, versions: list[ProgrammeVersion], data: Any = None, *, initial: Any) -> None:
        super().__init__(data, initial=initial)
        known = [(each.code, each.title) for each in versions]
        self.fields["source"] = forms.ChoiceField(
            label=_("Begin from"),
            choices=[*known, ("", _("nothing: two empty semesters"))],
            required=False,
        )


class NewDraft(FormPage, Desk):
    """`?from=` the version to copy."""

    right = "manage_programmes"
    stop = "programmes"
    template_name = "office/workshop_new.html"
    success = gettext_lazy("The draft is begun. Only the office sees it.")

    def form(self, *data: Any) -> forms.Form:
        rows = ProgrammeVersion.objects.for_actor(self.actor, "view").filter(
            documents__isnull=False
        )
        versions = list(rows.order_by("-from_year"))
        asked = self.request.GET.get("from", versions[0].code if versions else "")
        year = self.at.year + 1
        return DraftForm(versions, *data[:1], initial={"source": asked, "from_year": year})

    def context(self) -> dict[str, Any]:
        return {
            "page_title": _("A new version"),
            "crumbs": [
                {"label": _("Programme"), "url": self.url("programmes")},
                {"label": _("A new version")},
            ],
            "back_url": self.url("programmes"),
        }

    def act(self, form: forms.Form) -> str:
        typed = form.cleaned_data
        rows = ProgrammeVersion.objects.for_actor(self.actor, "view")
        with acting(self.actor):
            source = rows.filter(code=typed["source"]).first() if typed["source"] else None
        made = workshop.begin_draft(
            actor=self.actor,
            at=self.at,
            code=typed["code"],
            title=typed["title"],
            from_year=typed["from_year"],
            source_id=source.pk if source else None,
        )
        return self.url("workshop", code=made.code)


class ReplaceForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Programme file"),
        help_text=gettext_lazy(
            "Of its versions the one with this draft's key is taken, or its only one."
        ),
    )


class ReplaceDraft(FormPage, EntryDesk):
    """A file takes the place of the whole draft; one with a mistake changes nothing."""

    template_name = "office/workshop_new.html"
    success = gettext_lazy("The draft is now what the file says.")

    def form(self, *data: Any) -> forms.Form:
        return ReplaceForm(*data)

    def context(self) -> dict[str, Any]:
        return {
            "page_title": _("Replace the draft by a file"),
            "crumbs": self.crumbs(_("Replace by a file")),
            "back_url": self.home(),
        }

    def act(self, form: forms.Form) -> str:
        body = _body(form.cleaned_data["file"].read(MOST_BYTES + 1), self.version.code)
        workshop.replace_body(
            self.version.pk,
            body,
            seen=self.version.document_hash,
            actor=self.actor,
            at=self.at,
        )
        return self.home()


def _body(data: bytes, code: str) -> dict[str, Any]:
    document = read(data)
    if not isinstance(document, Document):
        raise Invalid(
            _("A programme file is read whole or not at all."),
            fact=" ".join(map(str, document[:10])),
            next_step=_("Correct the file and send it again; nothing was changed."),
            fields={"file": _("%(n)d problems in this file.") % {"n": len(document)}},
        )
    keys = [version.key for version in document.versions]
    if code not in keys and len(keys) > 1:
        raise Invalid(
            _("A draft takes one version of a file."),
            fact=_("The file holds %(keys)s.") % {"keys": ", ".join(keys)},
            fields={"file": _("None of its versions has the key %(code)s.") % {"code": code}},
        )
    body, _intakes = parts_of(document, code if code in keys else keys[0])
    return body


class DiscardForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        help_text=gettext_lazy("It stays in the journal; the draft is gone for good."),
    )


class DiscardDraft(FormPage, EntryDesk):
    template_name = "office/workshop_new.html"
    success = gettext_lazy("The draft is thrown away.")

    def form(self, *data: Any) -> forms.Form:
        return DiscardForm(*data[:1])

    def context(self) -> dict[str, Any]:
        return {
            "page_title": _("Throw the draft away"),
            "crumbs": self.crumbs(_("Throw away")),
            "back_url": self.home(),
            "tone": "grave",
        }

    def act(self, form: forms.Form) -> str:
        workshop.discard_draft(
            self.version.pk, actor=self.actor, at=self.at, reason=form.cleaned_data["reason"]
        )
        return self.url("programmes")
