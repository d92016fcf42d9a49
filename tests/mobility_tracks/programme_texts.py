"""A small sound programme file to break in one place at a time."""

from mobility_tracks.programme import Document, Problem, read

SOUND = """\
format: 1
consortium: {key: duo, name: Duo, short_name: Duo, zone: Europe/Paris}
organisations:
  one: {name: One, kind: university, city: Amiens, country: FR}
  two: {name: Two, kind: university, city: Bergen, country: "NO"}
partnerships:
  one:
    kind: coordinator
    awards_degree: true
    station: {code: ONE, colour: 1, shape: circle}
  two:
    kind: full
    awards_degree: true
    station: {code: TWO, colour: 2, shape: square}
versions:
  v1:
    title: Version 1
    state: current
    ects: 60
    months: 12
    languages: [en]
    periods:
      s1: {name: S1, kind: semester, ects: 30, starts: Y-09-01, ends: Y+1-01-31}
      s2: {name: S2, kind: semester, ects: 30, starts: Y+1-02-01, ends: Y+1-06-30}
    offerings:
      s1-one: {period: s1, host: one, min_seats: 2, max_seats: 9}
      s2-one: {period: s2, host: one}
      s2-two: {period: s2, host: two}
    tracks:
      both:
        name: Both
        steps:
          - [s1-one]
          - [s2-one, s2-two]
    transitions:
      s1-one: {then: [s2-two]}
    degrees:
      joint: {title: Master, kind: joint, awarded_by: [one, two]}
    rules:
      countries:
        kind: distinct_countries
        parameters: {at_least: 2}
        sentence: Two countries.
intakes:
  first: {name: First, version: v1, first_year: 2027}
calls:
  first:
    title: Call
    intake: first
    zone: Europe/Paris
    opens_at: 2026-11-01T09:00
    closes_at: 2027-02-28T23:59
    routes:
      only: {name: Only}
    rubric:
      criteria:
        record: {name: Record, weight: 60}
        plan: {name: Plan, weight: 40}
"""


def broken(old: str, new: str) -> str:
    """The sound text with one passage exchanged."""
    assert SOUND.count(old) == 1, f"{old!r} occurs {SOUND.count(old)} times"
    return SOUND.replace(old, new)


def problems_of(data: str | bytes) -> list[Problem]:
    """What the reader says of a text, which must not be sound."""
    result = read(data)
    assert not isinstance(result, Document)
    return result


def document_of(data: str | bytes) -> Document:
    """The document of a text, which must be sound."""
    result = read(data)
    assert isinstance(result, Document), "\n".join(map(str, result))
    return result
