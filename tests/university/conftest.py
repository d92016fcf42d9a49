"""A university at hand, and a browser that goes there and comes back."""

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import HTTPRedirectHandler, build_opener

import pytest
from django.conf import settings as django_settings
from django.test import Client

from tests.university.issuer import CLIENT_ID, SECRET, Issuer, running_issuer

RECORDED = Path(__file__).parent / "claims"


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *args: Any) -> None:
        """The answer itself is wanted."""


@pytest.fixture
def issuer(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Issuer]:
    """A configured issuer that knows the student of the recorded claims."""
    with running_issuer() as issuer:
        providers = copy.deepcopy(django_settings.SOCIALACCOUNT_PROVIDERS)
        providers["openid_connect"]["APPS"] = [
            {
                "provider_id": "university",
                "name": "MyAcademicID",
                "client_id": CLIENT_ID,
                "secret": SECRET,
                "settings": {
                    "server_url": issuer.url,
                    "scope": ["openid", "email", "profile", "schac_home_organization"],
                    "acr_values": "",
                },
            }
        ]
        settings.SOCIALACCOUNT_PROVIDERS = providers
        settings.OIDC_CLIENT_ID = CLIENT_ID
        settings.PUBLIC_URL = "http://testserver"
        issuer.told = recorded("student")
        yield issuer


def recorded(name: str) -> dict[str, Any]:
    claims: dict[str, Any] = json.loads((RECORDED / f"{name}.json").read_text())
    return claims


def go(client: Client, start: str = "/account/university/enter/", **query: str) -> Any:
    """Follow the link, let the issuer answer, come back; returns what the return says."""
    there = client.get(start, query, headers={"sec-fetch-site": "same-origin"})
    assert there.status_code == 302, there.content
    return client.get(answer_of(there.url))


def answer_of(question: str) -> str:
    """Where the issuer sends the browser."""
    from urllib.error import HTTPError

    try:
        build_opener(_Stay()).open(question)
    except HTTPError as answer:
        return answer.headers["Location"]
    raise AssertionError(question)
