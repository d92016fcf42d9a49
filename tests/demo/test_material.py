"""The demonstration's invented material: the same everywhere, varied, small and well formed."""

import hashlib
import io
import random
import struct
import subprocess
import sys
import unicodedata
import zlib
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from demo.material.applicant import DOCUMENT_KINDS, Applicant
from demo.material.cohort import canonical_json, cohort
from demo.material.countries import COUNTRIES
from demo.material.names import POOLS, romanise
from demo.material.papers import letter_paper, paper
from demo.material.people import person
from demo.material.photo import phone_photo
from demo.material.planted import PLANTED
from demo.material.staff import AMINA_EMAIL, CAST, INSTITUTIONS, ITO_EMAIL, STAFF, staff
from demo.material.texts import WORD_LIMIT, reviewer_comment

GOLDEN = {
    "energy": "7b102140343a9a6160deef0abbc6ebc3c883c1063f80caefe5c03768c135151e",
    "arts": "b808d4f872cd99e1b19212651783525aa1e4c1c34562c11f605214324e3dfba5",
}
DEADLINE = date(2026, 2, 28)


@pytest.fixture(scope="module")
def many() -> tuple[Applicant, ...]:
    return cohort(7, 600, cast=True)


def special(people: tuple[Applicant, ...], name: str) -> Applicant:
    return next(one for one in people if name in one.specials)


def digest(people: tuple[Applicant, ...]) -> str:
    return hashlib.sha256(canonical_json(people).encode()).hexdigest()


@pytest.mark.parametrize("theme", ["energy", "arts"])
def test_fifty_applicants_are_the_same_everywhere(theme):
    assert digest(cohort(1, 50, theme)) == GOLDEN[theme]


def test_the_hash_seed_of_the_interpreter_plays_no_part():
    code = (
        "from demo.material.cohort import *; import zlib;"
        "print(zlib.crc32(canonical_json(cohort(3, 30, cast=True)).encode()))"
    )
    root = Path(__file__).parents[2]
    first, second = (
        subprocess.check_output([sys.executable, "-c", code], cwd=root, env={"PYTHONHASHSEED": n})
        for n in ("1", "2")
    )
    assert first == second


def test_an_applicant_depends_on_the_seed_and_not_on_the_size_of_the_cohort():
    assert digest(cohort(1, 5)) != digest(cohort(2, 5))
    assert cohort(1, 5)[:3] == cohort(1, 3)


def test_six_hundred_applicants_come_from_many_countries_of_unlike_weight(many):
    countries = Counter(one.person.country for one in many)
    assert len(countries) >= 95
    assert {code for code, _ in countries.most_common(5)} <= {
        "IN",
        "PK",
        "NG",
        "BD",
        "ET",
        "IR",
        "CN",
    }


def test_every_pool_is_borne_somewhere_and_every_country_has_its_pools():
    assert {key for country in COUNTRIES.values() for key, _ in country.pools} == set(POOLS)


def test_names_stand_in_many_scripts(many):
    scripts = {one.person.script for one in many}
    assert scripts >= {"Arab", "Beng", "Cyrl", "Deva", "Ethi", "Hans", "Latn", "Taml"}
    rng = random.Random(5)
    rare = "AM Armn GE Geor IL Hebr GR Grek JP Jpan KR Kore TH Thai LK Sinh MM Mymr KH Khmr LA Laoo"
    for country, script in zip(rare.split()[::2], rare.split()[1::2], strict=True):
        assert script in {person(rng, country=country).script for _ in range(40)}


def test_latin_names_are_ascii_and_never_empty(many):
    assert all(one.person.latin_given and one.person.latin_name.isascii() for one in many)


def test_some_write_right_to_left_with_marks_hyphens_apostrophes_or_a_single_name(many):
    names = [f"{one.person.given_names} {one.person.family_name}" for one in many]
    text = "".join(names)
    assert {"R", "AL"} & {unicodedata.bidirectional(letter) for letter in text}
    assert any(unicodedata.combining(letter) for letter in text)
    assert {"-", "'"} <= set(text)
    assert any(not one.person.family_name for one in many)
    assert max(map(len, names)) > 60


SPELLINGS = """Müller de Mueller, Güell es Guell, Søren da Soeren, Łukasz pl Lukasz, Đặng vi Dang,
Þórður is Thordur, Adébáyọ̀ yo Adebayo, Işık tr Isik, Gʻulomov uz G'ulomov"""


@pytest.mark.parametrize("case", SPELLINGS.split(","))
def test_passport_spelling(case):
    native, lang, latin = case.split()
    assert romanise(native, lang) == latin


def test_addresses_are_unique_reserved_and_plain(many):
    addresses = [one.person.email for one in many]
    assert len({address.lower() for address in addresses}) == len(many)
    mails = addresses + [referee.email for one in many for referee in one.referees]
    for mail in mails + [member.email for member in STAFF.values()]:
        assert mail.isascii()
        assert mail.endswith((".example", "@example.org", "@example.net", "@example.com"))


def test_addresses_taken_elsewhere_are_left_alone():
    first = cohort(1, 40)
    taken = {one.person.email for one in first}
    again = cohort(1, 40, taken=taken)
    assert not taken & {one.person.email for one in again}


