"""Rules as data: a kind, its parameters, the sentence people read, and the source.

Adding a kind or an optional parameter leaves older files readable, so the format version stays.
"""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from mobility_tracks.programme.call_kinds import CAP_KINDS, ELIGIBILITY_KINDS
from mobility_tracks.programme.parameters import Kinds, Parameters
from mobility_tracks.programme.path_kinds import PATH_KINDS
from mobility_tracks.programme.sourced import Sourced
from mobility_tracks.programme.words import Country, Key, Sentence


@dataclass(frozen=True, kw_only=True)
class Audience:
    """Whom a rule or track concerns; an empty list does not narrow."""

    funding: tuple[Key, ...] = ()
    categories: tuple[Key, ...] = ()
    residence: tuple[Country, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Rule(Sourced):
    """A rule about paths: for a programme version, an offering or a transition."""

    kinds: ClassVar[Kinds] = PATH_KINDS

    key: Key
    kind: str
    parameters: Parameters
    sentence: Annotated[Sentence, "the rule as people read it, also when it refuses"]
    only_for: Audience | None = None
    board_may_override: bool = False


@dataclass(frozen=True, kw_only=True)
class EligibilityRule(Rule):
    """A rule about who may be considered at all, before merit."""

    kinds: ClassVar[Kinds] = ELIGIBILITY_KINDS


@dataclass(frozen=True, kw_only=True)
class CapRule(Rule):
    """A rule that limits the awards of a funding line."""

    kinds: ClassVar[Kinds] = CAP_KINDS
