"""How Gunicorn serves the site: `gunicorn --config python:reforms.web reforms.wsgi`."""

import socket
import sys

from gunicorn.http import message

from reforms import environment

LONGEST_ADDRESS = 32 * 1024


def can_bind_ipv6_loopback() -> bool:
    """Whether this machine has ::1; browsers may try it first for localhost."""
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_STREAM) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


def addresses(host: str, port: int) -> list[str]:
    """Where to listen: the host that was asked for, otherwise this machine alone."""
    if host:
        return [f"{host}:{port}"]
    return [f"127.0.0.1:{port}", *([f"[::1]:{port}"] if can_bind_ipv6_loopback() else [])]


try:
    configuration = environment.read()
except environment.RefusedError as error:
    sys.exit(str(error))

# Gunicorn answers an address over 8,190 bytes with a bare page of its own; ours names the field that is too long.
message.MAX_REQUEST_LINE = LONGEST_ADDRESS
limit_request_line = LONGEST_ADDRESS

bind = addresses(configuration.host, configuration.port)
worker_class = "gthread"
workers = configuration.web_concurrency
threads = 4
timeout = 60
graceful_timeout = 5
# Nobody waits half a minute for a page: PostgreSQL gives up on a question that takes longer, and on a transaction that
# is left open. Loads, jobs and migrations, which may take their time, are started elsewhere.
PATIENCE = "-c statement_timeout=30s -c idle_in_transaction_session_timeout=60s"
raw_env = [f"PGOPTIONS={configuration.pgoptions or PATIENCE}"]
# Whether a proxy is believed is TRUST_PROXY's to say. Gunicorn would believe anyone on this machine.
forwarded_allow_ips = ""
secure_scheme_headers: dict[str, str] = {}
forwarder_headers = ""
# Its socket would lie in the home folder, where two sites would meet.
control_socket_disable = True
logger_class = "reforms.logs.web_server.WebServerLogger"
