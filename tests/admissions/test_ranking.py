"""The ranking: what counts, in which order, and the same bytes again."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from admissions.ranking import (
    Criterion,
    Dossier,
    Inputs,
    ListClass,
    RankingRefused,
    Review,
    Rubric,
    TieBreaker,
    explain,
    fingerprint,
    rank,
    read,
    replay,
    result_bytes,
    write,
)

RUBRIC = Rubric(
    version="2027.1",
    criteria=(Criterion("merit", 60, 5), Criterion("motivation", 40, 10)),
    tie_breakers=(TieBreaker("criterion", "merit"), TieBreaker("fact", "sex", ("F",))),
    gap_threshold=20,
)


def reviews(ref, *marks):
    return tuple(
        Review(ref, f"r{n}", {"merit": merit, "motivation": motivation})
        for n, (merit, motivation) in enumerate(marks)
    )


def inputs(*files, **changes):
    """Each file: reference, then a pair of marks per reviewer, then perhaps facts."""
    dossiers, rows = [], []
    for ref, *marks in files:
        facts = marks.pop() if isinstance(marks[-1], dict) else {}
        dossiers.append(Dossier(ref, facts))
        rows.extend(reviews(ref, *marks))
    values = {"rubric": RUBRIC, "dossiers": tuple(dossiers), "reviews": tuple(rows)}
    return Inputs(**values | {"places": 1, "reserve": 1, "seed": "s"} | changes)


def order(ranking):
    return [position.ref for position in ranking.positions]


def test_rank_score_is_the_weighted_mean_of_locked_reviews():
    given_ = inputs(("A", (4, 8), (5, 7)))
    (position,) = rank(given_).positions
    # 60 * 4.5 / 5 + 40 * 7.5 / 10
    assert position.score == 84_000
    # 80 and 88 points
    assert (position.gap, position.needs_third) == (8_000, False)
    draft = Review("A", "r9", {}, locked=False)
    assert rank(replace(given_, reviews=(*given_.reviews, draft))) == rank(given_)


def test_rank_scores_are_rounded_half_up_at_the_end():
    rubric = replace(RUBRIC, decimals=0, reviews_needed=1, tie_breakers=())
    ranking = rank(inputs(("A", (0, Decimal("0.125"))), ("B", (0, Decimal("0.1"))), rubric=rubric))
    assert [position.score for position in ranking.positions] == [1, 0]


def test_rank_gap_over_threshold_needs_a_third_review_until_it_is_in():
    two = inputs(("A", (5, 10), (4, 7)))
    assert rank(two).of("A").needs_third
    assert not rank(inputs(("A", (5, 10), (4, 8)))).of("A").needs_third
    assert not rank(inputs(("A", (5, 10), (4, 7), (4, 8)))).of("A").needs_third


def test_rank_ties_go_by_criterion_then_fact_then_seed():
    same = ((4, 8), (4, 8))
    ranking = rank(
        inputs(
            ("A", *same, {"sex": "M"}),
            ("B", *same, {"sex": "F"}),
            ("C", (5, 5), (5, 5), {"sex": "M"}),
            ("D", *same, {}),
            ("E", (5, 10), (5, 10)),
        )
    )
    assert order(ranking)[:3] == ["E", "C", "B"]
    assert [p.rank for p in ranking.positions] == [1, 2, 3, 4, 4]
    assert [p.decided_by for p in ranking.positions] == ["", "score", "merit", "sex", "seed"]
    assert ranking.of("A").ex_aequo == ("D",)
    assert ranking.of("B").ex_aequo == ()


def test_rank_seed_alone_decides_ex_aequo_and_a_new_seed_may_decide_otherwise():
    files = [(f"F{n}", (4, 8), (4, 8)) for n in range(6)]
    orders = {tuple(order(rank(inputs(*files, seed=str(n))))) for n in range(6)}
    assert len(orders) > 1
    assert {p.rank for p in rank(inputs(*files)).positions} == {1}


def test_rank_lists_follow_places_reserve_and_thresholds():
    rubric = replace(
        RUBRIC,
        threshold=30,
        criteria=(Criterion("merit", 60, 5, pass_mark=2), Criterion("motivation", 40, 10)),
    )
    files = [
        ("A", (1, 10), (1, 10)),
        ("B", (4, 5), (4, 5)),
        ("C", (3, 5), (3, 5)),
        ("D", (3, 0), (3, 0)),
        ("E", (2, 0), (2, 0)),
    ]
    ranking = rank(inputs(*files, rubric=rubric))
    listed = {p.ref: p.listed for p in ranking.positions}
    assert listed == {
        "A": ListClass.NOT_SELECTED,
        "B": ListClass.MAIN,
        "C": ListClass.RESERVE,
        "D": ListClass.NOT_SELECTED,
        "E": ListClass.NOT_SELECTED,
    }
    assert ranking.of("A").failed == "merit under its pass mark of 2"
    assert ranking.of("E").failed == "score under the threshold of 30"
    assert ranking.of("D").failed == ""
    everybody = rank(inputs(*files, rubric=rubric, reserve=None))
    assert everybody.of("D").listed is ListClass.RESERVE


def test_explain_says_position_list_and_what_decided():
    same = ((4, 8), (4, 8))
    ranking = rank(
        inputs(
            ("A", *same, {"sex": "M"}),
            ("D", *same),
            ("B", *same, {"sex": "F"}),
            ("E", (5, 9), (2, 9)),
        )
    )
    assert (
        explain(ranking, ranking.of("B")) == "B: position 1 with 80.000 points, on the main list."
    )
    tied = explain(ranking, ranking.positions[1])
    assert tied.endswith("at rank 2; the published seed set the order.")
    assert explain(ranking, ranking.of("E")) == (
        "E: position 4 with 78.000 points, not selected."
        " The two reviews lie 36.000 points apart: a third is needed."
    )
    rubric = replace(RUBRIC, decimals=0, threshold=90)
    pair = rank(inputs(("A", (4, 8), (4, 8)), ("C", (5, 5), (5, 5)), rubric=rubric))
    assert explain(pair, pair.of("A")) == (
        "A: position 2 with 80 points, not selected (score under the threshold of 90)."
        " Same score as C, which goes first by merit."
    )


def test_of_unknown_dossier_raises():
    with pytest.raises(KeyError):
        rank(inputs()).of("X")


GOOD = inputs(("A", (4, 8), (4, 8)))
FAULTS = [
    ({"reviews": GOOD.reviews[:1]}, "Dossier A has 1 locked reviews of the 2 it needs."),
    ({"reviews": (*GOOD.reviews, GOOD.reviews[0])}, "Dossier A has 2 locked reviews by r0."),
    ({"dossiers": GOOD.dossiers * 2}, "Dossier A is given 2 times."),
    (
        {"reviews": (*GOOD.reviews, *reviews("Z", (4, 8)))},
        "Dossier Z, reviewed by r0, is not part of this ranking.",
    ),
    (
        {"reviews": reviews("A", (6, 8), (4, 8))},
        "Dossier A, reviewer r0: merit is 6, outside its scale of 0 to 5.",
    ),
    (
        {"reviews": reviews("A", (-1, 8), (4, 8))},
        "Dossier A, reviewer r0: merit is -1, outside its scale of 0 to 5.",
    ),
    (
        {"reviews": reviews("A", (Decimal("NaN"), 8), (4, 8))},
        "Dossier A, reviewer r0: merit is NaN, outside its scale of 0 to 5.",
    ),
    (
        {"reviews": reviews("A", (4.5, 8), (4, 8))},
        "Dossier A, reviewer r0: the mark for merit is neither a whole number nor a Decimal.",
    ),
    (
        {"reviews": tuple(replace(r, marks={"merit": 4}) for r in GOOD.reviews)},
        "Dossier A, reviewer r0: no mark for motivation.",
    ),
    (
        {"reviews": tuple(replace(r, marks={**r.marks, "luck": 4}) for r in GOOD.reviews)},
        "Dossier A, reviewer r0: luck is not a criterion of this rubric.",
    ),
    ({"places": -1}, "The number of places and the length of the reserve list start at 0."),
    (
        {"rubric": replace(RUBRIC, criteria=RUBRIC.criteria[:1])},
        "The weights add up to 60, not to 100.",
    ),
    (
        {"rubric": replace(RUBRIC, criteria=(*RUBRIC.criteria, Criterion("x", 0, 0)))},
        "Criterion x needs a weight from 0 and a maximum above 0.",
    ),
    (
        {"rubric": replace(RUBRIC, criteria=(*RUBRIC.criteria, Criterion("merit", 0, 1)))},
        "Criterion merit is given 2 times.",
    ),
    (
        {"rubric": replace(RUBRIC, tie_breakers=(TieBreaker("criterion", "luck"),))},
        "Tie-breaker luck is not a criterion of this rubric.",
    ),
    (
        {"rubric": replace(RUBRIC, tie_breakers=(TieBreaker("fact", "sex"),))},
        "Tie-breaker sex does not say which value goes first.",
    ),
    (
        {"rubric": replace(RUBRIC, reviews_needed=0)},
        "A rubric needs at least 1 review per dossier and no negative decimals.",
    ),
    (
        {"rubric": replace(RUBRIC, threshold=30.5)},
        "Thresholds and pass marks are whole numbers or Decimals, not floats.",
    ),
]


@pytest.mark.parametrize(("changes", "sentence"), FAULTS, ids=[row[1] for row in FAULTS])
def test_rank_faulty_input_is_refused_in_a_sentence(changes, sentence):
    with pytest.raises(RankingRefused) as refusal:
        rank(replace(GOOD, **changes))
    assert refusal.value.faults[0] == sentence


def test_rank_reports_every_fault_at_once():
    with pytest.raises(RankingRefused) as refusal:
        rank(replace(GOOD, reviews=reviews("A", (9, 11)), places=-1))
    assert len(refusal.value.faults) == 4


def test_read_other_format_is_refused():
    with pytest.raises(ValueError, match="ranking-inputs/1"):
        read(b"{}")


def test_fingerprint_does_not_depend_on_how_a_mark_is_written():
    other = reviews("A", (Decimal("4.00"), Decimal(8)), (4, Decimal("8.0")))
    assert fingerprint(replace(GOOD, reviews=other)) == fingerprint(GOOD)
    changed = reviews("A", (Decimal("4.01"), 8), (4, 8))
    assert fingerprint(replace(GOOD, reviews=changed)) != fingerprint(GOOD)


merits = st.one_of(st.integers(0, 5), st.decimals(0, 5, places=1))
motivations = st.one_of(st.integers(0, 10), st.decimals(0, 10, places=2))
marks = st.tuples(merits, motivations)
facts = st.sampled_from([{}, {"sex": "F"}, {"sex": "M"}])


@st.composite
def rounds(draw):
    count = draw(st.integers(1, 7))
    files = [
        (f"D{n}", *draw(st.lists(marks, min_size=2, max_size=3)), draw(facts)) for n in range(count)
    ]
    rubric = replace(
        RUBRIC,
        decimals=draw(st.integers(0, 3)),
        threshold=draw(st.one_of(st.none(), st.integers(0, 100))),
        criteria=(
            replace(RUBRIC.criteria[0], pass_mark=draw(st.one_of(st.none(), merits))),
            RUBRIC.criteria[1],
        ),
    )
    return inputs(
        *files,
        rubric=rubric,
        places=draw(st.integers(0, 4)),
        reserve=draw(st.one_of(st.none(), st.integers(0, 3))),
        seed=draw(st.text(max_size=5)),
    )


@settings(deadline=None, max_examples=60)
@given(rounds(), st.randoms(use_true_random=False))
def test_rank_does_not_depend_on_the_order_of_arrival(given_, random):
    mixed = replace(
        given_,
        dossiers=tuple(random.sample(given_.dossiers, len(given_.dossiers))),
        reviews=tuple(random.sample(given_.reviews, len(given_.reviews))),
    )
    assert rank(mixed) == rank(given_)
    assert write(mixed) == write(given_)


@settings(deadline=None, max_examples=60)
@given(rounds())
def test_replay_gives_the_same_bytes(given_):
    stored = write(given_)
    assert write(read(stored)) == stored
    assert replay(stored) == result_bytes(rank(given_))
    assert json.loads(replay(stored))["inputs"] == fingerprint(given_)


@settings(deadline=None, max_examples=80)
@given(rounds(), st.data())
def test_rank_raising_one_mark_never_lowers_the_dossier(given_, data):
    number = data.draw(st.integers(0, len(given_.reviews) - 1))
    review = given_.reviews[number]
    code, top = data.draw(st.sampled_from([("merit", 5), ("motivation", 10)]))
    rise = data.draw(st.decimals(0, 10, places=2))
    better = replace(
        review, marks={**review.marks, code: min(Decimal(top), review.marks[code] + rise)}
    )
    raised = [*given_.reviews]
    raised[number] = better
    before = rank(given_).of(review.dossier)
    after = rank(replace(given_, reviews=tuple(raised))).of(review.dossier)
    assert after.position <= before.position
    assert after.score >= before.score
    classes = [ListClass.MAIN, ListClass.RESERVE, ListClass.NOT_SELECTED]
    assert classes.index(after.listed) <= classes.index(before.listed)


@settings(deadline=None, max_examples=40)
@given(rounds())
def test_rank_positions_are_complete_and_in_order(given_):
    ranking = rank(given_)
    assert sorted(order(ranking)) == sorted(dossier.ref for dossier in given_.dossiers)
    assert [p.position for p in ranking.positions] == list(range(1, len(ranking.positions) + 1))
    scores = [p.score for p in ranking.positions]
    assert scores == sorted(scores, reverse=True)
    assert sum(p.listed is ListClass.MAIN for p in ranking.positions) <= given_.places
    for position in ranking.positions:
        assert ranking.of(position.ref) is position
        assert {ranking.of(ref).rank for ref in position.ex_aequo} <= {position.rank}
        assert explain(ranking, position).startswith(
            f"{position.ref}: position {position.position}"
        )
