"""Nominal dates: a programme says `Y+1-02-15`, an intake makes a day of it. No Django, no clock."""

import re
from datetime import date

from mobility_tracks.programme.words import NominalDate

_NOMINAL = re.compile(r"Y(?:\+([1-9]))?-([0-9]{2})-([0-9]{2})")
# A third semester may begin a few weeks before the day on which the first did.
_EARLY_DAYS = 45


def nominal(text: str) -> NominalDate | None:
    """The nominal date that a text spells; None for any other text, the empty one included."""
    parts = _NOMINAL.fullmatch(text)
    return NominalDate(int(parts[1] or 0), int(parts[2]), int(parts[3])) if parts else None


def resolve(text: str, *, year: int) -> date | None:
    """The day meant by `text` for the intake of `year`; None where it names none in that year."""
    day = nominal(text)
    if day is None:
        return None
    try:
        return date(year + day.year, day.month, day.day)
    except ValueError:
        return None


def year_of_study(starts: str, *, first: str) -> int:
    """1 for what begins in the programme's first twelve months, 2 for the next twelve, and so on.

    `first`: the nominal start of the programme's first period. A common year stands in for the
    intake's; 0 where either text names no day.
    """
    start, beginning = resolve(starts, year=2001), resolve(first, year=2001)
    if start is None or beginning is None:
        return 0
    return max(0, (start - beginning).days + _EARLY_DAYS) // 365 + 1
