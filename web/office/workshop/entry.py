"""One entry of a draft: added, changed, tried beside the checker, removed with what names it."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consortium.access import acting
from consortium.errors import DomainError, NotFound
from mobility_tracks.domain import workshop
from mobility_tracks.programme.changes import diff_plain
from mobility_tracks.programme.editing import Where, entry_at
from mobility_tracks.programme.shape import fields_of, key_field
from mobility_tracks.programme.words import Text
from web.base import FormPage
from web.errors import STATUS
from web.office.workshop.entry_desk import EntryDesk
from web.office.workshop.forms import EntryForm
from web.office.workshop.places import address_of
from web.office.workshop.values import Plain, inner
from web.office.workshop.words import PARTS, kinds, label_of

_UNTOUCHED = ("state", "continues")


class EntryPage(FormPage, EntryDesk):
    """A rule is asked for its kind first; what follows depends on it."""

    template_name = "office/workshop_entry.html"
    success = gettext_lazy("Saved.")

    @cached_property
    def kind(self) -> str:
        asked = self.request.GET.get("kind", "") or str(self.entry.get("kind", ""))
        return asked if asked in {word for word, _name, _says in kinds()} else ""

    @cached_property
    def is_rule(self) -> bool:
        return any(field.name == "parameters" for field in fields_of(self.record.cls))

    def form(self, *data: Any) -> EntryForm:
        fixed: Plain = {"kind": self.kind} if self.is_rule else {}
        if not self.where:
            fixed = {name: self.entry[name] for name in _UNTOUCHED if name in self.entry}
        body = self.require_bench()
        form = EntryForm(
            self.record,
            self.shown().choices(body.kept.intakes),
            *data[:1],
            entry=self._begun(),
            fixed=fixed,
        )
        if self.is_new:
            form.fields = {**form.fields, "key": self._key_field(form)}
        return form

    def _begun(self) -> Plain:
        """A new offering begins in the column that it was added from."""
        if self.is_new and self.request.GET.get("period"):
            return {"period": self.request.GET["period"]}
        return self.entry

    def _key_field(self, form: EntryForm) -> forms.Field:
        named = key_field(self.record)
        if isinstance(named.shape, Text) and named.shape.refers_to:
            known = form.choices.get(named.shape.refers_to, [])
            return forms.ChoiceField(label=label_of(named.name), choices=known)
        return forms.CharField(
            label=_("Key"),
            required=False,
            max_length=60,
            help_text=_(
                "How other entries name this one: small letters, digits and hyphens."
                " Left empty, it is made from the rest."
            ),
        )

    def context(self) -> dict[str, Any]:
        holder = self.where if not self.is_new else ()
        return {
            "page_title": self.name,
            "version": self.version,
            "crumbs": self.crumbs(self.name),
            "noun": self.noun,
            "is_new": self.is_new,
            "where": "/".join(self.where),
            "kinds": list(kinds()) if self.is_rule and not self.kind else [],
            "seen": self.version.document_hash,
            "back_url": self.around(),
            "inner": [
                (name, PARTS[name], "/".join(place), sorted(self.entry.get(name, {})))
                for name, place in (inner(self.record, holder) if holder else [])
            ],
            **self.answer(self.require_bench()),
        }

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if "try" in request.POST:
            return self._tried()
        return super().post(request, **kwargs)

    def _tried(self) -> HttpResponse:
        """The checker's answer to what is typed, without saving it."""
        with acting(self.actor):
            form = self.form(self.request.POST)
            form.is_valid()
            try:
                bench = workshop.tried(self.version, self._place(form), form.plain())
            except DomainError as refusal:
                return self.page(
                    {**self.context(), "form": form, "refusal": refusal},
                    status=STATUS[refusal.code],
                )
            return self.page(
                {**self.context(), **self.answer(bench), "form": form, "is_tried": True}
            )

    def _place(self, form: EntryForm) -> Where:
        if not self.is_new:
            return self.where
        typed = str(form.cleaned_data.get("key") or "").strip()
        return (*self.where, typed or self._made_key(form.plain()))

    def _made_key(self, values: Plain) -> str:
        host = self.partners.get(values.get("host", ""))
        if self.where[-1] == "offerings":
            words = f"{values.get('period', '')} {host.code if host else 'outside'}"
        else:
            words = str(values.get("name") or values.get("title") or values.get("kind") or "")
        stem = slugify(words.replace("_", " "))[:50].strip("-").lstrip("0123456789-") or "new"
        taken = self._taken()
        return next(key for key in _numbered(stem) if key not in taken)

    def _taken(self) -> set[str]:
        body = self.require_bench().body
        holder = entry_at(body, self.where[:-1]) if self.where[:-1] else body
        return set((holder or {}).get(self.where[-1], {}))

    def again(
        self, form: forms.Form, refusal: DomainError | None = None, *, status: int
    ) -> HttpResponse:
        """What the reader blames stands at the field it belongs to."""
        if refusal is not None:
            assert isinstance(form, EntryForm)  # made by self.form
            refusal.fields = {
                form.blame(name) or name: said for name, said in refusal.fields.items()
            }
        return super().again(form, refusal, status=status)

    def act(self, form: forms.Form) -> str:
        assert isinstance(form, EntryForm)  # made by self.form
        place = self._place(form)
        workshop.put_entry(
            self.version.pk,
            place,
            form.plain(),
            seen=self.request.POST.get("seen", ""),
            actor=self.actor,
            at=self.at,
            is_new=self.is_new,
        )
        if self.is_new and inner(self.record, place) and "more" in self.request.POST:
            return address_of(place, slug=self.consortium.slug, code=self.version.code)
        return self.around()


def _numbered(stem: str) -> Iterator[str]:
    yield stem
    for number in range(2, 1000):
        yield f"{stem}-{number}"


class RemoveEntry(FormPage, EntryDesk):
    """What goes along is shown before anything goes."""

    template_name = "office/workshop_removal.html"
    success = gettext_lazy("Removed.")

    def admit(self) -> None:
        super().admit()
        if self.is_new or not self.where:
            raise NotFound

    def form(self, *data: Any) -> forms.Form:
        return forms.Form(*data[:1])

    def context(self) -> dict[str, Any]:
        body = self.require_bench().body
        left = workshop.without(self.version, self.where)
        place = ".".join(self.where)
        return {
            "page_title": _("Remove %(name)s") % {"name": self.name},
            "version": self.version,
            "crumbs": self.crumbs(self.name),
            "noun": self.noun,
            "name": self.name,
            "along": [c for c in diff_plain(body, left) if c.key_path != place],
            "seen": self.version.document_hash,
            "back_url": self.around(),
        }

    def act(self, form: forms.Form) -> str:
        workshop.remove_entry(
            self.version.pk,
            self.where,
            seen=self.request.POST.get("seen", ""),
            actor=self.actor,
            at=self.at,
        )
        return self.around()
