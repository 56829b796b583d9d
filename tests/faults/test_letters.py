"""Letters go out to a real mail server while those who send them are killed. None is lost, and none is sent twice but
where somebody was killed between the server's word and ours.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from reforms.alerts.outbox.claiming import AT_A_TIME
from tests.engines.databases import Databases, PostgresDatabases, one_of
from tests.engines.mail import MailServer, running_mail
from tests.engines.postgres import PostgresServer
from tests.engines.processes import stop_with_parent
from tests.engines.tables import template
from tests.engines.waiting import wait_until
from tests.tooling.shell import ROOT, environ

pytestmark = pytest.mark.once

KILLED = -signal.SIGKILL
SECONDS_BETWEEN = 60
"""The clock of whoever comes next is ahead by so many for each who came before."""
STATES = "SELECT state, count(*) FROM alerts_letter GROUP BY state"


class Nursery:
    """See nursery.py."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        assert self.heard() == "ready"

    def heard(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline().strip()

    def asked(self, *words: object) -> str:
        assert self.process.stdin
        self.process.stdin.write(" ".join(map(str, words)) + "\n")
        self.process.stdin.flush()
        return self.heard()

    def start(self, work: str, *, ahead: int = 0, number: int = 0) -> int:
        """The id of a process that waits for the word."""
        return int(self.asked("start", work, ahead, number))

    def began(self, work: str, *, ahead: int = 0, number: int = 0) -> int:
        """The id of a process that has begun."""
        child = self.start(work, ahead=ahead, number=number)
        self.asked("go")
        return child

    def end(self, child: int) -> int:
        """How a process ended, once it has."""
        return int(self.asked("end", child))

    def do(self, work: str, *, ahead: int = 0, number: int = 0) -> int:
        return self.end(self.began(work, ahead=ahead, number=number))


@pytest.fixture(scope="module")
def mail_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MailServer]:
    with running_mail(tmp_path_factory.mktemp("mail")) as server:
        yield server


@pytest.fixture
def mail(mail_server: MailServer) -> MailServer:
    """A mail server that has taken nothing yet."""
    mail_server.forget()
    return mail_server


@pytest.fixture(scope="module")
def database(databases: Databases) -> Iterator[str]:
    """A database with all tables, of the kind that Django uses in this run."""
    with template(databases) as tables, one_of(databases, copy_of=tables) as url:
        yield url


@contextmanager
def nursery_of(database: str, mail: MailServer, folder: Path, **more: str) -> Iterator[Nursery]:
    given = {"DATABASE_URL": database, "EMAIL_URL": mail.url, "VAR_DIR": str(folder), "LOG_LEVEL": "CRITICAL"}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.nursery"],
        cwd=ROOT,
        env=environ(**given | more),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=stop_with_parent,
    )
    with process:
        try:
            yield Nursery(process)
        finally:
            process.kill()


