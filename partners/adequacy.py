"""Where personal data may go without anything being recorded: by country. Pure data and one question.

Within the EEA (GDPR, taken into the EEA Agreement by Joint Committee Decision No 154/2018 of 6 July
2018) there is no transfer; for a country with an adequacy decision of the Commission none is needed
(GDPR Art. 45). A decision that covers some recipients only says nothing about a public university:
for those a basis is recorded by hand. State of the list: 26 January 2026, Brazil's decision.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EU = frozenset(
    {
        *("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU"),
        *("IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"),
    }
)
# Parts of member states with country codes of their own where Union law applies (Art. 355 TFEU).
OF_MEMBER_STATES = frozenset(["AX", "GF", "GP", "MF", "MQ", "RE", "YT"])
EEA = EU | OF_MEMBER_STATES | frozenset(["IS", "LI", "NO"])
EEA_SOURCE = "Regulation (EU) 2016/679, EEA Joint Committee Decision No 154/2018"


@dataclass(frozen=True, slots=True)
class Decision:
    """An adequacy decision. until: the last day of one that ends. only: whom it covers, if not all."""

    country: str
    number: str
    adopted: date
    until: date | None = None
    only: Promise | str = ""

    @property
    def source(self) -> str:
        return f"{self.number}, {self.adopted:%Y-%m-%d}"


@dataclass(frozen=True, slots=True)
class Derived:
    """What the country alone gives. until: from when on it no longer does."""

    label: Promise
    source: str
    until: datetime | None = None


DECISIONS = {
    each.country: each
    for each in (
        Decision("AD", "2010/625/EU", date(2010, 10, 19)),
        Decision("AR", "2003/490/EC", date(2003, 6, 30)),
        Decision("BR", "(EU) 2026/179", date(2026, 1, 26)),
        Decision(
            "CA",
            "2002/2/EC",
            date(2001, 12, 20),
            only=_("commercial organisations under Canada's federal act (PIPEDA)"),
        ),
        Decision("CH", "2000/518/EC", date(2000, 7, 26)),
        Decision("FO", "2010/146/EU", date(2010, 3, 5)),
        # Renewed on 19 December 2025, until 27 December 2031.
        Decision("GB", "(EU) 2021/1772", date(2021, 6, 28), until=date(2031, 12, 27)),
        Decision("GG", "2003/821/EC", date(2003, 11, 21)),
        Decision("IL", "2011/61/EU", date(2011, 1, 31)),
        Decision("IM", "2004/411/EC", date(2004, 4, 28)),
        Decision("JE", "2008/393/EC", date(2008, 5, 8)),
        # Recital 10: public bodies are not its object; those at academic studies are exempt (Art. 1).
        Decision(
            "JP",
            "(EU) 2019/419",
            date(2019, 1, 23),
            only=_("business operators under the Japanese act, not public bodies"),
        ),
        Decision("KR", "(EU) 2022/254", date(2021, 12, 17)),
        Decision("NZ", "2013/65/EU", date(2012, 12, 19)),
        Decision(
            "US",
            "(EU) 2023/1795",
            date(2023, 7, 10),
            only=_("organisations that take part in the EU-US Data Privacy Framework"),
        ),
        Decision("UY", "2012/484/EU", date(2012, 8, 21)),
    )
}


def derived(country: str) -> Derived | None:
    """The basis that a country alone gives, None where one has to be recorded."""
    if country in EEA:
        return Derived(_("within the European Economic Area"), EEA_SOURCE)
    found = DECISIONS.get(country)
    if found is None or found.only:
        return None
    until = _after(found.until) if found.until else None
    return Derived(_("a country with adequate protection"), found.source, until)


def _after(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=UTC)


def partial(country: str) -> Decision | None:
    """The decision that covers some recipients of a country only."""
    found = DECISIONS.get(country)
    return found if found is not None and found.only else None
