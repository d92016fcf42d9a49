"""Rounds without a plan: the proof holds, each demand is needed, and forgeries are found out."""

import json
from collections import Counter
from dataclasses import replace
from random import Random

import pytest
from django.core.management import call_command

from bench.cohorts import intake
from mobility_tracks.placement import (
    Conflict,
    Demand,
    Group,
    Impossible,
    Infeasible,
    Overflow,
    Policy,
    PolicyKind,
    Seats,
    Student,
    certify_none,
    none_file,
    solve,
    verify_none,
)
from mobility_tracks.placement import impossible as maker
from mobility_tracks.placement.conflict import smallest_conflict, waived
from mobility_tracks.placement.proof import __main__ as module
from mobility_tracks.placement.proof.certificate import Leaf
from mobility_tracks.placement.proof.impossible_file import FORMAT, read_none, write_none
from mobility_tracks.placement.proof.reduced import reduced
from mobility_tracks.placement.proof.sealed import FileRefused, checksum
from mobility_tracks.placement.proof.telling import NOT_PROVED, PROVED, REFUSED, answer
from mobility_tracks.placement.prover import Unproved
from mobility_tracks.placement.record import dump
from tests.mobility_tracks.brute import every_plan, is_permitted, places
from tests.mobility_tracks.placement_cases import (
    KINDS,
    YEAR_1,
    cohort,
    imesc,
    option,
    random_problem,
    sites,
)
from tests.mobility_tracks.test_placement_brute import small

# Counting covered lines takes as long again here; what is covered is covered elsewhere.
pytestmark = pytest.mark.no_cover


def refused(problem):
    with pytest.raises(Infeasible) as refusal:
        solve(problem)
    return refusal.value.conflict


def impossibles(seed, make):
    """Small rounds without a plan, by brute force."""
    random = Random(seed)
    while True:
        problem = make(random)
        if not every_plan(problem):
            yield problem


def of_rounds(random):
    return random_problem(random, random.choice(KINDS), limits=True)


def some(seed, count, make=of_rounds):
    found = impossibles(seed, make)
    return [next(found) for _ in range(count)]


FULL = imesc(cohort(33))
UNEVEN = imesc(
    cohort(31), options=sites(31), groups=(Group("equal", tuple(s.id for s in sites()), None, 0),)
)
REASONS = dict.fromkeys(("bilbao", "ljubljana", "amiens"), "visa refused")
LONE = imesc([Student("lone", impossible=REASONS, visited=YEAR_1)])
# c needs two students, who need a and b full before: five in all, and there are four.
LATE = imesc(
    [Student(f"s{n}") for n in range(4)],
    options=(option("a", 1), option("b", 2), option("c", 9, least=2)),
    rules=(),
    groups=(Group("ab", ("a", "b"), Seats(3)),),
    overflows=(Overflow("late", ("c",), ("ab",)),),
    policy=Policy(PolicyKind.RANK_MAXIMAL, allow_unplaced=True),
)
CASES = {"full": FULL, "uneven": UNEVEN, "lone": LONE, "late": LATE}


@pytest.fixture(params=CASES, scope="module")
def case(request):
    problem = CASES[request.param]
    return problem, refused(problem)


@pytest.fixture(scope="module")
def text():
    return none_file(LATE)


def test_the_smallest_conflict_is_proved_and_each_demand_is_needed(case):
    problem, conflict = case
    proof = certify_none(problem, conflict)
    report = verify_none(problem, proof)
    assert (report.proved, report.smallest, report.findings) == (True, True, ())
    assert proof.demands == conflict.demands
    assert len(proof.witnesses) == len(conflict.demands)


def test_an_uneven_number_takes_a_tree_and_a_lone_student_takes_none():
    assert len(certify_none(UNEVEN, refused(UNEVEN)).tree) > 1
    assert certify_none(LONE, refused(LONE)).tree == ()
    assert len(certify_none(FULL, refused(FULL)).tree) == 1


@pytest.mark.parametrize("make", [of_rounds, small])
def test_random_rounds_without_a_plan_are_proved_and_no_demand_could_be_spared(make):
    kinds = Counter()
    for problem in some(f"none {make.__name__}", 70, make):
        proof = certify_none(problem, smallest_conflict(problem))
        report = verify_none(problem, proof)
        assert (report.proved, report.smallest) == (True, True), (report, problem)
        kinds.update({demand.kind for demand in proof.demands})
        for demand in proof.demands:
            assert without(problem, proof.demands, demand)
    assert len(kinds) >= 6, kinds


