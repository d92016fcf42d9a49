"""Data register of calls, dossiers, references, reviews, rankings and offers."""

from consortium.register import EDITION, EVERYBODY, GRANT, OFFICE, Entry, Ground

CALL = "as long as the intake's students may appeal or be audited"

ENTRIES = {
    "Call": Entry(
        purpose="invite to apply by published rules",
        retention=CALL,
        ground=Ground.NONE,
        readers=EVERYBODY,
        public="id consortium intake slug title summary opens_at closes_at zone routes places"
        " reserve_places references_needed reviews_needed reply_days fee_text state",
        internal="frozen_hash",
    ),
    "DocumentRequirement": Entry(
        purpose="invite to apply by published rules",
        retention=CALL,
        ground=Ground.NONE,
        readers=EVERYBODY,
        public="id consortium call position code title help kind required formats max_bytes",
    ),
    "Criterion": Entry(
        purpose="invite to apply by published rules",
        retention=CALL,
        ground=Ground.NONE,
        readers=EVERYBODY,
        public="id consortium call position code title help weight max_points anchors tie_break",
    ),
    "EligibilityRule": Entry(
        purpose="invite to apply by published rules",
        retention=CALL,
        ground=Ground.NONE,
        readers=EVERYBODY,
        public="id consortium call position code sentence source",
    ),
    "Dossier": Entry(
        purpose="select students by published rules",
        retention=EDITION,
        ground=Ground.CONTRACT,
        readers=OFFICE,
        only=dict.fromkeys(["finance", "partner"], "id consortium reference state"),
        but={
            "reviewer": "email phone visible_to score position",
            "applicant": "visible_to score position",
        },
        internal="id consortium call applicant reference state route declared_true started_at"
        " saved_at submitted_at visible_to",
        personal="given_names family_name latin_name sort_name birth_date email phone nationality"
        " second_nationality residence_country residence_since degree_title degree_institution"
        " degree_country degree_ects degree_on final_year grade grade_scale english_evidence"
        " english_score english_on statement essay experience additional score position",
    ),
    "TrackPreference": Entry(
        purpose="place students by their wishes",
        retention=EDITION,
        ground=Ground.CONTRACT,
        readers=f"{OFFICE} reviewer applicant",
        internal="id consortium dossier",
        personal="track rank",
    ),
    "Document": Entry(
        purpose="prove what the dossier says",
        retention=EDITION,
        ground=Ground.CONTRACT,
        readers=f"{OFFICE} partner reviewer applicant inclusion",
        internal="id consortium dossier requirement media_type size pages sha256 uploaded_at"
        " replaced_at",
        personal="name",
        sensitive="file",
    ),
    "Passport": Entry(
        purpose="nominate and enrol who took a place, under the identity of their passport",
        retention=EDITION,
        ground=Ground.CONTRACT,
        readers="staff applicant",
        internal="id consortium dossier saved_at",
        sensitive="number country expires_on",
    ),
    "NeedsCase": Entry(
        purpose="support students with an impairment; sealed, for the inclusion officer alone",
        retention=EDITION,
        ground=Ground.CONSENT,
        readers="inclusion applicant",
        internal="id consortium dossier reference call_title saved_at requested_at ruled_at",
        personal="person_name person_email ruled_by",
        sensitive="state asks wanted health evidence_note reason",
    ),
    "NeedsStep": Entry(
        purpose="pay and report the step that was approved",
        retention=GRANT,
        ground=Ground.CONTRACT,
        readers="staff finance inclusion applicant",
        internal="id consortium dossier reference source approved_at reported_at",
        personal="approved_by",
        sensitive="amount",
    ),
    "ReferenceRequest": Entry(
        purpose="obtain references",
        retention=EDITION,
        ground=Ground.PUBLIC_TASK,
        readers=f"{OFFICE} applicant referee",
        only={"partner": "id consortium referee_name referee_institution"},
        but={"reviewer": "referee_email token_digest"},
        internal="id consortium dossier call_title due_at zone state created_at sent_at reminders"
        " received_at",
        personal="referee_name referee_email referee_institution applicant_name",
        sensitive="token_digest",
    ),
    "ReferenceLetter": Entry(
        purpose="obtain references",
        retention=EDITION,
        ground=Ground.PUBLIC_TASK,
        readers=f"{OFFICE} partner reviewer referee",
        internal="id consortium request dossier name size sha256 received_at replaced_at",
        sensitive="text file",
    ),
    "Assignment": Entry(
        purpose="have dossiers reviewed by several partners",
        retention=EDITION,
        ground=Ground.PUBLIC_TASK,
        readers="staff reviewer",
        only={
            "observer": "id consortium dossier state",
            "committee": "id consortium dossier state",
            "partner": "id consortium dossier party state",
        },
        internal="id consortium dossier reference reviewer party due_at assigned_at state",
        personal="reviewer_name conflict_reason",
    ),
    "Review": Entry(
        purpose="have dossiers reviewed by several partners",
        retention=EDITION,
        ground=Ground.PUBLIC_TASK,
        readers=f"{OFFICE} partner reviewer",
        internal="id consortium assignment saved_at submitted_at",
        personal="comment",
    ),
    "Score": Entry(
        purpose="have dossiers reviewed by several partners",
        retention=EDITION,
        ground=Ground.PUBLIC_TASK,
        readers=f"{OFFICE} partner reviewer",
        internal="id consortium review criterion",
        personal="points",
    ),
    "EligibilityCheck": Entry(
        purpose="apply the formal rules of the call",
        retention=EDITION,
        ground=Ground.PUBLIC_TASK,
        readers=f"{OFFICE} applicant",
        internal="id consortium dossier ruled_at ruled_by",
        personal="eligible findings reason",
    ),
    "RankingRun": Entry(
        purpose="rank by a replayable procedure",
        retention=GRANT,
        ground=Ground.PUBLIC_TASK,
        readers=OFFICE,
        internal="id consortium call fingerprint seed state computed_at computed_by approved_at"
        " approved_by",
        personal="inputs",
    ),
    "RankedDossier": Entry(
        purpose="rank by a replayable procedure",
        retention=GRANT,
        ground=Ground.PUBLIC_TASK,
        readers=OFFICE,
        internal="id consortium run",
        personal="dossier position score tied list explanation",
    ),
    "Offer": Entry(
        purpose="offer places and record the answers",
        retention=GRANT,
        ground=Ground.CONTRACT,
        readers=f"{OFFICE} applicant",
        only={"finance": "id consortium dossier route state"},
        internal="id consortium dossier track expires_at zone state prepared_at sent_at answered_at",
        personal="route conditions answer_note",
    ),
    "CallUserGrant": Entry(
        purpose="hold rights",
        retention=GRANT,
        ground=Ground.PUBLIC_TASK,
        readers="staff person",
        internal="id permission user content_object",
    ),
}
