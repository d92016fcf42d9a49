"""The file of a round: written once, read anywhere, refused when any value in it was changed."""

import json
from copy import deepcopy
from random import Random

import pytest
from django.core.management import call_command

from bench.cohorts import intake
from mobility_tracks.placement import Policy, certify, solve, verify
from mobility_tracks.placement.proof import __main__ as module
from mobility_tracks.placement.proof.file import FORMAT, read, write
from mobility_tracks.placement.proof.sealed import FileRefused, checksum
from mobility_tracks.placement.proof.telling import NOT_PROVED, PROVED, REFUSED, answer
from mobility_tracks.placement.record import dump
from tests.mobility_tracks.placement_cases import KINDS, cohort, imesc

# Counting covered lines takes as long again here; what is covered is covered elsewhere.
pytestmark = pytest.mark.no_cover


def text_of(problem):
    plan = solve(problem)
    return write(problem, plan, certify(problem, plan))


@pytest.fixture(scope="module", params=KINDS)
def text(request):
    return text_of(intake(24, 5, policy=Policy(request.param), room=1.1))


def test_read_what_was_written_gives_the_same_round(text):
    found = read(text)
    assert write(*found) == text
    assert verify(*found).optimal == "proved"
    assert read(f"{text}\n") == found


def test_read_seats_only_round_needs_an_empty_certificate():
    assert answer(text_of(imesc(cohort(9))))[0] == PROVED


def values(node, path=()):
    """Every place in a JSON tree that holds something without parts."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from values(value, (*path, key))
    elif isinstance(node, list) and node:
        for place, value in enumerate(node):
            yield from values(value, (*path, place))
    else:
        yield path


def changed(body, path, random):
    body = deepcopy(body)
    node = body
    for key in path[:-1]:
        node = node[key]
    old = node[path[-1]]
    if isinstance(old, bool):
        node[path[-1]] = not old
    elif isinstance(old, int):
        node[path[-1]] = old + random.choice([-2, -1, 1, 2])
    elif isinstance(old, str):
        node[path[-1]] = random.choice([f"{old}x", old[:-1] if len(old) > 1 else "zz"])
    else:
        node[path[-1]] = 7
    return body


def test_answer_any_changed_value_is_refused_in_a_sentence(text):
    """400 places of the file, sum included, without and with a new sum over the forgery."""
    random, body = Random("tamper"), json.loads(text)
    for path in random.sample(list(values(body)), 400):
        code, lines = answer(dump(changed(body, path, random)))
        assert code == REFUSED, path
        assert lines[0].endswith((".", "…"))


def test_answer_changed_problem_or_plan_with_a_new_sum_is_not_proved(text):
    random, body = Random("forge"), json.loads(text)
    del body["sha256"]
    paths = [path for path in values(body) if path[0] in {"problem", "plan"}]
    for path in random.sample(paths, 250):
        forged = changed(body, path, random)
        code, lines = answer(dump(forged | {"sha256": checksum(forged)}))
        if path == ("plan", "solver"):  # a remark: who made the plan proves nothing about it
            continue
        assert code in {NOT_PROVED, REFUSED}, (path, lines)
        assert lines


def test_answer_changed_certificate_with_a_new_sum_never_proves_another_plan(text):
    random, body = Random("weaken"), json.loads(text)
    del body["sha256"]
    paths = [path for path in values(body) if path[0] == "certificate"]
    refused = 0
    for path in random.choices(paths, k=200):
        forged = changed(body, path, random)
        code, _ = answer(dump(forged | {"sha256": checksum(forged)}))
        refused += code != PROVED
    assert refused


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ("", "This is not a file of a round: "),
        ("[]", f"This is not a {FORMAT} file."),
        ('{"format": 1.5}', "This is not a file of a round: 1.5 is no whole number."),
        ("{}", f"This is not a {FORMAT} file."),
        ("[" * 100_000, "This is not a file of a round: "),
    ],
)
def test_read_something_else_says_what_it_is_not(wrong, sentence):
    with pytest.raises(FileRefused) as refusal:
        read(wrong)
    assert str(refusal.value).startswith(sentence)


def test_read_not_canonical_or_with_more_in_it_is_refused(text):
    with pytest.raises(FileRefused, match="canonical"):
        read(json.dumps(json.loads(text), indent=1))
    body = json.loads(text)
    del body["sha256"]
    body["plan"]["note"] = "trust me"
    with pytest.raises(FileRefused, match="more"):
        read(dump(body | {"sha256": checksum(body)}))


def run(capsys, path):
    code = 0
    try:
        call_command("verify_round", str(path))
    except SystemExit as ended:
        code = ended.code
    return code, capsys.readouterr()


def test_verify_round_needs_no_database_and_says_what_is_proved(tmp_path, capsys, text):
    """Without the `db` fixture any query fails the test."""
    path = tmp_path / "round.json"
    path.write_text(text)
    code, told = run(capsys, path)
    assert code == PROVED
    assert "Feasible: yes." in told.out
    assert told.out.count("proved by") + told.out.count("nothing better is open") >= 1
    assert told.out.endswith("Best possible: proved.\n")


def test_verify_round_exit_codes_tell_wrong_from_unreadable(tmp_path, capsys, text):
    path = tmp_path / "round.json"
    path.write_text(text.replace('"unplaced":0', '"unplaced":1'))
    code, told = run(capsys, path)
    assert (code, told.out) == (REFUSED, "")
    assert told.err == "The file was changed after it was written: its SHA-256 differs.\n"
    body = json.loads(text)
    del body["sha256"]
    body["plan"]["unplaced"] = 1
    path.write_text(dump(body | {"sha256": checksum(body)}))
    code, told = run(capsys, path)
    assert code == NOT_PROVED
    assert "! The number of unplaced students is stated as 1 and counted as 0." in told.out
    assert "stated, not proved." in told.out
    assert run(capsys, tmp_path / "none.json")[0] == REFUSED


def test_module_answers_as_the_command_does(tmp_path, capsys, monkeypatch, text):
    path = tmp_path / "round.json"
    path.write_text(text)
    monkeypatch.setattr("sys.argv", ["proof", str(path)])
    assert module.main() == PROVED
    assert capsys.readouterr().out.endswith("Best possible: proved.\n")
    monkeypatch.setattr("sys.argv", ["proof"])
    assert module.main() == REFUSED
