"""From locked reviews to a ranked list, exact and replayable. No Django here."""

from admissions.ranking.inputs import (
    Criterion,
    Dossier,
    Inputs,
    Mark,
    RankingRefused,
    Review,
    Rubric,
    TieBreaker,
)
from admissions.ranking.rank import ListClass, Position, Ranking, rank
from admissions.ranking.record import fingerprint, read, result_bytes, write
from admissions.ranking.replay import explain, replay

__all__ = [
    "Criterion",
    "Dossier",
    "Inputs",
    "ListClass",
    "Mark",
    "Position",
    "Ranking",
    "RankingRefused",
    "Review",
    "Rubric",
    "TieBreaker",
    "explain",
    "fingerprint",
    "rank",
    "read",
    "replay",
    "result_bytes",
    "write",
]
