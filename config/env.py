"""Reading settings from the environment, and from nowhere else."""

import os
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def flag(name: str) -> bool:
    return text(name).lower() in TRUE


def number(name: str, default: int) -> int:
    raw = text(name) or str(default)
    if not raw.lstrip("-").isdigit():
        raise ImproperlyConfigured(f"{name} must be a whole number; it is {raw!r}.")
    return int(raw)


def words(name: str, default: str = "") -> list[str]:
    return [word for word in text(name, default).replace(",", " ").split() if word]


def database(url: str, **options: str) -> dict[str, Any]:
    """Django's database settings for a `postgresql://` URL.

    A socket folder goes into the `host` query argument, as libpq has it.
    `options` become run-time parameters of every connection.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(
            "DATABASE_URL must be a postgresql:// address; "
            f"its scheme is {parts.scheme or 'missing'!r}. Other databases are not supported."
        )
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    settings: dict[str, Any] = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or query.pop("user", "")),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or "") or query.pop("host", ""),
        "PORT": str(parts.port or query.pop("port", "")),
    }
    parameters = " ".join(f"-c {key}={value}" for key, value in options.items())
    settings["OPTIONS"] = {**query, **({"options": parameters} if parameters else {})}
    return settings
