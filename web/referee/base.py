"""The referee's door: a link, then a session that remembers its digest. No account, ever."""

from typing import Any

from django.http import HttpResponse

from admissions.domain.references import actor_for_link
from admissions.models import ReferenceLetter, ReferenceRequest
from consortium.access import acting
from consortium.actor import Wall
from consortium.errors import NotFound
from web.base import Page


def session_key(consortium_id: int) -> str:
    return f"referee-{consortium_id}"


class RefereePage(Page):
    """A page behind an opened link. Without one in the session there is no page."""

    wall = Wall.REFEREE
    asked: ReferenceRequest
    letter: ReferenceLetter | None

    def admit(self) -> None:
        super().admit()
        known = self.request.session.get(session_key(self.consortium.pk), "")
        if not known:
            raise NotFound
        self.wear(token_digest=known)

    def wear(self, **link: str) -> None:
        """Become the bearer of a link. Raises NotFound for one that is dead."""
        actor = actor_for_link(self.consortium.pk, **link)
        with acting(actor):
            self.asked = ReferenceRequest.objects.reach(actor, "view", token_digest=actor.token)
            letters = ReferenceLetter.objects.for_actor(actor, "view")
            self.letter = letters.filter(replaced_at__isnull=True).first()
        self.request.actor = actor

    def page(self, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
        shared = {
            "asked": self.asked,
            "letter": self.letter,
            "is_late": self.at >= self.asked.due_at,
            "actor": None,
        }
        return super().page({**shared, **context}, status=status)
