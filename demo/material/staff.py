"""Institutions and their staff: reviewers, coordinators, the cast of the role chooser."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Institution:
    """A partner of one of the two consortia; those of the arts are invented."""

    key: str
    name: str
    short: str
    city: str
    country: str
    theme: str


@dataclass(frozen=True)
class Member:
    """A member of staff: `role` is reviewer, partner_coordinator, coordinator or operator, or one of
    those of demo/seed/desks.py: observer, committee, delegate, finance, inclusion."""

    key: str
    title: str
    given_names: str
    family_name: str
    role: str
    institution: str
    theme: str
    expertise: str

    @property
    def email(self) -> str:
        """An address that cannot exist."""
        return f"{self.key}@{self.institution}.example"

    @property
    def name(self) -> str:
        """Given names and family name."""
        return f"{self.given_names} {self.family_name}"


@dataclass(frozen=True)
class CastMember:
    """One card of the role chooser; `role` as in `Member`, or applicant or referee."""

    role: str
    key: str
    name: str
    email: str
    place: str
    waiting: str


INSTITUTIONS: dict[str, Institution] = {
    house.key: house
    for house in (
        Institution(
            "amiens", "Université de Picardie Jules Verne", "UPJV", "Amiens", "FR", "energy"
        ),
        Institution("toulouse", "Université de Toulouse", "UT", "Toulouse", "FR", "energy"),
        Institution("warsaw", "Warsaw University of Technology", "WUT", "Warsaw", "PL", "energy"),
        Institution("ljubljana", "University of Ljubljana", "UL", "Ljubljana", "SI", "energy"),
        Institution(
            "bilbao", "University of the Basque Country", "UPV/EHU", "Bilbao", "ES", "energy"
        ),
        Institution(
            "bureau", "Bureau for the Quality of Joint Degrees", "BQJD", "Brussels", "BE", "energy"
        ),
        Institution("porto", "Escola de Artes do Cais, Porto", "EAC", "Porto", "PT", "arts"),
        Institution("tampere", "Kosken Taidekoulu, Tampere", "KTK", "Tampere", "FI", "arts"),
        Institution("krakow", "Szkoła Sztuk nad Wisłą, Kraków", "SSW", "Kraków", "PL", "arts"),
    )
}

_ROWS = """
chiara | Dr | Chiara | Rossetti | coordinator | amiens | energy | programme office
bruno | Dr | Bruno | Castelnau | partner_coordinator | toulouse | energy | ceramics for fuel cells
agata | Dr | Agata | Zielińska-Mróz | partner_coordinator | warsaw | energy | thin films
gasper | Dr | Gašper | Črnigoj | partner_coordinator | ljubljana | energy | electrode processing
amaia | Dr | Amaia | Ibarguengoitia | partner_coordinator | bilbao | energy | thermal storage
noemie | Dr | Noémie | Castaing | inclusion | amiens | energy | disability service
lena | Dr | Lena | Hribernik | reviewer | ljubljana | energy | solid electrolytes
maialen | Dr | Maialen | Urrutia Zabala | reviewer | bilbao | energy | sodium-ion cells
lea | Prof. | Léa | Béranger | reviewer | amiens | energy | cathode materials
mathieu | Dr | Mathieu | Le Dantec | reviewer | amiens | energy | operando diffraction
yasmina | Dr | Yasmina | Benchikh | reviewer | amiens | energy | recycling
etienne | Prof. | Étienne | Fourcade | reviewer | toulouse | energy | supercapacitors
oceane | Dr | Océane | Delmas-Puig | reviewer | toulouse | energy | modelling
nils | Dr | Nils | Vercruysse | reviewer | toulouse | energy | sintering
wojciech | Prof. | Wojciech | Gołąbek | reviewer | warsaw | energy | ionic conductors
kinga | Dr | Kinga | Brzozowiec | reviewer | warsaw | energy | electrolytes
stanislaw | Dr | Stanisław | Ścibor-Wilk | reviewer | warsaw | energy | fuel cells
matjaz | Prof. | Matjaž | Zupanc-Rožman | reviewer | ljubljana | energy | multivalent batteries
spela | Dr | Špela | Jamnikar | reviewer | ljubljana | energy | impedance
unai | Prof. | Unai | Goikoetxea Sáez | reviewer | bilbao | energy | heat transfer
garazi | Dr | Garazi | Aranburu Prieto | reviewer | bilbao | energy | hydrogen storage
solveig | Dr | Solveig | Aune-Lindqvist | observer | bureau | energy | external evaluation
radek | Prof. | Radosław | Kosmala | committee | warsaw | energy | selection
fanny | Dr | Fanny | Escoffier-Lagarde | delegate | toulouse | energy | welcome of students
ines | Prof. | Inês | Magalhães de Sá | coordinator | porto | arts | artistic research
paivi | Dr | Päivi | Yli-Räsänen | partner_coordinator | tampere | arts | sound
jedrzej | Dr | Jędrzej | Mazurkowski | partner_coordinator | krakow | arts | scenography
goncalo | Prof. | Gonçalo | Ferrão Queirós | reviewer | porto | arts | curating
mafalda | Dr | Mafalda | Simões Brandão | reviewer | porto | arts | textile heritage
eetu | Dr | Eetu | Määttänen | reviewer | tampere | arts | performance archives
aino | Prof. | Aino | af Ekenholm | reviewer | tampere | arts | film
zofia | Prof. | Zofia | Wiśniewska-Kern | reviewer | krakow | arts | conservation
kamil | Dr | Kamil | Dąbrowiecki | reviewer | krakow | arts | theatre history
graca | | Graça | Teles Vidigal | finance | porto | arts | accounts
tomi | | Tomi | Aaltonen-Okoro | operator | itinera | all | operations
"""


def _members() -> dict[str, Member]:
    rows = (tuple(cell.strip() for cell in row.split("|")) for row in _ROWS.strip().splitlines())
    return {row[0]: Member(*row) for row in rows}


STAFF: dict[str, Member] = _members()

AMINA_EMAIL = "amina.belhadi@students.example"
ITO_EMAIL = "y.ito@sendai-institute.example"
ITO_NAME = "Yoriko Ito"
ITO_PLACE = "Sendai Institute of Applied Sciences"


def staff(theme: str, role: str | None = None) -> tuple[Member, ...]:
    """The staff of the consortium of `theme`, of one role if given."""
    everybody = (member for member in STAFF.values() if member.theme == theme)
    return tuple(member for member in everybody if role in (None, member.role))


def _card(key: str, role: str, waiting: str) -> CastMember:
    member = STAFF[key]
    house = INSTITUTIONS.get(member.institution)
    place = house.name if house else "Itinera"
    return CastMember(role, key, member.name, member.email, place, waiting)


CAST: tuple[CastMember, ...] = (
    CastMember(
        "applicant", "amina", "Amina Belhadi", AMINA_EMAIL, "Settat",
        "A file that lacks one photo and has not been sent.",
    ),
    CastMember("referee", "ito", f"Prof. {ITO_NAME}", ITO_EMAIL, ITO_PLACE, "Letters to write."),
    _card("lena", "reviewer", "Files to read and to mark."),
    _card("maialen", "reviewer", "The second reader of Lena's files."),
    _card("bruno", "partner_coordinator", "Seats to confirm for the second semester."),
    _card("chiara", "coordinator", "A ranking to close and offers to release."),
    _card("tomi", "operator", "Two consortia to keep running."),
)  # fmt: skip  # a table, read by its rows
