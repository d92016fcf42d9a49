"""No look without an entry: every page and resource, asked for what only a look may show.

The dossier, the document and the letter each hold a word that nothing else holds. Whoever gets to see
one and is not the person must stand in the journal for it; whoever does not, must not.
"""

from dataclasses import dataclass, field

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from admissions.models import Document, Dossier, ReferenceLetter
from consortium.access import acting
from consortium.models import JournalEntry
from tests.contracts import personas as p
from tests.contracts.test_access import ALL, EMAILS, PARTS
from tests.contracts.things import write
from tests.papers import PDF
from tests.sign_in import sign_in

# Counting covered lines takes a third longer; what is covered here is covered elsewhere.
pytestmark = pytest.mark.no_cover

WORDS = {"dossier": b"canarydossier", "document": b"canarydocument", "letter": b"canaryletter"}
# Students with their addresses, to take away: written down as a look at each one's stay.
SHEETS = {"office:host-file", "partner:students-file", "api:host-students"}
GETS = [name for name, method in ALL if method == "get"]
# Partners open what was agreed on about a student of theirs; everybody else a dossier of Amina's.
WHOSE = {p.PARTNER: "bela@example.org"}
WHO = [p.OWNER, p.REVIEWER, p.OTHER_REVIEWER, p.PARTNER, p.OFFICER, p.COMMITTEE, p.STRANGER]


@dataclass
class Answers:
    """Route -> kinds of which the word was shown, and kinds that were written down."""

    shown: dict[str, list[str]] = field(default_factory=dict)
    written: dict[str, list[str]] = field(default_factory=dict)


@pytest.fixture
def things(world, calls, at, monkeypatch):
    monkeypatch.setattr("consortium.clock.now", lambda: at)
    made = write(world, at)
    with acting(world.system()):
        Dossier.objects.update(statement=WORDS["dossier"].decode())
        for model, kind in ((Document, "document"), (ReferenceLetter, "letter")):
            for row in model.objects.all():
                row.file.save("", ContentFile(PDF + b"% " + WORDS[kind]), save=True)
        ReferenceLetter.objects.update(text=WORDS["letter"].decode())
    return made


@pytest.fixture
def knock(world, things):
    clients: dict[str, Client] = {}

    def ask(persona, name, method="get", **headers):
        """Signed in once: none of what is asked here signs anybody out."""
        if persona not in clients:
            clients[persona] = sign_in(Client(), world.user(EMAILS[persona]))
        client = clients[persona]
        address = reverse(name, kwargs=things.kwargs(name, PARTS[name]))
        return getattr(client, method)(address, headers=headers)

    return ask


def body(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def looks(world, after: int = 0) -> list[JournalEntry]:
    """Entries of reading, the newer ones only where it is said after which."""
    with acting(world.system()):
        return list(JournalEntry.objects.filter(is_read=True, id__gt=after).order_by("id"))


@pytest.mark.parametrize("who", WHO)
def test_whoever_sees_a_file_stands_in_the_journal(world, knock, who):
    asked, last = Answers(), 0
    for name in GETS:
        response = knock(who, name)
        assert "_auth_user_id" in response.wsgi_request.session, name
        told = body(response)
        asked.shown[name] = sorted(kind for kind, word in WORDS.items() if word in told)
        every = looks(world, last)
        last = every[-1].pk if every else last
        new = [entry for entry in every if entry.act != "stay.read"]
        assert (every != new) == (name in SHEETS and response.status_code == 200), name
        asked.written[name] = sorted(entry.act.removesuffix(".read") for entry in new)
        for entry in new:
            assert entry.by_id == world.user(EMAILS[who]).pk
            assert entry.for_id == world.user(WHOSE.get(who, EMAILS[p.OWNER])).pk
    if who == p.OWNER:
        assert any(asked.shown.values())
        assert not any(asked.written.values())
    else:
        assert asked.written == asked.shown
        assert any(asked.shown.values()) == (who in {p.REVIEWER, p.PARTNER, p.OFFICER, p.COMMITTEE})


PAGES = [
    *((p.REVIEWER, f"reviewer:{page}") for page in ("review", "document", "letter")),
    *((p.OFFICER, f"office:{page}") for page in ("dossier", "document-file", "letter-file")),
    *((p.PARTNER, f"partner:{page}") for page in ("document", "letter")),
    *((p.PARTNER, f"api:partner-{page}") for page in ("document", "letter")),
    (p.REVIEWER, "api:assigned-dossier"),
    (p.OFFICER, "api:dossier"),
]
AHEAD = [{"Sec-Purpose": "prefetch"}, {"Sec-Purpose": "prefetch;prerender"}, {"X-Moz": "prefetch"}]


@pytest.mark.parametrize(("who", "name"), PAGES)
def test_asking_without_reading_shows_nothing_and_writes_nothing(world, knock, who, name):
    assert knock(who, name, "head").status_code == 405
    for headers in AHEAD:
        response = knock(who, name, **headers)
        assert (response.status_code, response["Cache-Control"]) == (503, "no-store")
        assert not any(word in body(response) for word in WORDS.values())
    assert looks(world) == []
    assert knock(who, name).status_code == 200
    assert looks(world) != []


def test_pages_without_a_trace_may_be_asked_ahead(knock):
    assert knock(p.OFFICER, "office:dossiers", "head").status_code == 200
    assert knock(p.OFFICER, "office:dossiers", **AHEAD[0]).status_code == 200


@pytest.mark.parametrize(("who", "name"), PAGES)
def test_what_cannot_be_written_down_is_not_shown(knock, who, name, monkeypatch):
    def full(*args, **kwargs):
        raise OSError("disk full")

    monkeypatch.setattr("consortium.journal.JournalEntry.objects.bulk_create", full)
    with pytest.raises(OSError, match="disk full"):
        knock(who, name)
