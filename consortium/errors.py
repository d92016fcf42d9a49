"""Refusals of the domain. They know nothing of HTTP.

Each says which rule, which fact, and what to do next. `web/errors.py` and `api/errors.py`
each hold one table from `code` to a response.
"""

from collections.abc import Mapping


class DomainError(Exception):
    """A rule of the domain refused an act; nothing was written.

    code: stable machine word. rule: the rule in a sentence. fact: what collided with it.
    next_step: what the person can do. fields: messages per input field, where one is to blame.
    """

    code = "refused"

    def __init__(
        self,
        rule: str,
        *,
        fact: str = "",
        next_step: str = "",
        fields: Mapping[str, str] | None = None,
    ) -> None:
        self.rule = rule
        self.fact = fact
        self.next_step = next_step
        self.fields = dict(fields or {})
        super().__init__(self.sentence)

    @property
    def sentence(self) -> str:
        return " ".join(part for part in (self.rule, self.fact, self.next_step) if part)


class Invalid(DomainError):
    """The input breaks a rule of the form itself: missing, too long, wrong type."""

    code = "invalid"


class WindowClosed(DomainError):
    """The act came before its opening or after its deadline."""

    code = "window_closed"


class WrongState(DomainError):
    """The thing is not in a state from which this event leads anywhere."""

    code = "wrong_state"


class Incomplete(DomainError):
    """Something that the act needs is not there yet."""

    code = "incomplete"


class Conflict(DomainError):
    """The act collides with what exists: a seat taken, a second dossier, an answer already given."""

    code = "conflict"


class NotAllowed(DomainError):
    """The actor sees the thing but may not do this with it."""

    code = "forbidden"


class NotFound(DomainError):
    """There is no such thing, or the actor may not know of it; the two answer alike."""

    code = "not_found"

    def __init__(self) -> None:
        super().__init__("There is no such page.")
