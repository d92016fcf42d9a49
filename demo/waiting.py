"""What waits for each of the cast, counted from the data: one or two queries a sentence."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from admissions.domain.dossier_facts import facts_of
from admissions.models import Assignment, Dossier, NeedsCase, Offer, ReferenceRequest
from admissions.sections import problems
from consortium.access import acting, as_login
from consortium.actor import Actor, Wall
from consortium.models import Consortium, Delegation, Membership, OutboxMessage
from consortium.roles import Role
from demo.material.staff import AMINA_EMAIL, ITO_EMAIL, STAFF
from demo.models import Mail
from demo.seed.people import full_name
from mobility_tracks.models import AllocationRound, Enrolment, Placement
from partners.models import SharingAgreement
from web.moments import distance

TOULOUSE = "TLS"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who was found by what happened to them."""

    name: str
    email: str
    place: str
    text: str


class Waiting:
    """The sentences of one consortium at one instant. Needs `acting(waiting.system)` around them."""

    def __init__(self, slug: str, at: datetime) -> None:
        self.consortium = Consortium.objects.get(slug=slug)
        self.system = Actor.system(self.consortium.pk)
        self.at = at

    @property
    def name(self) -> str:
        return self.consortium.name

    def applicant(self) -> str:
        mine = Dossier.objects.for_actor(self.system).filter(email=AMINA_EMAIL)
        dossier = mine.select_related("call").order_by("-started_at").first()
        if dossier is None:
            return _("No dossier has been begun.")
        if dossier.state != "draft":
            return _("The dossier %(reference)s is %(state)s.") % {
                "reference": dossier.reference,
                "state": dossier.state.replace("_", " "),
            }
        gaps = len(problems(facts_of(dossier, actor=self.system)))
        lacking = ngettext(
            "The dossier lacks %(n)d thing and has not been sent.",
            "The dossier lacks %(n)d things and has not been sent.",
            gaps,
        )
        return f"{lacking % {'n': gaps}} {self._deadline(dossier)}"

    def _deadline(self, dossier: Dossier) -> str:
        closes_at = dossier.call.closes_at
        if closes_at <= self.at:
            return _("The deadline has passed.")
        return _("The call closes %(when)s.") % {"when": distance(closes_at, self.at)}

    def referee(self) -> str:
        mine = ReferenceRequest.objects.for_actor(self.system).filter(referee_email=ITO_EMAIL)
        count = mine.filter(state__in=["sent", "opened"], due_at__gt=self.at).count()
        return ngettext(
            "%(n)d applicant waits for a letter. The links are in the mail; there is no account.",
            "%(n)d applicants wait for a letter. The links are in the mail; there is no account.",
            count,
        ) % {"n": count}

    def reviewer(self) -> str:
        mine = Assignment.objects.for_actor(self.system).filter(
            reviewer_name=full_name(STAFF["lena"])
        )
        states = Counter(mine.values_list("state", flat=True))
        left, begun = states["proposed"], states["in_progress"]
        done = states["submitted"] + states["locked"]
        return _("%(left)d dossiers to read and %(begun)d reviews begun; %(done)d are done.") % {
            "left": left,
            "begun": begun,
            "done": done,
        }

    def partner(self) -> str:
        mine = Placement.objects.for_actor(self.system).filter(host__code=TOULOUSE)
        count = mine.filter(state__in=["announced", "accepted_by_host"]).count()
        missing = ngettext(
            "%(n)d student has not arrived yet.", "%(n)d students have not arrived yet.", count
        ) % {"n": count}
        return f"{missing} {self._proposals()}".strip()

    def _proposals(self) -> str:
        """What other partners proposed to Toulouse and nobody there has answered."""
        rows = SharingAgreement.objects.for_actor(self.system).filter(state="proposed")
        sides = Q(giver__code=TOULOUSE) | Q(receiver__code=TOULOUSE)
        count = rows.filter(sides).exclude(proposer__code=TOULOUSE).count()
        if not count:
            return ""
        return ngettext(
            "%(n)d proposal of another partner waits for an answer.",
            "%(n)d proposals of other partners wait for an answer.",
            count,
        ) % {"n": count}

    def office(self) -> str:
        closed = Dossier.objects.for_actor(self.system).filter(call__state="closed")
        unruled = closed.filter(state="submitted").count()
        awaited = (
            Assignment.objects.for_actor(self.system)
            .filter(state__in=["proposed", "in_progress"], dossier__state="under_review")
            .count()
        )
        rounds = AllocationRound.objects.for_actor(self.system)
        running = rounds.exclude(state__in=["draft", "published"]).count()
        return _(
            "%(unruled)d dossiers to rule on, %(awaited)d reviews awaited, and %(rounds)d round of"
            " places under way."
        ) % {"unruled": unruled, "awaited": awaited, "rounds": running}

    def observer(self) -> str:
        mine = Membership.objects.for_actor(self.system).filter(role=Role.OBSERVER)
        found = mine.order_by("ends_at").current(self.at).first()
        if found is None or found.ends_at is None:
            return _("The time to look has ended.")
        local = found.ends_at.astimezone(ZoneInfo(self.consortium.zone))
        return _("Everything may be read until %(day)s, and nothing be changed.") % {
            "day": date_format(local, "j F Y")
        }

    def committee_of_a_call(self) -> str:
        mine = Membership.objects.for_actor(self.system).filter(call_id__isnull=False)
        sent = Dossier.objects.for_actor(self.system).filter(call__in=mine.values("call_id"))
        count = sent.exclude(state__in=["draft", "lapsed", "withdrawn"]).count()
        words = ngettext(
            "%(n)d dossier was sent to the one call that is theirs; its ranking is theirs to approve.",
            "%(n)d dossiers were sent to the one call that is theirs; its ranking is theirs to"
            " approve.",
            count,
        )
        return words % {"n": count}

    def delegate(self) -> str:
        handed = Delegation.objects.for_actor(self.system).current(self.at)
        stays = Placement.objects.for_actor(self.system).filter(
            offering__in=handed.values("container_id"), state__in=["announced", "accepted_by_host"]
        )
        count = stays.count()
        words = ngettext(
            "Holds one offering of a partner, handed on to their department: %(n)d student has yet"
            " to arrive.",
            "Holds one offering of a partner, handed on to their department: %(n)d students have yet"
            " to arrive.",
            count,
        )
        return words % {"n": count}

    def finance(self) -> str:
        offers = Offer.objects.for_actor(self.system).filter(state="accepted")
        lines = Counter(offers.values_list("route", flat=True))
        return _("%(students)d students on %(lines)d lines, and no dossier behind them.") % {
            "students": lines.total(),
            "lines": len(lines),
        }

    def operator(self) -> str:
        consortia = Consortium.objects.count()
        with acting(Actor(wall=Wall.OPERATOR)):
            unsent = OutboxMessage.objects.filter(sent_at__isnull=True).values("id").count()
        with as_login():
            letters = Mail.objects.count()
        return _(
            "%(consortia)d consortia to keep running; %(sent)d messages delivered, %(unsent)d not."
        ) % {"consortia": consortia, "sent": letters, "unsent": unsent}

    def inclusion(self) -> str:
        """Of the inclusion desk: the office's actor does not even know that there is one."""
        rights = frozenset({"open_vault"})
        actor = Actor(wall=Wall.INCLUSION, consortium_id=self.consortium.pk, rights=rights)
        with acting(actor):
            count = NeedsCase.objects.for_actor(actor, "view").waiting().count()
        return ngettext(
            "%(n)d person asks for support, and nobody else knows.",
            "%(n)d people ask for support, and nobody else knows.",
            count,
        ) % {"n": count}

    def student(self) -> Person | None:
        """A student who has not said where to go next, else any."""
        rows = Enrolment.objects.for_actor(self.system).filter(state="enrolled")
        rows = rows.select_related("intake").order_by("person_name", "pk")
        silent = rows.filter(intake__rounds__state="open", preferences__isnull=True).first()
        found = silent or rows.first()
        if found is None:
            return None
        text = _("Four semesters, and where they lead.")
        if silent:
            rounds = AllocationRound.objects.for_actor(self.system).filter(intake=silent.intake_id)
            text = _("A round of places is open, and no wishes have been given.")
            if rounds.filter(state="open", period=None).exists():
                text = _("A round of tracks is open, and no wishes have been given.")
        return Person(found.person_name, found.person_email, found.intake.name, text)

    def offered(self) -> Person | None:
        """An applicant whose offer waits for an answer."""
        rows = Offer.objects.for_actor(self.system).filter(state="sent")
        offer = rows.select_related("dossier__call").order_by("expires_at", "pk").first()
        if offer is None:
            return None
        when = distance(offer.expires_at, self.at)
        text = _("A place is offered; it can be answered until %(when)s.") % {"when": when}
        if offer.expires_at > self.at:
            text = _("A place is offered; the offer ends %(when)s.") % {"when": when}
        return Person(offer.dossier.name, offer.dossier.email, offer.dossier.call.title, text)
