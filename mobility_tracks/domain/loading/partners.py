"""The consortium of a file, its organisations and what each is to it."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from consortium import journal
from consortium.access import acting
from consortium.actor import Actor, Wall
from consortium.errors import Invalid
from consortium.models.tenant import RESERVED_SLUGS, Consortium, Party
from mobility_tracks.domain.loading.rows import Ledger, bring, create, require_fit
from mobility_tracks.programme.document import Document, Organisation
from mobility_tracks.programme.document import Partnership as Described
from partners.domain.partnerships import RIGHTS, Station, admit, grant_to_party
from partners.models import Institution, Partnership

Hosts = dict[str, Partnership]
_KINDS = {"research_centre": Institution.Kind.RESEARCH.value}


def load_consortium(document: Document, ledger: Ledger) -> Consortium:
    """The tenant, as the operator: made where it is not there, and locked until the load ends."""
    told = document.consortium
    if told.key in RESERVED_SLUGS or len(told.key) < 2:
        raise Invalid(
            _("The key of a consortium is the beginning of its addresses."),
            fact=_("“%(key)s” is taken by the platform or too short.") % {"key": told.key},
            next_step=_("Choose another key in the file."),
        )
    values = {
        "name": told.short_name,
        "title": told.name,
        "zone": told.zone,
        "language": told.locale,
        "invented": document.invented,
    }
    what = _("Consortium %(name)s") % {"name": told.short_name}
    with acting(Actor(wall=Wall.OPERATOR)):
        row = Consortium.objects.select_for_update(no_key=True).filter(slug=told.key).first()
        if row is None:
            row = Consortium(slug=told.key, **values)
            create(row, what=what, ledger=ledger)
        else:
            bring(row, values, what=what, ledger=ledger)
    return row


def load_institutions(document: Document, ledger: Ledger) -> dict[str, Institution]:
    """Organisations by key: new ones are made, facts that nobody gave yet are filled in.

    They are shared by all consortia, so a fact that differs from what stands is refused.
    """
    keys = [told.key for told in document.organisations]
    there = {row.key: row for row in Institution.objects.filter(key__in=keys)}
    return {told.key: _institution(told, there, ledger) for told in document.organisations}


def _institution(told: Organisation, there: dict[str, Institution], ledger: Ledger) -> Institution:
    facts, what = _facts(told), told.name
    row = there.get(told.key)
    if row is None:
        row = Institution(key=told.key, **facts)
        create(row, what=what, ledger=ledger)
        return row
    ledger.refusals += _clashes(row, facts)
    missing = {name: value for name, value in facts.items() if value and not getattr(row, name)}
    bring(row, missing, what=what, ledger=ledger)
    return row


def _facts(told: Organisation) -> dict[str, str]:
    codes = {code.scheme: code.value for code in told.codes}
    return {
        "name": told.name,
        "kind": _KINDS.get(told.kind, told.kind),
        "city": told.city,
        "country": told.country,
        "website": told.website or "",
        "erasmus_code": codes.get("erasmus", ""),
        "schac": codes.get("schac", ""),
    }


def _clashes(row: Institution, facts: dict[str, str]) -> Iterator[str]:
    for name, value in facts.items():
        stands = getattr(row, name)
        if value and stands and value != stands:
            yield _(
                "Organisation %(key)s is shared by all consortia; its %(name)s is “%(stands)s”"
                " here and “%(value)s” in the file."
            ) % {
                "key": row.key,
                "name": _column(row, name),
                "stands": stands,
                "value": value,
            }


def _column(row: Institution, name: str) -> str:
    return str(next(f.verbose_name for f in row._meta.concrete_fields if f.name == name))


def load_partnerships(
    document: Document,
    consortium: Consortium,
    institutions: dict[str, Institution],
    *,
    actor: Actor,
    at: datetime,
    ledger: Ledger,
) -> Hosts:
    """Partnerships by organisation key, of the whole consortium.

    Who has left the file stays a partner: students may be there. Of several organisations that a
    partner is attached to, the first is kept.
    """
    hosts = hosts_of(consortium.pk)
    for position, told in enumerate(document.partnerships):
        row = hosts.get(told.organisation)
        if row is None:
            institution = institutions[told.organisation]
            row = _admitted(told, position, institution, consortium, actor=actor, at=at)
            hosts[told.organisation] = row
            ledger.changes.append(
                _("%(name)s (%(code)s) becomes a partner.")
                % {"name": institution.name, "code": told.station.code}
            )
        else:
            _revised(told, position, row, hosts, actor=actor, at=at, ledger=ledger)
    _attach(document, hosts, ledger)
    return hosts


def hosts_of(consortium_id: int) -> Hosts:
    """The partnerships of a consortium by organisation key. One query."""
    rows = Partnership.objects.filter(consortium_id=consortium_id).select_related("institution")
    return {row.institution.key: row for row in rows}


def _admitted(
    told: Described,
    position: int,
    institution: Institution,
    consortium: Consortium,
    *,
    actor: Actor,
    at: datetime,
) -> Partnership:
    station = Station(told.station.code, told.station.colour, told.station.shape, position)
    require_fit(Partnership(role_note=told.unit or ""), what=institution.name)
    return admit(
        institution,
        actor=actor,
        at=at,
        consortium=consortium,
        kind=Partnership.Kind(told.kind),
        station=station,
        awards_degree=told.awards_degree,
        role_note=told.unit or "",
    )


def _revised(
    told: Described,
    position: int,
    row: Partnership,
    hosts: Hosts,
    *,
    actor: Actor,
    at: datetime,
    ledger: Ledger,
) -> None:
    values = {
        "kind": told.kind,
        "awards_degree": told.awards_degree,
        "role_note": told.unit or "",
        "code": told.station.code,
        "colour": told.station.colour,
        "shape": told.station.shape,
        "position": position,
    }
    holder = next((h for h in hosts.values() if h.code == told.station.code and h != row), None)
    if holder is not None:
        ledger.refusals.append(
            _("The station code %(code)s is that of %(holder)s; %(name)s needs another.")
            % {"code": holder.code, "holder": holder.institution, "name": row.institution}
        )
    elif bring(row, values, what=row.institution.name, ledger=ledger):
        party = Party.objects.get(pk=row.pk)
        party.code = row.code
        party.save(update_fields=["code"])
        grant_to_party(party, RIGHTS[Partnership.Kind(row.kind)])
        journal.record("partnership.revise", row, actor=actor, at=at, facts={"kind": row.kind})


def _attach(document: Document, hosts: Hosts, ledger: Ledger) -> None:
    for told in document.partnerships:
        row = hosts[told.organisation]
        host = hosts.get(told.attached_to[0]) if told.attached_to else None
        values = {"attached_to_id": host.pk if host else None}
        bring(row, values, what=row.institution.name, ledger=ledger)
