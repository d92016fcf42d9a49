"""An OpenID Connect issuer on this machine: discovery, keys, authorization, token, userinfo.

It does what a test tells it: which claims, which faults. Codes work once and are bound to the
challenge of PKCE, so that a client which forgot it fails here.
"""

import base64
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT_ID, SECRET, KEY_ID = "itinera", "a secret of the client", "key-1"


def new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


KEY, FOREIGN_KEY = new_key(), new_key()


@dataclass
class Issuer:
    """told: what userinfo says. proved: what the ID token says beyond the standard claims.

    spoil: overrides of claims of the ID token (None takes one out). key, algorithm, key_id: how it
    is signed. asked: the questions that came, as parameters. down: answers 503.
    """

    url: str = ""
    told: dict[str, Any] = field(default_factory=dict)
    proved: dict[str, Any] = field(default_factory=dict)
    spoil: dict[str, Any] = field(default_factory=dict)
    key: Any = KEY
    algorithm: str = "RS256"
    key_id: str | None = KEY_ID
    userinfo_sub: str = ""
    name: str = ""
    without_id_token: bool = False
    down: bool = False
    asked: list[dict[str, str]] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def authorize(self, query: dict[str, str]) -> str:
        """The address to which the browser is sent back."""
        self.asked.append(query)
        code = f"code-{len(self.asked)}"
        self.codes[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def token(self, form: dict[str, str]) -> dict[str, Any] | None:
        query = self.codes.pop(form.get("code", ""), None)
        if query is None or form.get("client_secret") != SECRET:
            return None
        challenge = base64.urlsafe_b64encode(sha256(form["code_verifier"].encode()).digest())
        if challenge.rstrip(b"=").decode() != query["code_challenge"]:
            return None
        answer = {"access_token": "access", "token_type": "Bearer", "expires_in": 300}
        return answer if self.without_id_token else {**answer, "id_token": self._signed(query)}

    def _signed(self, query: dict[str, str]) -> str:
        now = int(time.time())
        claims = {
            "iss": self.url,
            "sub": self.told["sub"],
            "aud": CLIENT_ID,
            "iat": now,
            "exp": now + 300,
            "auth_time": now,
            "nonce": query.get("nonce"),
            **self.proved,
            **self.spoil,
        }
        kept = {name: value for name, value in claims.items() if value is not None}
        headers = {} if self.key_id is None else {"kid": self.key_id}
        return jwt.encode(kept, self.key, algorithm=self.algorithm, headers=headers)

    def keys(self) -> dict[str, Any]:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
        return {"keys": [{**public, "kid": KEY_ID, "use": "sig", "alg": "RS256"}]}

    def userinfo(self) -> dict[str, Any]:
        return {**self.told, **({"sub": self.userinfo_sub} if self.userinfo_sub else {})}

    def discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.name or self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "jwks_uri": f"{self.url}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }


@contextmanager
def running_issuer() -> Iterator[Issuer]:
    issuer = Issuer()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            if issuer.down:
                self._say({}, status=503)
            elif parts.path == "/authorize":
                query = {name: values[0] for name, values in parse_qs(parts.query).items()}
                self.send_response(302)
                self.send_header("Location", issuer.authorize(query))
                self.end_headers()
            else:
                answers = {
                    "/.well-known/openid-configuration": issuer.discovery,
                    "/keys": issuer.keys,
                    "/userinfo": issuer.userinfo,
                }
                self._say(answers[parts.path]())

        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            form = parse_qs(self.rfile.read(length).decode())
            answer = issuer.token({name: values[0] for name, values in form.items()})
            self._say(answer or {"error": "invalid_grant"}, status=200 if answer else 400)

        def _say(self, body: dict[str, Any], *, status: int = 200) -> None:
            data = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *args: Any) -> None:
            """Tests are quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    issuer.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield issuer
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
