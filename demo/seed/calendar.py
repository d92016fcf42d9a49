"""The days of the demonstration, all counted from one instant.

By default that is the morning six days before the deadline in `programmes/i-mesc.yaml`: the only
season in which one class begins its second semester while the next one is being selected.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from mobility_tracks.programme import Document

DAYS_LEFT = 6
MORNING = time(9)
LAST_MINUTE = time(23, 59)
# Days before the first morning on which things happened.
FOUNDED = 1400
FIRST_ROUND_CLOSED = 36
ARTS_CLOSED = 70
# The call in the programme file is open for 118 days.
OPEN_FOR = 118


@dataclass(frozen=True, slots=True)
class Calendar:
    """`at`: the first morning. `zone`: where the calls are announced."""

    at: datetime
    zone: str

    def ago(self, days: float) -> datetime:
        return self.at - timedelta(days=days)

    def ahead(self, days: float) -> datetime:
        return self.at + timedelta(days=days)

    def local(self, days: int, hour: time) -> datetime:
        """A wall clock in the zone, so many days from the first morning; without an offset."""
        day = self.at.astimezone(ZoneInfo(self.zone)).date() + timedelta(days=days)
        return datetime.combine(day, hour)  # noqa: DTZ001  # programme files have local times

    def instant(self, days: int, hour: time) -> datetime:
        return self.local(days, hour).replace(tzinfo=ZoneInfo(self.zone)).astimezone(UTC)

    @property
    def entry(self) -> int:
        """The year in which the class now being selected begins; classes begin in September."""
        return self.at.year + (self.at.month > 7)


def first_morning(document: Document) -> datetime:
    """Six days before the deadline of the file's own call, at nine."""
    call = document.calls[0]
    local = datetime.combine(call.closes_at.date() - timedelta(days=DAYS_LEFT), MORNING)
    return local.replace(tzinfo=ZoneInfo(call.zone)).astimezone(UTC)


def whole_hour(instant: datetime) -> datetime:
    return instant.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
