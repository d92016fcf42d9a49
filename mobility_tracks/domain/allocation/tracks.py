"""Which offerings of a period a student's path so far leads to, by the tracks of the version."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from mobility_tracks.models import Period, TrackStep


@dataclass(frozen=True)
class Ways:
    """By track, by period code, the offering codes it passes; none named: any of the period."""

    tracks: tuple[Mapping[str, frozenset[str]], ...]

    def onward(self, path: Mapping[str, str], period: str) -> Collection[str] | None:
        """Offerings of `period` open to who went `path` (period code to offering code).

        None: any. So it is where no track passes the period, or where the board has put the student
        on a path that no track describes.
        """
        found: set[str] = set()
        for track in self.tracks:
            if period in track and self._fits(track, path, period):
                if not track[period]:
                    return None
                found |= track[period]
        return found or None

    @staticmethod
    def _fits(track: Mapping[str, frozenset[str]], path: Mapping[str, str], period: str) -> bool:
        return all(
            not track[code] or offering in track[code]
            for code, offering in path.items()
            if code in track and code != period
        )


def ways_of(period: Period) -> Ways:
    """Needs an `acting` context. One query."""
    tracks: dict[object, dict[str, set[str]]] = {}
    rows = TrackStep.objects.filter(track__version_id=period.version_id)
    for track, code, offering in rows.values_list("track_id", "period__code", "offering__code"):
        tracks.setdefault(track, {}).setdefault(code, set()).update([offering] if offering else [])
    return Ways(
        tuple({code: frozenset(keys) for code, keys in steps.items()} for steps in tracks.values())
    )
