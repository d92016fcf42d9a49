"""What a rule says of a way: nothing, a refusal with its reasons, or what it needs to know."""

from dataclasses import dataclass

from mobility_tracks.placement.rules import Verdict

__all__ = ["Finding", "Needs", "Open", "Verdict"]


@dataclass(frozen=True, slots=True)
class Open:
    """The rule cannot be judged yet: `needs` says which fact is missing, or who decides."""

    rule: str
    needs: str
    source: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What a judge found against a way: the fact, and what would change it."""

    fact: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Needs:
    """What a judge would have to know."""

    what: str
