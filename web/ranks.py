"""An order of wishes that is changed by buttons and by dragging. Pure.

The order is a list of classes: what stands in one class is equally good.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence

Classes = list[list[str]]


def moved(order: Sequence[str], move: str, *, offered: Collection[str]) -> list[str]:
    """An order without equals after one move, such as `up:lju`; see `shifted`."""
    classes = shifted([[code] for code in order], move, offered=offered)
    return [code for codes in classes for code in codes]


def classes_of(order: Iterable[str], tied: Collection[str]) -> Classes:
    """From an order and those in it that are as good as the one above them."""
    classes: Classes = []
    for code in order:
        if classes and code in tied:
            classes[-1].append(code)
        else:
            classes.append([code])
    return classes


def shifted(classes: Sequence[Sequence[str]], move: str, *, offered: Collection[str]) -> Classes:
    """The classes after one move; what is no move or not offered changes nothing.

    `add`, `drop`, `up` and `down` as they say: out of its class first, past the next class after.
    `tie`: like the one above. `part`: on its own. `put:lju:2`: where two others stand before it,
    and equal to its neighbours there where these are equal. Codes that are not offered are kept for
    the act to refuse: nothing is dropped in silence.
    """
    found = [list(codes) for codes in classes]
    verb, _colon, code = move.partition(":")
    if verb == "put":
        code, _colon, place = code.rpartition(":")
        return _put(found, code, place, offered)
    at = next((n for n, codes in enumerate(found) if code in codes), None)
    if at is None:
        return [*found, [code]] if verb == "add" and code in offered else found
    return _MOVES.get(verb, _stay)(found, code, at)


def _stay(classes: Classes, code: str, at: int) -> Classes:
    return classes


def _up(classes: Classes, code: str, at: int) -> Classes:
    return _alone(classes, code, at if len(classes[at]) > 1 else max(at - 1, 0))


def _down(classes: Classes, code: str, at: int) -> Classes:
    return _alone(classes, code, at + 1)


def _drop(classes: Classes, code: str, at: int) -> Classes:
    return list(filter(None, _without(classes, code)))


def _tie(classes: Classes, code: str, at: int) -> Classes:
    if at == 0:
        return classes
    left = _without(classes, code)
    left[at - 1].append(code)
    return list(filter(None, left))


def _part(classes: Classes, code: str, at: int) -> Classes:
    return _alone(classes, code, at if classes[at][0] == code else at + 1)


_MOVES = {"up": _up, "down": _down, "drop": _drop, "tie": _tie, "part": _part}


def _without(classes: Classes, code: str) -> Classes:
    """Without it, keeping a class that is empty now."""
    at = next(n for n, codes in enumerate(classes) if code in codes)
    place = classes[at].index(code)
    return [*classes[:at], [*classes[at][:place], *classes[at][place + 1 :]], *classes[at + 1 :]]


def _alone(classes: Classes, code: str, place: int) -> Classes:
    """It as a class of its own, before the class that has number `place` once it is gone."""
    left = _without(classes, code)
    at = next(n for n, codes in enumerate(classes) if code in codes)
    if not left[at] and place > at:
        place += 1
    left.insert(place, [code])
    return list(filter(None, left))


def _put(classes: Classes, code: str, place: str, offered: Collection[str]) -> Classes:
    is_there = any(code in codes for codes in classes)
    if not place.isdecimal() or not (is_there or code in offered):
        return classes
    left = [codes for codes in (_without(classes, code) if is_there else classes) if codes]
    return list(_inserted(left, code, int(place)))


def _inserted(classes: Classes, code: str, place: int) -> Iterator[list[str]]:
    """It with `place` others before it: among equals where these stand on both sides."""
    before, is_placed = 0, False
    for codes in classes:
        if not is_placed and place <= before:
            yield [code]
            is_placed = True
        if not is_placed and place < before + len(codes):
            cut = place - before
            yield [*codes[:cut], code, *codes[cut:]]
            is_placed = True
        else:
            yield codes
        before += len(codes)
    if not is_placed:
        yield [code]
