"""Requests for letters and the letters, as they stand on the first morning."""

import random
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256

from admissions.domain.references import digest
from admissions.models import Dossier, ReferenceLetter, ReferenceRequest
from consortium.actor import Actor, Wall
from demo.material.applicant import Applicant, Referee
from demo.material.papers import letter_paper
from demo.material.staff import ITO_EMAIL
from demo.seed.columns import told
from demo.seed.files import Shelf
from demo.seed.history import History

# How far a request has come: of a call that is closed, and of one that is open.
CLOSED = {"received": 91, "sent": 4, "opened": 3, "declined": 2}
OPEN = {"received": 58, "sent": 25, "opened": 12, "declined": 5}
EVENTS = {
    "sent": ("send",),
    "opened": ("send", "open"),
    "received": ("send", "open", "receive"),
    "declined": ("send", "open", "decline"),
    "bounced": ("send", "bounce"),
}
AFTER_SUBMISSION = {"decline", "bounce"}
ON_PAPER = 0.3


@dataclass
class Letters:
    """Rows of one call, to insert together."""

    requests: list[ReferenceRequest] = field(default_factory=list)
    letters: list[ReferenceLetter] = field(default_factory=list)

    def write(self) -> None:
        ReferenceRequest.objects.bulk_create(self.requests, batch_size=500)
        ReferenceLetter.objects.bulk_create(self.letters, batch_size=500)


def ask(
    one: Applicant,
    dossier: Dossier,
    *,
    asked: datetime,
    by: datetime,
    rng: random.Random,
    history: History,
    shelf: Shelf,
    letters: Letters,
) -> None:
    """The requests of one dossier, made at `asked` and answered before `by`.

    Those to Professor Ito are left out: they go through the acts.
    """
    call = dossier.call
    chances = OPEN if call.state == "open" and by < call.closes_at - timedelta(days=1) else CLOSED
    for referee in one.referees[: call.references_needed]:
        if referee.email == ITO_EMAIL:
            continue
        state = rng.choices(list(chances), list(chances.values()))[0]
        request = _request(referee, dossier, asked)
        history.note(
            "reference.request", request, by=_owner(dossier), at=asked, facts={"reminders": 0}
        )
        moments = _moments(rng, asked, by)
        for event in EVENTS["bounced" if referee.bounces else state]:
            at = next(moments)
            if event in AFTER_SUBMISSION:
                # With a referee who has declined nobody could have submitted.
                at = max(at, dossier.saved_at)
            by_whom = _owner(dossier) if event == "send" else _referee(dossier)
            history.advance(request, event, by=by_whom, at=at)
            if event == "receive":
                request.received_at = at
                letters.letters.append(_letter(one, referee, request, at, rng, shelf))
        letters.requests.append(request)


def _moments(rng: random.Random, asked: datetime, by: datetime) -> Iterator[datetime]:
    """Instants in order: the sending at once, the rest within days but before `by`."""
    yield asked
    room = max((by - asked).total_seconds(), 60.0)
    fractions = sorted(min(rng.expovariate(6), 0.95) for _ in range(2))
    yield from (asked + timedelta(seconds=room * each) for each in fractions)


def _request(referee: Referee, dossier: Dossier, asked: datetime) -> ReferenceRequest:
    return ReferenceRequest(
        consortium_id=dossier.consortium_id,
        dossier=dossier,
        referee_name=f"{referee.title} {referee.name}".strip(),
        referee_email=referee.email,
        referee_institution=referee.institution,
        applicant_name=dossier.name,
        call_title=dossier.call.title,
        due_at=dossier.call.closes_at,
        zone=dossier.call.zone,
        # Nobody was mailed these links, so nobody may guess them either.
        token_digest=digest(secrets.token_urlsafe(32)),
        created_at=asked,
        sent_at=asked,
    )


def _letter(
    one: Applicant,
    referee: Referee,
    request: ReferenceRequest,
    at: datetime,
    rng: random.Random,
    shelf: Shelf,
) -> ReferenceLetter:
    text = told(one, referee.letter)
    letter = ReferenceLetter(
        consortium_id=request.consortium_id,
        request=request,
        dossier=request.dossier,
        received_at=at,
    )
    if rng.random() < ON_PAPER:
        made = letter_paper(one, referee)
        letter.name, data = made.filename, made.data
        shelf.store(letter.file, data)
    else:
        letter.text, data = text, text.encode()
    letter.size, letter.sha256 = len(data), sha256(data).hexdigest()
    return letter


def _owner(dossier: Dossier) -> Actor:
    return Actor(
        wall=Wall.APPLICANT,
        consortium_id=dossier.consortium_id,
        user_id=dossier.applicant_id,
        name=dossier.latin_name,
    )


def _referee(dossier: Dossier) -> Actor:
    return Actor(wall=Wall.REFEREE, consortium_id=dossier.consortium_id, name="referee")
