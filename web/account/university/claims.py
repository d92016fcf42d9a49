"""What an issuer says of a person, brought to one shape: the names of MyAcademicID's claims.

Claims arrive as single texts or as lists, trimmed or not. Shapes: REFEDS' white paper on OpenID
Connect mappings; the European Student Identifier, `urn:schac:personalUniqueCode:int:esi:` and a
scope and a code, at most 255 characters; REFEDS' multi-factor profile as the value of `acr`.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

ESI = "urn:schac:personaluniquecode:int:esi:"
MOST_CHARACTERS = 255
MULTI_FACTOR = "https://refeds.org/profile/mfa"


@dataclass(frozen=True, slots=True)
class Claims:
    """email_verified: said in so many words. student_ids: European student identifiers, as given.

    second_factor: the issuer asked for one. auth_time: when it asked, seconds since 1970, or 0.
    """

    issuer: str
    sub: str
    email: str
    email_verified: bool
    name: str
    home_organization: str
    student_ids: tuple[str, ...]
    affiliations: tuple[str, ...]
    second_factor: bool
    auth_time: int

    def stored(self) -> dict[str, Any]:
        """What the account keeps: no more than it shows."""
        kept = asdict(self)
        del kept["second_factor"], kept["auth_time"]
        return {**kept, "student_ids": [*self.student_ids], "affiliations": [*self.affiliations]}


def read(told: Mapping[str, Any], proved: Mapping[str, Any]) -> Claims:
    """`told`: what the userinfo endpoint says. `proved`: the ID token, verified already."""
    affiliations = _texts(told.get("eduperson_scoped_affiliation"))
    return Claims(
        issuer=str(proved["iss"]),
        sub=str(proved["sub"]),
        email=_first(told.get("email")),
        email_verified=_yes(told.get("email_verified")),
        name=_name(told),
        home_organization=_first(told.get("schac_home_organization")).lower(),
        student_ids=tuple(filter(is_student_id, _texts(told.get("schac_personal_unique_code")))),
        affiliations=tuple(affiliations or _texts(told.get("eduperson_affiliation"))),
        second_factor=MULTI_FACTOR in _texts(proved.get("acr"))
        or "mfa" in _texts(proved.get("amr")),
        auth_time=_seconds(proved.get("auth_time")),
    )


def is_student_id(code: str) -> bool:
    """Whether a personal unique code is a European student identifier; case does not count."""
    return code.lower().startswith(ESI) and len(ESI) < len(code) <= MOST_CHARACTERS


def _texts(value: object) -> list[str]:
    """A text or a list of texts, as a list: normalized, trimmed, each once, none empty."""
    items = value if isinstance(value, list | tuple) else [value]
    texts = (unicodedata.normalize("NFC", item).strip() for item in items if isinstance(item, str))
    return list(dict.fromkeys(text[:MOST_CHARACTERS] for text in texts if text))


def _first(value: object) -> str:
    return next(iter(_texts(value)), "")


def _yes(value: object) -> bool:
    """Some issuers write the word as a text; a number is no answer."""
    return value is True or value == "true"


def _name(told: Mapping[str, Any]) -> str:
    parts = [_first(told.get("given_name")), _first(told.get("family_name"))]
    return " ".join(filter(None, parts)) or _first(told.get("name"))


def _seconds(value: object) -> int:
    """Booleans are numbers to Python, not to us."""
    return int(value) if isinstance(value, int | float) and not isinstance(value, bool) else 0
