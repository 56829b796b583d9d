"""A provider of OpenID Connect on this machine, that says of people whatever a test has it say."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import jwt

KEY = "nobody checks this key, for the token comes from the provider itself"
CLIENT = "reform-tracker"


class Provider:
    """`claims` is what the next ID token says; `asked` is what it was asked for it."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.claims: dict[str, Any] = {}
        self.asked: list[dict[str, list[str]]] = []
        self.is_broken = False

    def configuration(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorise",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def token(self) -> dict[str, Any]:
        now = int(time.time())
        basis = {"iss": self.url, "aud": CLIENT, "sub": "abc", "iat": now, "exp": now + 300}
        id_token = jwt.encode(basis | self.claims, KEY, algorithm="HS256")
        return {"access_token": "xyz", "token_type": "Bearer", "expires_in": 300, "id_token": id_token}


@contextmanager
def running_provider() -> Iterator[Provider]:
    """One that answers until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.answer(provider.configuration())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            provider.asked.append(parse_qs(body))
            self.answer(provider.token())

        def answer(self, content: dict[str, Any]) -> None:
            body = b"sorry" if provider.is_broken else json.dumps(content).encode()
            self.send_response(500 if provider.is_broken else 200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider = Provider(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
