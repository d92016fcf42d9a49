"""What the tests of the desks share: a selection at hand, texts, queries counted."""

import re
from html import unescape

from django.db import connection
from django.test.utils import CaptureQueriesContext

OFFICER, COORDINATOR, COMMITTEE = (
    f"{r}@emat.example" for r in ("officer", "coordinator", "committee")
)
REVIEWER, PARTNER = "reviewer-lju@emat.example", "partner-lju@emat.example"
NAMES = [f"person{n:02}" for n in range(60)]


def text_of(response) -> str:
    return unescape(response.content.decode())


def plain(response) -> str:
    """The words of a page, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", text_of(response)).split())


def queries(client, address: str) -> int:
    """How many a page asks; the first request of a session is not counted."""
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)
