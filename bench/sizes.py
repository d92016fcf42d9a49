"""How much is filled in and how often it is measured."""

from dataclasses import dataclass

APPLICANTS, REVIEWERS = 1_000_000, 2_000_000  # first ids, so that SQL can compute who is who
POOL = 12  # reviewers of a consortium; each reads two dossiers in twelve
SPARSE = POOL  # number of one more reviewer of the measured consortium, who reads few
FEW = 5


@dataclass(frozen=True, slots=True)
class Sizes:
    """consortia with one call each, dossiers in a call, turns per measured pair."""

    consortia: int = 20
    dossiers: int = 1000
    repeat: int = 60

    @property
    def drafts(self) -> int:
        """Complete dossiers to submit: two for each turn and for warming up, some to spare."""
        return 2 * self.repeat + 40
