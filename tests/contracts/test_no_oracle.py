"""Hidden and missing are told apart by nobody: by status, headers, body or number of statements.

The number of statements is what the time of an answer hangs on; a clock would measure the machine.
"""

import re
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.contracts import personas as p
from tests.contracts.answers import told
from tests.contracts.test_access import ALL, EMAILS, PARTS, _body
from tests.contracts.things import write
from tests.sign_in import sign_in

pytestmark = [pytest.mark.slow, pytest.mark.no_cover]

WHO = (p.STRANGER, p.OTHER_REVIEWER, p.OTHER_PARTNER, p.FINANCE, p.INCLUSION, p.FOREIGN)
# What somebody sees and may not act on is no secret: the partner's own proposal, and what another
# partner offers in a published programme.
SEEN = {p.OTHER_PARTNER: {"agreement", "offering"}}
# Keys of the house's own vocabulary: everybody knows which there are.
WORDS = {"consortium", "section", "requirement", "slot", "provider", "kind", "format", "code"}


def absent(value):
    """One of the same shape that is nobody's."""
    if isinstance(value, UUID):
        return uuid4()
    if isinstance(value, int):
        return value + 10_000_000
    return re.sub(r"[A-Z]", "Q", str(value)) if str(value).isupper() else f"{value}-none"


@pytest.fixture
def things(world, calls, at, monkeypatch):
    monkeypatch.setattr("consortium.clock.now", lambda: at)
    return write(world, at)


@pytest.mark.parametrize("persona", WHO)
def test_hidden_and_missing_are_one_answer(world, things, persona):
    client = Client()
    sign_in(client, world.user(EMAILS[persona]))
    client.get("/")
    compared, told_apart = 0, []
    for name, method in ALL:
        hidden = things.kwargs(name, PARTS[name])
        keys = [key for key in hidden if key not in WORDS and hidden[key] is not None]
        allowed = persona in p.ROWS[name, method] or SEEN.get(persona, set()) & set(keys)
        if not keys or allowed or method not in {"get", "post"}:
            continue
        missing = {key: absent(value) if key in keys else value for key, value in hidden.items()}
        answers = []
        for kwargs in (hidden, missing):
            data, kind = _body(name) if method == "post" else (None, {})
            with transaction.atomic(), CaptureQueriesContext(connection) as asked:
                response = getattr(client, method)(reverse(name, kwargs=kwargs), data, **kind)
                transaction.set_rollback(True)
            answers.append((*told(response, *kwargs.values()), len(asked)))
        compared += 1
        if answers[0] != answers[1]:
            told_apart.append((method, name, *_difference(*answers)))
    assert told_apart == []
    assert compared > 60


def _difference(hidden, missing) -> tuple[object, object]:
    """The first part that differs, of both; of texts from shortly before the place."""
    one, other = next((a, b) for a, b in zip(hidden, missing, strict=True) if a != b)
    if isinstance(one, int):
        return one, other
    place = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    return one[max(0, place - 40) : place + 80], other[max(0, place - 40) : place + 80]
