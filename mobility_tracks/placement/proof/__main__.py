"""`python -m mobility_tracks.placement.proof FILE`: the check without Django's settings."""

# ruff: noqa: T201 - it prints, which is what it is for

import sys
from pathlib import Path

from mobility_tracks.placement.proof.telling import REFUSED, answer


def main() -> int:
    try:
        (name,) = sys.argv[1:]
        code, lines = answer(Path(name).read_text("utf-8"))
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return REFUSED
    print("\n".join(lines))
    return code


if __name__ == "__main__":
    sys.exit(main())
