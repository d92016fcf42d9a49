"""The one clock. It is read once at the edge of a request or a job and passed on as `at`."""

from datetime import datetime

from django.conf import settings
from django.utils.module_loading import import_string


def now() -> datetime:
    """The present instant in UTC, by the clock that the settings name."""
    instant: datetime = import_string(settings.CLOCK)()
    return instant
