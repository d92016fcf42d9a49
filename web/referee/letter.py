"""The letter: write it or send a PDF, look at it, replace it until the deadline; or decline."""

from typing import Any

from django.forms import Form
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from admissions.domain.references import decline, give
from consortium.errors import NotFound
from web.base import FormPage
from web.files import file_response, size_in_words
from web.referee.base import RefereePage
from web.referee.forms import LetterForm, RefusalForm


class Letter(FormPage, RefereePage):
    template_name = "referee/letter.html"

    def form(self, *data: Any) -> Form:
        form = LetterForm(*data)
        form.initial = {"text": self.letter.text} if self.letter else {}
        return form

    def context(self) -> dict[str, Any]:
        at = [self.consortium.slug]
        return {
            "page_title": _("Your letter"),
            "decline_url": reverse("referee:decline", args=at),
            "receipt_url": reverse("referee:receipt", args=at),
            "is_over": self.asked.state in {"declined", "replaced", "bounced"},
        }

    def act(self, form: Form) -> str:
        text, upload = form.cleaned_data["text"], form.cleaned_data["file"]
        # A text that only stands there from before does not compete with a new file.
        if upload is not None and self.letter is not None and text == self.letter.text:
            text = ""
        give(actor=self.actor, at=self.at, text=text, upload=upload)
        return reverse("referee:receipt", args=[self.consortium.slug])


class Decline(FormPage, RefereePage):
    template_name = "referee/decline.html"

    def form(self, *data: Any) -> Form:
        return RefusalForm(*data[:1])

    def context(self) -> dict[str, Any]:
        return {
            "page_title": _("Decline to write"),
            "letter_url": reverse("referee:letter", args=[self.consortium.slug]),
        }

    def act(self, form: Form) -> str:
        decline(actor=self.actor, at=self.at, reason=form.cleaned_data["reason"])
        return reverse("referee:receipt", args=[self.consortium.slug])


class Receipt(RefereePage):
    """What arrived and when, or that it was declined. There is none before."""

    template_name = "referee/receipt.html"

    def admit(self) -> None:
        super().admit()
        if self.letter is None and self.asked.state != "declined":
            raise NotFound

    def context(self) -> dict[str, Any]:
        at = [self.consortium.slug]
        declined = self.asked.state == "declined"
        return {
            "page_title": _("You declined") if declined else _("Your letter has arrived"),
            "declined": declined,
            "size": size_in_words(self.letter.size) if self.letter else "",
            "letter_url": reverse("referee:letter", args=at),
            "file_url": reverse("referee:file", args=at)
            if self.letter and self.letter.file
            else "",
        }


class File(RefereePage):
    """The own PDF, as it arrived."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override]  # a stream
        if self.letter is None or not self.letter.file:
            raise NotFound
        return file_response(
            self.letter.file.open("rb"),
            name=self.letter.name,
            media_type="application/pdf",
            download=False,
        )
