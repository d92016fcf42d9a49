"""The workshop through the API: the same acts, the same refusals, fields named as in a file."""

import pytest
from django.test import Client

from mobility_tracks.programme import Document, read
from tests.mobility_tracks.curricula import loaded
from tests.sign_in import sign_in

OFFICE = "/api/v1/emat/office/programmes/"


@pytest.fixture
def coordinator(world, at, monkeypatch) -> Client:
    monkeypatch.setattr("consortium.clock.now", lambda: at)
    loaded(at)
    client = Client()
    return sign_in(client, world.user("coordinator@emat.example"))


def post(client, path, body):
    return client.post(OFFICE + path, body, content_type="application/json")


@pytest.fixture
def draft(coordinator) -> str:
    begun = post(
        coordinator, "start/", {"code": "v2", "title": "Second", "from_year": 2029, "copy_of": "v1"}
    )
    assert begun.status_code == 201
    return begun.json()["seen"]


def test_a_draft_is_edited_checked_and_published(coordinator, draft):
    values = {"period": "s3", "host": "waw-emat", "max_seats": 4}
    put = post(
        coordinator,
        "v2/entries/",
        {"where": ["offerings", "s3-waw"], "values": values, "seen": draft, "is_new": True},
    ).json()
    assert put["body"]["offerings"]["s3-waw"] == values
    assert put["problems"] == put["faults"] == []
    moved = post(
        coordinator,
        "v2/moves/",
        {"where": ["offerings", "s3-waw"], "by": -2, "seen": put["seen"]},
    ).json()
    keys = [key for key in moved["body"]["offerings"] if key.startswith("s3")]
    assert keys == ["s3-ami", "s3-lju", "s3-bil", "s3-waw"]
    assert list(moved["body"]["offerings"])[-3:] == ["s3-waw", "s4-ami", "s4-lab"]
    report = moved["report"]
    assert report["ways"] == 5
    assert {track["code"]: track["ects"] for track in report["tracks"]} == {
        "stay": [120.0, 120.0],
        "east": [120.0, 120.0],
        "south": [120.0, 120.0],
    }
    done = post(coordinator, "v2/publication/", {"seen": moved["seen"]})
    assert done.json()["state"] == "published"


def test_a_refusal_names_the_fields_and_changes_nothing(coordinator, draft):
    answer = post(
        coordinator,
        "v2/entries/",
        {
            "where": ["offerings", "s3-bil"],
            "values": {"period": "s9", "host": "bil", "min_seats": 9, "max_seats": 2},
            "seen": draft,
        },
    )
    assert answer.status_code == 422
    assert set(answer.json()["error"]["fields"]) == {"period", "min_seats"}
    assert coordinator.get(f"{OFFICE}v2/").json()["seen"] == draft


def test_what_changed_meanwhile_is_not_overwritten(coordinator, draft):
    answer = post(coordinator, "v2/removals/", {"where": ["offerings", "s3-bil"], "seen": "old"})
    assert answer.status_code == 409
    assert answer.json()["error"]["fact"] == "It was changed since this page was opened."


def test_a_body_replaces_the_draft_and_the_file_reads_back(coordinator, draft):
    body = coordinator.get(f"{OFFICE}v2/").json()["body"]
    body["rules"]["two"] = {
        "kind": "distinct_countries",
        "parameters": {"at_least": 2},
        "sentence": "Two countries.",
    }
    put = post(coordinator, "v2/replacement/", {"body": body, "seen": draft}).json()
    assert put["problems"] == []
    text = b"".join(coordinator.get(f"{OFFICE}v2/file/").streaming_content)
    document = read(text)
    assert isinstance(document, Document)
    assert [rule.key for rule in document.versions[-1].rules][-1] == "two"


def test_a_draft_is_thrown_away(coordinator, draft):
    assert post(coordinator, "v2/discarding/", {"reason": "No."}).status_code == 200
    assert coordinator.get(f"{OFFICE}v2/").status_code == 404
    assert [each["code"] for each in coordinator.get(OFFICE).json()["results"]] == ["v1"]
