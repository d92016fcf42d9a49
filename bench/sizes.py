"""How much is filled in and how often it is measured."""

from dataclasses import dataclass

APPLICANTS, REVIEWERS = 1_000_000, 2_000_000  # first ids, so that SQL can compute who is who
POOL = 12  # reviewers of a consortium; each reads two dossiers in twelve
SPARSE = POOL  # number of one more reviewer of each consortium, who reads few
FEW = 5


@dataclass(frozen=True, slots=True)
class Sizes:
    """consortia with one call each, dossiers in a call, turns per measured pair.

    granted: dossiers of a call that is distributed among reviewers.
    """

    consortia: int = 20
    dossiers: int = 1000
    repeat: int = 60
    granted: int = 5000

    @property
    def drafts(self) -> int:
        """Complete dossiers to submit: two for each turn and for warming up, some to spare."""
        return 2 * self.repeat + 40

    @property
    def applicants(self) -> int:
        return max(self.dossiers + self.drafts, self.granted)


@dataclass(frozen=True, slots=True)
class Growth:
    """totals: dossiers of all consortia together, step by step. busy: those of one call from the
    first step on, while the calls of all others grow.
    """

    consortia: int = 200
    totals: tuple[int, ...] = (10_000, 100_000, 1_000_000)
    busy: int = 2000
    repeat: int = 60

    def dossiers(self, total: int) -> int:
        """In each call but the busy one."""
        return (total - self.busy) // (self.consortia - 1)
