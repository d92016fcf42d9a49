"""What partners agreed to let each other see, for the office: who gives whom what, and the history."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.domain.sharing_terms import NEGOTIATING
from partners.items import ITEMS
from partners.models import Partnership, SharingAgreement
from web.listing import Sort, listing
from web.office.desk import Desk
from web.partner.words import line_of

SORTS = {"proposed": Sort(gettext_lazy("Proposed"), "proposed_at", first="descending")}


class Agreements(Desk):
    """Read only: partners agree among themselves. Five queries however many agreements."""

    right = "view_dossiers"
    stop = "agreements"
    template_name = "office/agreements.html"

    def context(self) -> dict[str, Any]:
        seen = SharingAgreement.objects.for_actor(self.actor, "view")
        page = listing(
            self.request, seen, SORTS, default="-proposed", dressed=lambda rows: rows.for_listing()
        )
        zone = self.consortium.zone
        return {
            "page_title": _("Agreements between partners"),
            "page": page,
            "lines": [line_of(row, at=self.at, zone=zone) for row in page.rows],
            "matrix": self.matrix(list(seen.in_force(self.at))),
        }

    def matrix(self, agreements: list[SharingAgreement]) -> dict[str, Any]:
        """Every partner that negotiates, givers down and receivers across, with what passes."""
        cells = {(row.giver_id, row.receiver_id): row for row in agreements}
        rows = Partnership.objects.for_actor(self.actor, "view").for_listing()
        partners = list(rows.filter(kind__in=NEGOTIATING))
        return {
            "partners": partners,
            "rows": [
                {
                    "giver": giver,
                    "cells": [
                        {
                            "receiver": receiver,
                            "itself": giver.pk == receiver.pk,
                            "agreement": (found := cells.get((giver.pk, receiver.pk))),
                            "items": [ITEMS[item].short for item in found.kinds] if found else [],
                        }
                        for receiver in partners
                    ],
                }
                for giver in partners
            ],
        }
