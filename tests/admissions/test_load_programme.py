"""The command that loads a programme file: both sides at once, or nothing."""

from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from admissions.domain.call_reading import spec_from
from admissions.domain.call_spec import RouteSpec, spec_of
from admissions.domain.calls import extend_deadline, open_call
from admissions.models import Call
from consortium.access import acting
from consortium.actor import Actor
from consortium.models import Consortium
from mobility_tracks.models import Intake, ProgrammeVersion, Track
from mobility_tracks.programme import Document, read, read_file

PROGRAMMES = Path(__file__).resolve().parents[2] / "programmes"
IMESC, TRAVESSIA = PROGRAMMES / "i-mesc.yaml", PROGRAMMES / "travessia.yaml"
AT = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock(settings, world) -> None:
    settings.CLOCK = f"{__name__}.noon"


def noon() -> datetime:
    return AT


def load(file: Path, *flags: str) -> list[str]:
    out = StringIO()
    call_command("load_programme", str(file), *flags, stdout=out)
    return out.getvalue().splitlines()


def failing(file: Path, *flags: str) -> list[str]:
    with pytest.raises(CommandError) as refused:
        load(file, *flags)
    return str(refused.value).splitlines()


def changed(tmp_path: Path, *pairs: tuple[str, str], source: Path = IMESC) -> Path:
    text = source.read_text()
    for old, new in pairs:
        assert text.count(old) == 1, (old, text.count(old))
        text = text.replace(old, new)
    file = tmp_path / "changed.yaml"
    file.write_text(text)
    return file


def system(slug: str) -> Actor:
    return Actor.system(Consortium.objects.get(slug=slug).pk)


def the_call(slug: str = "i-mesc") -> Call:
    actor = system(slug)
    with acting(actor):
        return Call.objects.select_related("intake__version").get(consortium_id=actor.tenant)


def test_the_file_of_i_mesc(world):
    lines = load(IMESC)
    assert "Call class-23 is drafted." in lines
    call = the_call()
    assert (call.state, call.intake.year, call.intake.version.code) == ("draft", 2027, "i-mesc")
    assert call.opens_at == datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
    assert call.closes_at == datetime(2027, 2, 28, 22, 59, tzinfo=UTC)
    with acting(system("i-mesc")):
        spec = spec_of(call)
        assert set(Track.objects.values_list("code", flat=True)) == {
            "bilbao",
            "ljubljana",
            "amiens",
        }
    assert (spec.places, spec.references_needed, spec.reviews_needed) == (30, 2, 2)
    assert {each.code: each.weight for each in spec.criteria} == {
        "academic-record": 40,
        "motivation": 20,
        "essay": 15,
        "references": 15,
        "experience": 10,
    }
    assert {each.code: each.tie_break for each in spec.criteria if each.tie_break} == {
        "academic-record": 1,
        "motivation": 2,
    }
    assert [each.code for each in spec.rules] == [
        "first-degree",
        "english",
        "no-earlier-scholarship",
        "category",
    ]
    assert [each.code for each in spec.requirements if not each.required] == [
        "diplomas",
        "medical",
    ]
    assert spec.fee_text.startswith("4,000 EUR / year")


def test_the_kinds_of_documents_are_kept(world):
    load(IMESC)
    assert {each.code: each.kind for each in _spec().requirements} == {
        "identity": "identity",
        "address": "residence",
        "english": "language",
        "secondary-school": "diploma",
        "transcripts": "transcript",
        "diplomas": "diploma",
        "cv": "cv",
        "medical": "medical",
    }


def test_a_restricted_document_that_no_wall_keeps_apart_is_left_out_and_told(world, tmp_path):
    changed = tmp_path / "i-mesc.yaml"
    cv = "        kind: cv\n"
    changed.write_text(Path(IMESC).read_text().replace(cv, f"{cv}        restricted: true\n"))
    assert any("calls.class-23.documents.cv" in line for line in load(str(changed)))
    assert "cv" not in [each.code for each in _spec().requirements]


def _spec():
    call = the_call()
    with acting(system("i-mesc")):
        return spec_of(call)


def test_a_second_load_changes_nothing(world):
    first = load(IMESC)
    second = load(IMESC)
    assert second[0] == "Nothing changes."
    assert len(first) > len(second)


def test_what_loads_can_open(world):
    load(IMESC)
    actor = system("i-mesc")
    assert open_call(the_call().pk, actor=actor, at=AT).state == "open"


def test_a_dry_run_says_the_same_and_writes_nothing(world):
    consortia = Consortium.objects.count()
    dry = load(IMESC, "--dry-run")
    assert dry[-1] == "Dry run: nothing was written."
    assert Consortium.objects.count() == consortia
    assert load(IMESC) == dry[:-1]


def test_the_tree_of_criteria_becomes_shares_of_the_whole(world):
    load(TRAVESSIA)
    call = the_call("travessia")
    with acting(system("travessia")):
        spec = spec_of(call)
    assert {each.code: (each.weight, each.tie_break) for each in spec.criteria} == {
        "craft": (30, 2),
        "voice": (20, 3),
        "intention": (20, None),
        "interview": (30, 1),
    }
    assert spec.routes == (
        RouteSpec(
            code="funded",
            name="With a fee waiver",
            closes_at=datetime(2027, 1, 15, 16, 0, tzinfo=UTC),
        ),
        RouteSpec(code="self-funded", name="Self-funded"),
    )


