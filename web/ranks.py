"""An order of wishes that is changed by buttons: up, down, in, out. Pure."""

from collections.abc import Collection, Sequence


def moved(order: Sequence[str], move: str, *, offered: Collection[str]) -> list[str]:
    """The order after one move, such as `up:lju`; what is no move or not offered changes nothing.

    Codes that are not offered are kept for the act to refuse: nothing is dropped in silence.
    """
    found = list(order)
    verb, _colon, code = move.partition(":")
    if verb == "add" and code in offered and code not in found:
        return [*found, code]
    if code not in found:
        return found
    place = found.index(code)
    if verb == "drop":
        found.remove(code)
    elif verb == "up" and place > 0:
        found[place - 1 : place + 1] = [found[place], found[place - 1]]
    elif verb == "down" and place < len(found) - 1:
        found[place : place + 2] = [found[place + 1], found[place]]
    return found
