"""Who has begun and not sent: references and days. The drafts themselves are the applicants' alone."""

from typing import Any

from django.utils.translation import gettext as _

from admissions.domain.unfinished import MOST, unfinished
from web.office.desk import CallDesk


class UnfinishedPage(CallDesk):
    """A fixed number of queries; the last five hundred."""

    right = "view_dossiers"
    of_one_call = True
    tab = "unfinished"
    template_name = "office/unfinished.html"

    def context(self) -> dict[str, Any]:
        begun = unfinished(self.call.pk, actor=self.actor)
        return {
            **super().context(),
            "page_title": _("Begun, not sent: %(call)s") % {"call": self.call.title},
            "begun": begun,
            "most": MOST,
        }
