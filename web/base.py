"""Base pages. They own how rows are reached; subclasses name wall, template, form and act.

Read: the whole page, template included, is made inside one `acting` context. Write: the form is
parsed in a context of its own, then the act opens its own short transaction, then a redirect.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, cast

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views import View

from consortium.access import acting
from consortium.actor import Actor, Wall
from consortium.errors import DomainError, NotAllowed, NotFound
from consortium.models import Consortium
from consortium.requests import TenantRequest, of_tenant
from consortium.sign_in import is_strong_door
from web.account import asking
from web.errors import STATUS, refusal_page

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class NavItem:
    """A line of an audience's navigation."""

    label: str
    url: str
    current: bool = False
    count: int | None = None


class Page(View):
    """A page of one audience.

    wall: the door. right: a right on the consortium without which the page does not exist; with
    `of_one_call` it is enough to hold it on a call. party_right: likewise, on a partner, or handed
    on by one; of several words one is enough. partial: the template fragment for htmx.
    leaves_trace: its answer is a look at somebody's file (consortium/idle.py).
    needs_recent_sign_in: what others could misuse; asks again who it is, RECENT_SIGN_IN at most ago.
    needs_second_factor: for pages of a weak wall; strong walls need one anyway.
    """

    wall: ClassVar[Wall] = Wall.PUBLIC
    right: ClassVar[str] = ""
    of_one_call: ClassVar[bool] = False
    party_right: ClassVar[str] = ""
    needs_account: ClassVar[bool] = False
    leaves_trace: ClassVar[bool] = False
    needs_second_factor: ClassVar[bool] = False
    needs_recent_sign_in: ClassVar[bool] = False
    template_name: str = ""
    partial: ClassVar[str] = ""
    page_title: str | Promise = ""

    request: TenantRequest

    @property
    def actor(self) -> Actor:
        return self.request.actor

    @property
    def at(self) -> datetime:
        return self.request.at

    @property
    def consortium(self) -> Consortium:
        """Of the address; `admit` refuses one that names none that exists."""
        return cast("Consortium", self.request.consortium)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.request = of_tenant(request)
        try:
            if self.is_for_people and not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if self.request.lacking is not None:
                return self.ask(self.request.lacking)
            self.refuse_changes()
            self.admit()
            response = super().dispatch(request, *args, **kwargs)
        except DomainError as refusal:
            response = refusal_page(request, refusal)
        if request.user.is_authenticated or self.wall is Wall.REFEREE:
            response["Cache-Control"] = "no-store"
        return response  # type: ignore[return-value]  # View is typed for async too

    @property
    def is_for_people(self) -> bool:
        return self.needs_account or is_strong_door(type(self))

    def ask(self, lacking: DomainError) -> HttpResponse:
        """Lead to where the session can show what it lacks for this page, and back."""
        return asking.lead(self.request, lacking)

    def refuse_changes(self) -> None:
        """Raises NotAllowed for any change while somebody looks through another's eyes."""
        if self.request.method not in SAFE and self.request.viewing is not None:
            raise NotAllowed(
                _("Who looks as somebody else changes nothing."),
                next_step=_("Stop looking, and do it as yourself."),
            )

    def admit(self) -> None:
        """Raises NotFound where the page does not exist for this actor: hidden, not forbidden."""
        if "consortium" in self.kwargs and self.request.consortium is None:
            raise NotFound
        held = self.actor.may_somewhere if self.of_one_call else self.actor.may
        if self.right and not held(self.right):
            raise NotFound
        if self.party_right and not any(map(self.actor.serves, self.party_right.split())):
            raise NotFound

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        with acting(self.actor):
            return self.page(self.context())

    def context(self) -> dict[str, Any]:
        """What the template needs; runs inside the actor's context."""
        return {}

    def home(self) -> str:
        """The page's own address; the forms in its parts (web/parts.py) lead back to it."""
        return self.request.path

    def reach(self) -> None:
        """Reach the row of the address, before an act that names it; NotFound when hidden."""

    def nav(self) -> Iterable[NavItem]:
        return ()

    def page(self, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
        """Render the whole page, or its partial for htmx; call inside `acting`."""
        template = self.template_name
        asked = getattr(self.request, "htmx", None)  # django-htmx's, where its middleware stands
        if self.partial and asked and not asked.boosted:
            template = f"{template}#{self.partial}"
        shell = {"page_title": self.page_title, "nav": list(self.nav()), "view": self}
        return render(self.request, template, {**shell, **context}, status=status)


class FormPage(Page):
    """A page with a form under which lies one act.

    Subclasses give `form`, `act` (calls the domain, returns where to go) and perhaps `success`.
    A refusal comes back on the same page with everything typed still in place.
    """

    success: str | Promise = ""

    def form(self, *data: Any) -> Form:
        """Build the form; `data` is (POST, FILES) on a submit. Choices resolve through for_actor."""
        raise NotImplementedError  # every subclass names its own form

    def act(self, form: Form) -> str:
        """Call one act of the domain with cleaned values; return the address to go to."""
        raise NotImplementedError  # every subclass names its own act

    def ask(self, lacking: DomainError) -> HttpResponse:
        """Keeps what was typed; `get` shows it again. Nothing is sent until the button is pressed."""
        if self.request.method == "POST":
            asking.keep(self.request)
            return asking.lead(self.request, lacking, back=self.request.get_full_path())
        return super().ask(lacking)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        typed = asking.kept(request)
        if typed is not None:
            messages.info(
                request, _("Confirmed. Nothing was sent yet: press the button once more.")
            )
            with acting(self.actor):
                form = self.form(typed, MultiValueDict())
            return self.again(form, status=200)
        return self.fresh()

    def fresh(self) -> HttpResponse:
        """The page with an empty form."""
        with acting(self.actor):
            return self.page({**self.context(), "form": self.form()})

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        with acting(self.actor):
            form = self.form(request.POST, request.FILES)
            valid = form.is_valid()
        if not valid:
            return self.again(form, status=422)
        try:
            target = self.act(form)
        except DomainError as refusal:
            if refusal.code == "not_found":
                raise
            return self.again(form, refusal, status=STATUS[refusal.code])
        if self.success:
            messages.success(request, str(self.success))
        return HttpResponseRedirect(target)

    def again(self, form: Form, refusal: DomainError | None = None, *, status: int) -> HttpResponse:
        """The same page with what was typed and why it was refused."""
        if refusal is not None:
            for name, message in refusal.fields.items():
                form.add_error(name if name in form.fields else None, message)
        with acting(self.actor):
            return self.page({**self.context(), "form": form, "refusal": refusal}, status=status)


class ActPage(Page):
    """A button: POST performs one act and redirects; a refusal is shown as a message on return."""

    http_method_names = ["post"]
    success: str | Promise = ""

    def act(self) -> str:
        raise NotImplementedError  # every subclass names its own act

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        target = self.act()
        if self.success:
            messages.success(request, str(self.success))
        return HttpResponseRedirect(target)


class PublicPage(Page):
    """Open to everyone; reads what a consortium published."""

    wall = Wall.PUBLIC


class ApplicantPage(Page):
    """A signed-in person about their own dossiers and studies."""

    wall = Wall.APPLICANT
    needs_account = True


class ReviewerPage(Page):
    wall = Wall.REVIEWER
    needs_account = True
    party_right = "review_dossiers"


class PartnerPage(Page):
    wall = Wall.PARTNER
    needs_account = True
    party_right = "host_students"


class OfficePage(Page):
    wall = Wall.STAFF
    needs_account = True
    right = "enter_office"


class FinancePage(Page):
    wall = Wall.FINANCE
    needs_account = True
    right = "view_funding"
