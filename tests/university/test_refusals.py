"""What does not hold is refused, by the library, and said in a sentence. Nobody is signed in."""

import time

import jwt
import pytest
from django.test import Client

from consortium.models import User
from tests.university.conftest import answer_of, go
from tests.university.issuer import CLIENT_ID, FOREIGN_KEY, KEY
from tests.web.desks import plain
from web.account.university import tokens

pytestmark = pytest.mark.usefixtures("world")
PUBLIC = KEY.public_key()
NOT_SIGNED = "What was sent is not signed as it has to be."
TOO_OLD = "What your university sent is too old."
OTHER_SERVICE = "is meant for another service."
NO_ANSWER = "does not answer the question that was asked here."


def refused(client, issuer):
    """The page's words; asserts that nobody came in."""
    count = User.objects.count()
    answer = go(client)
    assert answer.status_code == 401
    assert client.get("/account/").status_code == 302
    assert User.objects.count() == count
    return plain(answer)


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        ({"aud": "another-client"}, OTHER_SERVICE),
        ({"aud": [CLIENT_ID, "another-client"], "azp": "another-client"}, OTHER_SERVICE),
        ({"azp": "another-client"}, OTHER_SERVICE),
        ({"nonce": "another"}, NO_ANSWER),
        ({"nonce": ""}, NO_ANSWER),
        ({"nonce": None}, NOT_SIGNED),
        ({"exp": int(time.time()) - 3600}, TOO_OLD),
        ({"exp": None}, NOT_SIGNED),
        ({"iat": None}, NOT_SIGNED),
        ({"iat": int(time.time()) + 3600}, NOT_SIGNED),
        ({"aud": None}, NOT_SIGNED),
        ({"iss": "https://evil.example"}, "does not come from the university's service."),
        ({"iss": None}, NOT_SIGNED),
        ({"sub": None}, NOT_SIGNED),
    ],
)
def test_claims_that_do_not_hold(issuer, spoil, sentence):
    issuer.spoil = spoil
    assert sentence in refused(Client(), issuer)


@pytest.mark.parametrize(
    ("key", "algorithm", "key_id"),
    [
        (FOREIGN_KEY, "RS256", "key-1"),
        (KEY, "RS256", "no-such-key"),
        ("", "none", "key-1"),
        ("x" * 64, "HS256", "key-1"),
        (KEY, "RS384", "key-1"),
    ],
    ids=["foreign key", "unknown key", "alg none", "HMAC", "another algorithm than the key's"],
)
def test_signatures_that_do_not_hold(issuer, key, algorithm, key_id):
    issuer.key, issuer.algorithm, issuer.key_id = key, algorithm, key_id
    assert NOT_SIGNED in refused(Client(), issuer)


def test_the_same_token_well_signed_is_taken(issuer):
    """The control of all the above."""
    client = Client()
    assert go(client).status_code == 302
    assert client.get("/account/").status_code == 200


def test_a_key_without_a_name_fits_where_there_is_one(issuer):
    issuer.key_id = None
    assert go(Client()).status_code == 302


def test_two_different_subjects(issuer):
    issuer.userinfo_sub = "somebody-else"
    assert "two different answers" in refused(Client(), issuer)


def test_no_token_at_all(issuer):
    issuer.without_id_token = True
    assert "did not say who you are" in refused(Client(), issuer)


def test_an_issuer_that_calls_itself_by_another_name(issuer):
    issuer.name = "https://evil.example"
    there = Client().get("/account/university/enter/", headers={"sec-fetch-site": "same-origin"})
    assert there.status_code == 401
    assert "calls itself by another name" in plain(there)


def test_an_issuer_that_does_not_answer(issuer):
    issuer.down = True
    there = Client().get("/account/university/enter/", headers={"sec-fetch-site": "same-origin"})
    assert there.status_code == 401
    assert "does not answer just now" in plain(there)


def test_a_state_that_this_browser_was_not_given(issuer):
    victim = Client()
    attacker = Client()
    there = attacker.get("/account/university/enter/", headers={"sec-fetch-site": "same-origin"})
    planted = answer_of(there.url)
    assert victim.get(planted).status_code == 401
    assert victim.get("/account/").status_code == 302


def test_a_code_that_was_used(issuer):
    client = Client()
    there = client.get("/account/university/enter/", headers={"sec-fetch-site": "same-origin"})
    back = answer_of(there.url)
    assert client.get(back).status_code == 302
    client.post("/account/logout/")
    assert client.get(back).status_code == 401


def test_somebody_who_turned_back(issuer):
    client = Client()
    there = client.get("/account/university/enter/", headers={"sec-fetch-site": "same-origin"})
    state = issuer_state(there.url)
    answer = client.get("/account/university/return/", {"error": "access_denied", "state": state})
    assert "You left your university" in plain(client.get(answer.url))


def issuer_state(question):
    return question.partition("state=")[2].partition("&")[0]


@pytest.mark.parametrize(
    "headers", [{"sec-fetch-site": "cross-site"}, {"referer": "https://evil.example/"}, {}]
)
def test_a_link_elsewhere_starts_nothing(issuer, headers):
    there = Client().get("/account/university/enter/", headers=headers)
    assert there.url == "/account/login/"
    assert issuer.asked == []


def test_without_an_issuer_there_is_no_such_sign_in(world):
    client = Client()
    for name in ("enter", "return"):
        assert client.get(f"/account/university/{name}/").status_code == 404
    assert "Sign in through" not in plain(client.get("/account/login/"))


# -- the same without a network: what PyJWT itself says


def signed(claims, key=KEY, algorithm="RS256", **headers):
    return jwt.encode(claims, key, algorithm=algorithm, headers={"kid": "key-1", **headers})


@pytest.fixture
def check(issuer):
    now = int(time.time())
    claims = {"iss": "i", "sub": "s", "aud": "c", "iat": now, "exp": now + 60, "nonce": "n"}

    def verify(token):
        return tokens.verified(token, keys=issuer.keys(), issuer="i", client_id="c", nonce="n")

    return claims, verify


def test_a_token_signed_with_the_public_key_as_a_shared_secret(check):
    """The classic: a verifier that lets the token choose the algorithm takes it."""
    import base64
    import hashlib
    import hmac
    import json

    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    claims, verify = check
    pem = PUBLIC.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    def part(value):
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=")

    head = part({"alg": "HS256", "typ": "JWT", "kid": "key-1"}) + b"." + part(claims)
    mac = base64.urlsafe_b64encode(hmac.new(pem, head, hashlib.sha256).digest()).rstrip(b"=")
    with pytest.raises(tokens.Refused) as refusal:
        verify((head + b"." + mac).decode())
    assert isinstance(refusal.value.__cause__, jwt.PyJWTError)


@pytest.mark.parametrize("place", [10, -10])
def test_a_token_in_which_one_letter_was_changed(check, place):
    claims, verify = check
    token = signed(claims)
    head, body, mark = token.split(".")
    letter = "A" if body[place] != "A" else "B"
    bent = body[:place] + letter + body[place + 1 :] if place > 0 else body
    sign = mark if place > 0 else mark[:place] + letter + mark[place + 1 :]
    assert verify(token)["sub"] == "s"
    with pytest.raises(tokens.Refused):
        verify(f"{head}.{bent}.{sign}")


@pytest.mark.parametrize("text", ["", "a.b.c", "....", "e30.e30."])
def test_what_is_no_token(check, text):
    with pytest.raises(tokens.Refused):
        check[1](text)
