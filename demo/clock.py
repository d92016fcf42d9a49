"""A clock that can be moved: real time plus an offset that web and worker read from one file."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings


def _file() -> Path:
    return Path(settings.VAR_DIR) / "demo-clock"


def offset() -> timedelta:
    """How far the demo's clock is ahead of the real one; nothing where nobody moved it."""
    try:
        return timedelta(seconds=float(_file().read_text()))
    except (FileNotFoundError, ValueError):
        return timedelta()


def now() -> datetime:
    return datetime.now(UTC) + offset()


def move_to(instant: datetime) -> None:
    """Make `now()` go on from `instant`. The file is replaced whole, so nobody reads half of it."""
    seconds = (instant - datetime.now(UTC)).total_seconds()
    _file().parent.mkdir(parents=True, exist_ok=True)
    fresh = _file().with_suffix(".new")
    fresh.write_text(str(seconds))
    fresh.replace(_file())


def reset() -> None:
    _file().unlink(missing_ok=True)
