"""On which basis personal data goes to a partner: record one, end one, and what follows for the party.

Both walls go by what stands on the party (`receives_personal`, `receives_until`); only this module
and the admission of a partner write it. A dated basis ends by its date without anybody doing
anything. Source: GDPR Art. 44 to 49.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from consortium import journal
from consortium.access import acting
from consortium.actor import Actor
from consortium.errors import Conflict, Invalid
from consortium.models import Consortium, Party
from partners.adequacy import derived
from partners.models import BasisKind, Partnership, TransferBasis

LONGEST = 200
LONGEST_NOTE = 300


@dataclass(frozen=True, slots=True)
class Paper:
    """What is recorded. valid_until: the last day, in the consortium's zone; none for no end."""

    kind: BasisKind
    document: str
    dated: date
    valid_until: date | None = None
    note: str = ""


def record(party_id: int, *, actor: Actor, at: datetime, paper: Paper) -> TransferBasis:
    """Record a basis; it counts at once and ends the one recorded before.

    Needs `manage_transfers`. Writes the record, the party's standing and a journal row. Raises
    NotFound or NotAllowed by right, Invalid for a paper without a name, dated in the future or
    whose last day has passed.
    """
    with acting(actor):
        party = Party.objects.locked(actor, "transfer", party_id)
        zone = Consortium.objects.get(pk=actor.tenant).zone
        ends_at = _end_of(paper.valid_until, zone)
        _check(paper, ends_at, at, zone)
        TransferBasis.objects.filter(party=party).current(at).update(ends_at=at)
        basis = TransferBasis.objects.create(
            consortium_id=actor.tenant,
            party=party,
            kind=paper.kind,
            document=paper.document.strip(),
            dated=paper.dated,
            note=paper.note.strip(),
            starts_at=at,
            ends_at=ends_at,
            recorded_by=actor.user_id,
            recorded_by_name=actor.name,
        )
        settle(party, at)
        facts = {"party": party.code, "kind": str(paper.kind), "document": basis.document}
        journal.record("transfer.record", basis, actor=actor, at=at, facts=facts)
    return basis


def end(basis_id: object, *, actor: Actor, at: datetime, reason: str) -> TransferBasis:
    """End a basis now: unless the country gives one, personal data stops going there at once.

    Raises Invalid without a reason, Conflict when it has ended.
    """
    if not 0 < len(reason.strip()) <= LONGEST_NOTE:
        raise Invalid(
            _("A basis is ended with a reason of at most %(most)d characters.")
            % {"most": LONGEST_NOTE},
            fields={"reason": _("Say why it no longer holds.")},
        )
    with acting(actor):
        basis = TransferBasis.objects.locked(actor, "end", basis_id)
        if basis.ends_at is not None and basis.ends_at <= at:
            raise Conflict(
                _("A basis ends once."),
                fact=_("It ended on %(day)s.") % {"day": f"{basis.ends_at:%Y-%m-%d}"},
            )
        basis.ends_at = at
        basis.save(update_fields=["ends_at"])
        party = Party.objects.locked(actor, "transfer", basis.party_id)
        settle(party, at)
        facts = {"party": party.code}
        journal.record(
            "transfer.end", basis, actor=actor, at=at, reason=reason.strip(), facts=facts
        )
    return basis


def settle(party: Party, at: datetime) -> None:
    """Bring a locked party to what country and records give at `at`."""
    party.receives_personal, party.receives_until = _reached(party, at)
    party.save(update_fields=["receives_personal", "receives_until"])


def drifts(consortium: Consortium, *, at: datetime, repair: bool = False) -> list[str]:
    """Codes of parties that stand otherwise than country and records give; `repair` settles them.

    A list of countries that came with a new version is such a difference.
    """
    system = Actor.system(consortium.pk)
    with acting(system):
        rows = Party.objects.for_actor(system).select_for_update(no_key=True).order_by("code")
        found = [party for party in rows if not _agrees(party, at)]
        if found and repair:
            for party in found:
                settle(party, at)
            facts = {"parties": [party.code for party in found]}
            journal.note("consortium.party", "transfer.settle", actor=system, at=at, facts=facts)
    return [party.code for party in found]


def _agrees(party: Party, at: datetime) -> bool:
    receives, until = _reached(party, at)
    if not party.receives(at):
        return not (receives and (until is None or until > at))
    return receives and party.receives_until == until


def _reached(party: Party, at: datetime) -> tuple[bool, datetime | None]:
    """Whether, and until when: of two bases the one that lasts longer; none for no end."""
    country = Partnership.objects.values_list("institution__country", flat=True).get(pk=party.pk)
    held = TransferBasis.objects.filter(party=party).current(at).order_by("-starts_at")
    ends = [each.until for each in (derived(country),) if each]
    ends += [each.ends_at for each in held[:1]]
    dated = [each for each in ends if each is not None]
    if not ends:
        return False, None
    return True, max(dated) if len(dated) == len(ends) else None


def _end_of(day: date | None, zone: str) -> datetime | None:
    if day is None:
        return None
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=ZoneInfo(zone))


def _check(paper: Paper, ends_at: datetime | None, at: datetime, zone: str) -> None:
    wrong: dict[str, str] = {}
    if not 0 < len(paper.document.strip()) <= LONGEST:
        wrong["document"] = _("Name the document, in at most %(most)d characters.") % {
            "most": LONGEST
        }
    if len(paper.note.strip()) > LONGEST_NOTE:
        wrong["note"] = _("At most %(longest)d characters.") % {"longest": LONGEST_NOTE}
    if paper.dated > at.astimezone(ZoneInfo(zone)).date():
        wrong["dated"] = _("This day is still to come.")
    if ends_at is not None and ends_at <= at:
        wrong["valid_until"] = _("Its last day has passed.")
    if wrong:
        raise Invalid(
            _("A basis is a document in force."),
            fact=" ".join(wrong.values()),
            next_step=_("Correct what is marked, and record it again."),
            fields=wrong,
        )
