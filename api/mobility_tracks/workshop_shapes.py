"""Programme versions and the checker's report as JSON."""

from typing import Any

from rest_framework import serializers

from mobility_tracks.checking.report import Report
from mobility_tracks.checking.verdicts import Verdict
from mobility_tracks.domain.workshop import Bench
from mobility_tracks.models import ProgrammeVersion

Json = dict[str, Any]
# Offering, its conditions, and one level to spare.
MOST_STEPS = 8


class VersionOut(serializers.ModelSerializer[ProgrammeVersion]):
    seen = serializers.CharField(source="document_hash")

    class Meta:
        model = ProgrammeVersion
        fields = ("code", "title", "state", "from_year", "ects", "seen")


class DraftIn(serializers.Serializer[Any]):
    code = serializers.CharField(max_length=60)
    title = serializers.CharField(max_length=200)
    from_year = serializers.IntegerField(min_value=2000, max_value=2100)
    copy_of = serializers.CharField(max_length=60, default="", allow_blank=True)


class SeenIn(serializers.Serializer[Any]):
    """`seen`: of the version as its author read it; an edit of anything newer is refused."""

    seen = serializers.CharField(max_length=64)


class PlaceIn(SeenIn):
    """`where`: mapping, key, mapping, key, as `["offerings", "s3-waw"]`."""

    where = serializers.ListField(child=serializers.CharField(max_length=60), max_length=MOST_STEPS)


class EntryIn(PlaceIn):
    """`values`: the entry's own values, as a programme file has them."""

    values = serializers.DictField()
    is_new = serializers.BooleanField(default=False)


class MoveIn(PlaceIn):
    by = serializers.IntegerField(min_value=-1000, max_value=1000)


class BodyIn(SeenIn):
    body = serializers.DictField()


class DiscardingIn(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=300)


class BenchOut(serializers.Serializer[Bench]):
    """A version's document as it stands: problems while it is unsound, else the report."""

    code = serializers.CharField(source="version.code")
    state = serializers.CharField(source="version.state")
    seen = serializers.CharField(source="version.document_hash")
    body = serializers.DictField()
    problems = serializers.SerializerMethodField()
    faults = serializers.ListField(child=serializers.CharField())
    report = serializers.SerializerMethodField()

    def get_problems(self, bench: Bench) -> list[dict[str, str]]:
        return [{"key": problem.key_path, "says": problem.said} for problem in bench.problems]

    def get_report(self, bench: Bench) -> Json | None:
        return _report(bench.report) if bench.report else None


def _report(report: Report) -> Json:
    return {
        "ways": report.ways,
        "tried": report.tried,
        "unserved": [str(person) for person in report.unserved],
        "tracks": [
            {
                "code": track.path.code,
                "title": track.path.title,
                "ways": track.ways,
                "ects": [float(track.least), float(track.most)],
                "degrees": dict(track.degrees),
                "open": [
                    {
                        "whom": str(cell.person),
                        "residence": cell.person.residence,
                        "funding": cell.person.funding or None,
                        "category": cell.person.category or None,
                        "ways": cell.open,
                        "why": [_verdict(verdict) for verdict in cell.why],
                    }
                    for cell in track.cells
                ],
            }
            for track in report.tracks
        ],
        "rules": [
            {
                "key": rule.bound.rule.key,
                "offering": rule.bound.offering or None,
                "sentence": rule.bound.rule.sentence,
                "settled": rule.settled or None,
                "example": _verdict(rule.example) if rule.example else None,
                "unserved": [str(person) for person in rule.unserved],
            }
            for rule in report.rules
        ],
    }


def _verdict(verdict: Verdict) -> dict[str, str]:
    return {
        "rule": verdict.rule,
        "fact": verdict.fact,
        "source": verdict.source,
        "remedy": verdict.remedy,
    }
