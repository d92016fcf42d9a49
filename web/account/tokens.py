"""API tokens of one's own: the list, a new one (its secret is shown once), and an end to each."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consortium.access import acting
from consortium.domain import tokens
from consortium.domain.actors import roles_of
from consortium.errors import DomainError, NotFound
from consortium.models import ApiToken, Consortium
from web.account.notices import tell_owner
from web.base import ActPage, FormPage, Page
from web.errors import STATUS

TERMS = (
    (30, gettext_lazy("30 days")),
    (90, gettext_lazy("90 days")),
    (180, gettext_lazy("half a year")),
    (365, gettext_lazy("a year")),
)
DEFAULT_TERM = 90


class TokenForm(forms.Form):
    """`consortia`: those in which the person has a role."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=80,
        help_text=gettext_lazy("By which you will know it: what program uses it, and where."),
    )
    consortium = forms.TypedChoiceField(label=gettext_lazy("Consortium"), coerce=int)
    scope = forms.ChoiceField(
        label=gettext_lazy("The program may"),
        choices=ApiToken.Scope.choices,
        initial=ApiToken.Scope.READ,
        widget=forms.RadioSelect,
    )
    days = forms.TypedChoiceField(
        label=gettext_lazy("It ends after"), choices=TERMS, coerce=int, initial=DEFAULT_TERM
    )

    def __init__(self, consortia: list[Consortium], *data: Any) -> None:
        super().__init__(*data)
        choices = [(each.pk, each.name) for each in consortia]
        self.fields["consortium"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField
        if len(choices) == 1:
            self.fields["consortium"].initial = choices[0][0]


class Tokens(Page):
    """Everybody's own; revoking is open to a weak session too, for it can only take away."""

    needs_account = True
    template_name = "account/tokens.html"

    def admit(self) -> None:
        super().admit()
        user = self.request.user
        self.tokens = tokens.tokens_of(user)  # type: ignore[arg-type]  # needs_account
        self.has_roles = bool(roles_of(user, at=self.at))  # type: ignore[arg-type]  # needs_account

    def context(self) -> dict[str, Any]:
        return {
            "page_title": _("API tokens"),
            "tokens": self.tokens,
            "has_roles": self.has_roles,
            "at": self.at,
        }


class NewToken(FormPage):
    """Only for people with a role, in a session that has just proved itself twice."""

    needs_account = True
    needs_second_factor = True
    needs_recent_sign_in = True
    template_name = "account/token_new.html"

    def admit(self) -> None:
        super().admit()
        roles = roles_of(self.request.user, at=self.at)  # type: ignore[arg-type]  # needs_account
        self.consortia = {role.consortium.pk: role.consortium for role in roles}
        if not self.consortia:
            raise NotFound

    def context(self) -> dict[str, Any]:
        return {"page_title": _("A new API token")}

    def form(self, *data: Any) -> forms.Form:
        return TokenForm(list(self.consortia.values()), *data[:1])

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Answers with the secret itself: a redirect would have to keep it somewhere."""
        form = self.form(request.POST)
        if not form.is_valid():
            return self.again(form, status=422)
        try:
            token, secret = self.issue(form.cleaned_data)
        except DomainError as refusal:
            return self.again(form, refusal, status=STATUS[refusal.code])
        self.template_name = "account/token_made.html"
        tell_owner("account/email/token_made", request.user, {"token": token})
        shown = {"page_title": _("Your new API token"), "token": token, "secret": secret}
        with acting(self.actor):
            return self.page(shown, status=201)

    def issue(self, typed: dict[str, Any]) -> tuple[ApiToken, str]:
        return tokens.issue(
            self.request.user,  # type: ignore[arg-type]  # needs_account
            self.consortia[typed["consortium"]],
            at=self.at,
            name=typed["name"],
            scope=ApiToken.Scope(typed["scope"]),
            days=typed["days"],
        )


class RevokeToken(ActPage):
    needs_account = True
    success = gettext_lazy("The token is revoked; programs that use it are refused from now on.")

    def act(self) -> str:
        tokens.revoke(self.request.user, self.kwargs["pk"], at=self.at)  # type: ignore[arg-type]  # needs_account
        return reverse("tokens")
