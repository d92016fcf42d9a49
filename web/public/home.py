"""The first page: whose joint masters these are, and where a person who is signed in may go."""

from typing import Any

from django.utils.translation import gettext as _

from consortium.models import Consortium, User
from web.doors import Door, doors_of
from web.public.base import VisitorPage


class Home(VisitorPage):
    template_name = "home.html"

    def context(self) -> dict[str, Any]:
        consortia = Consortium.objects.all().order_by("invented", "name")[:200]
        return {
            "page_title": _("Joint masters"),
            "consortia": list(consortia),
            "doors": self._doors(),
            "signed_in": bool(self.visitor),
        }

    def _doors(self) -> list[Door]:
        user = self.request.user
        return doors_of(user, at=self.at) if isinstance(user, User) else []