@pytest.fixture(scope="module")
def nursery(database: str, mail_server: MailServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    with nursery_of(database, mail_server, tmp_path_factory.mktemp("nursery")) as nursery:
        yield nursery


def tally(mail: MailServer) -> Counter[str]:
    """How often each letter was taken, by its Message-ID. Raises AssertionError where one of them had two."""
    taken = mail.taken()
    pairs = {(letter.to, letter.message_id) for letter in taken}
    assert len(pairs) == len({to for to, _ in pairs}) == len({number for _, number in pairs})
    return Counter(letter.message_id for letter in taken)


def doubled(mail: MailServer) -> int:
    """How many letters were taken that had been taken before."""
    return sum(count - 1 for count in tally(mail).values())


def kill_while_sending(nursery: Nursery, mail: MailServer, work: str, *, kills: int, letters: int) -> None:
    """Kill whoever sends, so many times, each in the midst of it, and have the rest sent.

    Every fifth dies of itself at the worst moment, and every fifth with a letter claimed and not sent. Half of the
    letters are left to the last: even if the word to kill is late, there are some to send.
    """
    for turn in range(kills):
        ahead, more = SECONDS_BETWEEN * turn, letters // (kills * 2)
        if turn % 5 == 1:
            assert nursery.do(f"{work}_and_die_before_marking", ahead=ahead, number=more) == KILLED
        elif turn % 5 == 3:
            assert nursery.do(f"{work}_and_die_before_sending", ahead=ahead, number=more) == KILLED
        else:
            kill_after(nursery, mail, work, ahead=ahead, more=more)
    assert nursery.do(work, ahead=SECONDS_BETWEEN * kills) == 0


def kill_after(nursery: Nursery, mail: MailServer, work: str, *, ahead: int, more: int) -> None:
    """Kill a sender when the server has taken so many more letters."""
    before = mail.count()
    child = nursery.began(work, ahead=ahead)
    wait_until(lambda: mail.count() >= before + more, every=0.002)
    os.kill(child, signal.SIGKILL)
    assert nursery.end(child) == KILLED


@pytest.mark.parametrize(
    ("letters", "kills"),
    [pytest.param(500, 10, id="small"), pytest.param(10_000, 100, id="full size", marks=pytest.mark.long)],
)
def test_senders_are_killed(letters, kills, nursery: Nursery, mail: MailServer, databases: Databases, database: str):
    assert nursery.do("fill", number=letters) == 0

    kill_while_sending(nursery, mail, "send", kills=kills, letters=letters)

    assert databases.ask(database, STATES) == [("sent", letters)]
    assert len(tally(mail)) == letters
    # Those that died at the worst moment left one each; of the others, each may have been there by chance.
    assert kills // 5 <= doubled(mail) <= kills - kills // 5


def test_without_marking_each_at_once_many_would_be_sent_again(nursery: Nursery, mail: MailServer):
    assert nursery.do("fill", number=300) == 0

    kill_after(nursery, mail, "send_marking_at_the_end", ahead=0, more=30)
    assert nursery.do("send", ahead=SECONDS_BETWEEN) == 0

    assert doubled(mail) >= 29


def test_two_senders_at_once(nursery: Nursery, mail: MailServer, databases, database: str):
    send_at_once(nursery, "send_together")

    assert databases.ask(database, STATES) == [("sent", 120)]
    assert len(tally(mail)) == 120
    assert doubled(mail) == 0
    assert len({letter.connection for letter in mail.taken()}) == 2, "both have sent some"


def test_without_claims_two_would_send_the_same(nursery: Nursery, mail: MailServer):
    send_at_once(nursery, "send_together_unclaimed")

    assert doubled(mail) >= AT_A_TIME, "all that both had read before either began"


def send_at_once(nursery: Nursery, work: str) -> None:
    """Two send a hundred and twenty letters."""
    assert nursery.do("fill", number=120) == 0
    children = [nursery.start(work), nursery.start(work)]
    nursery.asked("go")
    assert [nursery.end(child) for child in children] == [0, 0]


@pytest.mark.long
@pytest.mark.parametrize(
    ("work", "again"),
    [
        pytest.param("send_and_stand_still", 0, id="it is marked when the database is back"),
        pytest.param("send_and_stand_still_and_mark_once", 1, id="without that, it would be sent again"),
    ],
)
def test_database_is_restarted_with_a_letter_in_hand(
    work, again, postgres: PostgresServer, fragile_database: str, mail: MailServer, tmp_path: Path
):
    databases = PostgresDatabases(postgres)
    url = databases.make(copy_of=fragile_database)
    hold = tmp_path / "hold"
    with nursery_of(url, mail, tmp_path, HOLD=str(hold)) as nursery:
        assert nursery.do("fill", number=20) == 0
        hold.touch()
        child = nursery.began(work, number=10)
        wait_until(hold.with_suffix(".held").exists)
        postgres.restart()
        hold.unlink()
        assert nursery.end(child) == again
        assert nursery.do("send", ahead=SECONDS_BETWEEN) == 0

    assert databases.ask(url, STATES) == [("sent", 20)]
    assert len(tally(mail)) == 20
    assert doubled(mail) == again