def test_two_files_share_institutions_and_nothing_else(world):
    load(IMESC)
    load(TRAVESSIA)
    assert load(IMESC)[0] == "Nothing changes."
    assert the_call("i-mesc").title != the_call("travessia").title


# --- refusals


def test_a_wrong_file_is_told_like_a_compiler_does(world, tmp_path):
    file = changed(tmp_path, ("closes_at: 2027-02-28T23:59", "closes_at: soon"))
    number = file.read_text().splitlines().index("    closes_at: soon") + 1
    (line,) = failing(file)
    assert line.startswith(f"{file}:{number}:")
    assert "calls.class-23.closes_at" in line
    assert "expected" in line
    assert not Consortium.objects.filter(slug="i-mesc").exists()


def test_a_file_that_is_not_there(world, tmp_path):
    (line,) = failing(tmp_path / "none.yaml")
    assert "cannot be read" in line


@pytest.mark.parametrize("flags", [(), ("--dry-run",)])
def test_what_a_call_cannot_hold_undoes_the_tracks_side_too(world, tmp_path, flags):
    file = changed(
        tmp_path,
        ("essay: {name: Essay on an energy topic, weight: 15}", "essay: {name: E, weight: 15.5}"),
        ("references: {name: References, weight: 15}", "references: {name: R, weight: 14.5}"),
    )
    lines = failing(file, *flags)
    number = next(
        n for n, text in enumerate(file.read_text().splitlines(), 1) if "weight: 15.5" in text
    )
    column = file.read_text().splitlines()[number - 1].index("weight") + 1
    path = "calls.class-23.rubric.criteria.essay.weight"
    assert lines[0].startswith(f"{file}:{number}:{column}: {path}: ")
    assert "whole number of percents" in lines[0]
    assert not Consortium.objects.filter(slug="i-mesc").exists()


def test_a_time_that_the_clocks_skip(world, tmp_path):
    pair = ("closes_at: 2027-02-28T23:59", "closes_at: 2027-03-28T02:30")
    lines = failing(changed(tmp_path, pair))
    assert "calls.class-23.closes_at" in lines[0]
    assert "skip" in lines[0]


def test_of_an_hour_that_comes_twice_the_later_one_is_the_deadline():
    text = IMESC.read_text().replace("2027-02-28T23:59", "2027-10-31T02:30")
    document = read(text)
    assert isinstance(document, Document)
    reading = spec_from(document, document.calls[0])
    assert reading.spec.closes_at == datetime(2027, 10, 31, 1, 30, tzinfo=UTC)


def test_a_draft_follows_the_file(world, tmp_path):
    load(IMESC)
    lines = load(changed(tmp_path, ("title: Call for class 23, 2027-2029", "title: Call")))
    assert lines[0] == "Call class-23, still a draft, changes: title."
    assert the_call().title == "Call"


def test_an_open_call_is_frozen_and_the_whole_file_refused(world, tmp_path):
    load(IMESC)
    open_call(the_call().pk, actor=system("i-mesc"), at=AT)
    file = changed(
        tmp_path,
        ("title: Call for class 23, 2027-2029", "title: Call"),
        ("name: Class 23 (2027-2029)", "name: Class 23"),
    )
    lines = failing(file)
    number = (
        next(n for n, t in enumerate(file.read_text().splitlines(), 1) if "title: Call" in t) - 1
    )
    assert lines[0].startswith(f"{file}:{number}:3: calls.class-23: ")
    assert "title" in lines[0]
    assert the_call().title != "Call"
    with acting(system("i-mesc")):
        assert Intake.objects.get(year=2027).name == "Class 23 (2027-2029)"
    assert load(IMESC)[0] == "Nothing changes."


def test_an_extended_deadline_must_be_written_into_the_file(world, tmp_path):
    load(IMESC)
    actor = system("i-mesc")
    call = open_call(the_call().pk, actor=actor, at=AT)
    later = datetime(2027, 3, 7, 22, 59, tzinfo=UTC)
    extend_deadline(call.pk, actor=actor, at=AT, closes_at=later, reason="Late opening.")
    assert "closes_at" in failing(IMESC)[0]
    file = changed(tmp_path, ("closes_at: 2027-02-28T23:59", "closes_at: 2027-03-07T23:59"))
    assert load(file)[0] == "Nothing changes."


def test_a_published_version_is_frozen(world, tmp_path):
    load(IMESC)
    with acting(system("i-mesc")):
        assert ProgrammeVersion.objects.get(code="i-mesc").state == "published"
    file = changed(
        tmp_path, ("    state: current\n    continues", "    state: planned\n    continues")
    )
    assert failing(file)
    assert load(IMESC)[0] == "Nothing changes."


def test_every_file_of_the_house_can_be_read():
    for file in sorted(PROGRAMMES.glob("*.yaml")):
        document = read_file(file)
        assert isinstance(document, Document), document
        for call in document.calls:
            assert spec_from(document, call).problems == {}
