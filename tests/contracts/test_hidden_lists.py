"""What is hidden moves no list: not by search, filter, sort or order, on pages and resources alike.

Rows change what is hidden of them, and every list is asked everything once more: the answers stay
the same to the letter.
"""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from admissions.models import Dossier
from consortium.access import acting
from mobility_tracks.models import Enrolment
from tests.contracts import personas as p
from tests.contracts.answers import told
from tests.contracts.test_access import ALL, EMAILS, PARTS
from tests.sharing_world import sharing_world
from tests.sign_in import sign_in
from tests.world import NOON

pytestmark = [pytest.mark.slow, pytest.mark.no_cover]

LISTS = sorted(name for name, method in ALL if method == "get" and PARTS[name] == ["consortium"])
MARKS = {"score": (4.5, 2.5), "position": (1, 9)}
CONTACT = {"email": ("zq1@a.example", "zq2@a.example"), "phone": ("+331", "+332")}
BORN = {"birth_date": (date(1999, 9, 9), date(2001, 1, 1))}
PERSON = {"person_email": ("zq1@a.example", "zq2@a.example"), "nationality": ("ZQ", "QZ")}
# persona -> (model, the fields that it never reads: a value for every other row, one for the rest)
HIDDEN = {
    p.REVIEWER: (Dossier, MARKS | CONTACT),
    p.OWNER: (Dossier, MARKS),
    p.FINANCE: (Enrolment, PERSON),
    p.PARTNER: (Dossier, MARKS | CONTACT | BORN),
}


def questions(fields):
    yield ""
    for name, (value, _) in fields.items():
        yield from (
            f"q={value}",
            f"{name}={value}",
            f"{name}__gte={value}",
            f"{name}__icontains=zq",
        )
        for word in ("sort", "order"):
            yield from (f"{word}={name}", f"{word}=-{name}")


def hold(model, fields, *, turned: bool) -> None:
    """Every other row gets the first value of each field, the rest the second; or the other way."""
    rows = model.objects.order_by("reference").values_list("pk", flat=True)
    for n, row in enumerate(rows):
        chosen = (n + turned) % 2
        model.objects.filter(pk=row).update(**{name: pair[chosen] for name, pair in fields.items()})


@pytest.mark.parametrize("persona", HIDDEN)
def test_what_is_hidden_moves_no_list(world, calls, monkeypatch, persona):
    monkeypatch.setattr("consortium.clock.now", lambda: NOON)
    sharing_world(world, calls).agreed()
    model, fields = HIDDEN[persona]
    client = Client()
    email = "anna@example.org" if persona == p.OWNER else EMAILS[persona]
    sign_in(client, world.user(email))
    lists = [name for name in LISTS if persona in p.ROWS[name, "get"]]
    answers = []
    for turned in (False, True):
        with acting(world.system()):
            if persona == p.REVIEWER:
                Dossier.objects.update(state="under_review")
            hold(model, fields, turned=turned)
        answers.append(
            {
                f"{name}?{asked}": told(client.get(f"{reverse(name, args=['emat'])}?{asked}"))
                for name in lists
                for asked in questions(fields)
            }
        )
    assert [each for each, found in answers[0].items() if found != answers[1][each]] == []
    plain = " ".join(text for each, (_, text) in answers[0].items() if each.endswith("?"))
    assert "ANNA" in plain.upper(), "lists that show nothing prove nothing"


def test_control_what_is_shown_moves_a_list(world, calls, monkeypatch):
    """The office sees marks: the same exchange is there for it to see."""
    monkeypatch.setattr("consortium.clock.now", lambda: NOON)
    sharing_world(world, calls)
    client = Client()
    sign_in(client, world.user(EMAILS[p.OFFICER]))
    address = reverse("office:dossiers", args=["emat"]) + "?sort=-score"
    answers = []
    for turned in (False, True):
        with acting(world.system()):
            hold(Dossier, MARKS, turned=turned)
        answers.append(told(client.get(address)))
    assert answers[0] != answers[1]
