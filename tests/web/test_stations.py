"""Colours and identities: stations stay apart for everybody, words stay legible day and night."""

import re
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import web
from web.stations import COLOURS, SHAPES, Station, station, stations

CSS = (Path(web.__file__).parent / "static/css/site.css").read_text()
OKLCH = r"oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)"
MODES = ("day", "night")

# Full dichromacy in linear RGB: Machado, Oliveira and Fernandes 2009, table 1, severity 1.0.
SIGHT = {
    "full": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.01182, 0.04294, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.3039],
        ]
    ),
}
# Björn Ottosson, "A perceptual color space for image processing", 2020.
TO_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
TO_LAB = np.array(
    [
        [0.2104542553, 0.793617785, -0.0040720468],
        [1.9779984951, -2.428592205, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.808675766],
    ]
)


def linear(lightness, chroma, hue):
    angle = np.radians(hue)
    lab = np.array([lightness, chroma * np.cos(angle), chroma * np.sin(angle)])
    return np.clip(np.linalg.inv(TO_LMS) @ (np.linalg.inv(TO_LAB) @ lab) ** 3, 0, 1)


def lab(rgb):
    return TO_LAB @ np.cbrt(TO_LMS @ np.clip(rgb, 0, 1))


def colours(name):
    """A token's colour by day and by night."""
    found = re.search(rf"{name}: light-dark\({OKLCH}, {OKLCH}\)", CSS)
    values = [float(value) for value in found.groups()]
    return dict(zip(MODES, (linear(*values[:3]), linear(*values[3:])), strict=True))


def palette(mode):
    lines = re.findall(rf"\.station--c(\d+) \{{ --station: light-dark\({OKLCH}, {OKLCH}\)", CSS)
    assert [int(line[0]) for line in lines] == list(range(1, COLOURS + 1))
    at = 1 if mode == "day" else 4
    return [linear(*map(float, line[at : at + 3])) for line in lines]


def contrast(one, two):
    """WCAG 2.2, relative luminance."""
    light, dark = sorted((float(c @ [0.2126, 0.7152, 0.0722]) for c in (one, two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("sight", SIGHT)
def test_any_two_stations_differ_for_every_eye(mode, sight):
    seen = [lab(SIGHT[sight] @ rgb) for rgb in palette(mode)]

    closest = min(float(np.linalg.norm(a - b)) for a, b in combinations(seen, 2))

    assert closest > 0.08  # 0.02 is just noticeable side by side


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    "words", ["ink", "ink-soft", "action", "action-deep", "time", "error", "done"]
)
@pytest.mark.parametrize("ground", ["paper", "paper-raised", "paper-sunk"])
def test_words_reach_aa_on_every_paper(mode, words, ground):
    assert contrast(colours(f"--{words}")[mode], colours(f"--{ground}")[mode]) >= 4.5


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    ("words", "ground"),
    [
        ("on-action", "action"),
        ("on-action", "action-deep"),
        ("error", "error-wash"),
        ("time", "time-wash"),
        ("ink", "paper-marked"),
        ("action-deep", "paper-marked"),
        ("paper", "ink"),
    ],
)
def test_words_reach_aa_on_coloured_grounds(mode, words, ground):
    assert contrast(colours(f"--{words}")[mode], colours(f"--{ground}")[mode]) >= 4.5


@pytest.mark.parametrize("mode", MODES)
def test_outlines_of_controls_reach_three_to_one(mode):
    assert contrast(colours("--rule-firm")[mode], colours("--paper")[mode]) >= 3


def test_a_consortium_of_twelve_shares_no_colour_and_no_shape():
    known = stations((f"U{i}", "") for i in range(12)).values()

    assert len({s.colour for s in known}) == len({s.shape for s in known}) == 12


@given(st.integers(0, 143), st.integers(0, 143))
def test_colour_and_shape_together_tell_144_stations_apart(one, two):
    same = station("A", index=one).css == station("B", index=two).css
    alike = station("A", index=one).shape == station("B", index=two).shape

    assert (same and alike) == (one == two)


@given(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=2, max_size=3))
def test_a_code_alone_always_gives_the_same_station(code):
    assert station(code) == station(code)
    assert station(code).css == station(code.lower()).css


def test_the_programme_file_has_the_last_word():
    told = station("WAW", index=3, colour=7, shape="star")

    assert (told.css, told.path) == ("station--c7", SHAPES["star"])


@pytest.mark.parametrize("wrong", [{"colour": 0}, {"colour": 13}, {"shape": "blob"}])
def test_an_unknown_colour_or_shape_is_refused(wrong):
    with pytest.raises(ValueError, match=r"colour|shape"):
        Station("WAW", **wrong)
