"""One picture for each role, taken from the demonstration as it begins: ITINERA_PICTURES=1."""

from collections.abc import Callable

import pytest

from tests.config.conftest import ROOT
from tests.journeys.steps import Person, follow_letter

FOLDER = ROOT / "docs" / "pictures"
WIDTH, HEIGHT = 1280, 800
MOST_BYTES = 200_000
ITO = "y.ito@sendai-institute.example"


def first_dossier(person: Person) -> None:
    person.goes_to("/i-mesc/apply/")
    person.follows("Go on with the dossier")


def letter(person: Person) -> None:
    follow_letter(person, ITO, "reference")
    person.types({"Your e-mail address": ITO})
    person.presses("Go on to the letter")


def begun_review(person: Person) -> None:
    person.goes_to("/i-mesc/review/?state=in_progress")
    person.opens_the_first_row()


def tracks(person: Person) -> None:
    """Of the class that is under way."""
    person.goes_to("/i-mesc/office/tracks/")
    person.follows("Class 22")


PICTURES: dict[str, tuple[str, Callable[[Person], object]]] = {
    "programme": ("", lambda person: person.goes_to("/i-mesc/")),
    "applicant": ("Amina Belhadi", first_dossier),
    "referee": ("", letter),
    "reviewer": ("Lena Hribernik", begun_review),
    "partner": ("Bruno Castelnau", lambda person: person.goes_to("/i-mesc/partner/")),
    "office": ("Chiara Rossetti", lambda person: person.goes_to("/i-mesc/office/dossiers/")),
    "tracks": ("Chiara Rossetti", tracks),
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture(
    name: str, enter: Callable[[str], Person], somebody: Callable[[], Person]
) -> None:
    who, go = PICTURES[name]
    person = enter(who) if who else somebody()
    person.page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    go(person)
    FOLDER.mkdir(parents=True, exist_ok=True)
    size = len(person.page.screenshot(path=FOLDER / f"{name}.png", animations="disabled"))
    assert size < MOST_BYTES
