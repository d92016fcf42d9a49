"""Students of a partner: those it sends, and each on a page of their own, with what is shared."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admissions.domain.shared import Seen, open_paper, open_shared_letter, seen_of
from mobility_tracks.models import Placement
from mobility_tracks.sharing import LIVE
from partners.items import HOST
from partners.policies import NEGOTIATE
from web.files import facts_in_words
from web.listing import Sort, listing
from web.office.downloads import document_response, letter_response
from web.partner.desk import Desk
from web.partner.words import explained, line_of


class Sent(Desk):
    """Stays elsewhere to which the partner sends. Seven queries however many rows."""

    party_right = NEGOTIATE  # of the partner as a whole: nobody hands it on
    stop = "sent"
    template_name = "partner/sent.html"
    sorts = {
        "name": Sort(gettext_lazy("Name"), "enrolment__person_name"),
        "from": Sort(gettext_lazy("From"), "starts_on", absent="9999-12-31"),
    }

    def context(self) -> dict[str, Any]:
        rows = Placement.objects.for_actor(self.actor, "follow").exclude(host__in=self.mine)
        page = listing(
            self.request,
            rows.filter(LIVE, sending__in=self.actor.parties_with(HOST)),
            self.sorts,
            default="-from",
            dressed=lambda found: found.for_listing(),
        )
        return {"page_title": _("Students we send"), "page": page}


class StudentPage(Desk):
    """What this partner sees of one student, by right and under which agreements."""

    stop = "students"
    leaves_trace = True
    template_name = "partner/student.html"

    def context(self) -> dict[str, Any]:
        seen = seen_of(self.kwargs["ref"], actor=self.actor, at=self.at)
        return {
            "page_title": seen.student.person_name,
            "seen": seen,
            "student": seen.student,
            "crumbs": [
                {"label": _("Students"), "url": self.url("students" if seen.here else "sent")},
                {"label": seen.student.reference},
            ],
            "senders": self.senders(seen),
            "given": [self.line(agreement) for agreement in seen.given],
            "own": [each for each in self.papers(seen) if each["under"] is None],
        }

    def line(self, agreement: Any) -> Any:
        return line_of(agreement, at=self.at, zone=self.consortium.zone)

    def papers(self, seen: Seen) -> list[dict[str, Any]]:
        return [
            {
                "document": paper.document,
                "item": paper.item,
                "under": paper.under,
                "facts": facts_in_words(size=paper.document.size, pages=paper.document.pages),
            }
            for paper in seen.papers
        ]

    def senders(self, seen: Seen) -> list[dict[str, Any]]:
        """Per partner that sends the student here: the agreement, and what it gives of the student."""
        found = {stay.sending_id: stay.sending for stay in seen.here}
        under = {agreement.giver_id: agreement for agreement in reversed(seen.received)}
        return [
            self.sender(seen, partner, under.get(pk))
            for pk, partner in found.items()
            if pk not in self.mine
        ]

    def sender(self, seen: Seen, partner: Any, agreement: Any) -> dict[str, Any]:
        if agreement is None:
            return {"partner": partner, "line": None}
        papers = [each for each in self.papers(seen) if each["under"] == agreement]
        giver = agreement.giver_id
        return {
            "partner": partner,
            "line": self.line(agreement),
            "items": explained(agreement.items),
            "papers": {item: [e for e in papers if e["item"] == item] for item in agreement.kinds},
            "letters": [each for each in seen.letters if each.under == agreement],
            "judgements": [each for each in seen.judgements if each.under == agreement],
            "stays": [stay for stay in seen.elsewhere if giver in {stay.host_id, stay.sending_id}],
        }


class DocumentFile(Desk):
    """A file of a student, for who sends the student or is given it."""

    leaves_trace = True

    def get(  # type: ignore[override]  # a file streams
        self, request: HttpRequest, **kwargs: Any
    ) -> FileResponse | HttpResponse:
        return document_response(self, kwargs["id"], open_paper)


class LetterFile(Desk):
    leaves_trace = True

    def get(  # type: ignore[override]  # a file streams
        self, request: HttpRequest, **kwargs: Any
    ) -> FileResponse | HttpResponse:
        return letter_response(self, kwargs["id"], open_shared_letter)
