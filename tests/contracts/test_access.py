"""The access matrix: every route and method x every persona, the allowed side asserted too."""

from collections.abc import Iterator
from http.cookies import SimpleCookie

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from tests.contracts import personas as p
from tests.contracts.things import write
from tests.papers import PDF
from tests.sign_in import been_inside, sign_in

# Counting covered lines takes a third longer; what is covered here is covered elsewhere.
pytestmark = pytest.mark.no_cover

# No rows behind them; Django's own language switch; accounts, which are django-allauth's.
EXEMPT = {"livez", "readyz", "set_language", "account_logout"}
EMAILS = {
    p.STRANGER: "stranger@example.org",
    p.OWNER: "amina@example.org",
    p.REVIEWER: "reviewer-lju@emat.example",
    p.OTHER_REVIEWER: "reviewer-waw@emat.example",
    p.PARTNER: "partner-lju@emat.example",
    p.OTHER_PARTNER: "partner-waw@emat.example",
    p.COMMITTEE: "committee@emat.example",
    p.OFFICER: "officer@emat.example",
    p.COORDINATOR: "coordinator@emat.example",
    p.WEAK: "coordinator@emat.example",
    p.OBSERVER: "observer@emat.example",
    p.ONE_CALL: "one-call@emat.example",
    p.FINANCE: "finance@emat.example",
    p.DELEGATE: "delegate-lju@emat.example",
    p.INCLUSION: "inclusion@emat.example",
    p.FOREIGN: "coordinator@arts.example",
}
# A page that asks for more leads where one can show it; the API answers 401 and 403.
SENT_AWAY = {"/account/login/": 401, "/account/second-factor/": 403, "/account/confirm/": 403}
Route = tuple[str, list[str], type]


def routes() -> Iterator[Route]:
    """(name, parts of the address, view) of every page and resource of ours."""
    for name, parts, pattern in _walk(get_resolver().url_patterns, (), []):
        view = getattr(pattern.callback, "view_class", None) or getattr(
            pattern.callback, "cls", None
        )
        if view is not None and not view.__module__.startswith("allauth.") and name not in EXEMPT:
            yield name, parts, view


def _walk(patterns, spaces, parts) -> Iterator[tuple[str, list[str], URLPattern]]:
    for pattern in patterns:
        here = [*parts, *pattern.pattern.converters]
        if isinstance(pattern, URLPattern):
            yield ":".join([*spaces, pattern.name or str(pattern.pattern)]), here, pattern
        else:
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from _walk(pattern.url_patterns, inner, here)


PARTS = {name: parts for name, parts, _ in routes()}
ALL = sorted(
    (name, method)
    for name, _, view in routes()
    for method in ("get", "post", "put", "patch", "delete")
    if hasattr(view, method) and method in view.http_method_names
)


def test_every_route_and_method_has_a_row_and_every_row_a_route():
    assert sorted(p.ROWS) == ALL


def test_whoever_has_no_second_factor_enters_what_an_applicant_enters():
    there = {row for row, who in p.ROWS.items() if p.WEAK in who}
    assert there == {row for row, who in p.ROWS.items() if who in (p.EVERYONE, p.SIGNED_IN)}


def _body(name: str) -> tuple[dict, dict]:
    if name in {"api:attach", "api:own-evidence"}:
        slot = "passport" if name == "api:attach" else "medical"
        return {"requirement": slot, "file": SimpleUploadedFile("p.pdf", PDF)}, {}
    kind = {"content_type": "application/json"} if name.startswith("api:") else {}
    return p.BODIES.get(name, {}), kind


@pytest.fixture
def knock(world, at, monkeypatch):
    """Ask a route as a persona; what it wrote is rolled back."""
    monkeypatch.setattr("consortium.clock.now", lambda: at)
    things = write(world, at)
    operator = world.user("stranger2@example.org")
    operator.is_operator = True
    operator.save()

    # One client, whose middleware is loaded once, wears the cookies of one persona after the other.
    client = Client()
    signed_in: dict[str, dict[str, str]] = {}

    def become(persona: str) -> None:
        """Signed in once; an answer that takes the cookies away does so for itself alone."""
        if persona not in signed_in:
            client.cookies = SimpleCookie()
            if persona == p.OPERATOR:
                been_inside(sign_in(client, operator))
            elif persona == p.WEAK:
                sign_in(client, world.user(EMAILS[persona]), strong=False)
            elif persona != p.ANON:
                been_inside(sign_in(client, world.user(EMAILS[persona])))
            signed_in[persona] = {name: each.value for name, each in client.cookies.items()}
        client.cookies = SimpleCookie(signed_in[persona])

    def ask(persona: str, name: str, method: str) -> int:
        become(persona)
        address = reverse(name, kwargs=things.kwargs(name, PARTS[name]))
        data, kind = _body(name) if method == "post" else (None, {})
        with transaction.atomic():
            response = getattr(client, method)(address, data, **kind)
            transaction.set_rollback(True)
        if response.status_code == 302:
            return SENT_AWAY.get(response["Location"].partition("?")[0], 302)
        return response.status_code

    return ask


def _space(row: tuple[str, str]) -> tuple[str, str]:
    """One test each: small enough that two processes finish together."""
    return row[0].rpartition(":")[0], row[1]


@pytest.mark.parametrize(("space", "method"), sorted({_space(row) for row in ALL}))
def test_who_enters(knock, space, method):
    asked = [row for row in ALL if _space(row) == (space, method)]
    entered = {
        row: {who for who in p.EVERYONE if knock(who, *row) not in {401, 403, 404}} for row in asked
    }
    assert entered == {row: set(p.ROWS[row]) for row in asked}
