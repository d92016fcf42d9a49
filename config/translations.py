"""Compiled catalogues are not kept in the repository: made here, without gettext's programs."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parents[1] / "locale"


def compile_stale(folder: Path = LOCALE) -> int:
    """Write the `.mo` beside every `.po` that is newer than it; how many were written."""
    stale = [source for source in folder.glob("*/LC_MESSAGES/*.po") if _stale(source)]
    for source in stale:
        with source.open("rb") as catalogue, source.with_suffix(".mo").open("wb") as compiled:
            write_mo(compiled, read_po(catalogue))
    return len(stale)


def _stale(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime
