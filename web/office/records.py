"""What left by mail: read only, filtered in the address, page by page."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consortium.filters import MessageFilter
from consortium.models import OutboxMessage
from web.listing import Sort, listing
from web.office.desk import Desk


class Messages(Desk):
    """Three queries however many rows; the text of a message is on its own row."""

    right = "view_journal"
    stop = "messages"
    template_name = "office/messages.html"

    def context(self) -> dict[str, Any]:
        seen = OutboxMessage.objects.for_actor(self.actor, "view")
        chosen = MessageFilter(self.request.GET, queryset=seen, request=self.request)
        sorts = {"written": Sort(gettext_lazy("Written"), "created_at", first="descending")}
        return {
            "page_title": _("Messages"),
            "filter_form": chosen.form,
            "page": listing(self.request, chosen.narrowed, sorts, default="-written"),
            "clear_url": self.url("messages") if self.request.GET else "",
        }
