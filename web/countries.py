"""Countries by name in the reader's language, for a form's choices."""

from functools import lru_cache

import pycountry
from babel import Locale, UnknownLocaleError
from django.utils.translation import get_language


def choices() -> list[tuple[str, str]]:
    """(code, name) in the order of the names."""
    return _choices(get_language() or "en")


def country_name(code: str) -> str:
    """The name, or the code itself where nobody has named it."""
    return dict(_choices(get_language() or "en")).get(code, code)


@lru_cache(maxsize=8)
def _choices(language: str) -> list[tuple[str, str]]:
    try:
        names = Locale.parse(language, sep="-").territories
    except (UnknownLocaleError, ValueError):
        names = Locale("en").territories
    found = [(each.alpha_2, names.get(each.alpha_2, each.name)) for each in pycountry.countries]
    return sorted(found, key=lambda pair: pair[1])
