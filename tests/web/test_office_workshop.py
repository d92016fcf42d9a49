"""The workshop's pages: a programme changed by forms alone, and every mistake told at its field."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from consortium.access import acting
from mobility_tracks.domain import workshop
from mobility_tracks.domain.documents import kept_for
from mobility_tracks.models import ProgrammeVersion
from mobility_tracks.programme import Document, read
from mobility_tracks.programme.path_kinds import PATH_KINDS
from tests.mobility_tracks.curricula import loaded
from tests.web.desks import COMMITTEE, COORDINATOR, OFFICER, plain, queries, text_of
from web.office.workshop.forms import EntryForm
from web.office.workshop.places import holder_of

V1 = "/emat/office/programme/v1/"
V2 = "/emat/office/programme/v2/"


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


@pytest.fixture
def coordinator(browse):
    return browse(COORDINATOR)


def body_of(world, code="v2"):
    with acting(world.staff()):
        return kept_for(ProgrammeVersion.objects.get(code=code)).body


def seen_of(world) -> str:
    with acting(world.staff()):
        return ProgrammeVersion.objects.get(code="v2").document_hash


def sent(client, world, path, values, **more):
    return client.post(V2 + path, {"seen": seen_of(world), **values}, **more)


def test_from_a_published_version_to_a_published_successor(world, coordinator, source):
    """The whole way: begin, add a host, let the track take it, add a rule, publish."""
    begun = coordinator.post(
        "/emat/office/new-version/",
        {"title": "Second", "code": "v2", "from_year": "2029", "source": "v1"},
    )
    assert begun.url == V2
    added = sent(
        coordinator,
        world,
        "entries/offerings/",
        {"period": "s3", "host": "waw-emat", "max_seats": "4"},
    )
    assert added.url == f"{V2}#offerings"
    assert body_of(world)["offerings"]["s3-waw"] == {
        "period": "s3",
        "host": "waw-emat",
        "max_seats": 4,
    }
    track = {
        "name": "By Ljubljana or Warsaw",
        "steps.s1": ["s1-waw"],
        "steps.s2": ["s2-ami"],
        "steps.s3": ["s3-lju", "s3-waw"],
        "steps.s4": ["s4-ami", "s4-lab"],
    }
    sent(coordinator, world, "entries/tracks/east/", track)
    assert body_of(world)["tracks"]["east"]["steps"] == [
        ["s1-waw"], ["s2-ami"], ["s3-lju", "s3-waw"], ["s4-ami", "s4-lab"],
    ]  # fmt: skip  # a way, read in one line
    rule = {
        "parameters.at_most": "1",
        "parameters.periods": ["s1", "s3"],
        "parameters.countries": "PL",
        "sentence": "Who lives in Poland studies there once.",
        "source": "The board, 2027",
    }
    sent(coordinator, world, "entries/rules/?kind=not_residence_country", rule)
    assert body_of(world)["rules"]["not-residence-country"]["parameters"] == {
        "at_most": 1,
        "periods": ["s1", "s3"],
        "countries": ["PL"],
    }
    page = plain(coordinator.get(V2))
    assert "The checker: fit" in page
    published = sent(coordinator, world, "publication/", {})
    assert published.status_code == 302
    with acting(world.staff()):
        assert ProgrammeVersion.objects.get(code="v2").state == "published"
    assert "Change" not in plain(coordinator.get(V2)).split("Periods and what")[1]


def test_the_file_of_a_draft_loads_into_another(world, coordinator, draft, source, at):
    sent(coordinator, world, "entries/offerings/", {"period": "s3", "host": "waw-emat"})
    got = b"".join(coordinator.get(f"{V2}file").streaming_content)
    document = read(got)
    assert isinstance(document, Document), document
    third = workshop.begin_draft(
        actor=world.staff(), at=at, code="v3", title="Third", from_year=2030, source_id=source.pk
    )
    sent_file = coordinator.post(
        "/emat/office/programme/v3/replacement/",
        {"file": SimpleUploadedFile("v2.yaml", got)},
    )
    assert sent_file.status_code == 422  # two versions, none of them v3
    assert "None of its versions has the key v3." in text_of(sent_file)
    own = got.replace(b"  v2:\n", b"  v3:\n").replace(b"title: Second", b"title: Third")
    answer = coordinator.post(
        "/emat/office/programme/v3/replacement/",
        {"file": SimpleUploadedFile("v3.yaml", own)},
    )
    assert answer.url == "/emat/office/programme/v3/", plain(answer)
    assert body_of(world, third.code)["offerings"] == body_of(world)["offerings"]


def test_a_broken_file_changes_nothing_and_says_where(world, coordinator, draft):
    before = body_of(world)
    answer = coordinator.post(
        f"{V2}replacement/", {"file": SimpleUploadedFile("x.yaml", b"format: 1\nversions: 3\n")}
    )
    assert answer.status_code == 422
    assert "2:11: versions: wrong type" in text_of(answer)
    assert body_of(world) == before


def test_a_mistake_is_told_at_its_field_and_keeps_what_was_typed(world, coordinator, draft):
    before = body_of(world)
    typed = {"period": "s3", "host": "bil", "min_seats": "9", "max_seats": "2", "language": "xx"}
    answer = sent(coordinator, world, "entries/offerings/s3-bil/", typed)
    assert answer.status_code == 422
    page = text_of(answer)
    assert 'href="#id_min_seats">Least seats to open: more seats at least than at most' in page
    assert 'href="#id_language">Language: unknown language' in page
    assert 'name="min_seats" value="9"' in page
    assert body_of(world) == before


def test_the_checker_answers_to_what_is_typed_and_nothing_is_saved(world, coordinator, draft):
    before = body_of(world)
    rule = {"parameters.at_least": "7", "sentence": "Seven countries.", "try": "1"}
    answer = sent(coordinator, world, "entries/rules/?kind=distinct_countries", rule)
    assert answer.status_code == 200
    page = plain(answer)
    assert "nothing is saved yet" in page
    assert "Rule distinct-countries: no path keeps it. Seven countries." in page
    assert body_of(world) == before


def test_what_is_wrong_elsewhere_is_listed_with_the_way_there(world, coordinator, draft):
    period = {
        "name": "S5",
        "kind": "semester",
        "ects": "30",
        "starts": "Y+2-09-01",
        "ends": "Y+3-01-31",
    }
    assert sent(coordinator, world, "entries/periods/", period).status_code == 302
    page = text_of(coordinator.get(V2))
    assert (
        f'<a href="{V2}values/">the version</a>: the credits of the periods do not add up' in page
    )
    refused = sent(coordinator, world, "publication/", {})
    assert refused.status_code in {409, 422}
    assert "Mend this in the workshop first." in text_of(refused)


def test_removing_shows_first_what_goes_along(world, coordinator, draft):
    page = plain(coordinator.get(f"{V2}removal/periods/s3/"))
    assert "offerings.s3-bil is removed" in page
    assert "tracks.south.steps loses s3-bil." in page
    assert "s3" in body_of(world)["periods"]
    assert sent(coordinator, world, "removal/periods/s3/", {}).status_code == 302
    assert "s3" not in body_of(world)["periods"]
    assert coordinator.get(f"{V2}removal/periods/s3/").status_code == 404


def test_entries_move_by_buttons(world, coordinator, draft):
    sent(coordinator, world, "move/offerings/s3-bil/", {"to": "earlier"})
    assert [k for k in body_of(world)["offerings"] if k.startswith("s3")] == [
        "s3-ami", "s3-bil", "s3-lju",
    ]  # fmt: skip  # a row of hosts


def test_entries_lie_inside_entries(world, coordinator, draft):
    inside = "entries/offerings/s2-ami/shared_with/"
    sent(coordinator, world, inside, {"key": "lju", "part": "virtual_provider", "ects": "6"})
    assert body_of(world)["offerings"]["s2-ami"]["shared_with"] == {
        "lju": {"part": "virtual_provider", "ects": 6}
    }
    page = plain(coordinator.get(V2))
    assert "Virtual provider: LJU" in page
    again = sent(coordinator, world, inside, {"key": "lju", "part": "co_host"})
    assert again.status_code == 409
    assert "lju is there already." in text_of(again)


def test_two_editors_do_not_overwrite_one_another(world, coordinator, draft):
    stale = seen_of(world)
    sent(coordinator, world, "entries/offerings/", {"period": "s3", "host": "waw-emat"})
    answer = coordinator.post(
        f"{V2}entries/offerings/s3-lju/",
        {"seen": stale, "period": "s3", "host": "lju", "max_seats": "8"},
    )
    assert answer.status_code == 409
    assert "It was changed since this page was opened." in text_of(answer)
    assert 'name="max_seats" value="8"' in text_of(answer)
    assert body_of(world)["offerings"]["s3-lju"].get("max_seats") == 3


@pytest.mark.parametrize("kind", PATH_KINDS)
def test_every_kind_of_rule_has_its_form(coordinator, draft, kind):
    page = text_of(coordinator.get(f"{V2}entries/rules/?kind={kind}"))
    for name in PATH_KINDS[kind].__dataclass_fields__:
        assert f'name="parameters.{name}"' in page, name


def test_a_rule_begins_with_its_kind(coordinator, draft):
    page = text_of(coordinator.get(f"{V2}entries/rules/"))
    assert all(f'href="?kind={kind}"' in page for kind in PATH_KINDS)
    assert "<textarea" not in page


@pytest.mark.parametrize("client", [OFFICER, COMMITTEE])
def test_who_does_not_manage_programmes_reads(browse, draft, client):
    reader = browse(client)
    page = reader.get(V2)
    assert page.status_code == 200
    assert "Add an offering" not in text_of(page)
    assert reader.get(f"{V2}entries/offerings/s3-bil/").status_code == 404


def test_a_published_version_is_looked_at_and_begun_from(coordinator, source):
    page = text_of(coordinator.get(V1))
    assert "Begin a new version from it" in page
    assert coordinator.get(f"{V1}entries/offerings/s3-bil/").status_code == 404


def test_what_changes_is_said_against_the_version_before(world, coordinator, draft, source):
    sent(coordinator, world, "removal/offerings/s3-bil/", {})
    page = plain(coordinator.get(f"{V2}changes/"))
    assert "offerings.s3-bil is removed" in page
    assert "Nothing to compare with" in plain(coordinator.get(f"{V1}changes/"))


def test_throwing_a_draft_away_needs_a_reason(coordinator, draft):
    assert coordinator.post(f"{V2}discarding/", {"reason": ""}).status_code == 422
    assert coordinator.post(f"{V2}discarding/", {"reason": "Wrong year."}).status_code == 302
    assert coordinator.get(V2).status_code == 404


def test_a_version_without_a_document_says_what_to_do(world, coordinator, source):
    with acting(world.system()):
        kept_for(source).delete()
    assert "Load its programme file once more" in text_of(coordinator.get(V1))
    assert coordinator.get(f"{V1}changes/").status_code == 404


def test_pages_ask_as_much_for_a_large_programme_as_for_a_small_one(world, coordinator, draft):
    small = queries(coordinator, V2)
    for number in range(3):
        values = {"period": "s3", "host": "waw-emat", "key": f"more-{number}"}
        assert sent(coordinator, world, "entries/offerings/", values).status_code == 302
    assert queries(coordinator, V2) == small


def test_every_field_of_the_format_is_in_a_form(world, coordinator, draft):
    """Whatever a file can say of these parts, a form asks for, so no save can lose it."""
    body = body_of(world)
    for part in ("periods", "offerings", "tracks", "rules", "degrees"):
        for key, entry in body[part].items():
            response = coordinator.get(f"{V2}entries/{part}/{key}/")
            form = response.context["form"]
            assert isinstance(form, EntryForm)
            again = EntryForm(
                form.record, form.choices, _as_sent(form), entry=entry, fixed=form.fixed
            )
            assert again.is_valid(), again.errors
            inside = {n: v for n, v in entry.items() if n not in ("prerequisites", "opens_when")}
            assert again.plain() == inside, (part, key)


def _as_sent(form) -> dict:
    return {name: form[name].value() for name in form.fields if form[name].value() is not None}


def test_problems_lead_to_the_innermost_entry_that_is_there():
    body = {"offerings": {"a": {"shared_with": {"x": {}}}}}
    for path, where in {
        "versions.v.ects": (),
        "versions.v.offerings.a.host": ("offerings", "a"),
        "versions.v.offerings.a.shared_with.x.part": ("offerings", "a", "shared_with", "x"),
        "versions.v.offerings.gone.host": (),
        "versions.v.offerings.a.intakes[0]": ("offerings", "a"),
    }.items():
        assert holder_of(body, path, "v") == where
