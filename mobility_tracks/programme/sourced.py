"""Where a statement of a programme file comes from, and whether anybody checked it."""

from dataclasses import dataclass
from typing import Annotated

from mobility_tracks.programme.words import Sentence


@dataclass(frozen=True, kw_only=True)
class Sourced:
    """Three optional keys that every larger entry may carry.

    A value without `source` and without `assumption` is the editor's own word.
    """

    source: Annotated[Sentence | None, "where the fact was read: an address or a document"] = None
    assumption: Annotated[
        Sentence | None, "what is assumed here, and why, until the consortium confirms it"
    ] = None
    note: Annotated[Sentence | None, "a doubt or remark for the editors, not for the public"] = None


PROVENANCE = ("source", "assumption", "note")
