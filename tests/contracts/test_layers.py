"""The side doors, held shut: who may import what, and how delivery code reaches rows."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HOUSE = (
    "config",
    "consortium",
    "partners",
    "mobility_tracks",
    "admissions",
    "web",
    "api",
    "demo",
    "bench",
)
# Queryset methods that only join and defer end in a scoped call; `all` starts a class attribute.
READS = {"for_actor", "reach", "all", "in_full"}
WRITES = {"save", "create", "bulk_create", "update_or_create", "get_or_create", "delete", "update"}


def sources(*folders: str) -> list[Path]:
    return [
        path
        for folder in folders
        for path in sorted((ROOT / folder).rglob("*.py"))
        if "migrations" not in path.parts
    ]


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", sources("web", "api"), ids=_name)
def test_delivery_code_reaches_rows_through_for_actor_only(path: Path):
    if "account" in path.parts:  # accounts belong to no consortium; allauth writes them
        return
    offences = []
    for node in ast.walk(ast.parse(path.read_text())):
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Attribute)
            and node.value.attr == "objects"
            and node.attr not in READS
        ):
            offences.append(f"{node.lineno}: .objects.{node.attr}")
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            if node.func.attr in WRITES and not _is_plain_mapping(owner):
                offences.append(f"{node.lineno}: .{node.func.attr}(")
    assert offences == []


def _is_plain_mapping(owner: ast.expr) -> bool:
    """`context.update(...)`, `self.kwargs.update(...)`: dictionaries, by the names they go by.

    And `reviews.save(...)`: an act of the domain whose module is a plural noun.
    """
    name = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
    return name in {
        "context",
        "kwargs",
        "attrs",
        "data",
        "fields",
        "values",
        "headers",
        "session",
    } | {"reviews"}


@pytest.mark.parametrize("path", sources(*HOUSE), ids=_name)
def test_guardian_is_imported_in_the_kernel_only(path: Path):
    text = path.read_text()
    if path.relative_to(ROOT).parts[:2] == ("consortium", "models"):
        return
    assert "import guardian" not in text
    assert "from guardian" not in text


@pytest.mark.parametrize("path", sources(*HOUSE, "tests"), ids=_name)
def test_files_stay_small(path: Path):
    assert len(path.read_text().splitlines()) <= 400


@pytest.mark.parametrize("path", sources("admissions", "mobility_tracks", "partners"), ids=_name)
def test_domains_do_not_read_the_clock(path: Path):
    if path.name == "tasks.py" or "management" in path.parts:
        return
    text = path.read_text()
    for call in ("timezone.now(", "datetime.now(", "clock.now(", "date.today("):
        assert call not in text


@pytest.mark.parametrize("path", sources(*HOUSE), ids=_name)
def test_locks_keep_nobody_from_referring_to_a_row(path: Path):
    """docs/adr/0010-journal-chain.md; tests/consortium/test_locks.py shows what would happen."""
    calls = [
        node
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "select_for_update"
    ]
    full = [call.lineno for call in calls if "no_key" not in {k.arg for k in call.keywords}]
    assert full == []


def test_no_page_reads_accounts():
    for path in sources("web", "api"):
        if "account" not in path.parts:
            assert "User.objects" not in path.read_text(), path
