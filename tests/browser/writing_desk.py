"""A page to write in, by itself: a form that saves, and a server that answers as a test tells it to."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

from tests.tooling.shell import ROOT

SCRIPT = ROOT / "static" / "js" / "autosave.js"
RULES = "default-src 'none'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'"
PAGE = """<!doctype html><html lang="en"><title>Write</title>
<form method="post" action="/submit/" data-autosave="/save/">
<input type="hidden" name="csrfmiddlewaretoken" value="a-token"><input type="hidden" name="revision" value="1">
<label for="text">Text</label><textarea id="text" name="text"></textarea>
<button name="do" value="save">Save draft</button></form>
<p data-autosave-status role="status"></p><script src="/autosave.js" defer></script></html>"""


@dataclass(frozen=True)
class Answer:
    """What the server says to one save. Nothing but a cut line where the status is 0."""

    status: int
    words: dict[str, Any]
    seconds: float = 0


@dataclass
class Desk:
    """What was sent to the server, and what it will say. After the last answer told it saves, and counts revisions."""

    address: str = ""
    answers: list[Answer] = field(default_factory=list)
    saves: list[dict[str, str]] = field(default_factory=list)
    tokens: list[tuple[str | None, str | None]] = field(default_factory=list)
    submits: list[dict[str, str]] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0

    def answer(self, sent: dict[str, str]) -> Answer:
        """What to say to a save."""
        self.saves.append(sent)
        if self.answers:
            return self.answers.pop(0)
        revision = int(sent["revision"]) + 1
        return Answer(200, {"revision": revision, "saved": f"Saved as number {revision}"})


@contextmanager
def writing_desk() -> Iterator[Desk]:
    """The page on a free port, until the end."""
    desk = Desk()
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(desk))
    server.daemon_threads = True
    desk.address = f"http://127.0.0.1:{server.server_port}/"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield desk
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def handler_of(desk: Desk) -> type[BaseHTTPRequestHandler]:
    """Answers for this desk."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/autosave.js":
                self.reply(200, "text/javascript", SCRIPT.read_bytes())
            elif self.path == "/favicon.ico":
                self.reply(204, "image/png", b"")
            else:
                self.reply(200, "text/html", PAGE.encode())

        def do_POST(self) -> None:
            sent = fields_of(self)
            if self.path == "/submit/":
                desk.submits.append(sent)
                self.reply(200, "text/html", b"<!doctype html><title>Kept</title>")
                return
            desk.tokens.append((self.headers["X-CSRFToken"], self.headers["Accept"]))
            desk.at_once += 1
            desk.most_at_once = max(desk.most_at_once, desk.at_once)
            answer = desk.answer(sent)
            time.sleep(answer.seconds)
            desk.at_once -= 1
            if answer.status:
                self.reply(answer.status, "application/json", json.dumps(answer.words).encode())

        def reply(self, status: int, kind: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Security-Policy", RULES)
            self.end_headers()
            with suppress(OSError):  # the page may not have waited
                self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    return Handler


def fields_of(request: BaseHTTPRequestHandler) -> dict[str, str]:
    """The fields of a form, in either of the two ways a browser sends them."""
    body = request.rfile.read(int(request.headers["Content-Length"]))
    kind = request.headers["Content-Type"]
    if not kind.startswith("multipart/"):
        return dict(parse_qsl(body.decode(), keep_blank_values=True))
    letter = BytesParser().parsebytes(f"Content-Type: {kind}\r\n\r\n".encode() + body)
    parts = letter.get_payload()
    return {str(part.get_param("name", header="content-disposition")): read(part) for part in parts}  # type: ignore[union-attr]


def read(part: Any) -> str:
    return part.get_payload(decode=True).decode()
