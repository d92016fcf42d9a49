"""The keys of the vault, from words to bytes. `python -m config.sealing_keys` draws a new one."""

# ruff: noqa: T201 - it prints what an operator copies into the environment

import re
import secrets
import sys
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from hashlib import sha256

from django.core.exceptions import ImproperlyConfigured

BYTES = 32  # AES-256
NAME = re.compile(r"[a-z0-9-]{1,20}")
DERIVED = "derived"


def keyring(words: Iterable[str], *, derive_from: str = "") -> dict[str, bytes]:
    """Key by its name, from words like `2027-01:BASE64`; the first seals, all of them open.

    derive_from: a secret from which one key is made where there are no words: for demonstrations
    and tests, never where anybody's data is. Raises ImproperlyConfigured without saying any key.
    """
    ring: dict[str, bytes] = {}
    for place, word in enumerate(words, start=1):
        name, _, encoded = word.partition(":")
        if not NAME.fullmatch(name) or name in ring:
            raise _refused(place, "its name is missing, in use, or not of a-z, 0-9 and hyphens")
        try:
            key = urlsafe_b64decode(encoded)
        except ValueError:
            raise _refused(place, "what follows the colon is not base64") from None
        if len(key) != BYTES:
            raise _refused(place, f"it has {len(key)} bytes")
        ring[name] = key
    if not ring and derive_from:
        ring[DERIVED] = sha256(f"Itinera seals with {derive_from}".encode()).digest()
    return ring


def _refused(place: int, why: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(
        f"SEALING_KEYS holds words like 2027-01:BASE64 with {BYTES} bytes each, apart by spaces; "
        f"word {place} is none: {why}. Draw one: python -m config.sealing_keys NAME."
    )


def main(arguments: list[str]) -> int:
    """Print a new key under the name given."""
    if len(arguments) != 1 or not NAME.fullmatch(arguments[0]):
        print("python -m config.sealing_keys NAME, as in 2027-01", file=sys.stderr)
        return 2
    print(f"{arguments[0]}:{urlsafe_b64encode(secrets.token_bytes(BYTES)).decode()}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
