"""The common root of all rule parameters, and the kind that has none."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """What a rule of one kind needs to know."""


@dataclass(frozen=True, kw_only=True)
class Stated(Parameters):
    """A rule that a person checks; the sentence is all there is."""


Kinds = Mapping[str, type[Parameters]]
