"""Every address as every actor: pages, files, API, searches, sorts, filters, refusals, mail.

What comes back is searched for markers that are somebody else's: with both walls, with either
alone; and with none, where it must leak, or the crawl would prove nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse

from consortium.models import Consortium
from consortium.outbox import send_due
from tests.contracts.canaries.people import PEOPLE, Persona
from tests.contracts.canaries.planting import CASTS, Field
from tests.contracts.personas import BODIES
from tests.contracts.test_access import ALL, PARTS
from tests.sign_in import sign_in

# Counting covered lines takes a third longer; what is covered here is covered elsewhere.
pytestmark = pytest.mark.no_cover

# Asked of every list: every word matches a marker, and order could tell where hidden rows lie.
ASKED = ("q=zq0", "sort=-name", "sort=score", "order=-pk", "page_size=200", "state=submitted")
READS = sorted(name for name, method in ALL if method == "get")
WRITES = sorted(name for name, method in ALL if method == "post")
WITH_A_WALL_GONE = ("partner", "reviewer", "applicant", "coordinator of the other consortium")


def addresses(
    planted: Field, names: list[str], who: Persona
) -> Iterator[tuple[str, str, str, str]]:
    """(consortium, station, route, address), each address once.

    Of every scene of the actor's consortium, and of one of the other's: from there all is as far.
    """
    seen = set()
    for (slug, station), things in planted.scenes.items():
        if slug != who.slug and station != "lju":
            continue
        for name in names:
            try:
                address = reverse(name, kwargs=things.kwargs(name, PARTS[name]))
            except NoReverseMatch:
                continue
            if address not in seen:
                seen.add(address)
                yield slug, station, name, address


def browser(world, who: Persona) -> Client:
    client = Client(raise_request_exception=False)
    if who.email:
        sign_in(client, world.user(who.email))
    return client


def body_of(response) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return f"{content.decode(errors='replace')} {dict(response.headers)}"


@dataclass
class Harvest:
    """Requests made, addresses at which the house broke, and by marker where it was read."""

    made: int = 0
    broken: list[str] = field(default_factory=list)
    read: dict[str, set[str]] = field(default_factory=dict)


def crawl(world, planted: Field, who: Persona, *, queries: bool) -> Harvest:
    """Everything that can be asked for, in its own consortium and in the other."""
    client, harvest = browser(world, who), Harvest()

    def look(address: str, response) -> None:
        harvest.made += 1
        if response.status_code >= 500:
            harvest.broken.append(f"{address}: {response.status_code}")
        for marker in planted.found(body_of(response)):
            harvest.read.setdefault(marker, set()).add(address)

    for _, _, name, address in addresses(planted, READS, who):
        with transaction.atomic():
            response = client.get(address)
            transaction.set_rollback(True)
        look(address, response)
        if not queries or response.status_code != 200 or PARTS.get(name) != ["consortium"]:
            continue
        for asked in ASKED:
            look(f"{address}?{asked}", client.get(f"{address}?{asked}"))
    for slug, station, name, address in addresses(planted, WRITES, who):
        if who.slug == slug and who.email == CASTS[slug, station].email:
            continue
        kind = {"content_type": "application/json"} if name.startswith("api:") else {}
        with transaction.atomic():
            response = client.post(address, BODIES.get(name, {"reason": "zq"}), **kind)
            transaction.set_rollback(True)
        look(f"POST {address}", response)
    return harvest


def leaks(planted: Field, who: Persona, read: dict[str, set[str]]) -> dict[str, set[str]]:
    return {
        f"{marker} {planted.homes[marker]}": where
        for marker, where in read.items()
        if not who.may_read(planted.homes[marker])
    }


@pytest.mark.slow
@pytest.mark.parametrize("persona", PEOPLE)
def test_nothing_of_anybody_elses_is_read_anywhere(standing, ground, persona):
    who = PEOPLE[persona]
    with standing(first=True, second=True) as world:
        harvest = crawl(world, ground.field, who, queries=True)
    assert leaks(ground.field, who, harvest.read) == {}
    assert harvest.broken == []
    print(f"{persona}: {len(ground.field.homes)} canaries, {harvest.made} requests, 0 read abroad")
    assert harvest.made > len(READS)
    mine = {marker for marker, home in ground.field.homes.items() if who.mine(home)}
    assert not mine or len(mine & harvest.read.keys()) >= 3, (
        "a crawl that reads nothing proves nothing"
    )


@pytest.mark.slow
@pytest.mark.parametrize("persona", WITH_A_WALL_GONE)
@pytest.mark.parametrize("first", [True, False], ids=["choke point alone", "row security alone"])
def test_either_wall_alone_lets_nothing_through(standing, ground, persona, first):
    who = PEOPLE[persona]
    with standing(first=first, second=not first) as world:
        harvest = crawl(world, ground.field, who, queries=False)
    assert leaks(ground.field, who, harvest.read) == {}


@pytest.mark.slow
@pytest.mark.parametrize("persona", WITH_A_WALL_GONE)
def test_without_walls_it_leaks(standing, ground, persona):
    who = PEOPLE[persona]
    with standing(first=False, second=False) as world:
        harvest = crawl(world, ground.field, who, queries=False)
    assert leaks(ground.field, who, harvest.read) != {}


def test_mail_of_one_consortium_carries_nothing_of_another(standing, ground):
    with standing(first=True, second=True):
        for consortium in Consortium.objects.all():
            with transaction.atomic():
                mail.outbox.clear()
                send_due(consortium)
                sent = [f"{each.subject} {each.body} {each.to}" for each in mail.outbox]
                transaction.set_rollback(True)
            foreign = {
                marker
                for text in sent
                for marker in ground.field.found(text)
                if ground.field.homes[marker].slug != consortium.slug
            }
            assert foreign == set()
