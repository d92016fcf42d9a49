"""Loading programme files: what is made, that a second load writes nothing, what is refused."""

from html import unescape
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consortium.access import acting
from consortium.actor import Actor
from consortium.errors import Conflict, Invalid, NotAllowed, WrongState
from consortium.models import Consortium, JournalEntry, Transition
from consortium.roles import Role
from mobility_tracks.checking import Course, paths_of
from mobility_tracks.domain.intakes import open_intake
from mobility_tracks.domain.programmes import load_programme, publish_version
from mobility_tracks.models import Intake, Offering, Period, ProgrammeVersion, Track, TrackStep
from mobility_tracks.programme import Document, read_file
from partners.models import Institution, Partnership
from tests.mobility_tracks.curricula import document, intake_of, loaded

PROGRAMMES = Path(__file__).parents[2] / "programmes"
FILES = sorted(path.name for path in PROGRAMMES.glob("*.yaml"))


def version_of(world, code="v1"):
    with acting(world.system()):
        return ProgrammeVersion.objects.get(code=code)


def counts(consortium):
    with acting(Actor.system(consortium.pk)):
        models = (JournalEntry, Transition, Partnership, Period, Offering, Track, TrackStep, Intake)
        return [model.objects.filter(consortium_id=consortium.pk).count() for model in models]


def file(name: str) -> Document:
    found = read_file(PROGRAMMES / name)
    assert isinstance(found, Document), found
    return found


def test_the_parts_of_a_version_are_those_of_the_file(world, at):
    loaded(at)
    version = version_of(world)
    with acting(world.system()):
        periods = Period.objects.filter(version=version)
        assert [(p.code, p.kind, str(p.ects), p.starts) for p in periods] == [
            ("integration", "block", "0", "Y-09-15"),
            ("s1", "semester", "30", "Y-09-15"),
            ("s2", "semester", "30", "Y+1-02-15"),
            ("s3", "semester", "30", "Y+1-09-01"),
            ("s4", "thesis", "30", "Y+2-02-01"),
        ]
        offerings = Offering.objects.filter(period__code="s3").for_listing()
        assert [(o.code, o.host.code, o.max_seats, str(o)) for o in offerings] == [
            ("s3-ami", "AMI", 3, "University AMI"),
            ("s3-lju", "LJU", 3, "University LJU"),
            ("s3-bil", "BIL", 3, "University BIL"),
        ]
        tracks = Track.objects.filter(version=version)
        assert {t.code: t.awards for t in tracks} == {
            "stay": ["AMI", "WAW"],
            "east": ["AMI", "WAW", "LJU"],
            "south": ["AMI", "WAW"],
        }
        south = TrackStep.objects.filter(track__code="south").values_list(
            "period__code", "offering__code"
        )
        assert list(south) == [
            ("s1", "s1-waw"),
            ("s2", "s2-ami"),
            ("s3", "s3-bil"),
            ("s4", "s4-lab"),
        ]
        stay = TrackStep.objects.filter(track__code="stay", period__code="s4")
        assert [step.offering for step in stay] == [None]


def test_a_rule_that_no_way_keeps_refuses_the_file(world, at):
    change = (
        "kind: mandatory_mobility\n",
        "kind: distinct_countries\n        parameters: {at_least: 5}\n",
    )
    with pytest.raises(Conflict) as refused:
        loaded(at, change)
    assert "Version v1: Rule mandatory-mobility: no path keeps it." in refused.value.fact
    with acting(world.system()):
        assert not ProgrammeVersion.objects.filter(code="v1").exists()


def test_a_version_carries_state_year_words_and_rules(world, at):
    loaded(at)
    version = version_of(world)
    assert (version.state, version.from_year, version.tagline) == ("published", 2027, "Two years")
    assert version.texts["en"]["summary"] == "From Warsaw to Amiens and on."
    assert [(r["key"], r["kind"], r["source"]) for r in version.rules] == [
        ("mandatory-mobility", "mandatory_mobility", "the guide"),
        ("equal-groups", "balance", ""),
    ]
    assert version.degrees[1]["awarded_by"] == ["LJU"]
    assert intake_of(world).name == "Class 1 (2027-2029)"


def test_partners_are_admitted_or_brought_to_the_file(world, at):
    told = loaded(at).changes
    assert "University BIL (BIL) becomes a partner." in told
    bilbao, laboratory = world.partnership("BIL"), world.partnership("LAB")
    assert (bilbao.kind, bilbao.colour, bilbao.shape) == ("full", 5, "square")
    assert laboratory.attached_to_id == world.partnership("LJU").pk
    assert laboratory.institution.city == "Boston"


