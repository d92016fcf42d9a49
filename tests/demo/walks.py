"""Walks through the demonstration, each printed as JSON: `python -m tests.demo.walks NAME`.

A program of its own, because the tests run without DEMO=1 and have no demonstration installed.
"""

import json
import os
import re
import sys
from collections import Counter
from typing import Any

Facts = dict[str, Any]


def _consortium(slug: str = "i-mesc"):
    from consortium.models import Consortium

    return Consortium.objects.get(slug=slug)


def _visitor():
    from django.test import Client

    return Client(SERVER_NAME="127.0.0.1")


def _text(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def _states(rows: Any) -> dict[str, int]:
    return dict(sorted(Counter(rows.order_by().values_list("state", flat=True)).items()))


def counts() -> Facts:
    """What is there, by consortium."""
    from admissions.models import Assignment, Call, Dossier, Offer, RankingRun, ReferenceRequest
    from consortium.access import acting
    from consortium.actor import Actor
    from consortium.models import Consortium
    from mobility_tracks.models import Enrolment, Placement
    from partners.models import SharingAgreement

    found: Facts = {}
    for consortium in Consortium.objects.all():
        with acting(Actor.system(consortium.pk)):
            found[consortium.slug] = {
                "calls": {
                    call.slug: {
                        "state": call.state,
                        "dossiers": _states(Dossier.objects.filter(call=call)),
                        "reviews": _states(Assignment.objects.filter(dossier__call=call)),
                        "letters": _states(ReferenceRequest.objects.filter(dossier__call=call)),
                        "rankings": RankingRun.objects.filter(call=call).count(),
                    }
                    for call in Call.objects.all()
                },
                "students": {
                    year: _states(Enrolment.objects.filter(intake__year=year))
                    for year in Enrolment.objects.values_list("intake__year", flat=True).distinct()
                },
                "placements": _states(Placement.objects.all()),
                "offers": _states(Offer.objects.all()),
                "agreements": [
                    [giver, receiver, version, state]
                    for giver, receiver, version, state in SharingAgreement.objects.order_by(
                        "proposed_at"
                    ).values_list("giver__code", "receiver__code", "version", "state")
                ],
                "countries": sorted(set(Dossier.objects.values_list("nationality", flat=True))),
            }
    return found


def soundness() -> Facts:
    """Files that differ from their rows, gaps in what was submitted, sight that nothing gives.

    A referee may decline after the submission, so requests are counted whatever became of them.
    """
    from hashlib import sha256

    from admissions.domain.dossier_facts import facts_of
    from admissions.models import Assignment, Document, Dossier
    from admissions.sections import problems
    from consortium.access import acting
    from consortium.actor import Actor
    from consortium.models import Consortium

    documents = broken = alone = strangers = 0
    gaps: list[str] = []
    for consortium in Consortium.objects.all():
        system = Actor.system(consortium.pk)
        with acting(system):
            for document in Document.objects.all():
                documents += 1
                with document.file.open() as file:
                    broken += sha256(file.read()).hexdigest() != document.sha256
            for dossier in Dossier.objects.exclude(submitted_at=None).select_related("call"):
                found = problems(facts_of(dossier, actor=system))
                gaps += [str(gap.message) for gap in found if gap.section != "referees"]
                alone += dossier.references.count() < dossier.call.references_needed
                live = Assignment.objects.filter(dossier=dossier).exclude(state="conflicted")
                who = live.values_list("party_id", "reviewer_id")
                seen = sorted((party << 32) + person for party, person in who)
                strangers += dossier.visible_to != seen
    return {
        "documents": documents,
        "broken": broken,
        "gaps": gaps,
        "alone": alone,
        "strangers": strangers,
    }


def doors() -> Facts:
    """Each card: where it leads and who is signed in after it."""
    from django.contrib.auth import SESSION_KEY

    from consortium.models import User

    visitor, found = _visitor(), {}
    page = visitor.get("/demo/")
    for key in re.findall(r"/demo/enter/([\w-]+)/", page.content.decode()):
        entered = visitor.post(f"/demo/enter/{key}/")
        person = User.objects.filter(pk=visitor.session.get(SESSION_KEY)).first()
        arrived = visitor.get(entered["Location"])
        found[key] = [entered["Location"], person.email if person else "", arrived.status_code]
    refused = visitor.get("/demo/enter/lena/"), visitor.post("/demo/enter/nobody/")
    return {
        "doors": found,
        "text": _text(page),
        "refused": [response.status_code for response in refused],
    }


def mailbox() -> Facts:
    """Professor Ito's mail, the way from it to the request, and what the outbox keeps of the links."""
    from consortium.access import acting
    from consortium.actor import Actor
    from consortium.models import OutboxMessage
    from consortium.outbox import KEY_IN_LINK

    consortium = _consortium()
    with acting(Actor.system(consortium.pk)):
        bodies = OutboxMessage.objects.exclude(sent_at=None).values_list("body", flat=True)
        kept = sum(bool(KEY_IN_LINK.search(body)) for body in bodies)
    visitor = _visitor()
    listed = visitor.get("/demo/mail/?to=y.ito@sendai-institute.example").content.decode()
    letters = re.findall(r'href="(/demo/mail/\d+/)"', listed)
    links = [
        re.findall(
            r'href="http://[^/"]+(/[^"]+/reference/[^"]+)"', visitor.get(each).content.decode()
        )
        for each in letters
    ]
    return {
        "letters": len(letters),
        "links": [len(each) for each in links],
        "answers": [visitor.get(each[0]).status_code for each in links],
        "everybody": _text(visitor.get("/demo/mail/?page=2")).count("@"),
        "absent": visitor.get("/demo/mail/999999/").status_code,
        "kept": kept,
    }


def sharing() -> Facts:
    """Bruno opens the transcript of a student whom Warsaw sent; Agata revokes; he opens it again."""
    from consortium.models import User
    from tests.sign_in import sign_in

    def signed_in(email: str) -> Any:
        return sign_in(_visitor(), User.objects.get(email=email))

    bruno, agata = (signed_in(f"{who}.example") for who in ("bruno@toulouse", "agata@warsaw"))
    listed = bruno.get("/i-mesc/partner/students/?sort=name").content.decode()
    page = re.findall(r'href="(/i-mesc/partner/students/[\w-]+/)"', listed)[0]
    shown = bruno.get(page)
    paper = re.findall(r'href="(/i-mesc/partner/documents/[\w-]+/)"', shown.content.decode())[0]
    before = bruno.get(paper).status_code
    pacts = agata.get("/i-mesc/partner/agreements/").content.decode()
    revocation = re.findall(r'action="(/i-mesc/partner/agreements/[\w-]+/revocation/)"', pacts)[0]
    revoked = agata.post(revocation, {"reason": "To show it"}).status_code
    after = bruno.get(paper).status_code
    return {
        "page": _text(shown),
        "statuses": [before, revoked, after],
        "again": _text(bruno.get(page)),
    }


def selection() -> Facts:
    """From a ranking that lacks reviews to one that was computed, by the help of the others."""
    from admissions.domain import assignments, ranking
    from admissions.models import Call, Dossier
    from consortium import clock
    from consortium.access import acting
    from consortium.actor import Actor, Wall
    from consortium.errors import Incomplete
    from demo.seed.calendar import Calendar
    from demo.seed.people import member_actor

    consortium, at, visitor = _consortium(), clock.now(), _visitor()
    chiara = member_actor("chiara", consortium, Wall.STAFF, Calendar(at, consortium.zone))
    with acting(Actor.system(consortium.pk)):
        call = Call.objects.get(slug__endswith="first-round")
    try:
        ranking.compute(call.pk, actor=chiara, at=at)
    except Incomplete as refusal:
        refused = refusal.rule
    visitor.post("/demo/reviews/")
    replaced = assignments.distribute(call.pk, actor=chiara, at=at, seed="replacements")
    visitor.post("/demo/reviews/")
    run = ranking.compute(call.pk, actor=chiara, at=at)
    with acting(chiara):
        ranked = Dossier.objects.filter(call=call, state="ranked").count()
        places = run.places.count()
    return {
        "refused": refused,
        "replaced": len(replaced.assigned),
        "ranked": ranked,
        "places": places,
    }


def jumps() -> Facts:
    """The clock to both sides of the deadline, a week on, and back."""
    from admissions.domain.dossiers import save_section
    from admissions.models import Call, Dossier
    from consortium import clock
    from consortium.access import acting
    from consortium.actor import Actor, Wall
    from consortium.domain.actors import actor_for
    from consortium.errors import WindowClosed
    from consortium.models import User
    from demo.material.staff import AMINA_EMAIL

    consortium, visitor = _consortium(), _visitor()
    amina = User.objects.get(email=AMINA_EMAIL)
    actor = actor_for(amina, consortium, Wall.APPLICANT, at=clock.now())
    with acting(actor):
        dossier = Dossier.objects.select_related("call").reach(actor, applicant=amina)

    def can_write() -> bool:
        try:
            values = {"phone": "+212 5 00 00 00"}
            save_section(dossier.pk, actor=actor, at=clock.now(), section="identity", values=values)
        except WindowClosed:
            return False
        return True

    found: Facts = {"first": [clock.now().isoformat(timespec="minutes"), can_write()]}
    for key in ("before", "after", "week", "back"):
        visitor.post("/demo/clock/", {"to": key})
        with acting(Actor.system(consortium.pk)):
            call = Call.objects.get(slug=dossier.call.slug)
            draft = Dossier.objects.get(pk=dossier.pk).state
        open_ = call.state == "open"
        told = clock.now().isoformat(timespec="minutes")
        found[key] = [told, open_, draft, can_write() if open_ else None]
    found["unknown"] = visitor.post("/demo/clock/", {"to": "yesterday"}).status_code
    found["page"] = _text(visitor.get("/demo/clock/"))
    return found


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import django

    django.setup()
    sys.stdout.write(json.dumps(globals()[sys.argv[1]]()))
