"""Phrases about a way of study, from the facts of a version. Pure: words in, words out."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from babel import Locale, UnknownLocaleError
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from web.countries import country_name

Facts = Mapping[str, Any]


def credits_of(number: Any) -> str:
    return _("%(n)s ECTS") % {"n": number_format(number, use_l10n=True)}


def listed(words: Iterable[str], last: str = "") -> str:
    """One, two and three; nothing for none. `last` is the word before the last one."""
    *first, end = list(words) or [""]
    return f"{', '.join(first)} {last or _('and')} {end}" if first else end


def language_name(code: str) -> str:
    """The name in the reader's language, or the code where nobody has named it."""
    return _languages(get_language() or "en").get(code, code)


@lru_cache(maxsize=8)
def _languages(language: str) -> Mapping[str, str]:
    try:
        return Locale.parse(language, sep="-").languages
    except (UnknownLocaleError, ValueError):
        return Locale("en").languages


def registration(how: str) -> str:
    """At how many universities one is registered; empty where the file does not say."""
    return {
        "one": _("At one university at a time."),
        "several": _("At several universities at a time."),
        "all": _("At all universities at once."),
    }.get(how, "")


def choice(told: Facts, titles: Mapping[str, str]) -> str:
    """When the choice is asked and what settles it. `titles`: of periods, by key."""
    asked = {
        "application": _("You choose when you apply."),
        "admission": _("You choose when you are admitted."),
    }.get(told["asked_at"]) or _("You choose during %(period)s.") % {
        "period": titles.get(told["period"], told["period"])
    }
    return f"{asked} {_settled(told, titles)}"


def _settled(told: Facts, titles: Mapping[str, str]) -> str:
    if told["settled_by"] == "board":
        return _("The board decides.")
    if told["settled_by"] == "preference":
        return _("Wishes are met as far as seats allow.")
    graded = [titles.get(key, key) for key in told.get("merit_of", [])]
    if not graded:
        return _("Where seats are short, the ranking of the admission decides.")
    return _("Where seats are short, the grades of %(periods)s decide.") % {
        "periods": listed(graded)
    }


def audience(told: Facts | None) -> str:
    """Only for whom; empty where everybody is meant."""
    if not told:
        return ""
    homes = [country_name(code) for code in told["residence"]]
    groups = (
        [_holders(key) for key in told["funding"]],
        [_category(key) for key in told["categories"]],
        [_("residents of %(countries)s") % {"countries": listed(homes, _("or"))}] if homes else [],
    )
    whom = [listed(group, _("or")) for group in groups if group]
    return _("Only for %(whom)s.") % {"whom": listed(whom)} if whom else ""


def _holders(key: str) -> str:
    """Of a kind of funding, or of a line that the file names by its key alone."""
    return {
        "emjm": _("holders of an Erasmus Mundus scholarship"),
        "waiver": _("students with a fee waiver"),
        "self-funded": _("students who fund themselves"),
    }.get(key.replace("_", "-")) or _("holders of %(name)s") % {
        "name": key.replace("-", " ").upper()
    }


def _category(key: str) -> str:
    return {
        "partner-country": _("students from partner countries"),
        "programme-country": _("students from programme countries"),
    }.get(key) or _("students of the category %(name)s") % {"name": key.replace("-", " ")}


def role(told: Facts, titles: Mapping[str, str]) -> str:
    """Home: Semester 2 and Semester 3, at one host."""
    known = {"home": _("Home"), "mobility": _("Mobility"), "host": _("Host")}
    words = {
        "role": known.get(told["key"]) or capfirst(told["key"].replace("-", " ")),
        "periods": listed(titles.get(key, key) for key in told["periods"]),
    }
    if len(told["periods"]) == 1:
        return _("%(role)s: %(periods)s.") % words
    return _("%(role)s: %(periods)s, at one host.") % words


def seats(least: int | None, most: int | None) -> str:
    if most is None:
        return _("Opens with %(n)d students or more.") % {"n": least} if least else ""
    if least:
        return _("%(least)d to %(most)d seats.") % {"least": least, "most": most}
    return ngettext("%(n)d seat.", "%(n)d seats.", most) % {"n": most}


def shared(told: Facts) -> str:
    """A further organisation in an offering, and its share of the credits."""
    words = {
        "co_host": _("Shared with %(name)s"),
        "virtual_provider": _("With a virtual part by %(name)s"),
        "co_supervisor": _("With a second supervisor at %(name)s"),
    }[told["part"]] % {"name": told["name"]}
    return f"{words}, {credits_of(told['ects'])}." if told["ects"] else f"{words}."
