"""Every variation of docs/variations.md stands on the public page of its example."""

import json
import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consortium.access import acting
from consortium.actor import Actor
from consortium.models import Consortium
from mobility_tracks.domain.programmes import load_programme
from mobility_tracks.models import ProgrammeVersion
from tests.mobility_tracks.programme_parts import document
from tests.mobility_tracks.test_variations_table import EXAMPLES, PLAIN

# number of the variation, file, what its page says: the text of the page, spaces as one
SHOWN = [
    (1, "europhotonics", "Marseille, Karlsruhe, Marseille MRS KAR MRS lab"),
    (2, "europhotonics", "Marseille, Marseille, Karlsruhe MRS MRS KAR lab"),
    (2, "europhotonics", "Marseille, Karlsruhe, Karlsruhe MRS KAR KAR lab"),
    (2, "emle", "Without specialisation RTM or HAM or BLQ GNT or HAM or BLQ any"),
    (3, "modsicopsys", "You choose when you apply. Where seats are short, the ranking of the admission"),
    (3, "qem", "You choose when you are admitted. The board decides."),
    (3, "i-mesc", "You choose during Semester 2. Wishes are met as far as seats allow."),
    (
        4,
        "emle",
        "Public and International Law Begins in Term 2. Not tied to a host. Gives a certificate",
    ),
    (5, "travessia", "Stage Taught in Term 2 (SSA)."),
    (5, "travessia", "SSA Escola de Artes do Recôncavo Specialisation: Stage."),
    (5, "emle", "GNT or HAM or BLQ any Specialisation: Markets, Corporations and Regulators."),
    (6, "qem", "Year 2 in Warsaw Year 2 in Bielefeld Year 1 from Bielefeld yes yes yes – no – no yes"),
    (7, "crossways", "LIS For those who pass Semester 1 (LIS), Semester 2 (LIS) or Semester 4 (LIS)."),
    (7, "atelier", "Gijón, then Rijeka GIJ GIJ OST RJK RJK RJK"),
    (7, "atelier", "Rijeka, then Gijón RJK RJK OST RJK GIJ GIJ"),
    (8, "qem", "VEN Università Ca' Foscari Venezia Only for: Class of 2021, Class of 2022."),
    (9, "atelier", "Home: Semester 1 and Half at school, at one host. Mobility: Semester 3 and Master's"),
    (10, "crossways", "On every line: Home: Semester 2 and Semester 3, at one host."),
    (10, "crossways", "Rio de Janeiro and Mexico City are never home."),
    (11, "atelier", "May – July 18 ECTS Half at the yard OST Bootswerft Ostwind"),
    (11, "modsicopsys", "BE Université Marie et Louis Pasteur Shared with Université Claude Bernard"),
    (12, "i-mesc", "Integration week AMI Université de Picardie Jules Verne On days of Semester 1 too."),
    (12, "atelier", "August – September 6 ECTS Summer school RJK Škola Kvarner"),
    (12, "europhotonics", "The partners choose the place each year. Optional, outside the total."),
    (13, "travessia", "With a virtual part by Escola de Artes do Recôncavo, 1 ECTS."),
    (14, "travessia", "With a second supervisor at Instituto de Cena e Imagem da Guanabara."),
    (15, "travessia", "LAN Companhia Lanterna Company, Salvador, with SSA"),
    (15, "i-mesc", "Host research and theses DEA Deakin University"),
    (15, "i-mesc", "CIC CIC energiGUNE Research centre, Vitoria-Gasteiz, with BIL"),
    (15, "europhotonics", "Outside the consortium: A company or a research laboratory."),
    (16, "emle", "ECTS credits 60"),
    (16, "emle", "October – December 20 ECTS Term 1"),
    (16, "travessia", "ECTS credits 90"),
    (16, "i-mesc", "ECTS credits 120"),
    (17, "crossways", "at European universities. Only for students from partner countries."),
    (17, "emle", "At most one term is spent in Haifa or Mumbai."),
    (18, "crossways", "Canada and the United Kingdom are not visited in the same academic year."),
    (18, "travessia", "Nobody spends one term in Salvador and another in Rio de Janeiro."),
    (19, "i-mesc", "in two countries that are not the country of residence at enrolment"),
    (19, "emle", "A resident of the Netherlands spends at most one term in Rotterdam"),
    (19, "modsicopsys", "The four semesters lead through at least two countries."),
    (20, "europhotonics", "At least one semester of courses is spent elsewhere than in Marseille."),
    (20, "atelier", "The first year holds between 54 and 66 credits."),
    (21, "i-mesc", "BIL University of the Basque Country 10 seats."),
    (21, "atelier", "The groups of semester 3 are of exactly equal size."),
    (21, "atelier", "8 seats. Rijeka teaches semester 3 to at least six students."),
    (21, "europhotonics", "have equally many students, give or take one."),
    (21, "travessia", "6 seats. Amiens opens in term 3 once Rio de Janeiro and Ljubljana are full."),
    (21, "travessia", "12 to 24 seats."),
    (22, "europhotonics", "MRS KAR MRS lab Only for holders of AMU TIGER."),
    (22, "europhotonics", "Karlsruhe and back. Only for holders of AMU TIGER."),
    (23, "europhotonics", "Entry in the second year any lab A shorter way of 60 ECTS."),
    (23, "qem", "Summer term instead of year 1 yes – no yes yes yes – no"),
    (24, "modsicopsys", "Master of IL One of several degrees IL For those who pass Semester 1 (IL) or"),
    (24, "modsicopsys", "IL IL BE BO Leads to: Master of Besançon or Lyon (BE, LY); Master of IL (IL)."),
    (24, "qem", "Joint degree PAR BCN VEN BIE On these lines: Year 1 from Bielefeld."),
    (24, "crossways", "Depending on the hosts you choose: degrees of BGY, LIS, POZ,"),
    (24, "crossways", "Teach, and award no degree SCQ University of Santiago de Compostela"),
    (25, "travessia", "Taught in Portuguese. 8 seats. Teaching in Salvador is in Portuguese, and asks"),
    (25, "atelier", "GIJ Escuela del Rompeolas A master's work in Gijón follows a semester in its"),
    (26, "travessia", "The project begins with at least 45 credits of the three terms."),
    (26, "qem", "The second year begins with a grade point average of 3.0 or better"),
    (27, "i-mesc", "of the third semester are of equal size. The board may decide otherwise."),
    (27, "qem", "LLN WAW BIE You choose when you are admitted. The board decides."),
    (28, "europhotonics", "For some only Holders of the AMU TIGER scholarship go from Marseille"),
    (28, "qem", "by exception only. Only for holders of an Erasmus Mundus scholarship. The board may"),
    (29, "emle", "You are registered At several universities at a time."),
    (29, "atelier", "You are registered At all universities at once."),
]  # fmt: skip  # a table, read by its rows
FILES = sorted({file for _, file, _ in SHOWN})


