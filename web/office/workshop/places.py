"""Where an entry of a draft is: its page, and the entry that a problem of the reader lies in."""

from typing import Any

from django.urls import reverse

from mobility_tracks.programme.editing import PARTS, entry_at
from web.office.workshop.words import PARTS as WORDS

Plain = dict[str, Any]


def address_of(where: tuple[str, ...], *, slug: str, code: str) -> str:
    """The page of the entry at a place; of the version's own values for ()."""
    if not where:
        return reverse("office:version-facts", args=[slug, code])
    return reverse("office:entry", args=[slug, code, "/".join(where)])


def holder_of(body: Plain, key_path: str, code: str) -> tuple[str, ...]:
    """The innermost entry that a problem's key path lies in; () for the version's own values."""
    steps = key_path.removeprefix(f"versions.{code}").lstrip(".").replace("[", ".").split(".")
    where: tuple[str, ...] = ()
    while len(steps) >= 2 and (steps[0] in PARTS or where) and steps[0] in WORDS:  # noqa: PLR2004 - mapping, key
        inside = (*where, steps[0], steps[1])
        if entry_at(body, inside) is None:
            break
        where, steps = inside, steps[2:]
    return where
