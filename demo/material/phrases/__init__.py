"""Phrase parts from which statements, essays, letters and comments are put together."""


def parts(listing: str) -> tuple[str, ...]:
    """The items of a listing whose items begin with "- "; line breaks inside an item are spaces."""
    items = f"\n{listing.strip()}".split("\n- ")[1:]
    return tuple(" ".join(item.split()) for item in items)