def said(html: str) -> str:
    """The text of a page as one reads it, without its pictures."""
    main = re.sub(r"<svg.*?</svg>", " ", html[html.index("<main") :], flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


@pytest.fixture
def shown(browse, at):
    """Load a file; the HTML of its page."""

    def page(name: str) -> str:
        load_programme(document(name), at=at)
        response = browse().get(f"/{name}/")
        assert response.status_code == 200
        return response.content.decode()

    return page


def test_every_example_of_the_table_has_words_here():
    told = {(str(number), file) for number, file, _ in SHOWN}
    assert told == {(number, file) for number, file, _, _ in EXAMPLES}


@pytest.mark.parametrize("name", FILES)
def test_the_page_says_it(name, shown):
    text = said(shown(name))
    unsaid = [
        (number, words) for number, file, words in SHOWN if file == name and words not in text
    ]
    assert unsaid == []


def test_parts_of_a_semester_stand_inside_it(shown):
    html = shown("atelier")
    inside = html.split('<ol class="periods__parts">')[1].split("</ol>")[0]
    assert re.findall(r"<h4>(.*?)</h4>", inside) == ["Half at school", "Half at the yard"]
    assert html.count("Half at the yard</h4>") == 1


@pytest.mark.parametrize(
    ("name", "crowd", "other"), [("emle", "any", "lab"), ("i-mesc", "lab", "any")]
)
def test_a_crowd_on_the_map_is_a_laboratory_in_a_thesis_only(name, crowd, other, shown):
    drawing = re.search(r"<svg[^>]*pic--wide.*?</svg>", shown(name), re.DOTALL)[0]
    assert f">{crowd}<" in drawing
    assert f">{other}<" not in drawing


def test_no_map_is_drawn_of_nameless_hosts(shown):
    assert "pic--wide" not in shown("crossways")
    assert "pic--wide" in shown("qem")


def test_a_way_past_an_optional_period_is_drawn(shown):
    """The summer term of QEM is left out, so that semester 2 leads to semester 3."""
    text = said(shown("qem"))
    assert "s2 PAR Université Paris 1 Panthéon-Sorbonne s3 BCN" in text


def test_what_stands_on_every_line_stands_once(shown):
    text = said(shown("atelier"))
    assert text.count("Leads to: Joint Master in Making and Repair") == 1


def test_many_lines_and_crowded_hosts_are_folded(shown):
    html = shown("qem")
    assert "18 lines, stop by stop</summary>" in html
    assert html.count("<summary>Host by host</summary>") == 3
    assert "12 more lines</summary>" in shown("modsicopsys")


@pytest.mark.parametrize("name", FILES)
def test_remarks_for_editors_stay_in_the_file(name, shown):
    text = said(shown(name))
    version = current(name)
    kept = json.dumps(
        {key: each for key, each in version.texts["facts"].items() if key != "appeals"},
        ensure_ascii=False,
    )
    remarks = [each for each in remarks_of(PLAIN[name]) if len(each) > 20]
    assert remarks
    assert [each for each in remarks if each in text or each in kept] == []


def current(name: str) -> ProgrammeVersion:
    consortium = Consortium.objects.get(slug=name)
    with acting(Actor.system(consortium.pk)):
        return ProgrammeVersion.objects.get(consortium=consortium, state="published")


def remarks_of(plain):
    if isinstance(plain, list):
        return [each for item in plain for each in remarks_of(item)]
    if not isinstance(plain, dict):
        return []
    own = [" ".join(plain[key].split()) for key in ("note", "assumption") if key in plain]
    return own + [each for item in plain.values() for each in remarks_of(item)]


def test_queries_do_not_grow_with_the_programme(shown, browse):
    """Three parts and no tracks of much, against forty offerings; neither has a call."""
    spent = {}
    for name in ("atelier", "crossways", "modsicopsys"):
        shown(name)
        with CaptureQueriesContext(connection) as queries:
            browse().get(f"/{name}/")
        spent[name] = len(queries)
    assert len(set(spent.values())) == 1, spent


def test_a_version_loaded_before_these_facts_still_has_its_page(shown, browse):
    shown("atelier")
    version = current("atelier")
    with acting(Actor.system(version.consortium_id)):
        facts = {"fees": [], "languages": ["en"], "months": 24}
        ProgrammeVersion.objects.filter(pk=version.pk).update(texts={"facts": facts})
    text = said(browse().get("/atelier/").content.decode())
    assert "Half at the yard" in text
    assert "Kiel, then Gijón" in text
