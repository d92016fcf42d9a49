"""Pictures: geometry that can be trusted, SVG that is safe, the same numbers in the table."""

from collections import Counter
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from web.pictures.funnel import Stage, funnel
from web.pictures.path_strip import StripStop, path_strip
from web.pictures.svg import number, text, wrapped
from web.pictures.track_map import NARROW, WIDE, Column, Flow, Stop, TrackMap, track_map
from web.pictures.track_order import best_order, crossings
from web.pictures.track_plan import plan
from web.stations import Station, station

ABOUT = 1e-6


def column(at, codes):
    hosts = tuple(Stop(code, f"University of {code}", seats=12) for code in codes)
    return Column(f"S{at}", f"Semester {at}", "autumn", hosts)


def mesc(share=10):
    return TrackMap(
        (column(1, ["WAW"]), column(2, ["TLS"]), column(3, ["AMI", "BIO", "LJU"])),
        (
            Flow(0, "WAW", "TLS", 3 * share),
            Flow(1, "TLS", "LJU", share),
            Flow(1, "TLS", "AMI", share),
            Flow(1, "TLS", "BIO", share),
        ),
    )


@st.composite
def maps(draw):
    sizes = draw(st.lists(st.integers(1, 12), min_size=1, max_size=4))
    columns = tuple(
        column(at, [f"{chr(65 + at)}{i}" for i in range(size)]) for at, size in enumerate(sizes)
    )
    flows = []
    for at, (left, right) in enumerate(pairwise(columns)):
        one = st.sampled_from([stop.code for stop in left.stations])
        two = st.sampled_from([stop.code for stop in right.stations])
        ways = draw(st.lists(st.tuples(one, two, st.integers(0, 60)), max_size=20))
        flows += [Flow(at, *way) for way in ways]
    return TrackMap(columns, tuple(flows))


def drawn(picture):
    return [ET.fromstring(picture.wide), ET.fromstring(picture.narrow)]


@given(maps())
def test_ribbons_are_as_wide_as_their_students(given_map):
    laid = plan(given_map, WIDE)
    scales = {
        r.width / r.flow.students
        for r in laid.ribbons
        if r.width > WIDE.thinnest and r.flow.students
    }

    if given_map.nobody:
        assert {r.width for r in laid.ribbons} <= {WIDE.bare}
    else:
        assert max(scales, default=0) - min(scales, default=0) < ABOUT
        assert all(r.width >= WIDE.thinnest for r in laid.ribbons)


@given(maps())
def test_ribbons_lie_side_by_side_inside_their_station(given_map):
    laid = plan(given_map, WIDE)
    for box in laid.boxes:
        for side, edge in ((0, "leaves"), (1, "arrives")):
            here = [
                r for r in laid.ribbons if given_map.ends(r.flow)[side] == (box.column, box.code)
            ]
            spans = sorted((getattr(r, edge), getattr(r, edge) + r.width) for r in here)
            assert all(a[1] <= b[0] + ABOUT for a, b in pairwise(spans))
            assert all(
                box.start - ABOUT <= a and b <= box.start + box.size + ABOUT for a, b in spans
            )


@given(maps())
def test_stations_of_a_period_keep_their_distance(given_map):
    laid = plan(given_map, WIDE)
    for at in range(len(given_map.columns)):
        boxes = sorted((b.start, b.start + b.size) for b in laid.boxes if b.column == at)
        assert len(boxes) == len(given_map.columns[at].stations)
        assert boxes[0][0] >= -ABOUT
        assert boxes[-1][1] <= laid.extent + ABOUT
        assert all(a[1] + WIDE.gap <= b[0] + ABOUT for a, b in pairwise(boxes))


@given(maps())
def test_reordering_never_adds_crossings(given_map):
    as_given = tuple(tuple(s.code for s in c.stations) for c in given_map.columns)
    best = best_order(given_map)

    assert crossings(given_map, best) <= crossings(given_map, as_given)
    assert [Counter(codes) for codes in best] == [Counter(codes) for codes in as_given]


def test_a_map_that_can_be_untangled_is():
    tangled = TrackMap(
        (column(1, ["A", "B", "C"]), column(2, ["X", "Y", "Z"])),
        (Flow(0, "A", "Z", 5), Flow(0, "B", "Y", 5), Flow(0, "C", "X", 5)),
    )

    assert crossings(tangled, best_order(tangled)) == 0


@settings(max_examples=30)
@given(maps())
def test_every_map_is_sound_svg_with_unique_ids(given_map):
    picture = track_map(given_map)
    ids = [e.get("id") for svg in drawn(picture) for e in svg.iter() if e.get("id")]

    assert len(ids) == len(set(ids))
    assert all(e.get("style") is None for svg in drawn(picture) for e in svg.iter())
    assert "nan" not in picture.wide + picture.narrow


def test_the_drawing_names_itself_for_a_screen_reader():
    for svg in drawn(track_map(mesc(), title="Where the class of 2028 goes")):
        title, desc = svg[0], svg[1]
        assert svg.get("role") == "img"
        assert svg.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
        assert title.text == "Where the class of 2028 goes"
        assert "S1: 30 students from WAW to TLS." in desc.text


def test_the_table_holds_every_flow():
    picture = track_map(mesc())

    assert picture.rows[0] == ("S1 WAW University of WAW", "S2 TLS University of TLS", 30)
    assert sum(row[2] for row in picture.rows) == 60


def test_without_students_the_ways_are_lines_and_seats_are_shown():
    picture = track_map(mesc(share=0))

    assert picture.wide.count('class="pic-possible"') == 4
    assert "pic-ribbon" not in picture.wide
    assert "12 seats" in picture.wide
    assert "nobody has been placed" in picture.says


