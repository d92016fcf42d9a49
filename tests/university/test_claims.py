"""Claims of every shape become one shape; what is no European student identifier is none."""

import pytest

from tests.university.conftest import recorded
from web.account.university.claims import is_student_id, read

PROVED = {"iss": "https://login.example", "sub": "s"}
MFA = "https://refeds.org/profile/mfa"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "student",
            {
                "email": "a.belhadi@students.uu.example",
                "email_verified": True,
                "name": "Amina Belhadi",
                "home_organization": "uu.example",
                "student_ids": ("urn:schac:personalUniqueCode:int:esi:uu.example:1234567",),
                "affiliations": ("student@uu.example",),
            },
        ),
        (
            "single_strings",
            {
                "email_verified": True,
                "name": "Bela Kovács",
                "home_organization": "uni.example",
                "student_ids": ("urn:schac:personalUniqueCode:int:esi:hu:98765",),
                "affiliations": ("student@uni.example",),
            },
        ),
        (
            "lists_everywhere",
            {
                "email": "chiara@uni.example",
                "name": "Chiara Rossetti",
                "home_organization": "uni.example",
                "affiliations": ("employee@uni.example", "member@uni.example"),
            },
        ),
        (
            "two_student_ids",
            {
                "student_ids": (
                    "urn:schac:personalUniqueCode:int:esi:uni.example:1",
                    "URN:SCHAC:personalUniqueCode:int:ESI:si:2",
                )
            },
        ),
        ("no_email", {"email": "", "email_verified": False, "student_ids": ()}),
        ("unverified_email", {"email": "finn@uni.example", "email_verified": False}),
        ("email_without_word", {"email": "gita@uni.example", "email_verified": False}),
        ("other_scripts", {"name": "Ελένη Παπαδοπούλου"}),
        ("only_a_name", {"name": "王小明", "home_organization": ""}),
        ("bare", {"email": "", "name": "", "affiliations": ()}),
    ],
)
def test_recorded_claims(name, expected):
    found = read(recorded(name), PROVED)
    assert {field: getattr(found, field) for field in expected} == expected


@pytest.mark.parametrize("value", [1, 1.5, None, {"a": 1}, [None, 2, {}], True, ""])
def test_what_is_no_text_is_nothing(value):
    told = dict.fromkeys(
        ("email", "name", "given_name", "schac_home_organization", "schac_personal_unique_code"),
        value,
    )
    found = read(told, PROVED)
    assert (found.email, found.name, found.home_organization, found.student_ids) == ("", "", "", ())


@pytest.mark.parametrize("value", ["True", "false", 1, "1", "yes", None, ["true"]])
def test_only_a_plain_yes_confirms_an_address(value):
    told = {"email": "a@b.example", "email_verified": value}
    assert read(told, PROVED).email_verified is False


@pytest.mark.parametrize(
    ("proved", "strong"),
    [
        ({"acr": MFA}, True),
        ({"acr": [MFA, "other"]}, True),
        ({"amr": ["pwd", "mfa"]}, True),
        ({"amr": "mfa"}, True),
        ({"acr": "https://refeds.org/profile/sfa"}, False),
        ({"acr": f"{MFA}/no"}, False),
        ({"amr": ["pwd"]}, False),
        ({"amr": ["no-mfa"]}, False),
        ({}, False),
    ],
)
def test_a_second_factor_is_what_the_token_says_in_so_many_words(proved, strong):
    assert read({}, {**PROVED, **proved}).second_factor is strong


def test_a_second_factor_is_never_what_userinfo_says():
    assert read({"acr": MFA, "amr": ["mfa"], "auth_time": 9}, PROVED).second_factor is False
    assert read({"auth_time": 9}, PROVED).auth_time == 0


@pytest.mark.parametrize(("said", "seconds"), [(12, 12), (12.9, 12), (True, 0), ("12", 0)])
def test_a_time_is_a_number(said, seconds):
    assert read({}, {**PROVED, "auth_time": said}).auth_time == seconds


@pytest.mark.parametrize(
    ("code", "is_one"),
    [
        ("urn:schac:personalUniqueCode:int:esi:uni.example:1", True),
        ("urn:schac:personalUniqueCode:int:esi:", False),
        ("urn:schac:personalUniqueCode:es:ESI:x:1", False),
        ("urn:schac:personalUniqueCode:int:esi:" + "x" * 300, False),
        ("esi:1", False),
    ],
)
def test_european_student_identifiers(code, is_one):
    assert is_student_id(code) is is_one
