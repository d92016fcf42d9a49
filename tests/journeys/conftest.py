"""One demonstration and one browser for all stories, and a browser window for each person in them."""

import os
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from tests.config.conftest import ROOT
from tests.journeys.browser import open_browser
from tests.journeys.inspection import Inspector, State, figures, table
from tests.journeys.server import Demo, running_demo
from tests.journeys.steps import Person

collect_ignore = [] if os.environ.get("ITINERA_PICTURES") == "1" else ["test_pictures.py"]
FIGURES = pytest.StashKey[list[str]]()
LOOKS = ROOT / "var" / "journeys" / "looks.md"
# The stories share one clock and one year. Whatever shuffles other tests, they go in this order.
ORDER = (
    *("pictures", "applicant", "without_script", "looks", "reviewer"),
    *(
        "wishes",
        "office",
        "workshop",
        "rights",
        "accounts",
        "allocation",
        "tracks",
        "seats",
        "last_looks",
    ),
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    mine = [(place, item) for place, item in enumerate(items) if _story(item)]
    for item, (place, _) in zip(sorted((item for _, item in mine), key=_place), mine, strict=True):
        items[place] = item
        item.add_marker("journey")


def _story(item: pytest.Item) -> str:
    found = re.fullmatch(r"test_(\w+)\.py", item.path.name)
    return found[1] if found and item.path.parent.name == "journeys" else ""


def _place(item: pytest.Item) -> tuple[int, int]:
    return ORDER.index(_story(item)), item.reportinfo()[1] or 0


def pytest_configure(config: pytest.Config) -> None:
    config.stash[FIGURES] = []


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    for line in config.stash[FIGURES]:
        terminalreporter.line(line)


@pytest.fixture(scope="session")
def tell(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Figures to print at the end, whatever pytest does with output."""
    return request.config.stash[FIGURES].append


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with open_browser() as browser:
        yield browser


@pytest.fixture(scope="session")
def demo(browser: Browser, tell: Callable[[str], None]) -> Iterator[Demo]:
    """After the browser: without one nothing has to be started."""
    with running_demo() as demo:
        tell(f"the demo, from nothing to ready: {demo.seconds:.0f} s")
        yield demo


@pytest.fixture(scope="session")
def somebody(browser: Browser, demo: Demo) -> Iterator[Callable[..., Person]]:
    """Opens a window of its own for a person who is not signed in."""
    opened = []

    def open_window(**settings: object) -> Person:
        context = browser.new_context(base_url=demo.url, **settings)  # type: ignore[arg-type]  # what a test asks for
        context.set_default_timeout(30_000)
        opened.append(context)
        return Person(context.new_page(), demo.url)

    yield open_window
    for context in opened:
        context.close()


@pytest.fixture(scope="session")
def enter(somebody: Callable[..., Person]) -> Callable[[str], Person]:
    """Whom the role chooser knows by that name or role, at their door, in the window they have."""
    known: dict[str, tuple[Person, str]] = {}

    def through_the_chooser(who: str) -> Person:
        if who in known:
            person, door = known[who]
            person.goes_to(door)
            return person
        person = somebody()
        person.enters_as(who)
        known[who] = person, person.path
        return person

    return through_the_chooser


@pytest.fixture(scope="session")
def inspector(
    somebody: Callable[[], Person], enter: Callable[[str], Person], tell: Callable[[str], None]
) -> Iterator[Callable[[str], Inspector]]:
    """Whoever looks at pages in a role. At the end everything seen is written down."""
    known: dict[str, Inspector] = {}
    states: list[State] = []

    def of(who: str) -> Inspector:
        if who not in known:
            person = somebody() if who in {"visitor", "referee"} else enter(who)
            known[who] = Inspector(who, person, states)
        return known[who]

    yield of
    LOOKS.parent.mkdir(parents=True, exist_ok=True)
    LOOKS.write_text(table(states))
    tell(f"{figures(states)} ({LOOKS.relative_to(ROOT)})")


@pytest.fixture
def clock(enter: Callable[[str], Person]) -> Iterator[Callable[[str], None]]:
    """Moves the demonstration's clock by its own page, and back at the end."""

    def move(words: str) -> None:
        chiara = enter("Chiara Rossetti")
        chiara.goes_to("/demo/clock/")
        chiara.presses(words)
        chiara.sees("The clock has moved; what was due has been done.")

    yield move
    move("Back to the first morning")
