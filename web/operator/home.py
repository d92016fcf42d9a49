"""The platform at a glance: consortia, mail that waits, jobs."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consortium.domain.platform import jobs, tenants
from web.operator.base import OperatorPage

STANDINGS = {
    "todo": gettext_lazy("waiting"),
    "doing": gettext_lazy("running"),
    "succeeded": gettext_lazy("done"),
    "failed": gettext_lazy("failed"),
    "cancelled": gettext_lazy("cancelled"),
    "aborting": gettext_lazy("being stopped"),
    "aborted": gettext_lazy("stopped"),
}
ALWAYS = ("todo", "doing", "failed")


class Home(OperatorPage):
    """Five queries however many consortia."""

    template_name = "operator/home.html"

    def context(self) -> dict[str, Any]:
        found = tenants(actor=self.actor)
        counts = jobs(actor=self.actor)
        return {
            **super().context(),
            "page_title": _("The platform"),
            "tenants": found,
            "waiting": sum(each.mail.waiting for each in found),
            "failing": sum(each.mail.failing for each in found),
            "jobs": [
                {"label": words, "count": counts.get(key, 0)}
                for key, words in STANDINGS.items()
                if key in ALWAYS or counts.get(key)
            ],
        }
