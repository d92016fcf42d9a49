"""What the data amounts to, in one number: equal for equal seed and instant.

Left out is what must be chance: identifiers, file names, tokens and so the bodies of mails.
"""

import json
from hashlib import sha256
from typing import Any

from django.db.models import QuerySet

from admissions.models import (
    Assignment,
    Document,
    Dossier,
    EligibilityCheck,
    NeedsStep,
    Offer,
    Passport,
    RankedDossier,
    ReferenceLetter,
    ReferenceRequest,
    Score,
    TrackPreference,
)
from consortium.access import acting, as_login
from consortium.actor import Actor
from consortium.models import Consortium, JournalEntry, Membership, Transition, User
from demo.models import Mail
from mobility_tracks.models import Enrolment, Placement, Preference
from partners.models import SharingAgreement, TransferBasis

_WHAT = (
    (Membership, "person_email role party__code starts_at"),
    (
        Dossier,
        ("reference state latin_name given_names nationality degree_institution statement"
        " submitted_at score position call__slug"),
    ),
    (TrackPreference, "dossier__reference track__code rank"),
    (Document, "dossier__reference requirement__code sha256 uploaded_at"),
    (ReferenceRequest, "dossier__reference referee_email state received_at"),
    (ReferenceLetter, "dossier__reference sha256 received_at"),
    (EligibilityCheck, "dossier__reference eligible findings ruled_at"),
    (Assignment, "dossier__reference reviewer_name state assigned_at conflict_reason"),
    (Score, ("review__assignment__dossier__reference review__assignment__reviewer_name"
     " criterion__code points")),
    (RankedDossier, "dossier__reference position score list"),
    (NeedsStep, "reference amount approved_at"),
    (Passport, "dossier__reference saved_at"),
    (Offer, "dossier__reference state expires_at answered_at"),
    (Enrolment, "reference person_name state enrolled_at"),
    (Placement, "enrolment__reference offering__code sending__code state starts_on"),
    (TransferBasis, "party__code kind document dated starts_at ends_at"),
    (SharingAgreement, "giver__code receiver__code version items state proposed_at reason"),
    (Preference, "enrolment__reference offering__code track__code rank saved_at"),
    (Transition, "subject event source target at by_name"),
    (JournalEntry, "act at by_name"),
)  # fmt: skip  # a table, read by its rows


def digest() -> str:
    """SHA-256 over the rows of every consortium, of the accounts and of the mailbox."""
    told = [_told(User.objects.values_list("email", "name"))]
    for consortium in Consortium.objects.order_by("slug"):
        with acting(Actor.system(consortium.pk)):
            told.append([consortium.slug, consortium.name])
            for model, names in _WHAT:
                rows = model.objects.filter(consortium=consortium)
                told.append(_told(rows.values_list(*names.split())))
    with as_login():
        told.append(_told(Mail.objects.values_list("to", "subject", "sent_at")))
    return sha256(json.dumps(told, ensure_ascii=False, default=str).encode()).hexdigest()


def _told(rows: "QuerySet[Any, Any]") -> list[str]:
    """In an order that no identifier decides."""
    return sorted(
        json.dumps(row, ensure_ascii=False, default=str) for row in rows.order_by().iterator()
    )
