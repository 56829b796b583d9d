"""How Gunicorn serves the site: `gunicorn --config python:reforms.web reforms.wsgi`."""

import os
import socket

from gunicorn.http import message

LONGEST_ADDRESS = 32 * 1024


def can_bind_ipv6_loopback() -> bool:
    """Whether this machine has ::1; browsers may try it first for localhost."""
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_STREAM) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


def addresses(host: str, port: str) -> list[str]:
    """Where to listen: the host that was asked for, otherwise this machine alone."""
    if host:
        return [f"{host}:{port}"]
    return [f"127.0.0.1:{port}", *([f"[::1]:{port}"] if can_bind_ipv6_loopback() else [])]


# Gunicorn answers an address over 8,190 bytes with a bare page of its own; ours names the field that is too long.
message.MAX_REQUEST_LINE = LONGEST_ADDRESS
limit_request_line = LONGEST_ADDRESS

bind = addresses(os.environ.get("HOST", ""), os.environ.get("PORT") or "8000")
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
threads = 4
timeout = 60
graceful_timeout = 5
# Its socket would lie in the home folder, where two sites would meet.
control_socket_disable = True
loglevel = "warning"
