"""The seed against a database: what is there, that it is sound, and that it is the same again."""

import pytest

from consortium.actor import Actor
from demo.material.applicant import DOCUMENT_KINDS
from demo.seed.calendar import Calendar
from demo.seed.cohorts import people
from demo.seed.columns import columns
from demo.seed.history import History
from tests.databases import PREFIX, drop_database
from tests.demo.conftest import Demonstration, migrated
from tests.world import NOON

SYSTEM = Actor.system(1)


def test_a_history_knows_no_move_that_the_states_do_not():
    from admissions.models import Dossier

    dossier, history = Dossier(consortium_id=1), History()
    history.advance(dossier, "submit", by=SYSTEM, at=NOON)
    assert dossier.state == "submitted"
    with pytest.raises(LookupError, match="cannot be submitted"):
        history.advance(dossier, "select", by=SYSTEM, at=NOON)
    assert dossier.state == "submitted"


def test_people_are_distinct_over_all_cohorts_and_countries_are_those_of_iso():
    import pycountry

    calendar = Calendar(NOON, "Europe/Paris")
    everybody = people(7, calendar).everybody
    assert len({one.person.email.lower() for one in everybody}) == len(everybody) == 489
    named = ("nationality", "second_nationality", "residence_country", "degree_country")
    for one in everybody:
        values = columns(one, routes=("scholarship", "self-funded"))
        for name in named:
            assert not values[name] or pycountry.countries.get(alpha_2=values[name])
        assert len(one.documents) == len(DOCUMENT_KINDS)


@pytest.mark.slow
def test_what_is_there(demonstration: Demonstration):
    found = demonstration.walk("counts")
    energy, arts = found["i-mesc"], found["travessia"]
    first, second = energy["calls"]["class-23-first-round"], energy["calls"]["class-23"]
    assert (first["state"], second["state"], first["rankings"]) == ("closed", "open", 0)
    assert sum(first["dossiers"].values()) == 262
    assert sum(second["dossiers"].values()) == 120
    assert set(first["dossiers"]) == {"under_review", "ineligible", "submitted", "lapsed"}
    assert set(second["dossiers"]) == {"draft", "submitted"}
    reviews = first["reviews"]
    assert 0.65 < reviews["submitted"] / (sum(reviews.values()) - reviews["conflicted"]) < 0.8
    assert reviews["conflicted"] == 8
    assert first["letters"]["bounced"] == 1
    assert energy["students"] == {"2023": {"graduated": 17}, "2026": {"enrolled": 30}}
    assert energy["placements"] == {
        "accepted_by_host": 6,
        "arrived": 24,
        "departed": 30,
        "recognised": 4 * 17,
    }
    assert sum(arts["calls"]["class-1"]["dossiers"].values()) == 60
    assert arts["offers"] == {"accepted": 12, "declined": 1, "sent": 1}
    assert arts["students"] == {"2027": {"enrolled": 12}}
    assert energy["calls"]["class-22"]["dossiers"] == {"enrolled": 30}
    assert energy["agreements"] == [
        ["WAW", "TLS", 1, "superseded"],
        ["TLS", "BIL", 1, "revoked"],
        ["WAW", "TLS", 2, "accepted"],
        ["TLS", "LJU", 1, "proposed"],
    ]
    assert len({*energy["countries"], *arts["countries"]} - {""}) >= 90


@pytest.mark.slow
def test_submitted_dossiers_are_complete_and_their_files_are_real(demonstration: Demonstration):
    found = demonstration.walk("soundness")
    assert found["documents"] > 2000
    assert found["gaps"] == []
    assert (found["broken"], found["alone"], found["strangers"]) == (0, 0, 0)


@pytest.mark.slow
def test_check_says_whether_the_data_is_there_and_who_can_be_entered_as(
    demonstration: Demonstration,
):
    done = demonstration.manage("seed_demo", "--check")
    assert done.returncode == 0
    assert "amina.belhadi@students.example" in done.stdout
    assert "http://127.0.0.1:8000/demo/" in done.stdout


@pytest.mark.slow
def test_a_database_with_data_is_not_filled_again(demonstration: Demonstration):
    done = demonstration.manage("seed_demo")
    assert done.returncode == 1
    assert "needs an empty database" in done.stderr


@pytest.mark.slow
def test_equal_seed_and_instant_make_equal_data(
    demonstration: Demonstration, run_id: str, worker_id: str, tmp_path
):
    name = f"{PREFIX}{run_id}_{worker_id}_again"
    made = migrated(name, tmp_path)
    assert made.manage("seed_demo", "--check").returncode == 1
    done = made.manage("seed_demo")
    assert done.returncode == 0, done.stderr[-3000:]
    assert "20/472 dossiers\n" in done.stdout
    digests = [each.manage("seed_demo", "--digest").stdout for each in (demonstration, made)]
    assert digests[0] == digests[1]
    assert len(digests[0].strip()) == 64
    drop_database(name)


def test_another_seed_makes_other_people():
    calendar = Calendar(NOON, "Europe/Paris")
    assert people(7, calendar).first_round[0] != people(8, calendar).first_round[0]