def test_a_second_load_writes_nothing(world, at):
    loaded(at)
    before = counts(world.consortia["emat"])
    with CaptureQueriesContext(
        connection,
    ) as queries:
        again = loaded(at)
    assert again.changes == []
    assert counts(world.consortia["emat"]) == before
    writes = [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert writes == []


def test_a_dry_run_tells_the_same_and_keeps_nothing(world, at):
    before = counts(world.consortia["emat"])
    told = load_programme(document(), at=at, dry_run=True).changes
    assert counts(world.consortia["emat"]) == before
    assert loaded(at).changes == told


@pytest.mark.parametrize("name", FILES)
def test_the_programmes_of_the_house_load_and_load_again(world, at, name):
    first = load_programme(file(name), at=at)
    assert first.consortium.slug == name.removesuffix(".yaml")
    assert len(first.changes) > 20
    before = counts(first.consortium)
    assert load_programme(file(name), at=at).changes == []
    assert counts(first.consortium) == before
    with acting(Actor.system(first.consortium.pk)), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_programmes_of_the_house_stand_side_by_side_and_share_organisations(world, at):
    for name in FILES:
        load_programme(file(name), at=at)
    shared = ("upjv", "uni-lj", "amu", "sgh", "unibo")
    assert Institution.objects.filter(key__in=shared).count() == len(shared)
    assert set(Consortium.objects.filter(invented=True).values_list("slug", flat=True)) == {
        "travessia",
        "atelier",
    }


@pytest.mark.parametrize("name", FILES)
def test_the_public_page_of_a_programme_shows_its_lines_and_rules(world, at, client, name):
    told = file(name)
    load_programme(told, at=at)
    current = next(version for version in told.versions if version.state == "current")
    page = unescape(client.get(f"/{told.consortium.key}/").content.decode())
    assert current.title in page
    assert all(partner.station.code in page for partner in told.partnerships)
    assert all(path.title in page for path in paths_of(Course.of(told, current)))
    assert all(rule.sentence in page for rule in current.rules)


def test_a_degree_is_promised_where_every_choice_leads_to_it(world, at):
    consortium = load_programme(file("crossways.yaml"), at=at).consortium
    with acting(Actor.system(consortium.pk)):
        awards = dict(Track.objects.filter(consortium=consortium).values_list("code", "awards"))
    assert awards["home-unibg"] == ["BGY"]
    assert awards["home-usc"] == []


def test_transitions_make_tracks_with_the_thesis_left_open(world, at):
    consortium = load_programme(file("travessia.yaml"), at=at).consortium
    with acting(Actor.system(consortium.pk)):
        tracks = list(Track.objects.filter(consortium=consortium))
        assert [t.code for t in tracks] == [
            "ami-lju-gig",
            "ami-lju-ami",
            "ami-ssa-lju",
            "ami-ssa-ami",
            "ami-opo-gig",
            "ami-opo-lju",
            "ami-opo-ami",
        ]
        assert tracks[0].title == "Amiens, Ljubljana, Rio de Janeiro"
        assert tracks[0].awards == ["LJU", "AMI", "GIG"]
        theses = TrackStep.objects.filter(track=tracks[0], period__code="project")
        assert sorted(step.offering.code for step in theses) == ["project-ami", "project-lju"]
        opening = Period.objects.get(consortium=consortium, code="opening")
        assert (str(opening.ects), opening.parent.code) == ("2.5", "t1")
        project = Period.objects.get(consortium=consortium, code="project")
        assert project.note == "A theatre, gallery or studio that the board agrees to."


def test_an_earlier_version_is_retired_and_a_planned_one_hidden(world, at):
    consortium = load_programme(file("i-mesc.yaml"), at=at).consortium
    with acting(Actor.system(consortium.pk)):
        states = dict(
            ProgrammeVersion.objects.filter(consortium=consortium).values_list("code", "state")
        )
        years = dict(
            ProgrammeVersion.objects.filter(consortium=consortium).values_list("code", "from_year")
        )
    assert states == {"mesc-plus": "retired", "i-mesc": "published"}
    assert years == {"mesc-plus": 2019, "i-mesc": 2024}
    loaded(at, ("state: current", "state: planned"))
    with acting(world.public()):
        assert list(ProgrammeVersion.objects.for_actor(world.public())) == []
    with acting(world.system()):
        assert list(Intake.objects.all()) == []
    assert loaded(at).changes[-2:] == [
        "Version v1 is published.",
        "Intake Class 1 (2027-2029) is open.",
    ]


def test_facts_of_a_shared_organisation_that_differ_are_refused_with_both(world, at):
    loaded(at)
    before = counts(world.consortia["emat"])
    with pytest.raises(Conflict) as refused:
        loaded(at, ("name: University LJU", "name: Univerza v Ljubljani"))
    assert "University LJU" in refused.value.fact
    assert "Univerza v Ljubljani" in refused.value.fact
    assert counts(world.consortia["emat"]) == before


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("s3-bil: {period: s3, host: bil, max_seats: 3}", "s3-bil: {period: s3, host: waw-emat, max_seats: 3}"), "offering s3-bil: host is bil and would become waw-emat"),
        (("starts: Y+1-09-01", "starts: Y+1-09-08"), "period s3: starts is Y+1-09-01 and would become Y+1-09-08"),
        (("[[s1-waw], [s2-ami], [s3-bil], [s4-lab]]", "[[s1-waw], [s2-ami], [s3-bil], [s4-ami]]"), "track south: steps"),
        (("tolerance: 1", "tolerance: 2"), "rule equal-groups: parameters"),
        (("awarded_by: [lju]", "awarded_by: [bil]"), "degree slovene: awarded_by"),
        (("      s4-ami: {period: s4, host: ami}\n", "      s4-ami: {period: s4, host: ami}\n      s4-bil: {period: s4, host: bil}\n"), "offering s4-bil is new"),
    ],
)  # fmt: skip  # a table, read by its rows
def test_the_structure_is_frozen_once_there_is_an_intake(world, at, change, told):
    loaded(at)
    before = counts(world.consortia["emat"])
    with pytest.raises(Conflict) as refused:
        loaded(at, change)
    assert told in refused.value.fact
    assert "new version" in refused.value.next_step
    assert counts(world.consortia["emat"]) == before


