"""A visitor who asks as fast as answers come, in a process of its own: `python -m tests.bench.client '{…}'`.

Plain sockets, kept open: whatever this costs is on the other core, and costs the same for every address.
"""

from __future__ import annotations

import json
import socket
import sys
import threading
import time
from collections import Counter
from collections.abc import Sequence
from itertools import cycle, islice
from typing import Any

LAST_CHUNK = b"0\r\n\r\n"


def ask_all(
    port: int, host: str, addresses: Sequence[str], headers: dict[str, str], seconds: float, most: int, threads: int
) -> dict[str, Any]:
    """Ask for the addresses in turn on several connections until the time is over or `most` answers came, if any."""
    told: Counter[int] = Counter()
    requests = [written(host, address, headers) for address in addresses]
    started = time.perf_counter()
    deadline = started + seconds
    share = max(1, most // threads) if most else None
    crew = [threading.Thread(target=ask, args=(port, requests, deadline, share, told)) for _ in range(threads)]
    for one in crew:
        one.start()
    for one in crew:
        one.join()
    return {"answers": dict(told), "seconds": time.perf_counter() - started}


def ask(port: int, requests: Sequence[bytes], deadline: float, most: int | None, told: Counter[int]) -> None:
    """One connection, kept open."""
    own: Counter[int] = Counter()
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for request in islice(cycle(requests), most):
            connection.sendall(request)
            own[read_answer(connection)[0]] += 1
            if time.perf_counter() > deadline:
                break
    told.update(own)


def written(host: str, address: str, headers: dict[str, str]) -> bytes:
    """A request as a proxy in front of the site would send it."""
    lines = {"Host": host, "X-Forwarded-Proto": "https", "Connection": "keep-alive", **headers}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"GET {address} HTTP/1.1\r\n{head}\r\n".encode()


def read_answer(connection: socket.socket) -> tuple[int, dict[str, str]]:
    """The status and headers of one answer, once all of it has come. Raises ConnectionError where it breaks off."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += received(connection)
    head, _, body = data.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    status = int(first.split()[1])
    if status != 304:
        read_body(connection, bytearray(body), headers)
    return status, headers


def read_body(connection: socket.socket, body: bytearray, headers: dict[str, str]) -> None:
    """The rest of an answer: as much as its length says, or up to the empty piece that ends it."""
    if headers.get("transfer-encoding") == "chunked":
        while not body.endswith(LAST_CHUNK):
            body += received(connection)
    else:
        while len(body) < int(headers.get("content-length", 0)):
            body += received(connection)


def received(connection: socket.socket) -> bytes:
    if piece := connection.recv(1 << 18):
        return piece
    raise ConnectionError("The server closed the connection before its answer was whole.")


if __name__ == "__main__":
    sys.stdout.write(json.dumps(ask_all(**json.loads(sys.argv[1]))))
