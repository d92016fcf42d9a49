"""The picture of the board: one scale, students beyond the seats apart, the same numbers as text."""

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.pictures.seat_grid import Grid, Seats, bar, seat_grid
from web.stations import Station

HOSTS = (Station("LJU", "Ljubljana <1>", 3), Station("WAW", "Warsaw", 2))
SEATS = st.builds(Seats, st.integers(0, 99), st.none() | st.integers(0, 99))


def grid(*cells):
    return Grid(("Semester 1", "Thesis & defence"), tuple(zip(HOSTS, cells, strict=True)))


def widths(seats, scale=2.0):
    found = {}
    for part in bar(seats, 0, 0, scale):
        drawn = ET.fromstring(part)
        found[drawn.get("class")] = float(drawn.get("width"))
    return found


@given(SEATS)
def test_ink_outline_and_dashes_are_as_wide_as_their_numbers(seats):
    offered = seats.taken if seats.offered is None else seats.offered
    expected = {
        "pic-seats": seats.offered or 0,
        "pic-bar": min(seats.taken, offered),
        "pic-ghost": max(0, seats.taken - offered),
    }
    assert widths(seats) == {kind: max(2.0, 2.0 * n) for kind, n in expected.items() if n}


def test_the_numbers_stand_in_the_table_and_in_the_description():
    picture = seat_grid(grid((Seats(3, 2), None), (Seats(0, None), Seats(1, 8))))
    assert picture.heads == ("Host", "Semester 1", "Thesis & defence")
    assert picture.rows == (
        ("LJU Ljubljana <1>", "3 of 2", "–"),
        ("WAW Warsaw", "0", "1 of 8"),
    )
    for svg in (picture.wide, picture.narrow):
        drawn = ET.fromstring(svg)
        desc = next(each.text for each in drawn.iter() if each.tag.endswith("desc"))
        assert "LJU, Semester 1: 3 of 2." in desc
        assert "WAW, Thesis & defence: 1 of 8." in desc


@given(st.tuples(SEATS, st.none() | SEATS), st.tuples(SEATS, SEATS))
def test_every_grid_is_sound_svg_inside_its_box(one, two):
    picture = seat_grid(grid(one, two))
    for svg in map(ET.fromstring, (picture.wide, picture.narrow)):
        width, height = (float(n) for n in svg.get("viewBox").split()[2:])
        for each in svg.iter():
            if each.get("width") and each.get("x"):
                assert float(each.get("x")) + float(each.get("width")) <= width + 0.2
            if each.get("y"):
                assert float(each.get("y")) <= height


@pytest.mark.parametrize("style", ["style=", "<script", "onload"])
def test_nothing_in_it_needs_a_looser_policy(style):
    picture = seat_grid(grid((Seats(1, 2), None), (None, None)))
    assert style not in picture.wide + picture.narrow
