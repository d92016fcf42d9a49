"""Who may do what with calls, dossiers, references, reviews, rankings and offers.

In which states of a dossier it and its parts are read is the table's in `visibility.py`.
"""

from django.db.models import Q

from admissions import visibility
from admissions.clauses import assigned, funded, sent
from admissions.sharing import (
    asked_for_letters,
    letters_read,
    numbers,
    reviewing,
    reviews_written,
)
from admissions.vault_policies import DOCUMENT, ENDED, NEEDS_CASE, NEEDS_STEP, PASSPORT, TAKEN
from admissions.visibility import DOSSIERS
from consortium.actor import Wall
from consortium.policy import Policy, bearer, everyone, office, own, private
from mobility_tracks.sharing import sending, shared
from partners.items import Item

VAULT = (DOCUMENT, PASSPORT, NEEDS_CASE, NEEDS_STEP)  # docs/permissions.md prints them too

_PUBLIC_OF_CALL = (Wall.FINANCE, Wall.PARTNER, Wall.REVIEWER, Wall.APPLICANT, Wall.PUBLIC)
_SUBMITTED = Q(submitted_at__isnull=False)


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
            sent("standing", "view_dossiers", call="call"),
            own(Wall.APPLICANT, "applicant_id", "the applicant's own"),
            assigned("standing", "", "assigned, no conflict"),
        ),
        "edit": (own(Wall.APPLICANT, "applicant_id", "own draft", Q(state="draft")),),
        "submit": (own(Wall.APPLICANT, "applicant_id", "own"),),
        "ask_referee": (own(Wall.APPLICANT, "applicant_id", "own"),),
        "withdraw": (own(Wall.APPLICANT, "applicant_id", "own"),),
        "ask_support": (
            own(Wall.APPLICANT, "applicant_id", "own, until it has ended", ~Q(state__in=ENDED)),
        ),
        "identify": (own(Wall.APPLICANT, "applicant_id", "own, place taken", Q(state__in=TAKEN)),),
        "rule": (sent("standing", "rule_eligibility"),),
        "assign": (sent("standing", "assign_reviewers"),),
        "rank": (sent("standing", "compute_rankings"),),
        "decide": (sent("standing", "approve_rankings", call="call"),),
        "offer": (sent("standing", "make_offers"),),
        "enrol": (sent("standing", "enrol_students"),),
        # Of the dossier nothing but its number, which leads from an offer or a paper to a student.
        "fund": (funded("number", "of accepted offers: the number"),),
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


WISH = Policy(
    "track preference",
    {
        "view": (
            sent("wishes", "view_dossiers", "dossier__", call="dossier__call"),
            own(Wall.APPLICANT, "dossier__applicant_id", "the applicant's own"),
            assigned("wishes", "dossier", "of an assigned dossier"),
        ),
        "edit": (
            own(
                Wall.APPLICANT,
                "dossier__applicant_id",
                "of the own draft",
                Q(dossier__state="draft"),
            ),
        ),
    },
)

REFERENCE_REQUEST = Policy(
    "reference request",
    {
        "view": (
            sent("referees", "view_dossiers", "dossier__", call="dossier__call"),
            own(Wall.APPLICANT, "dossier__applicant_id", "of the own dossier"),
            assigned("referees", "dossier", "of an assigned dossier"),
            bearer("token_digest", "whoever holds the link"),
        ),
        "edit": (own(Wall.APPLICANT, "dossier__applicant_id", "of the own dossier"),),
        "answer": (bearer("token_digest", "whoever holds the link"),),
        "chase": (sent("referees", "rule_eligibility", "dossier__"),),
        "share": (shared(Item.LETTERS, "who wrote the letters that are given", asked_for_letters),),
    },
    DOSSIERS.closed("admissions.ReferenceRequest"),
)
REFERENCE_LETTER = Policy(
    "reference letter",
    {
        "view": (
            sent("letters", "view_dossiers", "dossier__", call="dossier__call"),
            assigned("letters", "dossier", "of an assigned dossier"),
            bearer("request__token_digest", "whoever holds the link"),
            shared(Item.LETTERS, "of dossiers that the sender's reviewers read", letters_read),
        ),
    },
)

ASSIGNMENT = Policy(
    "assignment",
    {
        "view": (
            sent("reviewers", "assign_reviewers", "dossier__"),
            own(Wall.REVIEWER, "reviewer_id", "the reviewer's own"),
        ),
        "declare": (own(Wall.REVIEWER, "reviewer_id", "the reviewer's own"),),
        "review": (own(Wall.REVIEWER, "reviewer_id", "own, no conflict", ~Q(state="conflicted")),),
        "manage": (sent("reviewers", "assign_reviewers", "dossier__"),),
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
            sent(
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
            sent(
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
            sent("eligibility", "view_dossiers", "dossier__", call="dossier__call"),
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
    {"view": (sent("ranking", "view_dossiers", "dossier__", call="run__call"),)},
)

_TOLD = ~Q(state="prepared")
OFFER = Policy(
    "offer",
    {
        "view": (
            sent("offer", "view_dossiers", "dossier__", call="dossier__call"),
            own(Wall.APPLICANT, "dossier__applicant_id", "own, once sent", _TOLD),
        ),
        "fund": (funded("funding", "accepted: the line", "dossier__", Q(state="accepted")),),
        "manage": (sent("offer", "make_offers", "dossier__"),),
        "answer": (own(Wall.APPLICANT, "dossier__applicant_id", "own, once sent", _TOLD),),
    },
    DOSSIERS.closed("admissions.Offer"),
)
