"""Production starts only as it should, and Django's own check of a deployment finds nothing."""

import os
import subprocess
import sys
from base64 import b64encode
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOUND = {
    "ITINERA_ENV": "production",
    "SECRET_KEY": "".join(chr(33 + (7 * n) % 90) for n in range(64)),
    "SEALING_KEYS": f"one:{b64encode(bytes(32)).decode()}",
    "ALLOWED_HOSTS": "itinera.example",
    "PUBLIC_URL": "https://itinera.example",
    "TRUSTED_PROXY_COUNT": "1",
    "DEBUG": "",
    "DEMO": "",
}


def manage(*words: str, **changed: str) -> subprocess.CompletedProcess:
    environment = {**os.environ, **SOUND, **changed, "DJANGO_SETTINGS_MODULE": "config.settings"}
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_the_check_of_a_deployment_finds_nothing():
    done = manage("check", "--deploy", "--fail-level", "WARNING")
    assert (done.returncode, "no issues" in done.stdout) == (0, True), done.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"DEBUG": "1"}, "refuses DEBUG"),
        ({"DEMO": "1"}, "refuses DEBUG=1 and DEMO=1"),
        ({"SECRET_KEY": "short"}, "at least 50 random characters"),
        ({"SEALING_KEYS": ""}, "SEALING_KEYS must hold the key of the vault"),
        ({"SEALING_KEYS": "one:AAAA"}, "3 bytes"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
        ({"PUBLIC_URL": "http://itinera.example"}, "https://"),
        ({"TRUSTED_PROXY_COUNT": ""}, "how many proxies stand in front"),
        (
            {"OIDC_CLIENT_ID": "itinera", "OIDC_ISSUER": "http://login.example"},
            "OIDC_ISSUER must start with https://",
        ),
        ({"DATABASE_URL": "mysql://x/y"}, "postgresql://"),
    ],
)
def test_production_refuses(changed, says):
    done = manage("check", **changed)
    assert done.returncode != 0
    assert says in done.stderr
