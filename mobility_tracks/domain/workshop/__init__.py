"""The workshop: a draft of a programme version, edited part by part, then published.

Pages and API come through here, files through `domain.programmes`; both end in the same document,
read by the same reader and written to rows by the same hand.
"""

from mobility_tracks.domain.workshop.drafts import begin_draft, discard_draft, publish_draft
from mobility_tracks.domain.workshop.edits import (
    move_entry,
    put_entry,
    remove_entry,
    replace_body,
    tried,
    without,
)
from mobility_tracks.domain.workshop.reading import Bench, bench_of, differences

__all__ = [
    "Bench",
    "begin_draft",
    "bench_of",
    "differences",
    "discard_draft",
    "move_entry",
    "publish_draft",
    "put_entry",
    "remove_entry",
    "replace_body",
    "tried",
    "without",
]
