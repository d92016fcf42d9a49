"""A clock that tests move. Sessions keep real time, so that a moved clock signs nobody out."""

from datetime import datetime

from tests.world import NOON

_instant = NOON


def now() -> datetime:
    return _instant


def move_to(instant: datetime) -> None:
    global _instant  # noqa: PLW0603  # the settings name a function, so the instant lives here
    _instant = instant
