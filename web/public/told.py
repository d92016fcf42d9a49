"""What a programme version says, in the reader's language, with its sources beside it. Pure."""

from collections.abc import Mapping
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consortium.models import Consortium
from mobility_tracks.calendar import resolve
from mobility_tracks.models import Period, ProgrammeVersion
from web import phrases


def words(version: ProgrammeVersion, consortium: Consortium, language: str) -> dict[str, Any]:
    """Texts in `language`, else in the consortium's own. `lang` says which one it became."""
    for code in (language, consortium.language):
        told = version.texts.get(code)
        if told:
            return {**told, "lang": code}
    return {
        "tagline": version.tagline,
        "summary": version.summary,
        "study": "",
        "admission": "",
        "answers": [],
        "lang": consortium.language,
    }


def facts(version: ProgrammeVersion) -> Mapping[str, Any]:
    told: Mapping[str, Any] = version.texts.get("facts", {})
    return told


def when(period: Period, year: int | None) -> str:
    """15 Sep 2027 – 20 Jan 2028, or the months alone where no intake is known."""
    ends = [resolve(each, year=year or 2000) for each in (period.starts, period.ends)]
    form = "j M Y" if year else "F"
    return " – ".join(dict.fromkeys(date_format(each, form) for each in ends if each))


def brief(version: ProgrammeVersion) -> list[dict[str, str]]:
    """Rows of summary_list.html: what holds for the whole of the study."""
    known = facts(version)
    languages = known.get("languages") or [version.language]
    rows = [
        (_("Taught in"), phrases.listed(phrases.language_name(code) for code in languages)),
        (_("You are registered"), phrases.registration(known.get("registration", ""))),
    ]
    return [{"label": label, "value": value} for label, value in rows if value]


def costs(version: ProgrammeVersion) -> list[dict[str, str]]:
    """Rows of summary_list.html."""
    return [
        {"label": _per(fee), "value": " ".join(part for part in _cost(fee) if part)}
        for fee in facts(version).get("fees", [])
    ]


def _cost(fee: Mapping[str, Any]) -> tuple[str, ...]:
    amount = number_format(fee["amount"], use_l10n=True, force_grouping=True)
    return (
        f"{amount} {fee['currency']}.",
        fee.get("covers", ""),
        _("Holders of the scholarship pay nothing.") if fee.get("exempt") else "",
        _source(fee.get("source", "")),
    )


def _per(fee: Mapping[str, Any]) -> str:
    return {
        "year": _("Each year"),
        "semester": _("Each semester"),
        "month": _("Each month"),
    }.get(fee["per"], _("For the whole programme"))


def _source(source: str) -> str:
    return _("Source: %(source)s.") % {"source": source} if source else ""


def figures(version: ProgrammeVersion, *, places: int | None) -> list[dict[str, str]]:
    """Cards of stat.html: only what is known."""
    months = facts(version).get("months")
    shown = [
        {"figure": f"{version.ects:g}", "label": _("ECTS credits")},
        {"figure": str(months), "label": ngettext("month", "months", months)} if months else None,
        {"figure": str(places), "label": _("places in the next class")} if places else None,
    ]
    return [each for each in shown if each]
