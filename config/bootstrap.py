"""The door for a fresh machine: `python3 -m config.bootstrap [--dev] MODULE [ARGUMENT...]`.

Makes `.venv`, installs the lock into it and becomes `.venv/bin/python -m MODULE`. Any Python,
old ones too, must be able to parse this file: it says which one is needed.
"""

import sys

OLDEST = (3, 11)
found = tuple(sys.version_info[:2])

if found < OLDEST:
    sys.exit(
        "Itinera needs Python %d.%d or newer; this is %d.%d. "  # noqa: UP031  # read by older Pythons too
        "Install a newer one from python.org or your system's packages (Debian, Ubuntu: "
        "apt install python3 python3-venv), or name one that is there: "
        "make demo PYTHON=python3.12" % (OLDEST + found)
    )

if __name__ == "__main__":
    from config import installation

    sys.exit(installation.main(sys.argv[1:]))
