"""The committed programmes and their schema."""

import json
from collections import Counter, defaultdict
from dataclasses import fields
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from mobility_tracks.programme import Document, read_file
from mobility_tracks.programme.curriculum import Version
from mobility_tracks.programme.scalars import looks_of
from mobility_tracks.programme.schema import schema, schema_text
from mobility_tracks.programme.shape import Choice, Entries, Record, Several, Variant, fields_of
from mobility_tracks.programme.writer import HEADER
from tests.mobility_tracks.programme_texts import SOUND, broken

PROGRAMMES = Path(__file__).parents[2] / "programmes"
FILES = sorted(PROGRAMMES.glob("*.yaml"))


def loaded(name: str) -> Document:
    document = read_file(PROGRAMMES / f"{name}.yaml")
    assert isinstance(document, Document), "\n".join(map(str, document))
    return document


def version_of(document: Document, key: str) -> Version:
    return next(version for version in document.versions if version.key == key)


def as_json(text: str):
    return json.loads(json.dumps(YAML(typ="safe", pure=True).load(text), default=str))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_file_is_sound_named_after_its_consortium_and_points_to_the_schema(path: Path):
    assert loaded(path.stem).consortium.key == path.stem
    assert path.read_text().startswith(HEADER)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_schema_accepts_the_file(path: Path):
    errors = list(Draft202012Validator(schema()).iter_errors(as_json(path.read_text())))
    assert errors == []


def test_schema_is_up_to_date_and_valid():
    assert (PROGRAMMES / "programme.schema.json").read_text() == schema_text()
    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("months: 12", 'months: "12"'),
        ("    title: Call", "    titel: Call"),
        ("starts: Y+1-02-01", "starts: Y+1"),
        ('country: "NO"', "country: XX"),
        ("{at_least: 2}", "{at_most: 2}"),
        ("        parameters: {at_least: 2}\n", ""),
        ("languages: [en]", "languages: []"),
    ],
)
def test_schema_refuses(old: str, new: str):
    validator = Draft202012Validator(schema())
    assert validator.is_valid(as_json(SOUND))
    assert not validator.is_valid(as_json(broken(old, new)))


def test_an_organisation_is_the_same_in_every_file():
    facts = defaultdict(list)
    for path in FILES:
        for organisation in loaded(path.stem).organisations:
            facts[organisation.key].append(organisation)
    shared = {key for key, told in facts.items() if len(told) > 1}
    assert shared == {"upjv", "uni-lj", "amu", "sgh", "unibo"}
    assert all(len(set(facts[key])) == 1 for key in shared)


def test_no_two_organisations_have_one_name_or_one_code():
    every = {o.key: o for path in FILES for o in loaded(path.stem).organisations}.values()
    names = Counter(o.name for o in every)
    codes = Counter((code.scheme, code.value) for o in every for code in o.codes)
    assert [each for each, n in (names | codes).items() if n > 1] == []


def test_i_mesc_is_the_journey_of_its_documentation():
    document = loaded("i-mesc")
    version = version_of(document, "i-mesc")
    host = {offering.key: offering.host for offering in version.offerings}
    paths = [[host[step[0]] for step in track.steps[:3]] for track in version.tracks]
    assert paths == [["wut", "univ-toulouse", third] for third in ("ehu", "uni-lj", "upjv")]
    assert len(document.organisations) == len(document.partnerships) == 11
    assert " ".join(p.station.code for p in document.partnerships) == (
        "AMI TLS WAW LJU BIL DEA DRX ALI RS2 NIC CIC"
    )
    assert {p.organisation: p.attached_to for p in document.partnerships if p.attached_to} == {
        "rs2e": ("upjv",),
        "nic": ("uni-lj",),
        "cic-energigune": ("ehu",),
    }


def test_what_i_mesc_never_published_is_marked_as_assumed():
    document = loaded("i-mesc")
    call, version = document.calls[0], version_of(document, "i-mesc")
    assert call.assumption
    assert call.rubric
    assert call.rubric.assumption
    assert all(period.assumption for period in version.periods if period.ects)
    assert all(code.source for org in document.organisations for code in org.codes)
    assert version.degrees == ()


def test_invented_programmes_say_so_and_no_other_does():
    assert {path.stem for path in FILES if loaded(path.stem).invented} == {"travessia", "atelier"}


def test_no_word_of_the_format_is_one_that_yaml_readers_misread():
    todo, seen = [Document], set()
    while todo:
        cls = todo.pop()
        if cls in seen:
            continue
        seen.add(cls)
        for field in fields_of(cls):
            assert not looks_of(field.name), f"{cls.__name__}.{field.name}"
            shape = field.shape.item if isinstance(field.shape, Several) else field.shape
            if isinstance(shape, Choice):
                assert not any(map(looks_of, shape.words))
            if isinstance(shape, Record | Entries):
                todo.append(shape.cls if isinstance(shape, Record) else shape.record.cls)
            if isinstance(shape, Variant):
                todo.extend(cls for _, cls in shape.kinds)
    assert all(fields(cls) is not None for cls in seen)