def test_one_way_that_nobody_takes_is_drawn_thin_among_ribbons():
    picture = track_map(TrackMap(mesc().columns, (*mesc().flows[:2], Flow(1, "TLS", "BIO", 0))))

    assert picture.wide.count('class="pic-possible"') == 1
    assert picture.wide.count('class="pic-ribbon"') == 2


def test_twelve_hosts_fit_the_width_of_a_phone():
    crowd = TrackMap((column(1, ["WAW"]), column(2, [f"U{i:02d}" for i in range(12)])))
    box = ET.fromstring(track_map(crowd).narrow).get("viewBox")

    assert float(box.split()[2]) <= NARROW + ABOUT


def test_a_map_of_one_period_and_one_host_is_drawn():
    assert "WAW" in track_map(TrackMap((column(1, ["WAW"]),))).narrow


def test_flows_between_the_same_hosts_are_one_ribbon():
    twice = TrackMap(mesc().columns, (Flow(0, "WAW", "TLS", 4), Flow(0, "WAW", "TLS", 6)))

    assert twice.merged == (Flow(0, "WAW", "TLS", 10),)


def test_names_cannot_break_out_of_the_drawing():
    evil = '"><script>alert(1)</script>&'
    host = Stop("W<W", evil)
    picture = track_map(
        TrackMap((Column("S1", evil, evil, (host,)), column(2, ["TLS"]))), title=evil
    )

    assert "<script" not in picture.wide + picture.narrow
    assert all(svg[0].text == evil for svg in drawn(picture))


@pytest.mark.parametrize(
    "flow",
    [
        Flow(1, "TLS", "WAW"),
        Flow(-1, "WAW", "TLS"),
        Flow(0, "XXX", "TLS"),
        Flow(0, "WAW", "TLS", -1),
    ],
)
def test_a_flow_that_makes_no_sense_is_refused(flow):
    with pytest.raises(ValueError, match=r"Flow"):
        TrackMap((column(1, ["WAW"]), column(2, ["TLS"])), (flow,))


@pytest.mark.parametrize("codes", [[], ["WAW", "WAW"]])
def test_a_period_has_hosts_and_each_once(codes):
    with pytest.raises(ValueError, match="each only once"):
        column(1, codes)


def strip(*states):
    return tuple(
        StripStop(station("WAW", name="Warsaw"), f"Semester {i}", "autumn", state, "30 ECTS")
        for i, state in enumerate(states, 1)
    )


def test_a_path_says_where_one_is():
    picture = path_strip(strip("done", "here", "next", "open"))

    assert picture.rows[1] == ("Semester 2", "WAW Warsaw", "autumn", "here now, 30 ECTS")
    assert picture.wide.count("pic-here") == picture.narrow.count("pic-here") == 1
    assert picture.wide.count("pic-track-fill") == 1
    assert "Semester 4: WAW Warsaw (autumn, not chosen yet, 30 ECTS)." in drawn(picture)[0][1].text


def test_a_cancelled_stop_is_struck_through():
    assert "M81 89L111 59" in path_strip(strip("cancelled")).wide


def test_a_path_without_stops_or_with_an_unknown_state_is_refused():
    with pytest.raises(ValueError, match="at least one stop"):
        path_strip(())
    with pytest.raises(ValueError, match="no state of a stop"):
        StripStop(Station("WAW"), "Semester 1", state="lost")


@given(
    st.lists(
        st.tuples(st.integers(0, 9999), st.none() | st.integers(0, 9999)), min_size=1, max_size=8
    )
)
def test_a_funnel_draws_somebody_as_somebody(counts):
    stages = tuple(Stage(f"Stage {i}", count, last) for i, (count, last) in enumerate(counts))
    picture = funnel(stages)

    for svg in drawn(picture):
        bars = [e for e in svg.iter() if e.get("class") == "pic-bar"]
        ghosts = [e for e in svg.iter() if e.get("class") == "pic-ghost"]
        room = float(svg.get("viewBox").split()[2])
        assert len(bars) == sum(1 for s in stages if s.count)
        assert len(ghosts) == sum(1 for s in stages if s.last)
        assert all(float(b.get("width")) >= 2 for b in bars)
        assert all(float(e.get("x")) + float(e.get("width")) <= room for e in bars + ghosts)


def test_a_funnel_compares_with_the_stage_before_and_the_year_before():
    picture = funnel((Stage("Started", 900, 812), Stage("Submitted", 612), Stage("Ranked", 0)))

    assert picture.rows == (
        ("Started", 900, "", 812),
        ("Submitted", 612, "68 %", "–"),
        ("Ranked", 0, "0 %", "–"),
    )
    with pytest.raises(ValueError, match="fewer than no people"):
        Stage("Started", -1)


@given(st.floats(-1e5, 1e5))
def test_numbers_have_one_decimal_and_no_negative_zero(value):
    assert abs(float(number(value)) - value) <= 0.051
    assert number(value) != "-0"


@given(st.text(max_size=80), st.integers(8, 30), st.integers(1, 3))
def test_wrapping_keeps_to_its_room(words, width, lines):
    done = wrapped(words, width, lines)

    assert len(done) <= lines
    assert all(len(line) <= width + 2 for line in done)


def test_text_is_escaped():
    assert "&lt;b&gt;" in text("<b>", 0, 0, 12, tail="<i>")
    assert "&lt;i&gt;" in text("<b>", 0, 0, 12, tail="<i>")
