"""Refusals of the domain. They know nothing of HTTP.

Each says which rule, which fact, and what to do next. `web/errors.py` and `api/errors.py`
each hold one table from `code` to a response.
"""

from collections.abc import Mapping

from django.utils.translation import gettext as _


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


class SecondFactorNeeded(DomainError):
    """The door is for sessions that gave a second factor; this one did not."""

    code = "second_factor_needed"

    def __init__(self) -> None:
        super().__init__(
            _("Who works in a consortium signs in with a second factor."),
            fact=_("This session was opened without one."),
            next_step=_("Give your second factor, or set one up, on the pages of your account."),
        )


class ReauthenticationNeeded(DomainError):
    """The act wants somebody who proved a short while ago that it is them."""

    code = "reauthentication_needed"

    def __init__(self) -> None:
        super().__init__(
            _("What others could misuse is done only shortly after signing in."),
            fact=_("It is longer ago, or an API token asks, which cannot do this at all."),
            next_step=_("Confirm on the pages of your account that it is you, then ask again."),
        )
