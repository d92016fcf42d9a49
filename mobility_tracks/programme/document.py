"""A programme document: a consortium, its organisations, its versions, intakes and calls.

Organisations are shared by all consortia: the same key means the same organisation in every
file. Everything else belongs to the consortium of the file. A tuple of records is written in
YAML as a mapping keyed by the records' first field, in the order of the tuple.
"""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from mobility_tracks.programme.admission import Call, Intake
from mobility_tracks.programme.curriculum import Version
from mobility_tracks.programme.sourced import Sourced
from mobility_tracks.programme.words import (
    Count,
    Country,
    Key,
    Language,
    Name,
    OrganisationRef,
    Prose,
    Sentence,
    StationCode,
    WebAddress,
    Whole,
    Zone,
)

FORMAT = 1


@dataclass(frozen=True, kw_only=True)
class Code(Sourced):
    """An identifier of an organisation in a public register."""

    scheme: Literal["erasmus", "schac", "pic"]
    value: Name
    verified: Annotated[bool, "compared with the register itself"] = False


@dataclass(frozen=True, kw_only=True)
class Organisation(Sourced):
    """A university, research centre, company or network."""

    key: Key
    name: Name
    kind: Literal["university", "research_centre", "company", "network"]
    city: Name
    country: Country
    website: WebAddress | None = None
    former_names: tuple[Name, ...] = ()
    codes: tuple[Code, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Station:
    """How a partner looks on every map and list; colour is an index into the palette."""

    code: StationCode
    colour: Annotated[int, Whole(1, 12)]
    shape: Literal["circle", "square", "diamond", "triangle", "pentagon", "hexagon"]


@dataclass(frozen=True, kw_only=True)
class Partnership(Sourced):
    """What an organisation is to this consortium."""

    organisation: OrganisationRef
    kind: Literal["coordinator", "full", "associated"]
    awards_degree: bool = False
    unit: Annotated[Name | None, "faculty or department that takes part"] = None
    station: Station
    attached_to: Annotated[tuple[OrganisationRef, ...], "hosts it works with on the spot"] = ()
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, kw_only=True)
class Appeals(Sourced):
    """How a decision may be contested."""

    window: Count
    unit: Literal["hours", "days", "working_days"]
    grounds: Sentence


@dataclass(frozen=True, kw_only=True)
class Retention(Sourced):
    """How long personal data stay, in months after the decision."""

    admitted_months: Count
    not_admitted_months: Count


@dataclass(frozen=True, kw_only=True)
class Consortium(Sourced):
    """The partners together, as one tenant."""

    key: Annotated[Key, "the slug in every address"]
    name: Name
    short_name: Name
    locale: Language = "en"
    zone: Zone
    website: WebAddress | None = None
    appeals: Appeals | None = None
    retention: Retention | None = None


@dataclass(frozen=True, kw_only=True)
class Answer(Sourced):
    """A question that applicants ask, with its answer."""

    key: Key
    question: Name
    answer: Prose


@dataclass(frozen=True, kw_only=True)
class PublicText(Sourced):
    """The words of the public page in one language."""

    locale: Language
    tagline: Name
    summary: Prose
    study: Prose | None = None
    admission: Prose | None = None
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Document:
    """A whole programme file."""

    format: Annotated[int, Whole(FORMAT, FORMAT), "version of the file format"]
    invented: Annotated[bool, "an example: nothing in it is a real programme"] = False
    consortium: Consortium
    organisations: tuple[Organisation, ...]
    partnerships: tuple[Partnership, ...]
    versions: tuple[Version, ...]
    intakes: tuple[Intake, ...] = ()
    calls: tuple[Call, ...] = ()
    texts: tuple[PublicText, ...] = ()
