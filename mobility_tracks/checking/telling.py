"""A report in lines of text, for terminals."""

from collections.abc import Iterator, Sequence

from mobility_tracks.checking.people import Person
from mobility_tracks.checking.report import Cell, Report, RuleReport, TrackReport
from mobility_tracks.checking.spelling import listed, number


def lines_of(report: Report) -> Iterator[str]:
    """Tracks with credits, degrees and whom they cannot serve; rules with an example; faults."""
    tried = "" if report.tried == report.ways else f", of which the first {report.tried} were tried"
    yield f"{number(len(report.tracks), 'track')}, {number(report.ways, 'way')}{tried}."
    for track in report.tracks:
        yield from _track(track)
    for rule in report.rules:
        yield from _rule(rule)
    if report.unserved:
        yield f"No way at all: {listed(map(str, report.unserved))}."
    yield from report.faults or ["Nothing here forbids publishing."]


def _track(track: TrackReport) -> Iterator[str]:
    span = f"{track.least}" if track.least == track.most else f"{track.least} to {track.most}"
    degrees = listed(_degree(key, ways, track.ways) for key, ways in track.degrees)
    awards = f", degree: {degrees}" if track.degrees else ""
    yield f"Track {track.path.code}: {number(track.ways, 'way')}, {span} ECTS{awards}."
    closed = [cell for cell in track.cells if not cell.open]
    if closed:
        yield f"  Closed to: {_whom(closed)}."
    some = [cell for cell in track.cells if 0 < cell.open < cell.ways]
    for cell in some:
        yield f"  In part, {cell.open} of {number(cell.ways, 'way')}: {cell.person}."


def _degree(key: str, ways: int, all_ways: int) -> str:
    return key if ways == all_ways else f"{key} (on {number(ways, 'way')})"


def _whom(cells: Sequence[Cell]) -> str:
    return listed(str(cell.person) for cell in cells)


def _rule(rule: RuleReport) -> Iterator[str]:
    told = rule.bound.rule
    where = f" of {rule.bound.offering}" if rule.bound.offering else ""
    yield f"Rule {told.key}{where}: {told.sentence}"
    if rule.settled:
        yield f"  Not judged here: {rule.settled}."
    if rule.example:
        yield f"  For instance: {rule.example.fact}. It would take: {rule.example.remedy}."
    if rule.unserved:
        yield f"  Leaves without a way: {_people(rule.unserved)}."


def _people(people: Sequence[Person]) -> str:
    return listed(map(str, people))