def without(problem, demands, spared):
    """Some plan that meets all demands but one, looking at every plan of the round so reduced."""
    left, optional = reduced(problem, [each for each in demands if each != spared])
    assert waived(problem, [each for each in demands if each != spared]) == (left, optional)
    choices = [
        [*dict.fromkeys([*places(left, student), *([None] if student.id in optional else [])])]
        for student in left.students
    ]
    return any(is_permitted(left, plan) for plan in _products(choices))


def _products(choices):
    from itertools import product

    return product(*choices)


def test_a_round_that_has_a_plan_gets_no_proof_and_no_forged_proof_is_believed():
    random, tried = Random("possible"), 0
    forged = certify_none(LATE, refused(LATE))
    for _ in range(60):
        problem = random_problem(random, PolicyKind.RANK_MAXIMAL, limits=True)
        if not every_plan(problem):
            continue
        tried += 1
        conflict = smallest_conflict(problem)
        try:
            proof = certify_none(problem, conflict)
        except (Unproved, ValueError, RuntimeError):
            proof = replace(forged, demands=conflict.demands)
        assert not verify_none(problem, proof).proved
        assert not verify_none(problem, replace(proof, tree=())).proved
    assert tried > 20


def test_leaves_that_were_changed_prove_nothing_or_the_same():
    proof = certify_none(UNEVEN, refused(UNEVEN))
    seen = Counter()
    for number, leaf in enumerate(proof.leaves):
        for worse in (
            Leaf(),
            replace(leaf, goal=1),
            replace(leaf, rows={row: -times - 1 for row, times in leaf.rows.items()} or {0: -1}),
            replace(leaf, rows={999: 1}),
            replace(leaf, prices={99: 1}),
            replace(leaf, earlier={0: 1}),
        ):
            leaves = list(proof.leaves)
            leaves[number] = worse
            seen[verify_none(UNEVEN, replace(proof, leaves=tuple(leaves))).proved] += 1
    assert seen[False] == sum(seen.values())
    assert seen[False]


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        ({"demands": ()}, "The proof does not show"),
        ({"demands": (Demand("most", "rome"),)}, "The round does not demand most rome."),
        ({"demands": (Demand("place", "s0"),)}, "The round does not demand place s0."),
        ({"demands": (Demand("most", "a"),) * 2}, "The demand most a is named 2 times."),
        ({"tree": ()}, "The proof does not show"),
        ({"tree": ((0, 0, 0, 0),)}, "The proof does not show"),
        ({"leaves": ()}, "The proof does not show"),
    ],
)
def test_a_proof_of_something_else_is_not_believed(change, finding):
    proof = replace(certify_none(LATE, refused(LATE)), **change)
    report = verify_none(LATE, proof)
    assert (report.proved, report.accepted) == (False, False)
    assert report.findings[0].startswith(finding)


def test_each_demand_left_out_of_a_proof_makes_it_worthless(case):
    problem, conflict = case
    proof = certify_none(problem, conflict)
    for demand in conflict.demands:
        fewer = tuple(other for other in conflict.demands if other != demand)
        assert not verify_none(problem, replace(proof, demands=fewer)).proved


def test_witnesses_that_break_what_they_must_keep_are_told(case):
    problem, conflict = case
    proof = certify_none(problem, conflict)
    assert len(proof.witnesses) >= 1
    nobody = tuple(dict.fromkeys(places, "rome") for places in proof.witnesses)
    report = verify_none(problem, replace(proof, witnesses=nobody))
    assert (report.proved, report.smallest, report.accepted) == (True, False, False)
    assert report.findings[0].endswith("is placed in rome, which is not offered.")
    short = replace(proof, witnesses=(*proof.witnesses, {}))
    assert verify_none(problem, short).findings == ("There is not one witness for each demand.",)


def test_witnesses_too_large_for_a_file_are_left_out_and_that_is_said(monkeypatch):
    monkeypatch.setattr(maker, "WITNESSED", 30)
    text = none_file(FULL)
    assert read_none(text).proof.witnesses == ()
    code, lines = answer(text)
    assert code == PROVED
    assert lines[-2].endswith("whether one of them could be spared is not shown.")
    monkeypatch.undo()
    assert answer(none_file(FULL))[1][-2].endswith("without any one of them the others could.")


