"""Who reads what of a dossier, in which of its states. Both walls are made from this table.

What was never sent is the applicant's alone: the office knows how many have begun and which
references they have (domain/unfinished.py), nobody else anything. Reviewers read from their
assignment until the ranking is approved, and nothing of the applicant afterwards; their own task
and review stay theirs. Partners read of the dossier of somebody who studies what the sender keeps
and agreed to give (partners/items.py), and nothing before.
"""

from django.utils.translation import gettext_lazy as _

from admissions import states
from consortium.actor import Wall
from consortium.visibility import Group, Sight, Table, frozen, stage

OWN_DATA = "GDPR Art. 15"
NEED_TO_KNOW = "GDPR Art. 5(1)(b), (c)"
FAIR_SELECTION = "GDPR Art. 5(1)(b), (c); conflict of interest; GDPR Chapter V"
SUPPORT = "GDPR Art. 9(2)(a), 5(1)(c)"
BEARER = "GDPR Art. 5(1)(c)"
HOSTING = "GDPR Art. 5(1)(b), (c); GDPR Chapter V"
AGREED = "agreement between two partners; GDPR Chapter V"

ALL = frozenset(states.DOSSIER.states)
UNSENT = frozen("draft lapsed")
SENT = ALL - UNSENT
JUDGED = frozen("under_review ranked")
TAKEN = frozen("accepted enrolled")
STUDYING = frozen("enrolled")
# Dossiers for which support can no longer be asked. What was asked is read from the submission on,
# and closes when they end.
ENDED = frozen("lapsed withdrawn ineligible not_selected declined")
SUPPORTED = SENT - ENDED

STAGES = (
    stage("draft", _("Draft"), "draft"),
    stage("lapsed", _("Never sent"), "lapsed"),
    stage("submitted", _("Submitted"), "submitted"),
    stage("eligible", _("Eligible"), "eligible"),
    stage("ineligible", _("Not eligible"), "ineligible"),
    stage("review", _("Under review"), "under_review"),
    stage("ranked", _("Ranked"), "ranked"),
    stage("decided", _("Decided"), "selected reserve"),
    stage("not_selected", _("Not selected"), "not_selected"),
    stage("offered", _("Offered"), "offered"),
    stage("accepted", _("Accepted"), "accepted"),
    stage("declined", _("Declined"), "declined"),
    stage("enrolled", _("Enrolled"), "enrolled"),
    stage("withdrawn", _("Withdrawn"), "withdrawn"),
)
DOSSIER, REQUEST = "admissions.Dossier", "admissions.ReferenceRequest"
OFFER = "admissions.Offer"
GROUPS = (
    Group("number", _("Number"), {DOSSIER: "reference"}),
    Group("standing", _("State"), {DOSSIER: "state"}),
    Group(
        "days",
        _("Days of start, saving and submission"),
        {DOSSIER: "declared_true started_at saved_at submitted_at"},
    ),
    Group(
        "identity",
        _("Name and birth date"),
        {DOSSIER: "given_names family_name latin_name sort_name birth_date"},
    ),
    Group("contact", _("E-mail address and phone"), {DOSSIER: "email phone"}),
    Group(
        "origin",
        _("Nationality and residence"),
        {DOSSIER: "nationality second_nationality residence_country residence_since"},
    ),
    Group(
        "education",
        _("Studies, grades, language"),
        {
            DOSSIER: "degree_title degree_institution degree_country degree_ects degree_on"
            " final_year grade grade_scale english_evidence english_score english_on"
        },
    ),
    Group("motivation", _("Motivation"), {DOSSIER: "statement essay experience additional"}),
    Group(
        "wishes",
        _("Tracks and funding wished for"),
        {DOSSIER: "route", "admissions.TrackPreference": "track rank"},
    ),
    Group(
        "study_papers",
        _("Transcripts, diplomas, proofs of language"),
        {"admissions.Document": "name file"},
    ),
    Group("documents", _("Other documents"), {"admissions.Document": "name file"}),
    Group(
        "identity_papers",
        _("Proofs of identity and residence"),
        {"admissions.Document": "name file"},
    ),
    Group("evidence", _("Medical evidence, sealed"), {"admissions.Document": "name file"}),
    Group("passport", _("Passport, sealed"), {"admissions.Passport": "number country expires_on"}),
    Group(
        "needs",
        _("Individual needs, sealed"),
        {
            "admissions.NeedsCase": "person_name person_email state asks wanted health"
            " evidence_note reason ruled_by"
        },
    ),
    Group(
        "needs_step",
        _("Approved step for individual needs"),
        {"admissions.NeedsStep": "amount approved_by"},
    ),
    Group(
        "referees",
        _("Who was asked for a letter"),
        {REQUEST: "referee_name referee_institution"},
    ),
    Group("told", _("The name that referees are told"), {REQUEST: "applicant_name"}),
    Group(
        "referee_contact",
        _("E-mail address of who was asked"),
        {REQUEST: "referee_email token_digest"},
    ),
    Group("letters", _("Reference letters"), {"admissions.ReferenceLetter": "text file"}),
    Group(
        "eligibility",
        _("Formal check"),
        {"admissions.EligibilityCheck": "eligible findings reason"},
    ),
    Group(
        "reviewers",
        _("Who reviews it"),
        {"admissions.Assignment": "reviewer reviewer_name conflict_reason"},
    ),
    Group("reviewing", _("Which partners review it"), {"admissions.Assignment": "party"}),
    Group("readers", _("Which reviewers may read it"), {DOSSIER: "visible_to"}),
    Group("notes", _("Reviews not submitted yet"), {"admissions.Review": "comment"}),
    Group(
        "reviews",
        _("Reviews and marks"),
        {"admissions.Review": "comment", "admissions.Score": "points"},
    ),
    Group(
        "ranking",
        _("Score and rank"),
        {
            DOSSIER: "score position",
            "admissions.RankedDossier": "dossier position score tied list explanation",
        },
    ),
    Group("drafted_offer", _("Offer in preparation"), {"admissions.Offer": "route conditions"}),
    Group("offer", _("Conditions of an offer, and the answer"), {OFFER: "conditions answer_note"}),
    Group("funding", _("Funding line of an accepted offer"), {OFFER: "route"}),
)

