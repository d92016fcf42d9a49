"""One line of “who can see my file now”."""

from dataclasses import dataclass

from consortium.actor import Wall
from consortium.visibility import Group, Sight
from partners.items import Item


@dataclass(frozen=True, slots=True)
class Reader:
    """An audience that may read something. sight: the rule of the table that says so.

    institutions: where its people work, if not the office's. asked: how many of them a call wants,
    for reviewers. giver, items: whose agreement opens what to a partner, in place of groups.
    """

    wall: Wall
    sight: Sight | None
    groups: tuple[Group, ...] = ()
    institutions: tuple[str, ...] = ()
    asked: int = 0
    giver: str = ""
    items: tuple[Item, ...] = ()
