"""A programme for the world's first consortium: one year together, three hosts to choose among.

S1 Warsaw, S2 Amiens, S3 Amiens, Ljubljana or Bilbao, S4 a thesis at any of them or the laboratory.
"""

from functools import cache

from consortium.access import acting
from mobility_tracks.domain.enrolments import enrol
from mobility_tracks.domain.programmes import load_programme
from mobility_tracks.models import Enrolment, Intake, Placement
from mobility_tracks.programme import Document, read

EMAT = """
format: 1
consortium:
  key: emat
  name: verdigris
  short_name: emat verdigris
  zone: Europe/Paris
organisations:
  ami: {name: University AMI, kind: university, city: Amiens, country: FR}
  waw-emat: {name: University WAW verdigris, kind: university, city: Warsaw, country: PL}
  lju: {name: University LJU, kind: university, city: Ljubljana, country: SI}
  lab-emat: {name: University LAB verdigris, kind: university, city: Boston, country: US}
  bil: {name: University BIL, kind: university, city: Bilbao, country: ES}
partnerships:
  ami: {kind: coordinator, awards_degree: true, station: {code: AMI, colour: 1, shape: circle}}
  waw-emat: {kind: full, awards_degree: true, station: {code: WAW, colour: 2, shape: circle}}
  lju: {kind: full, awards_degree: true, station: {code: LJU, colour: 3, shape: circle}}
  lab-emat: {kind: associated, attached_to: [lju], station: {code: LAB, colour: 4, shape: circle}}
  bil: {kind: full, awards_degree: true, station: {code: BIL, colour: 5, shape: square}}
versions:
  v1:
    title: Energy materials
    state: current
    first_class: 1
    ects: 120
    months: 24
    languages: [en]
    periods:
      integration: {name: Integration week, kind: block, starts: Y-09-15, ends: Y-09-19, overlaps: [s1]}
      s1: {name: Semester 1, kind: semester, ects: 30, starts: Y-09-15, ends: Y+1-01-20}
      s2: {name: Semester 2, kind: semester, ects: 30, starts: Y+1-02-15, ends: Y+1-06-30}
      s3: {name: Semester 3, kind: semester, ects: 30, starts: Y+1-09-01, ends: Y+2-01-31}
      s4: {name: Thesis, kind: thesis, ects: 30, starts: Y+2-02-01, ends: Y+2-07-31}
    offerings:
      integration-ami: {period: integration, host: ami}
      s1-waw: {period: s1, host: waw-emat}
      s2-ami: {period: s2, host: ami}
      s3-ami: {period: s3, host: ami, max_seats: 3}
      s3-lju: {period: s3, host: lju, max_seats: 3}
      s3-bil: {period: s3, host: bil, max_seats: 3}
      s4-ami: {period: s4, host: ami}
      s4-lab: {period: s4, host: lab-emat, max_seats: 1}
    tracks:
      stay: {name: Amiens twice, steps: [[s1-waw], [s2-ami], [s3-ami], [s4-ami, s4-lab]]}
      east: {name: By Ljubljana, steps: [[s1-waw], [s2-ami], [s3-lju], [s4-ami, s4-lab]]}
      south: {name: By Bilbao, steps: [[s1-waw], [s2-ami], [s3-bil], [s4-lab]]}
    degrees:
      joint: {title: Master of Science, kind: joint, awarded_by: [ami, waw-emat]}
      slovene: {title: Magister, kind: single, awarded_by: [lju], through: [s3-lju]}
    rules:
      mandatory-mobility:
        kind: mandatory_mobility
        sentence: Study periods in two countries other than that of residence.
        source: the guide
      equal-groups:
        kind: balance
        parameters: {period: s3, tolerance: 1}
        sentence: The three groups are of equal size.
        board_may_override: true
intakes:
  class-1: {name: Class 1 (2027-2029), version: v1, first_year: 2027, class_number: 1, seats: 9}
texts:
  en: {tagline: Two years, summary: From Warsaw to Amiens and on.}
"""

S3 = ("s3-ami", "s3-lju", "s3-bil")


@cache
def document(*changes: tuple[str, str], text: str = EMAT) -> Document:
    """The programme with texts replaced; a change that finds nothing is a mistake of the test."""
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
        text = text.replace(old, new)
    found = read(text)
    assert isinstance(found, Document), "\n".join(map(str, found))
    return found


def loaded(at, *changes: tuple[str, str]):
    return load_programme(document(*changes), at=at)


def intake_of(world, year: int = 2027) -> Intake:
    with acting(world.system()):
        return Intake.objects.select_related("version").get(year=year)


def enrolled(
    world, at, *, email="amina@example.org", number=1, residence="IN", **more
) -> Enrolment:
    """A student of the loaded programme, enrolled by the office."""
    intake = more.pop("intake", None) or intake_of(world)
    return enrol(
        intake,
        actor=more.pop("actor", None) or world.staff(),
        at=at,
        student_id=world.user(email).pk,
        reference=f"STU-{number:04}",
        person_name=f"Student {number}",
        person_email=email,
        nationality="IN",
        residence_country=residence,
        **more,
    )


def places(world, enrolment) -> dict[str, tuple[str, str]]:
    """By period: host's station code and state, of every placement of a student."""
    with acting(world.system()):
        rows = Placement.objects.filter(enrolment=enrolment).order_by("period__position")
        return {
            period: (host, state)
            for period, host, state in rows.values_list("period__code", "host__code", "state")
        }
