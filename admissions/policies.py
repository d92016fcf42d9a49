"""Who may do what with calls, dossiers, references, reviews, rankings and offers.

In which states of a dossier it and its parts are read is the table's in `visibility.py`.
"""

from django.apps import apps
from django.db.models import Q

from admissions import visibility
from admissions.sharing import (
    PAPERS,
    asked_for_letters,
    letters_read,
    numbers,
    papers,
    reviewing,
    reviews_written,
)
from admissions.visibility import DOSSIERS
from consortium.actor import Actor, Wall
from consortium.policy import (
    OFFICE,
    Clause,
    Policy,
    bearer,
    desk,
    everyone,
    office,
    own,
    private,
)
from mobility_tracks.sharing import sending, shared
from partners.items import Item

_PUBLIC_OF_CALL = (Wall.FINANCE, Wall.PARTNER, Wall.REVIEWER, Wall.APPLICANT, Wall.PUBLIC)
_SUBMITTED = Q(submitted_at__isnull=False)


def _office(
    group: str, right: str, path: str = "", *, call: str = "", rows: Q | None = None
) -> Clause:
    """People of the office, for what the table opens to each kind of them.

    path: from the model to the dossier. rows: which rows of the model, beside the dossier's state.
    """
    sights = {
        wall: DOSSIERS.q(wall, group, path) & (rows or Q())
        for wall in OFFICE
        if DOSSIERS.sight(wall, group)
    }

    def opened(actor: Actor) -> Q | None:
        seen = sights.get(actor.wall)
        return None if seen is None else office(right, seen, call=call).rows(actor)

    return Clause(OFFICE, opened, f"{right}: once sent")


def _assigned(group: str, path: str, words: str) -> Clause:
    """Reviewers, for dossiers that are theirs to judge; `path` leads from the model to the dossier."""
    states = DOSSIERS.q(Wall.REVIEWER, group, f"{path}__" if path else "")

    def opened(actor: Actor) -> Q | None:
        parties = actor.parties_with("review_dossiers")
        if not parties or actor.user_id is None:
            return None
        mine = apps.get_model("admissions.Assignment")._default_manager.filter(
            reviewer_id=actor.user_id, party__in=parties
        )
        given = mine.exclude(state="conflicted").values("dossier_id")
        return Q(**{f"{path or 'pk'}__in": given}) & states

    return Clause(frozenset({Wall.REVIEWER}), opened, f"{words}, until the ranking is approved")


def _finance(group: str, words: str, path: str = "", rows: Q | None = None) -> Clause:
    taken = DOSSIERS.q(Wall.FINANCE, group, path)
    return desk(Wall.FINANCE, "view_funding", words, taken & (rows or Q()))


CALL = Policy(
    "call",
    {
        "view": (
            office("view_dossiers", call="pk"),
            everyone("once open", ~Q(state="draft"), *_PUBLIC_OF_CALL),
        ),
        "manage": (office("manage_calls"),),
        "assign": (office("assign_reviewers"),),
        "rank": (office("compute_rankings"),),
        "apply": (everyone("while open", Q(state="open"), Wall.APPLICANT),),
    },
)
CALL_PART = Policy(
    "part of a call",
    {
        "view": (
            office("view_dossiers", call="call"),
            everyone("once the call is open", ~Q(call__state="draft"), *_PUBLIC_OF_CALL),
        ),
        "manage": (office("manage_calls", Q(call__state="draft"), "while the call is a draft"),),
    },
)

DOSSIER = Policy(
    "dossier",
    {
        "view": (
            _office("standing", "view_dossiers", call="call"),
            own(Wall.APPLICANT, "applicant_id", "the applicant's own"),
            _assigned("standing", "", "assigned, no conflict"),
        ),
        "edit": (own(Wall.APPLICANT, "applicant_id", "own draft", Q(state="draft")),),
        "submit": (own(Wall.APPLICANT, "applicant_id", "own"),),
        "ask_referee": (own(Wall.APPLICANT, "applicant_id", "own"),),
        "withdraw": (own(Wall.APPLICANT, "applicant_id", "own"),),
        "rule": (_office("standing", "rule_eligibility"),),
        "assign": (_office("standing", "assign_reviewers"),),
        "rank": (_office("standing", "compute_rankings"),),
        "decide": (_office("standing", "approve_rankings", call="call"),),
        "offer": (_office("standing", "make_offers"),),
        "enrol": (_office("standing", "enrol_students"),),
        # Of the dossier nothing but its number, which leads from an offer or a paper to a student.
        "fund": (_finance("number", "of accepted offers: the number"),),
        "share": (
            sending("of students whom the partner sends: the number", numbers("sender")),
            *(
                shared(item, "of students placed with the partner: the number", numbers("agreed"))
                for item in Item
            ),
        ),
    },
    DOSSIERS.closed(visibility.DOSSIER),
)


