"""A right that is taken away is gone at the next click; what is another consortium's does not exist."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.journeys.steps import Person, set_up_an_app, sign_in_with_a_new_password

REVIEWER = "kinga@warsaw.example"


def test_a_right_is_gone_at_the_next_click(
    enter: Callable[[str], Person], somebody: Callable[[], Person]
) -> None:
    kinga, chiara = somebody(), enter("Chiara Rossetti")
    sign_in_with_a_new_password(kinga, REVIEWER)
    comes_in_with_a_second_factor(kinga)

    chiara.goes_to("/i-mesc/office/people/?sort=name")
    row = chiara.row(REVIEWER)
    chiara.unfolds("Dismiss", within=row)
    row.get_by_label("Reason").fill("Leaves the university.")
    chiara.presses(re.compile("^Dismiss "), within=row)
    chiara.sees("The role has ended; its rights are gone at once.")
    expect(chiara.page.get_by_text(REVIEWER)).to_have_count(0)

    kinga.page.locator("tbody th a").first.click()
    kinga.reads_title("Page not found")
    assert kinga.goes_to("/i-mesc/review/").status == 404
    assert kinga.goes_to("/account/").status == 200
    kinga.does_not_see("Where you work")


def comes_in_with_a_second_factor(kinga: Person) -> None:
    """The password alone opens nothing of the consortium; an app is set up on the way."""
    kinga.goes_to("/i-mesc/review/")
    kinga.reads_title("A second factor")
    kinga.follows("Set up an app")
    set_up_an_app(kinga)
    kinga.follows("Go on to where you wanted to go")
    kinga.reads_title("My reviews")


def test_another_consortium_is_not_there(enter: Callable[[str], Person]) -> None:
    """For her who may everything at home, and with an address that works for its own office."""
    ines, chiara = enter("Inês Magalhães"), enter("Chiara Rossetti")
    ines.goes_to("/travessia/office/dossiers/?sort=name")
    ines.opens_the_first_row()
    dossier = ines.path
    assert re.fullmatch(r"/travessia/office/dossiers/[0-9A-Z]{4}-[0-9A-Z]{4}/", dossier)

    assert chiara.goes_to(dossier).status == 404
    chiara.reads_title("Page not found")
    assert chiara.goes_to(dossier.replace("travessia", "i-mesc")).status == 404
    assert chiara.goes_to("/travessia/office/").status == 404
    assert ines.goes_to("/i-mesc/office/").status == 404
