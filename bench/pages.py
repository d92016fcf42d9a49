"""Whole pages, from request to HTML, against the reading that lies under them."""

from collections.abc import Callable, Iterator

from allauth.account.internal.flows.login import record_authentication
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse

from bench.ground import Ground
from bench.lists import first_page, own, queue
from bench.measure import Differs, Pair
from bench.people import People, acting_as
from consortium.access import acting
from consortium.actor import Wall
from consortium.models import User

AGAINST = "the reading alone, as models"


def pairs(ground: Ground, people: People) -> Iterator[Pair]:
    yield _office(ground, people)
    yield _queue(ground, people)


def _office(ground: Ground, people: People) -> Pair:
    actor = acting_as(people.coordinator, ground, Wall.STAFF)
    query = {"call": ground.call.slug, "state": "ranked", "sort": "-score"}
    page = _page("office:dossiers", ground, people.coordinator, query)
    best = first_page(ground, actor)[0].reference

    def ours() -> object:
        return best in page()

    def rows() -> object:
        return bool(first_page(ground, actor))

    return Pair("office: that list as a page of HTML", AGAINST, ours, rows)


def _queue(ground: Ground, people: People) -> Pair:
    actor = acting_as(people.dense, ground, Wall.REVIEWER)
    reading = queue(ground, actor)
    page = _page("reviewer:queue", ground, people.dense, {})
    with acting(actor):
        first = own(actor).for_listing().get(pk=str(reading.whole()[0][0]))

    def ours() -> object:
        return first.dossier.reference in page()

    def rows() -> object:
        return bool(reading.whole()[0])

    return Pair("reviewer of many: that queue as a page of HTML", AGAINST, ours, rows)


def _page(name: str, ground: Ground, user: User, query: dict[str, str]) -> Callable[[], str]:
    """Ask as this person; the page as text. Raises Differs where there is none."""
    client = Client(SERVER_NAME="localhost")
    _sign_in(client, user)
    address = reverse(name, kwargs={"consortium": ground.consortium.slug})

    def ask() -> str:
        response = client.get(address, query)
        if response.status_code != 200:  # noqa: PLR2004  # HTTP: all is well
            raise Differs(f"{address} answered {response.status_code}.")
        return str(response.content.decode())

    return ask


def _sign_in(client: Client, user: User) -> None:
    """As after a password and a code: strong doors open to such sessions alone."""
    client.force_login(user)
    request = HttpRequest()
    request.session = client.session
    record_authentication(request, user, "mfa")
    request.session.save()
