"""Who may do what with documents, passports, and individual needs: what stays closed to most."""

from django.apps import apps
from django.db.models import Q

from admissions import visibility
from admissions.clauses import assigned, sent
from admissions.document_kinds import MEDICAL, closed_to
from admissions.sharing import PAPERS, papers
from consortium.actor import Actor, Wall
from consortium.policy import Clause, Policy, desk, in_person, less, own
from mobility_tracks.sharing import sending, shared

_OWNER = "dossier__applicant_id"

# Dossiers for which support can no longer be asked; their cases close at the second wall, because
# the inclusion officer's role reads no dossiers (vault_walls.py).
ENDED = tuple(sorted(visibility.ENDED))
SUPPORTED = tuple(sorted(visibility.SUPPORTED))
# What somebody noted in a draft, or took back, is nobody else's.
UNASKED = ("noted", "withdrawn")
_ASKED = ~Q(state__in=UNASKED)
NEEDS_CASE = Policy(
    "needs case",
    {
        "view": (
            in_person(own(Wall.APPLICANT, _OWNER, "the own one")),
            in_person(desk(Wall.INCLUSION, "open_vault", "once handed in", _ASKED)),
        ),
        "edit": (in_person(own(Wall.APPLICANT, _OWNER, "the own one")),),
        "rule": (in_person(desk(Wall.INCLUSION, "open_vault", "once handed in", _ASKED)),),
    },
)
NEEDS_STEP = Policy(
    "needs step",
    {
        "view": (
            desk(Wall.STAFF, "enrol_students", "the approved amount"),
            desk(Wall.FINANCE, "view_funding", "the approved amount"),
            desk(Wall.INCLUSION, "open_vault", "the approved amount"),
            own(Wall.APPLICANT, _OWNER, "the own one"),
        ),
        "write": (desk(Wall.INCLUSION, "open_vault", "with the ruling"),),
    },
)

# The place was taken: only now is a passport anybody's business (quality.md G5).
TAKEN = tuple(sorted(visibility.TAKEN))
_TAKEN = Q(dossier__state__in=TAKEN)
PASSPORT = Policy(
    "passport",
    {
        "view": (
            desk(Wall.STAFF, "enrol_students", "once the place was taken; sealed", _TAKEN),
            in_person(own(Wall.APPLICANT, _OWNER, "the own one")),
        ),
        "reveal": (
            in_person(
                desk(
                    Wall.STAFF, "enrol_students", "once the place was taken; with a reason", _TAKEN
                )
            ),
        ),
        "edit": (in_person(own(Wall.APPLICANT, _OWNER, "own, once the place was taken", _TAKEN)),),
    },
)

_IS_EVIDENCE = Q(requirement__kind__in=sorted(MEDICAL))
_DRAFT = Q(dossier__state="draft")


def _closed(actor: Actor) -> Q:
    return Q(requirement__kind__in=sorted(closed_to(actor)))


def _evidence(actor: Actor) -> Q | None:
    """By a subquery: the inclusion officer's role reads no dossiers, so no join may pass by them."""
    if not actor.may("open_vault") or actor.only_looks:
        return None
    asked = apps.get_model("admissions.NeedsCase")._default_manager.filter(_ASKED)
    return _IS_EVIDENCE & Q(dossier_id__in=asked.values("dossier_id"))


DOCUMENT = Policy(
    "document",
    {
        "view": (
            less(
                sent("documents", "view_dossiers", "dossier__", call="dossier__call"),
                _closed,
                "no medical evidence; neither identity nor residence for who lacks rule_eligibility",
            ),
            own(Wall.APPLICANT, _OWNER, "the applicant's own"),
            less(
                assigned("documents", "dossier", "of an assigned dossier"),
                _closed,
                "neither identity, residence nor medical evidence",
            ),
            sending(
                "of students whom the partner sends: papers of study",
                papers(*PAPERS, relation="sender"),
            ),
            *(shared(item, "of students placed with the partner", papers(item)) for item in PAPERS),
            Clause(
                frozenset({Wall.INCLUSION}),
                _evidence,
                "open_vault: medical evidence of a case that was handed in",
            ),
        ),
        "edit": (
            own(
                Wall.APPLICANT, _OWNER, "of the own draft, but no evidence", _DRAFT & ~_IS_EVIDENCE
            ),
        ),
        "edit_evidence": (own(Wall.APPLICANT, _OWNER, "the own medical evidence", _IS_EVIDENCE),),
    },
)