def test_an_intake_with_a_host_too_small_is_proved():
    problem = intake(120, 8)
    groups = [replace(g, seats=g.seats and Seats(g.seats.most // 2)) for g in problem.groups]
    conflict = refused(replace(problem, groups=tuple(groups)))
    assert conflict.seats
    assert answer(none_file(replace(problem, groups=tuple(groups)), conflict))[0] == PROVED


def test_answer_tells_the_demands_in_sentences(text):
    code, lines = answer(text)
    assert code == PROVED
    assert lines == [
        "Students: 4. Options: 3.",
        f"Policy: {LATE.policy.sentence}",
        "  c needs at least 2 students.",
        "  Group ab (a, b): between 0 and 3 students.",
        "  c opens only once ab is full.",
        "  These cannot all hold together; without any one of them the others could.",
        "No plan exists: proved.",
    ]


def test_file_read_again_is_the_same(text):
    assert write_none(*read_none(text)) == text
    assert none_file(LATE, refused(LATE)) == text


def test_any_changed_value_is_refused_and_no_forgery_denies_a_plan_that_exists():
    """Whatever is changed, with a new sum too: `proved` is said only of rounds without a plan."""
    random, told = Random("tamper none"), Counter()
    for problem in some("files", 12):
        body = json.loads(none_file(problem))
        paths = list(values(body))
        for path in random.sample(paths, min(40, len(paths))):
            wrong = changed(body, path, random)
            assert answer(dump(wrong))[0] == REFUSED, path
            wrong.pop("sha256", None)
            text = dump(wrong | {"sha256": checksum(wrong)})
            code, lines = answer(text)
            told[code] += 1
            assert lines
            if code == PROVED:
                assert not every_plan(read_none(text).problem), path
    assert told[NOT_PROVED] > 20
    assert told[REFUSED] > 20


def values(node, path=()):
    if isinstance(node, dict):
        for key, value in node.items():
            yield from values(value, (*path, key))
    elif isinstance(node, list) and node:
        for place, value in enumerate(node):
            yield from values(value, (*path, place))
    else:
        yield path


def changed(body, path, random):
    body = json.loads(json.dumps(body))
    node = body
    for key in path[:-1]:
        node = node[key]
    old = node[path[-1]]
    if isinstance(old, bool):
        node[path[-1]] = not old
    elif isinstance(old, int):
        node[path[-1]] = old + random.choice([-2, -1, 1, 2])
    else:
        node[path[-1]] = f"{old}x" if isinstance(old, str) else 7
    return body


@pytest.mark.parametrize(
    "wrong",
    [
        {"demands": [{"kind": "luck", "id": "a"}]},
        {"demands": [{"kind": "most", "id": 7}]},
        {"witnesses": [{"s0": 7}]},
        {"certificate": {"leaves": [], "tree": [["x"]]}},
        {"note": "trust me"},
    ],
    ids=lambda row: next(iter(row)),
)
def test_read_something_else_is_refused_in_a_sentence(text, wrong):
    body = json.loads(text) | wrong
    del body["sha256"]
    with pytest.raises(FileRefused) as refusal:
        read_none(dump(body | {"sha256": checksum(body)}))
    assert str(refusal.value).endswith(".")
    with pytest.raises(FileRefused, match=FORMAT):
        read_none("{}")


def test_command_and_module_answer_and_exit_codes_tell_wrong_from_unreadable(
    tmp_path, capsys, monkeypatch, text
):
    """Without the `db` fixture any query fails the test."""
    path = tmp_path / "none.json"
    path.write_text(text)
    call_command("verify_round", str(path))
    assert capsys.readouterr().out.endswith("No plan exists: proved.\n")
    monkeypatch.setattr("sys.argv", ["proof", str(path)])
    assert module.main() == PROVED
    body = json.loads(text)
    del body["sha256"]
    body["certificate"]["tree"] = []
    path.write_text(dump(body | {"sha256": checksum(body)}))
    assert module.main() == NOT_PROVED
    assert "No plan exists: not proved." in capsys.readouterr().out
    path.write_text(text.replace('"s0"', '"s9"'))
    with pytest.raises(SystemExit) as ended:
        call_command("verify_round", str(path))
    assert ended.value.code == REFUSED


def test_nobody_takes_part_and_a_least_number_is_still_proved():
    problem = imesc([], options=(option("a", 2, least=1),), rules=())
    conflict = refused(problem)
    assert conflict.demands == (Demand("least", "a"),)
    assert verify_none(problem, certify_none(problem, conflict)).accepted


def test_proof_of_no_demand_at_all_is_none():
    empty = Conflict((), (), (), (), (), ())
    with pytest.raises(Unproved):
        certify_none(imesc([Student("s")]), empty)
    assert not verify_none(imesc([Student("s")]), Impossible(())).proved
