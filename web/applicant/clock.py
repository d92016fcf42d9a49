"""How long there is, as a figure on a ticket."""

from dataclasses import dataclass
from datetime import datetime

from web.moments import SOON, amount


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """figure: 6 days, 3 hours; rounded down, empty once the time is over."""

    figure: str
    soon: bool


def time_left(until: datetime, *, now: datetime) -> TimeLeft:
    """Needs aware instants; `until` is excluded, as deadlines are."""
    if now >= until:
        return TimeLeft("", soon=False)
    return TimeLeft(amount(until - now), soon=until - now < SOON)
