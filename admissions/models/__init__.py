"""From the call to the offer."""

from admissions.models.call import Call, Criterion, DocumentRequirement, EligibilityRule
from admissions.models.document import Document
from admissions.models.dossier import Dossier, TrackPreference
from admissions.models.grants import CallUserGrant
from admissions.models.offer import Offer
from admissions.models.reference import ReferenceLetter, ReferenceRequest
from admissions.models.review import Assignment, Review, Score
from admissions.models.selection import EligibilityCheck, RankedDossier, RankingRun
from admissions.models.vault import NeedsCase, NeedsStep, Passport

__all__ = [
    "Assignment",
    "Call",
    "CallUserGrant",
    "Criterion",
    "Document",
    "DocumentRequirement",
    "Dossier",
    "EligibilityCheck",
    "EligibilityRule",
    "NeedsCase",
    "NeedsStep",
    "Offer",
    "Passport",
    "RankedDossier",
    "RankingRun",
    "ReferenceLetter",
    "ReferenceRequest",
    "Review",
    "Score",
    "TrackPreference",
]