_JUDGED = frozen(
    "number standing days identity origin education motivation wishes study_papers documents"
    " referees told"
)
_WRITTEN = _JUDGED | frozen("contact referee_contact")
_APART = frozen("identity_papers evidence passport needs needs_step")
_OFFICE = _WRITTEN | frozen(
    "letters eligibility readers reviews ranking drafted_offer offer funding"
)
SIGHTS = (
    Sight((Wall.APPLICANT,), _WRITTEN | _APART, ALL, _("their own"), OWN_DATA),
    Sight(
        (Wall.APPLICANT,),
        frozen("eligibility"),
        ALL,
        _("their own, once it was ruled on"),
        OWN_DATA,
    ),
    Sight((Wall.APPLICANT,), frozen("offer funding"), ALL, _("their own, once sent"), OWN_DATA),
    Sight((Wall.STAFF,), _OFFICE, SENT, _("once sent"), NEED_TO_KNOW, "submitted_at"),
    Sight(
        (Wall.STAFF,),
        frozen("reviewers reviewing"),
        SENT,
        _("once sent, for those who assign reviewers"),
        NEED_TO_KNOW,
        "submitted_at",
    ),
    Sight(
        (Wall.STAFF,),
        frozen("identity_papers"),
        SENT,
        _("once sent, for those who rule on eligibility"),
        NEED_TO_KNOW,
        "submitted_at",
    ),
    Sight(
        (Wall.STAFF,),
        frozen("passport"),
        TAKEN,
        _("once the place was taken, for those who enrol, with a reason each time"),
        NEED_TO_KNOW,
    ),
    Sight(
        (Wall.INCLUSION,),
        frozen("evidence needs"),
        SUPPORTED,
        _("of cases that were handed in, in person"),
        SUPPORT,
    ),
    Sight(
        (Wall.STAFF, Wall.FINANCE, Wall.INCLUSION),
        frozen("needs_step"),
        SUPPORTED,
        _("the approved amount, and nothing of why"),
        SUPPORT,
    ),
    Sight(
        (Wall.OBSERVER,),
        _OFFICE,
        SENT,
        _("once sent, to look and never to change"),
        NEED_TO_KNOW,
        "submitted_at",
    ),
    Sight(
        (Wall.COMMITTEE,),
        _OFFICE,
        SENT,
        _("once sent, of the calls they are appointed for"),
        NEED_TO_KNOW,
        "submitted_at",
    ),
    Sight(
        (Wall.FINANCE,),
        frozen("number standing funding"),
        TAKEN,
        _("of accepted offers, to know who is funded from which line"),
        NEED_TO_KNOW,
        action="fund",
    ),
    Sight(
        (Wall.REVIEWER,),
        _JUDGED | {"letters"},
        JUDGED,
        _("assigned to them, no conflict declared, and personal data may go to their partner"),
        FAIR_SELECTION,
    ),
    Sight((Wall.REVIEWER,), frozen("reviewers reviewing"), ALL, _("their own task"), NEED_TO_KNOW),
    Sight((Wall.REVIEWER,), frozen("notes reviews"), ALL, _("their own"), NEED_TO_KNOW),
    Sight(
        (Wall.REFEREE,),
        frozen("referees told referee_contact letters"),
        ALL,
        _("their own request and letter, by the link they hold"),
        BEARER,
    ),
    Sight(
        (Wall.PARTNER,),
        frozen("study_papers"),
        STUDYING,
        _("of students whom their partner sends"),
        HOSTING,
        relation="sender",
    ),
    Sight(
        (Wall.PARTNER,),
        frozen("number standing"),
        STUDYING,
        _("of students whom their partner sends"),
        HOSTING,
        relation="sender",
        action="share",
    ),
    Sight(
        (Wall.PARTNER,),
        frozen("study_papers letters reviews"),
        STUDYING,
        _("of students placed with them, as their sender agreed; of reviews the sender's own"),
        AGREED,
        relation="agreed",
    ),
    Sight(
        (Wall.PARTNER,),
        frozen("number standing referees reviewing"),
        STUDYING,
        _("beside what a sender agreed to give"),
        AGREED,
        relation="agreed",
        action="share",
    ),
)

DOSSIERS = Table("dossier", _("Applications"), STAGES, GROUPS, SIGHTS)
