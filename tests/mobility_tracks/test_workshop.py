"""Drafts in the workshop: begun, edited entry by entry, compared, published, thrown away."""

import pytest

from consortium.access import acting
from consortium.errors import Conflict, Incomplete, Invalid, NotAllowed, NotFound, WrongState
from consortium.models import JournalEntry
from consortium.roles import Role
from mobility_tracks.domain import workshop
from mobility_tracks.domain.documents import kept_for, text_of
from mobility_tracks.domain.programmes import load_programme
from mobility_tracks.models import Offering, ProgrammeVersion, Track
from mobility_tracks.programme import read
from tests.mobility_tracks.curricula import loaded


@pytest.fixture
def source(world, at) -> ProgrammeVersion:
    loaded(at)
    with acting(world.system()):
        return ProgrammeVersion.objects.get(code="v1")


@pytest.fixture
def draft(world, at, source) -> ProgrammeVersion:
    return workshop.begin_draft(
        actor=world.staff(), at=at, code="v2", title="Second", from_year=2029, source_id=source.pk
    )


def fresh(world, version) -> ProgrammeVersion:
    with acting(world.staff()):
        return ProgrammeVersion.objects.get(pk=version.pk)


def put(world, at, version, where, values, seen=None):
    seen = seen or fresh(world, version).document_hash
    return workshop.put_entry(version.pk, where, values, seen=seen, actor=world.staff(), at=at)


def test_a_draft_begins_as_a_copy_that_changes_nothing(world, draft, source):
    with acting(world.staff()):
        title, changes = workshop.differences(draft, actor=world.staff())
        bench = workshop.bench_of(draft)
    assert (title, [str(change) for change in changes]) == (
        source.title,
        ["title changes from Energy materials to Second."],
    )
    assert bench.is_fit
    assert bench.body["continues"] == "v1"
    with acting(world.staff()):
        assert Track.objects.filter(version=draft).count() == 3


def test_a_draft_begins_from_nothing(world, at):
    loaded(at)
    made = workshop.begin_draft(
        actor=world.staff(), at=at, code="plain", title="Plain", from_year=2030
    )
    with acting(world.staff()):
        bench = workshop.bench_of(made)
    assert list(bench.body["periods"]) == ["s1", "s2"]
    assert bench.problems == []


def test_an_edit_reaches_the_rows_and_the_journal(world, at, draft):
    bench = put(
        world,
        at,
        draft,
        ("offerings", "s3-waw"),
        {"period": "s3", "host": "waw-emat", "max_seats": 4},
    )
    assert bench.problems == []
    with acting(world.system()):
        row = Offering.objects.get(period__version=draft, code="s3-waw")
        assert (row.host.code, row.max_seats) == ("WAW", 4)
        entry = JournalEntry.objects.filter(act="programme.put").get()
        assert entry.facts == {"where": "offerings.s3-waw"}


def test_an_unsound_entry_is_refused_with_its_fields(world, at, draft):
    with pytest.raises(Invalid) as refused:
        put(
            world,
            at,
            draft,
            ("offerings", "s3-bil"),
            {"period": "s9", "host": "bil", "min_seats": 9, "max_seats": 3},
        )
    assert set(refused.value.fields) == {"period", "min_seats"}
    assert "nothing of this key in periods" in refused.value.fields["period"]
    with acting(world.staff()):
        assert workshop.bench_of(draft).problems == []


def test_what_is_wrong_elsewhere_waits_and_forbids_publishing(world, at, draft):
    """A fifth semester makes 150 credits of 120: a step on the way, not an error of the semester."""
    s5 = {"name": "S5", "kind": "semester", "ects": 30, "starts": "Y+2-09-01", "ends": "Y+3-01-31"}
    bench = put(world, at, draft, ("periods", "s5"), s5)
    assert [problem.key_path for problem in bench.problems] == ["versions.v2.ects"]
    now = fresh(world, draft)
    with pytest.raises(Incomplete) as refused:
        workshop.publish_draft(now.pk, seen=now.document_hash, actor=world.staff(), at=at)
    assert "do not add up" in refused.value.fact
    bench = put(
        world,
        at,
        draft,
        (),
        {
            "title": "Second",
            "state": "planned",
            "ects": 150,
            "months": 30,
            "languages": ["en"],
            "continues": "v1",
            "from_year": 2029,
        },
    )
    assert {problem.key_path for problem in bench.problems} == {
        f"versions.v2.tracks.{track}.steps" for track in ("stay", "east", "south")
    }


def test_a_rule_that_nobody_can_keep_forbids_publishing(world, at, draft):
    rule = {
        "kind": "distinct_countries",
        "parameters": {"at_least": 9},
        "sentence": "Nine countries.",
    }
    bench = put(world, at, draft, ("rules", "nine"), rule)
    assert bench.faults[0].startswith("Rule nine: no path keeps it.")
    now = fresh(world, draft)
    with pytest.raises(Incomplete):
        workshop.publish_draft(now.pk, seen=now.document_hash, actor=world.staff(), at=at)
    assert fresh(world, draft).state == "draft"