def test_texts_differ_and_keep_to_the_word_limit(many):
    assert len({one.texts.statement for one in many}) == len(many) - 1  # a duplicate is planted
    for one in many:
        for text in (one.texts.statement, one.texts.essay, one.referees[0].letter):
            assert 50 < len(text.split()) <= WORD_LIMIT
            assert "{" not in text


@pytest.mark.parametrize("score", range(1, 6))
def test_comments_exist_for_every_mark(score):
    assert len({reviewer_comment(random.Random(n), score) for n in range(60)}) > 30


def test_most_files_are_sound_and_the_faults_agree_with_the_rest(many):
    faults = Counter(fault for one in many for fault in one.problems)
    english = {"english_expired", "english_low", "missing_english"}
    assert set(faults) == english | {"too_few_credits", "missing_transcript", "missing_address"}
    assert sum(bool(one.problems) for one in many) < len(many) / 4
    for one in many:
        assert (one.study.ects < 180) == ("too_few_credits" in one.problems)
        assert (one.english.kind == "none") == ("missing_english" in one.problems)
        assert (one.study.graduation_on > DEADLINE) == one.study.last_year


def test_the_duplicate_is_the_same_person_from_another_address(many):
    twin = special(many, "duplicate")
    first = many[twin.twin_of - 1]
    assert twin.person.birth_date == first.person.birth_date
    assert twin.person.email != first.person.email
    assert twin.person.family_name.casefold() == first.person.latin_family.casefold()
    assert [r.email for r in twin.referees] == [r.email for r in first.referees]


def test_namesakes_are_two_people(many):
    one = special(many, "same_family")
    kin = many[one.twin_of - 1]
    assert one.person.latin_family == kin.person.latin_family
    assert one.person.latin_given != kin.person.latin_given


def test_the_other_planted_cases(many):
    counted = Counter(name for one in many for name in one.specials)
    assert counted == Counter(PLANTED) + Counter(["cast", "unsent"])
    assert special(many, "bounced_referee").referees[0].bounces
    assert special(many, "resident_fr").person.residence_country == "FR"
    assert special(many, "resident_pl").person.residence_country == "PL"
    assert special(many, "single_name").person.family_name == ""
    assert not unicodedata.is_normalized("NFC", special(many, "decomposed").person.given_names)
    long = special(many, "long_name").person
    assert {len(text.replace(" ", "")) for text in (long.given_names, long.family_name)} == {47}


def test_a_small_cohort_is_ordinary():
    assert not any(one.specials for one in cohort(1, 10))
    assert cohort(1, 0, cast=True) == ()


def test_amina_lacks_one_document_and_ito_writes_three_letters(many):
    amina = many[0]
    assert (amina.person.email, amina.state) == (AMINA_EMAIL, "draft")
    assert [slot.kind for slot in amina.documents if slot.form == "missing"] == ["address"]
    assert paper(amina, "address") is None
    assert sum(r.email == ITO_EMAIL for one in many for r in one.referees) == 3


def test_the_cast_and_the_staff():
    roles = "applicant referee reviewer reviewer partner_coordinator coordinator operator"
    assert [card.role for card in CAST] == roles.split()
    assert len(staff("energy", "reviewer")) >= 14
    assert {m.institution for m in staff("arts")} == {"porto", "tampere", "krakow"}
    for member in STAFF.values():
        assert member.role == "operator" or INSTITUTIONS[member.institution].theme == member.theme


@pytest.mark.parametrize("kind", DOCUMENT_KINDS)
def test_papers_are_small_readable_pdfs(many, kind):
    for one in (*many[:40], special(many, "long_name")):
        made = paper(one, kind)
        if made is None or made.content_type == "image/png":
            continue
        assert len(made.data) < 3000
        reader = PdfReader(io.BytesIO(made.data), strict=True)
        assert 1 <= len(reader.pages) <= 2
        text = " ".join(reader.pages[0].extract_text().split())
        assert one.person.latin_name in text
        assert "SPECIMEN" in text
        assert made == paper(one, kind)


def test_letters_are_small_readable_pdfs(many):
    for one in (*many[:40], special(many, "long_name")):
        for referee in one.referees:
            made = letter_paper(one, referee)
            assert len(made.data) < 3000
            (page,) = PdfReader(io.BytesIO(made.data), strict=True).pages
            assert "To the selection committee" in page.extract_text()


def test_photos_are_small_valid_and_differ():
    first, second = phone_photo(1), phone_photo(9)
    assert first != second
    assert len(first) < 7000
    assert first.startswith(b"\x89PNG\r\n\x1a\n")
    chunks, rest = {}, first[8:]
    while rest:
        (size,) = struct.unpack(">I", rest[:4])
        kind, data, check = rest[4:8], rest[8 : 8 + size], rest[8 + size : 12 + size]
        assert zlib.crc32(kind + data) == int.from_bytes(check, "big")
        chunks[kind], rest = data, rest[12 + size :]
    assert list(chunks) == [b"IHDR", b"tEXt", b"IDAT", b"IEND"]
    assert struct.unpack(">II", chunks[b"IHDR"][:8]) == (96, 128)
    assert len(zlib.decompress(chunks[b"IDAT"])) == 128 * (1 + 96 // 2)
