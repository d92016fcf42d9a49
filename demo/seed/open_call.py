"""Living specimens of the open call, through the acts: Amina's draft and Professor Ito's requests."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from admissions.domain.documents import attach
from admissions.domain.dossiers import rank_tracks, save_section, start
from admissions.domain.reference_answers import give, open_request
from admissions.domain.references import actor_for_link, request
from admissions.models import Call, Dossier, ReferenceRequest
from consortium.access import acting
from consortium.actor import Actor
from consortium.models import Consortium, OutboxMessage, User
from demo.material.applicant import Applicant, Referee
from demo.material.staff import ITO_EMAIL
from demo.seed import columns
from demo.seed.calendar import Calendar
from demo.seed.dossiers import Case
from demo.seed.files import paper_for, slots_of, upload_of
from demo.seed.people import applicant_actor

BEGUN = 9  # days ago
SECTIONS = (
    ("identity", columns.IDENTITY),
    ("nationality", columns.NATIONALITY),
    ("education", columns.EDUCATION),
    ("language", columns.LANGUAGE),
    ("motivation", columns.MOTIVATION),
    ("tracks", columns.TRACKS),
)


def amina(
    one: Applicant, person: User, call: Call, consortium: Consortium, calendar: Calendar, ref: str
) -> Dossier:
    """A dossier that lacks one paper and the declaration; one of two letters has arrived."""
    actor, at = applicant_actor(person, consortium), calendar.ago(BEGUN)
    dossier = start(call.pk, actor=actor, at=at)
    with acting(Actor.system(consortium.pk)):
        # Drawn numbers are chance; Amina's is the same in every demonstration.
        Dossier.objects.filter(pk=dossier.pk).update(reference=ref)
        slots = slots_of(call)
    values = columns.columns(one, routes=tuple(route["code"] for route in call.routes))
    for number, (section, part) in enumerate(SECTIONS):
        save_section(
            dossier.pk,
            actor=actor,
            at=at + timedelta(hours=7 * number),
            section=section,
            values=columns.typed(values, part),
        )
    rank_tracks(dossier.pk, actor=actor, at=at + timedelta(hours=50), tracks=list(one.preferences))
    for number, slot in enumerate(slots):
        made = paper_for(one, slot)
        if made is not None:
            attach(
                dossier.pk,
                actor=actor,
                at=at + timedelta(days=3, hours=number),
                requirement=slot.code,
                upload=upload_of(made),
            )
    for referee in one.referees:
        asked = _ask(referee, dossier, actor, calendar.ago(4))
        if referee.email != ITO_EMAIL:
            _answer(asked, referee, calendar.ago(1.5))
    return dossier


def ito(cases: Sequence[Case], consortium: Consortium, calendar: Calendar) -> None:
    """The other applicants for whom Professor Ito is to write."""
    for number, case in enumerate(cases):
        for referee in case.one.referees:
            if referee.email == ITO_EMAIL:
                actor = applicant_actor(case.person, consortium)
                _ask(referee, case.dossier, actor, calendar.ago(1 + number / 40))


def _ask(referee: Referee, dossier: Dossier, actor: Actor, at: datetime) -> ReferenceRequest:
    return request(
        dossier.pk,
        actor=actor,
        at=at,
        name=f"{referee.title} {referee.name}".strip(),
        email=referee.email,
        institution=referee.institution,
    )


def _answer(asked: ReferenceRequest, referee: Referee, at: datetime) -> None:
    """The referee follows the link in the mail, the only place where it stands."""
    with acting(Actor.system(asked.consortium_id)):
        key = f"reference.request:{asked.pk}:{asked.token_digest[:32]}"
        body = OutboxMessage.objects.get(consortium_id=asked.consortium_id, key=key).body
    found = re.search(r"/reference/([\w-]+)/", body)
    if found is None:
        raise LookupError("The mail to a referee holds no link.")
    actor = actor_for_link(asked.consortium_id, found[1])
    open_request(actor=actor, at=at, email=referee.email)
    give(actor=actor, at=at, text=referee.letter)
