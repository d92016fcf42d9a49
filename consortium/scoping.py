"""The choke point: the only way from an actor to rows, and the only importer of guardian's models.

Every tenant model's queryset is a ScopedQuerySet. Pages, API, forms, filters and acts reach rows
through `for_actor` or `locked`; tests/contracts/test_layers.py holds the side doors shut.
"""

from typing import Any, ClassVar, Self, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model, QuerySet

from consortium.actor import Actor
from consortium.errors import NotAllowed, NotFound
from consortium.policy import Policy

M = TypeVar("M", bound=Model)


class ScopedQuerySet(QuerySet[M]):
    """A queryset that knows the tenant column and the policy of its model."""

    policy: ClassVar[Policy]
    scoped: Self | None = None

    def for_actor(self, actor: Actor, action: str = "view") -> Self:
        """Rows of the actor's consortium on which `action` is allowed, without fields closed to them.

        Raises LookupError for an action that the model's policy does not name.
        """
        rows = self.filter(self.policy(actor, action), consortium_id=actor.tenant)
        if closed := self.policy.closed.get(actor.wall):
            rows = rows.defer(*closed)
        rows.scoped = rows.all()
        return rows

    def anew(self) -> Self:
        """The rows as `for_actor` left them: what narrowed them since falls away, the scope stays.

        For rows whose ids were just found by the narrowed query: asked again beside the ids, its
        conditions only mislead the planner. Raises LookupError where no actor was named.
        """
        if self.scoped is None:
            raise LookupError("Only rows that an actor was named for can be asked for anew.")
        return self.scoped.all()

    def _clone(self) -> Self:
        clone: Self = super()._clone()  # type: ignore[misc]  # private in the stubs, public practice
        clone.scoped = self.scoped
        return clone

    def reach(self, actor: Actor, action: str = "view", **key: Any) -> M:
        """The one row with `key`. NotFound when hidden or absent, NotAllowed when only seen."""
        try:
            return self.for_actor(actor, action).get(**key)
        except ObjectDoesNotExist:
            raise self._refusal(actor, action, key) from None

    def locked(self, actor: Actor, action: str, pk: Any) -> M:
        """`reach` and lock the row until the transaction ends: every act begins with it."""
        rows = self.for_actor(actor, action).select_for_update(no_key=True, of=("self",))
        try:
            return rows.get(pk=pk)
        except ObjectDoesNotExist:
            raise self._refusal(actor, action, {"pk": pk}) from None

    def _refusal(self, actor: Actor, action: str, key: dict[str, Any]) -> NotFound | NotAllowed:
        if action != "view" and self.for_actor(actor, "view").filter(**key).exists():
            noun = self.model._meta.verbose_name
            return NotAllowed(
                f"This act on this {noun} is not among your rights.",
                next_step="Ask the consortium office if you need it.",
            )
        return NotFound()