def test_two_people_cannot_overwrite_one_another(world, at, draft):
    seen = fresh(world, draft).document_hash
    values = {"period": "s3", "host": "waw-emat"}
    put(world, at, draft, ("offerings", "s3-waw"), values, seen)
    with pytest.raises(Conflict):
        put(world, at, draft, ("offerings", "s4-waw"), {"period": "s4", "host": "waw-emat"}, seen)


def test_moving_and_removing(world, at, draft):
    seen = fresh(world, draft).document_hash
    bench = workshop.move_entry(
        draft.pk, ("offerings", "s3-bil"), -1, seen=seen, actor=world.staff(), at=at
    )
    assert [k for k in bench.body["offerings"] if k.startswith("s3")] == [
        "s3-ami",
        "s3-bil",
        "s3-lju",
    ]
    bench = workshop.remove_entry(
        draft.pk,
        ("offerings", "s4-lab"),
        seen=fresh(world, draft).document_hash,
        actor=world.staff(),
        at=at,
    )
    # The track that could only end there has lost its last step, and says so.
    assert [problem.key_path for problem in bench.problems] == ["versions.v2.tracks.south.steps"]
    with pytest.raises(NotFound):
        workshop.remove_entry(
            draft.pk,
            ("offerings", "s4-lab"),
            seen=fresh(world, draft).document_hash,
            actor=world.staff(),
            at=at,
        )


def test_a_published_version_is_not_edited(world, at, source):
    with pytest.raises(WrongState):
        put(world, at, source, ("offerings", "s3-bil"), {"period": "s3", "host": "bil"})


def test_only_who_manages_programmes_edits(world, at, draft):
    """A committee member works in the office and reads the draft, a partner does not even see it."""
    seen, values = draft.document_hash, {"period": "s3", "host": "waw-emat"}
    for actor, refusal in (
        (world.staff(Role.COMMITTEE), NotAllowed),
        (world.partner(), NotFound),
        (world.staff(slug="arts"), NotFound),
    ):
        with pytest.raises(refusal):
            workshop.put_entry(
                draft.pk, ("offerings", "s3-waw"), values, seen=seen, actor=actor, at=at
            )
    assert fresh(world, draft).document_hash == seen


def test_publishing_shows_it_and_the_file_says_the_same(world, at, draft):
    put(
        world,
        at,
        draft,
        ("offerings", "s3-waw"),
        {"period": "s3", "host": "waw-emat", "max_seats": 4},
    )
    now = fresh(world, draft)
    published = workshop.publish_draft(now.pk, seen=now.document_hash, actor=world.staff(), at=at)
    assert published.state == "published"
    with acting(world.staff()):
        text = text_of(published, kept_for(published))
    again = read(text)
    assert not isinstance(again, list), again
    assert load_programme(again, at=at).changes == []
    assert [version.key for version in again.versions] == ["v1", "v2"]


def test_publishing_what_has_changed_meanwhile_is_refused(world, at, draft):
    with pytest.raises(Conflict):
        workshop.publish_draft(draft.pk, seen="another", actor=world.staff(), at=at)


def test_a_file_replaces_a_draft(world, at, draft, source):
    with acting(world.staff()):
        body = dict(kept_for(source).body)
    body["offerings"] = {**body["offerings"], "s3-waw": {"period": "s3", "host": "waw-emat"}}
    bench = workshop.replace_body(
        draft.pk, body, seen=fresh(world, draft).document_hash, actor=world.staff(), at=at
    )
    assert bench.problems == []
    assert (bench.body["state"], bench.body["from_year"]) == ("planned", 2029)
    assert "s3-waw" in bench.body["offerings"]


def test_a_draft_is_thrown_away_with_a_reason(world, at, draft):
    with pytest.raises(Invalid):
        workshop.discard_draft(draft.pk, actor=world.staff(), at=at, reason=" ")
    workshop.discard_draft(draft.pk, actor=world.staff(), at=at, reason="Not needed.")
    with acting(world.system()):
        assert not ProgrammeVersion.objects.filter(pk=draft.pk).exists()


def test_a_published_version_is_not_thrown_away(world, at, source):
    with pytest.raises(WrongState):
        workshop.discard_draft(source.pk, actor=world.staff(), at=at, reason="No.")


@pytest.mark.parametrize(
    ("code", "title", "field"),
    [("V 2", "Second", "code"), ("v3", " ", "title"), ("v1", "X", "code")],
)
def test_a_draft_needs_a_key_of_its_own_and_a_title(world, at, source, code, title, field):
    with pytest.raises((Invalid, Conflict)) as refused:
        workshop.begin_draft(
            actor=world.staff(), at=at, code=code, title=title, from_year=2029, source_id=source.pk
        )
    assert set(refused.value.fields) == {field}
