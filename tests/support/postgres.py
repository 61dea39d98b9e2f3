"""A PostgreSQL server for the tests: that of TEST_DATABASE_URL, else Debian's own program on a folder that goes away.

One server for a run, however many workers it has; it is started by the first test that needs one, and ends with the
run. A test that stops its server takes a `Server` of its own.
"""

import asyncio
import contextlib
import fcntl
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Coroutine, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import asyncpg

ROOT = Path(__file__).parents[2]
T = TypeVar("T")
TEST_DATABASE_URL = "TEST_DATABASE_URL"
START_S = 60.0

# Killed, PostgreSQL loses nothing that the kernel has; only a machine that goes down would, which no test lets it.
_FASTER = ("fsync=off", "full_page_writes=off")
_SETTINGS = ("max_connections=300", "shared_buffers=64MB", "unix_socket_directories=", "listen_addresses=127.0.0.1")


def is_available() -> bool:
    """Can the tests have a server?"""
    return TEST_DATABASE_URL in os.environ or bool(_programs())


class Server:
    """A cluster in a temporary folder, on a free port, run by a user without rights. `url` leads to its superuser."""

    def __init__(self, *settings: str) -> None:
        self._settings = settings
        self._folder = Path(tempfile.mkdtemp(prefix="kring-postgres-"))
        self._process: subprocess.Popen[bytes] | None = None
        self._password = secrets.token_hex(16)
        self.port = _free_port()
        self.url = f"postgresql://kring:{self._password}@127.0.0.1:{self.port}/postgres"

    def make(self) -> None:
        """Make the cluster."""
        secret = self._folder / "password"
        secret.write_text(self._password)
        user = _as_user()
        for path in (self._folder, secret) if user else ():
            shutil.chown(path, user["user"], user["group"])
        # The order of letters is that of a language, as on a server that someone set up.
        letters = ("--encoding=UTF8", "--locale-provider=icu", "--icu-locale=en", "--locale=C.UTF-8")
        access = ("-U", "kring", f"--pwfile={secret}", "--auth=scram-sha-256")
        self._call("initdb", "-D", self.data, "--no-sync", *access, *letters)
        secret.unlink()

    def start(self) -> None:
        """Start it if it does not run, and wait until it answers."""
        if self._process is not None and self._process.poll() is None:
            return
        options = [word for each in (*_SETTINGS, *_FASTER, *self._settings) for word in ("-c", each)]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603  Debian's own program
                [_program("postgres"), "-D", self.data, "-p", str(self.port), *options],
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C is for the tests
                **_as_user(),
            )
        deadline = time.monotonic() + START_S
        while not _answers(self.url):
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL does not start: {(self._folder / 'log').read_text()[-2000:]}")
            time.sleep(0.05)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop it: SIGINT cuts off who is connected, SIGQUIT is a crash."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(START_S)
            self._process = None

    def restart(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop and start it."""
        self.stop(how)
        self.start()

    @contextmanager
    def silent(self) -> Iterator[None]:
        """Meanwhile it stands still: it takes what is asked, and answers nothing."""
        stopped = self.pids
        for pid in stopped:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in stopped:
                os.kill(pid, signal.SIGCONT)

    def remove(self) -> None:
        """End it and take away what is left of it."""
        self.stop(signal.SIGQUIT)
        shutil.rmtree(self._folder)

    @property
    def data(self) -> str:
        """The folder of the cluster."""
        return str(self._folder / "data")

    @property
    def pids(self) -> list[int]:
        """Its processes, while it runs: one, and one for each connection among others."""
        assert self._process is not None, "it was started"
        parents = {}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):  # it has just ended
                parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
        first = self._process.pid
        return [first, *(pid for pid, parent in parents.items() if parent == first)]

    def _call(self, program: str, *arguments: str) -> None:
        done = subprocess.run(  # noqa: S603  Debian's own program
            [_program(program), *arguments], capture_output=True, text=True, check=False, cwd="/", **_as_user()
        )
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stderr}")


@contextmanager
def server(*settings: str) -> Iterator[Server]:
    """A server of one's own, with these settings beside the usual ones."""
    own = Server(*settings)
    try:
        own.make()
        own.start()
        yield own
    finally:
        own.remove()


def shared(run: Path, until_pid: int) -> str:
    """The address of the run's server, which lives until the process `until_pid` ends; `run` is the run's folder."""
    if TEST_DATABASE_URL in os.environ:
        return os.environ[TEST_DATABASE_URL]
    address = run / "postgres"
    with (run / "postgres.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not address.exists():
            _start_guardian(address, until_pid)
    return address.read_text()


def _start_guardian(address: Path, until_pid: int) -> None:
    command = [sys.executable, "-m", __name__, str(address), str(until_pid)]
    guardian = subprocess.Popen(command, cwd=ROOT, start_new_session=True)  # noqa: S603  our own code
    deadline = time.monotonic() + START_S
    while not address.exists():
        if guardian.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError("the tests' PostgreSQL does not start")
        time.sleep(0.05)
    guardian.returncode = 0  # it outlives this worker, so nobody waits for it


def _guard(address: Path, until_pid: int) -> None:
    """Run a server until the process `until_pid` is gone, in whatever way it went."""
    with server() as own:
        whole = address.with_suffix(".new")
        whole.write_text(own.url)
        whole.chmod(0o600)
        whole.rename(address)
        while _lives(until_pid):
            time.sleep(0.5)


def sql(url: str, query: str, *values: Any) -> list[tuple[Any, ...]]:
    """What the statement finds, in a connection of its own; also where an event loop is running."""

    async def ask() -> list[tuple[Any, ...]]:
        connection = await asyncpg.connect(url, server_settings={"timezone": "UTC"})
        try:
            return [tuple(row) for row in await connection.fetch(query, *values)]
        finally:
            await connection.close()

    return _in_a_thread(ask())


def make_database(url: str, name: str, template: str = "template0") -> str:
    """Make a database on the server, a copy of the template; returns its address."""
    sql(url, f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
    return address_of(url, name)


def drop_database(url: str, name: str) -> None:
    """Take the database away, whoever is still connected."""
    sql(url, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def address_of(url: str, name: str) -> str:
    """The address of another database of the same server."""
    return urlsplit(url)._replace(path=f"/{name}").geturl()


def _in_a_thread(work: Coroutine[Any, Any, T]) -> T:
    result: list[T | BaseException] = []

    def run() -> None:
        try:
            result.append(asyncio.run(work))
        except BaseException as error:
            result.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    (outcome,) = result
    if isinstance(outcome, BaseException):
        raise outcome
    return outcome


def _answers(url: str) -> bool:
    with contextlib.suppress(OSError, asyncpg.PostgresError):
        return sql(url, "SELECT 1") == [(1,)]
    return False


def _free_port() -> int:
    with closing(socket.socket()) as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def _programs() -> list[Path]:
    """The folders of Debian's PostgreSQL programs, the newest last."""
    found = Path("/usr/lib/postgresql").glob("*/bin")
    return sorted((path for path in found if (path / "initdb").exists()), key=lambda path: float(path.parent.name))


def _program(name: str) -> str:
    return str(_programs()[-1] / name)


def _as_user() -> dict[str, Any]:
    """Who runs the server: never root, for whom the user stands in that Debian's package brings."""
    if os.getuid() != 0:
        return {}
    user = pwd.getpwnam("postgres")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


if __name__ == "__main__":
    _guard(Path(sys.argv[1]), int(sys.argv[2]))
