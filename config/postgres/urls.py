"""`postgresql://` addresses. A socket folder is the `host` query argument, as libpq has it."""

from urllib.parse import parse_qs, quote, urlencode, urlsplit, urlunsplit

PORT = 5432


def socket_url(*, user: str, database: str, sockets: str, port: int = PORT) -> str:
    """The address of a server that listens on a Unix socket in the folder `sockets`."""
    query = urlencode({"host": sockets, "port": port}, quote_via=quote, safe="")
    return f"postgresql://{quote(user, safe='')}@/{quote(database, safe='')}?{query}"


def on_database(url: str, database: str) -> str:
    """The same server and account, another database."""
    return urlunsplit(urlsplit(url)._replace(path="/" + quote(database, safe="")))


def as_user(url: str, user: str, password: str | None = None) -> str:
    """The same server and database, another account. The old password never travels along."""
    parts = urlsplit(url)
    account = quote(user, safe="") + (f":{quote(password, safe='')}" if password else "")
    place = parts.netloc.rpartition("@")[2]
    kept = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    query = {key: value for key, value in kept.items() if key not in {"user", "password"}}
    return urlunsplit(
        parts._replace(
            netloc=f"{account}@{place}", query=urlencode(query, quote_via=quote, safe="")
        )
    )


def database_of(url: str) -> str:
    return urlsplit(url).path.lstrip("/")