def _part(noun: str, group: str) -> Policy:
    """What the applicant writes and everybody else only reads."""
    draft = Q(dossier__state="draft")
    return Policy(
        noun,
        {
            "view": (
                _office(group, "view_dossiers", "dossier__", call="dossier__call"),
                own(Wall.APPLICANT, "dossier__applicant_id", "the applicant's own"),
                _assigned(group, "dossier", "of an assigned dossier"),
            ),
            "edit": (own(Wall.APPLICANT, "dossier__applicant_id", "of the own draft", draft),),
        },
    )


WISH = _part("track preference", "wishes")
_PAPER = _part("document", "documents")
DOCUMENT = Policy(
    "document",
    {
        "view": (
            *_PAPER.actions["view"],
            sending(
                "of students whom the partner sends: papers of study",
                papers(*PAPERS, relation="sender"),
            ),
            *(shared(item, "of students placed with the partner", papers(item)) for item in PAPERS),
        ),
        "edit": _PAPER.actions["edit"],
    },
)

REFERENCE_REQUEST = Policy(
    "reference request",
    {
        "view": (
            _office("referees", "view_dossiers", "dossier__", call="dossier__call"),
            own(Wall.APPLICANT, "dossier__applicant_id", "of the own dossier"),
            _assigned("referees", "dossier", "of an assigned dossier"),
            bearer("token_digest", "whoever holds the link"),
        ),
        "edit": (own(Wall.APPLICANT, "dossier__applicant_id", "of the own dossier"),),
        "answer": (bearer("token_digest", "whoever holds the link"),),
        "chase": (_office("referees", "rule_eligibility", "dossier__"),),
        "share": (shared(Item.LETTERS, "who wrote the letters that are given", asked_for_letters),),
    },
    DOSSIERS.closed("admissions.ReferenceRequest"),
)
REFERENCE_LETTER = Policy(
    "reference letter",
    {
        "view": (
            _office("letters", "view_dossiers", "dossier__", call="dossier__call"),
            _assigned("letters", "dossier", "of an assigned dossier"),
            bearer("request__token_digest", "whoever holds the link"),
            shared(Item.LETTERS, "of dossiers that the sender's reviewers read", letters_read),
        ),
    },
)

ASSIGNMENT = Policy(
    "assignment",
    {
        "view": (
            _office("reviewers", "assign_reviewers", "dossier__"),
            own(Wall.REVIEWER, "reviewer_id", "the reviewer's own"),
        ),
        "declare": (own(Wall.REVIEWER, "reviewer_id", "the reviewer's own"),),
        "review": (own(Wall.REVIEWER, "reviewer_id", "own, no conflict", ~Q(state="conflicted")),),
        "manage": (_office("reviewers", "assign_reviewers", "dossier__"),),
        "share": tuple(
            shared(item, "that the sender's reviewers read it, never who", reviewing)
            for item in (Item.LETTERS, Item.REVIEWS)
        ),
    },
    DOSSIERS.closed("admissions.Assignment"),
)
REVIEW = Policy(
    "review",
    {
        "view": (
            _office(
                "reviews",
                "view_dossiers",
                "assignment__dossier__",
                call="assignment__dossier__call",
                rows=_SUBMITTED,
            ),
            private(Wall.REVIEWER, "assignment__reviewer_id", "the reviewer's own", _SUBMITTED),
            shared(Item.REVIEWS, "by the sender's reviewers, once submitted", reviews_written()),
        ),
    },
)
_OF_SUBMITTED = Q(review__submitted_at__isnull=False)
SCORE = Policy(
    "score",
    {
        "view": (
            _office(
                "reviews",
                "view_dossiers",
                "review__assignment__dossier__",
                call="review__assignment__dossier__call",
                rows=_OF_SUBMITTED,
            ),
            private(
                Wall.REVIEWER,
                "review__assignment__reviewer_id",
                "the reviewer's own",
                _OF_SUBMITTED,
            ),
            shared(
                Item.REVIEWS,
                "by the sender's reviewers, once submitted",
                reviews_written("review__"),
            ),
        ),
    },
)

ELIGIBILITY_CHECK = Policy(
    "eligibility check",
    {
        "view": (
            _office("eligibility", "view_dossiers", "dossier__", call="dossier__call"),
            own(Wall.APPLICANT, "dossier__applicant_id", "on the own dossier"),
        ),
    },
)
RANKING_RUN = Policy(
    "ranking",
    {
        "view": (office("view_dossiers", call="call"),),
        "approve": (office("approve_rankings", call="call"),),
    },
)
RANKED_DOSSIER = Policy(
    "place in the ranking",
    {"view": (_office("ranking", "view_dossiers", "dossier__", call="run__call"),)},
)

_TOLD = ~Q(state="prepared")
OFFER = Policy(
    "offer",
    {
        "view": (
            _office("offer", "view_dossiers", "dossier__", call="dossier__call"),
            own(Wall.APPLICANT, "dossier__applicant_id", "own, once sent", _TOLD),
        ),
        "fund": (_finance("funding", "accepted: the line", "dossier__", Q(state="accepted")),),
        "manage": (_office("offer", "make_offers", "dossier__"),),
        "answer": (own(Wall.APPLICANT, "dossier__applicant_id", "own, once sent", _TOLD),),
    },
    DOSSIERS.closed("admissions.Offer"),
)