def test_words_may_change_after_publication(world, at):
    loaded(at)
    changed = loaded(
        at,
        ("tagline: Two years", "tagline: Four semesters"),
        ("title: Energy materials", "title: Materials"),
        ("name: Amiens twice", "name: Amiens again"),
    ).changes
    assert "Version v1: title changes from Energy materials to Materials." in changed
    assert "Version v1, track stay: title changes from Amiens twice to Amiens again." in changed
    version = version_of(world)
    assert (version.tagline, version.texts["en"]["tagline"]) == ("Four semesters",) * 2


def test_a_draft_may_change_its_structure(world, at):
    draft = (("state: current", "state: planned"),)
    loaded(at, *draft)
    loaded(at, *draft, ("      s4-lab: {period: s4, host: lab-emat, max_seats: 1}\n", ""), *(
        (f"name: {name}, steps: [[s1-waw], [s2-ami], [{s3}], [{s4}]]", f"name: {name}, steps: [[s1-waw], [s2-ami], [{s3}], [s4-ami]]")
        for name, s3, s4 in (("Amiens twice", "s3-ami", "s4-ami, s4-lab"), ("By Ljubljana", "s3-lju", "s4-ami, s4-lab"), ("By Bilbao", "s3-bil", "s4-lab"))
    ))  # fmt: skip  # a table, read by its rows
    with acting(world.system()):
        assert list(Offering.objects.filter(period__code="s4").values_list("code", flat=True)) == [
            "s4-ami"
        ]


def test_a_published_version_does_not_become_a_draft_again(world, at):
    loaded(at)
    with pytest.raises(Conflict, match="published and cannot become draft"):
        loaded(at, ("state: current", "state: planned"))


def test_a_reserved_address_and_a_value_too_long_are_refused(world, at):
    with pytest.raises(Invalid, match="operator"):
        loaded(at, ("key: emat", "key: operator"))
    with pytest.raises(Invalid, match="at most 100 characters"):
        loaded(at, ("city: Bilbao", f"city: {'Amiens' * 20}"))


def test_the_other_consortium_is_untouched(world, at):
    before = counts(world.consortia["arts"])
    loaded(at)
    assert counts(world.consortia["arts"]) == before


def test_publishing_needs_the_right_and_a_draft(world, at):
    loaded(at)
    version = version_of(world)
    with pytest.raises(WrongState):
        publish_version(version.pk, actor=world.staff(), at=at)
    with pytest.raises(NotAllowed):
        publish_version(version.pk, actor=world.staff(Role.OFFICER), at=at)


def test_intakes_open_once_a_year_from_the_first_on(world, at):
    loaded(at)
    version = version_of(world)
    act = {"actor": world.staff(), "at": at}
    intake = open_intake(version.pk, year=2028, name="Class 2", **act)
    assert (intake.year, str(intake)) == (2028, "Class 2")
    with pytest.raises(Conflict):
        open_intake(version.pk, year=2028, name="Class 2 again", **act)
    with pytest.raises(Invalid, match="2027"):
        open_intake(version.pk, year=2026, name="Class 0", **act)
    with pytest.raises(Invalid):
        open_intake(version.pk, year=2029, name=" ", **act)
