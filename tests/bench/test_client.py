"""The visitor that asks as fast as answers come reads each answer to its end, and no further."""

from __future__ import annotations

import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.bench.client import ask_all, read_answer, written

PIECES = {
    "with-a-length": [b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"],
    "in-pieces": [b"HTTP/1.1 200 OK\r\nContent-", b"Length: 5\r\n\r\nhe", b"llo"],
    "not-modified": [b"HTTP/1.1 304 Not Modified\r\nContent-Length: 900\r\n\r\n"],
    "chunked": [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel", b"lo\r\n0\r\n", b"\r\n"],
}


@pytest.fixture
def pair():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.settimeout(5)
        yield ours, theirs


@pytest.mark.parametrize("pieces", PIECES.values(), ids=PIECES.keys())
def test_answer_is_read_to_its_end(pair, pieces):
    ours, theirs = pair
    for piece in pieces:
        theirs.send(piece)
    status, _ = read_answer(ours)
    assert status == int(pieces[0].split()[1])
    theirs.send(b"next")
    assert ours.recv(10) == b"next"


def test_answer_that_breaks_off_is_an_error(pair):
    ours, theirs = pair
    theirs.send(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhe")
    theirs.close()
    with pytest.raises(ConnectionError):
        read_answer(ours)


def test_request_looks_like_one_from_a_proxy():
    request = written("reforms.example.org", "/flags/", {"If-None-Match": '"a"'}).decode()
    assert request.startswith("GET /flags/ HTTP/1.1\r\nHost: reforms.example.org\r\nX-Forwarded-Proto: https\r\n")
    assert request.endswith('If-None-Match: "a"\r\n\r\n')


class Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/there/" else 404)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *arguments: object) -> None:
        """Nobody reads it."""


def test_visitor_asks_as_often_as_told_and_counts_the_answers():
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        threading.Thread(target=server.serve_forever).start()
        try:
            told = ask_all(server.server_port, "localhost", ["/there/", "/gone/"], {}, 30.0, most=8, threads=2)
        finally:
            server.shutdown()
    assert told["answers"] == {200: 4, 404: 4}
