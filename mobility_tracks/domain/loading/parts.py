"""Write the parts of a version: periods, offerings, tracks and their steps."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from mobility_tracks.checking import Path
from mobility_tracks.domain.loading.partners import Hosts
from mobility_tracks.domain.loading.rows import Ledger, bring, create
from mobility_tracks.domain.loading.structure import Fields, Structure, steps_of
from mobility_tracks.models import Offering, Period, ProgrammeVersion, Track, TrackStep
from mobility_tracks.programme.curriculum import Offering as ToldOffering
from mobility_tracks.programme.curriculum import Version


def write(
    row: ProgrammeVersion,
    version: Version,
    wanted: Structure,
    paths: list[Path],
    hosts: Hosts,
    *,
    ledger: Ledger,
) -> None:
    """Bring the parts of `row` to `wanted`; what the file has no more is removed.

    An offering outside the consortium has no host to place anybody at: its sentence becomes the
    period's note, and who goes there is placed by hand once the host is a partner.
    """
    writer = _Writer(row, version, hosts, ledger)
    writer.remove(wanted)
    periods = writer.periods(wanted)
    offerings = writer.offerings(wanted, periods)
    writer.tracks(wanted, paths, periods, offerings)


class _Writer:
    def __init__(
        self, row: ProgrammeVersion, version: Version, hosts: Hosts, ledger: Ledger
    ) -> None:
        self.row, self.version, self.hosts, self.ledger = row, version, hosts, ledger

    def remove(self, wanted: Structure) -> None:
        of_version = {"consortium_id": self.row.consortium_id}
        self._gone(Track.objects.filter(version=self.row, **of_version), wanted.tracks)
        rows = Offering.objects.filter(period__version=self.row, **of_version)
        self._gone(rows, wanted.offerings)
        self._gone(Period.objects.filter(version=self.row, **of_version), wanted.periods)

    def _gone(self, rows: Iterable[Track | Offering | Period], wanted: dict[str, Fields]) -> None:
        for part in rows:
            if part.code not in wanted:
                part.delete()
                words = {"what": self._what(part), "code": part.code}
                self.ledger.changes.append(_("%(what)s is removed.") % words)

    def _what(self, part: Track | Offering | Period) -> str:
        words = {"version": self.row.code, "noun": part._meta.verbose_name, "code": part.code}
        return _("Version %(version)s, %(noun)s %(code)s") % words

    def _put(self, part: Track | Offering | Period, values: Fields) -> None:
        if part._state.adding:
            for name, value in values.items():
                setattr(part, name, value)
            create(part, what=self._what(part), ledger=self.ledger)
        else:
            bring(part, values, what=self._what(part), ledger=self.ledger)

    def periods(self, wanted: Structure) -> dict[str, Period]:
        there = {row.code: row for row in Period.objects.filter(version=self.row)}
        told = {period.key: period for period in self.version.periods}
        tenant = self.row.consortium_id
        for code, fields in wanted.periods.items():
            row = there.setdefault(code, Period(consortium_id=tenant, version=self.row, code=code))
            values = {name: value for name, value in fields.items() if name != "parent"}
            values |= {"title": told[code].name, "note": self._outside(code)}
            self._put(row, values)
        for code, fields in wanted.periods.items():
            parent = there.get(fields["parent"])
            values = {"parent_id": parent.pk if parent else None}
            bring(there[code], values, what=self._what(there[code]), ledger=self.ledger)
        return there

    def _outside(self, period: str) -> str:
        return "\n".join(
            o.outside for o in self.version.offerings if o.period == period and o.outside
        )

    def offerings(self, wanted: Structure, periods: dict[str, Period]) -> dict[str, Offering]:
        rows = Offering.objects.filter(period__version=self.row)
        there = {row.code: row for row in rows}
        told = {offering.key: offering for offering in self.version.offerings}
        tenant = self.row.consortium_id
        for position, (code, fields) in enumerate(wanted.offerings.items()):
            row = there.setdefault(code, Offering(consortium_id=tenant, code=code))
            values = {n: value for n, value in fields.items() if n not in ("period", "host")}
            values |= {
                "period_id": periods[fields["period"]].pk,
                "host_id": self.hosts[fields["host"]].pk,
                "position": position,
                "title": self._title(told[code], fields["specialisation"]),
            }
            self._put(row, values)
        return there

    def _title(self, told: ToldOffering, specialisation: str) -> str:
        host = self.hosts[told.host or ""].institution.name
        return f"{host}, {specialisation}" if specialisation else host

    def tracks(
        self,
        wanted: Structure,
        paths: list[Path],
        periods: dict[str, Period],
        offerings: dict[str, Offering],
    ) -> None:
        there = {row.code: row for row in Track.objects.filter(version=self.row)}
        standing, tenant = steps_of(self.row), self.row.consortium_id
        for position, path in enumerate(paths):
            fields = wanted.tracks[path.code]
            empty = Track(consortium_id=tenant, version=self.row, code=path.code)
            row = there.setdefault(path.code, empty)
            is_new = row._state.adding
            values = {"position": position, "title": path.title, "awards": fields["awards"]}
            self._put(row, values)
            if standing.get(path.code, []) != fields["steps"]:
                self._steps(row, fields["steps"], periods, offerings)
                if not is_new:
                    self.ledger.changes.append(
                        _("%(what)s: steps change.") % {"what": self._what(row)}
                    )

    def _steps(
        self,
        row: Track,
        steps: list[Any],
        periods: dict[str, Period],
        offerings: dict[str, Offering],
    ) -> None:
        TrackStep.objects.filter(track=row).delete()
        TrackStep.objects.bulk_create(
            TrackStep(
                consortium_id=row.consortium_id,
                track=row,
                period=periods[period],
                offering=offerings[key] if key else None,
            )
            for period, keys in steps
            for key in (keys or [None])
        )
