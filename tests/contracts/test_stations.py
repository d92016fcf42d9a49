"""What a programme file may call a shape can be drawn."""

from typing import get_args, get_type_hints

from mobility_tracks.programme.document import Station
from web.stations import SHAPES


def test_every_shape_of_the_format_can_be_drawn():
    assert set(get_args(get_type_hints(Station)["shape"])) <= set(SHAPES)
