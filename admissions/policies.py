"""Who may do what with calls, dossiers, references, reviews, rankings and offers."""

from django.db.models import Q

from admissions.sharing import PAPERS, letters_read, papers, reviews_written
from consortium.actor import Wall
from consortium.policy import (
    Policy,
    bearer,
    desk,
    everyone,
    office,
    own,
    private,
    visible,
)
from mobility_tracks.sharing import sending, shared
from partners.items import Item

_PUBLIC_OF_CALL = (Wall.FINANCE, Wall.PARTNER, Wall.REVIEWER, Wall.APPLICANT, Wall.PUBLIC)

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
            office("view_dossiers", call="call"),
            own(Wall.APPLICANT, "applicant_id", "the applicant's own"),
            visible(Wall.REVIEWER, "visible_to", "assigned, no conflict"),
        ),
        "edit": (own(Wall.APPLICANT, "applicant_id", "own draft", Q(state="draft")),),
        "submit": (own(Wall.APPLICANT, "applicant_id", "own"),),
        "ask_referee": (own(Wall.APPLICANT, "applicant_id", "own"),),
        "withdraw": (own(Wall.APPLICANT, "applicant_id", "own"),),
        "rule": (office("rule_eligibility"),),
        "assign": (office("assign_reviewers"),),
        "rank": (office("compute_rankings"),),
        "decide": (office("approve_rankings", call="call"),),
        "offer": (office("make_offers"),),
        "enrol": (office("enrol_students"),),
    },
)
DOSSIER_PART = Policy(
    "part of a dossier",
    {
        "view": (
            office("view_dossiers", call="dossier__call"),
            own(Wall.APPLICANT, "dossier__applicant_id", "the applicant's own"),
            visible(Wall.REVIEWER, "dossier__visible_to", "of an assigned dossier"),
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
DOCUMENT = Policy(
    "document",
    {
        "view": (
            *DOSSIER_PART.actions["view"],
            sending("of students whom the partner sends: papers of study", papers(*PAPERS)),
            *(shared(item, "of students placed with the partner", papers(item)) for item in PAPERS),
        ),
        "edit": DOSSIER_PART.actions["edit"],
    },
)

REFERENCE_REQUEST = Policy(
    "reference request",
    {
        "view": (
            office("view_dossiers", call="dossier__call"),
            own(Wall.APPLICANT, "dossier__applicant_id", "of the own dossier"),
            visible(Wall.REVIEWER, "dossier__visible_to", "of an assigned dossier"),
            bearer("token_digest", "whoever holds the link"),
        ),
        "edit": (own(Wall.APPLICANT, "dossier__applicant_id", "of the own dossier"),),
        "answer": (bearer("token_digest", "whoever holds the link"),),
        "chase": (office("rule_eligibility"),),
    },
)
REFERENCE_LETTER = Policy(
    "reference letter",
    {
        "view": (
            office("view_dossiers", call="dossier__call"),
            visible(Wall.REVIEWER, "dossier__visible_to", "of an assigned dossier"),
            bearer("request__token_digest", "whoever holds the link"),
            shared(Item.LETTERS, "of dossiers that the sender's reviewers read", letters_read),
        ),
    },
)

ASSIGNMENT = Policy(
    "assignment",
    {
        "view": (
            office("assign_reviewers"),
            own(Wall.REVIEWER, "reviewer_id", "the reviewer's own"),
        ),
        "declare": (own(Wall.REVIEWER, "reviewer_id", "the reviewer's own"),),
        "review": (own(Wall.REVIEWER, "reviewer_id", "own, no conflict", ~Q(state="conflicted")),),
        "manage": (office("assign_reviewers"),),
    },
)
_SUBMITTED = Q(submitted_at__isnull=False)
REVIEW = Policy(
    "review",
    {
        "view": (
            office("view_dossiers", _SUBMITTED, "once submitted", call="assignment__dossier__call"),
            private(Wall.REVIEWER, "assignment__reviewer_id", "the reviewer's own", _SUBMITTED),
            shared(Item.REVIEWS, "by the sender's reviewers, once submitted", reviews_written()),
        ),
    },
)
SCORE = Policy(
    "score",
    {
        "view": (
            office(
                "view_dossiers",
                Q(review__submitted_at__isnull=False),
                "once submitted",
                call="review__assignment__dossier__call",
            ),
            private(
                Wall.REVIEWER,
                "review__assignment__reviewer_id",
                "the reviewer's own",
                Q(review__submitted_at__isnull=False),
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
            office("view_dossiers", call="dossier__call"),
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
    "place in the ranking", {"view": (office("view_dossiers", call="run__call"),)}
)

OFFER = Policy(
    "offer",
    {
        "view": (
            office("view_dossiers", call="dossier__call"),
            own(Wall.APPLICANT, "dossier__applicant_id", "own, once sent", ~Q(state="prepared")),
        ),
        "fund": (desk(Wall.FINANCE, "view_funding", "accepted: the line", Q(state="accepted")),),
        "manage": (office("make_offers"),),
        "answer": (
            own(Wall.APPLICANT, "dossier__applicant_id", "own, once sent", ~Q(state="prepared")),
        ),
    },
)
