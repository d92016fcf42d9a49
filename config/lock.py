"""Write requirements.lock anew: what runs first, then what only developers need.

Versions stay as they are unless pyproject.toml excludes them; `--upgrade` takes the newest.
"""

# ruff: noqa: S603, T201 - it prints, and runs only commands written here

import re
import subprocess
import sys

from config.installation import DEVELOPMENT, LOCK, ROOT, VENV
from config.installers import find_uv

OPTIONS = (
    "--universal",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-header",
    "--no-annotate",
    "--python-version=3.11",
    "--quiet",
)


def main(arguments: list[str]) -> int:
    uv = find_uv(VENV)
    if not uv:
        print(
            "The lock is made by uv. Install it, or run make quick once: it brings one.",
            file=sys.stderr,
        )
        return 1
    compile_ = [uv, "pip", "compile", "pyproject.toml", *OPTIONS]
    subprocess.run([*compile_, "--group", "dev", "-o", str(LOCK), *arguments], check=True, cwd=ROOT)
    everything = LOCK.read_text()
    runtime = subprocess.run(
        [*compile_, "--constraints", str(LOCK)],
        check=True,
        cwd=ROOT,
        capture_output=True,
        text=True,
    ).stdout
    LOCK.write_text(_sorted_by_need(everything, {_name(block) for block in _blocks(runtime)}))
    return 0


def _sorted_by_need(everything: str, runtime: set[str]) -> str:
    blocks = _blocks(everything)
    first = [block for block in blocks if _name(block) in runtime]
    then = [block for block in blocks if _name(block) not in runtime]
    return "".join([*first, DEVELOPMENT, "\n", *then])


def _blocks(lock: str) -> list[str]:
    """One string per requirement: its line and the hashes beneath."""
    return re.findall(r"^[a-z0-9].*\n(?: .*\n)*", lock, re.MULTILINE)


def _name(block: str) -> str:
    return re.split(r"[=\[ ;]", block)[0]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
