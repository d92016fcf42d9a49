"""The workshop for programmes: drafts of versions, edited entry by entry beside the checker."""
