"""A whole page of the office, from request to HTML, against the reading that lies under it."""

from collections.abc import Iterator

from allauth.account.internal.flows.login import record_authentication
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse

from bench.ground import Ground
from bench.lists import first_page
from bench.measure import Differs, Pair
from bench.people import People, acting_as
from consortium.actor import Wall
from consortium.models import User


def pairs(ground: Ground, people: People) -> Iterator[Pair]:
    client = Client(SERVER_NAME="localhost")
    _sign_in(client, people.coordinator)
    address = reverse("office:dossiers", kwargs={"consortium": ground.consortium.slug})
    query = {"call": ground.call.slug, "state": "ranked", "sort": "-score"}
    actor = acting_as(people.coordinator, ground, Wall.STAFF)

    def ours() -> object:
        response = client.get(address, query)
        _require_rows(response.status_code, response.content, best)
        return True

    def rows() -> object:
        return bool(first_page(ground, actor))

    best = [row.reference for row in first_page(ground, actor)]
    yield Pair("office: that list as a page of HTML", "the reading alone, as models", ours, rows)


def _sign_in(client: Client, user: User) -> None:
    """As after a password and a code: the office opens to such sessions alone."""
    client.force_login(user)
    request = HttpRequest()
    request.session = client.session
    record_authentication(request, user, "mfa")
    request.session.save()


def _require_rows(status: int, content: bytes, references: list[str]) -> None:
    if status != 200 or references[0].encode() not in content:  # noqa: PLR2004
        raise Differs(f"The page answered {status} without {references[0]}.")
