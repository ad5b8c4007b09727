"""`sasando serve`, really started: pages and jobs, processes that die, and an end that leaves nothing behind."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from sasando.config.server import AddressInUseError, AddressRefusedError, listen

pytestmark = pytest.mark.skipif(not Path("/proc").exists(), reason="looks into /proc for processes")
LONG = 600


def until(condition, seconds=90):
    """Wait until something holds, and return it."""
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.1)
    return found


def is_alive(process):
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


class House:
    """A data folder with an office, and `sasando serve` over it."""

    def __init__(self, folder, database_url):
        self.folder, self.database_url = folder, database_url
        with closing(listen("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.environment = {
            **os.environ,
            "SASANDO_DATA": str(folder),
            "DATABASE_URL": database_url or f"sqlite:///{folder}/records.sqlite3",
            "DJANGO_SETTINGS_MODULE": "sasando.config.tests.settings",
            "SASANDO_POOL": "1",
        }
        self.process = None

    def command(self, *arguments):
        return [sys.executable, "-m", "sasando.config.cli", *arguments]

    def run(self, *arguments):
        return subprocess.run(
            self.command(*arguments), env=self.environment, capture_output=True, text=True, timeout=300
        )

    def start(self):
        log = (self.folder / "log.txt").open("a")
        self.process = subprocess.Popen(
            self.command("serve", "--port", str(self.port)),
            env=self.environment,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        until(self.answers)

    def answers(self):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/masuk/", timeout=30) as answer:
                return answer.read().decode()
        except OSError:
            return ""

    def children(self):
        """The two web processes and the worker; Python's own helper, which has no part in the work, is left out."""
        found = []
        for task in Path(f"/proc/{self.process.pid}/task").iterdir():
            found += (task / "children").read_text().split()
        return {int(pid) for pid in found if "spawn_main" in Path(f"/proc/{pid}/cmdline").read_text()}

    def family(self):
        """Every process that came from this one, by the session it began."""
        found = set()
        for each in Path("/proc").glob("[0-9]*/stat"):
            try:
                session = each.read_text(encoding="utf-8").rpartition(")")[2].split()[3]
            except (FileNotFoundError, ProcessLookupError):
                continue
            if int(session) == self.process.pid and is_alive(each.parent.name):
                found.add(int(each.parent.name))
        return found

    def enqueue(self, seconds):
        code = (
            "import django; django.setup()\n"
            "from sasando.base.reader import NamedActor\n"
            "from sasando.config.tests.slow.jobs import SLEEP\n"
            "from sasando.files.actions import enqueue\n"
            f"print(enqueue(SLEEP, {{'seconds': {seconds}}}, by=NamedActor('Dina')).pk)"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], env=self.environment, capture_output=True, text=True, check=True
        )
        return int(done.stdout)

    def sql(self, statement):
        if self.database_url:
            with psycopg.connect(self.database_url, autocommit=True) as database:
                cursor = database.execute(statement)
                return cursor.fetchall() if cursor.description else []
        with closing(sqlite3.connect(self.folder / "records.sqlite3", timeout=30)) as database, database:
            return database.execute(statement).fetchall()

    def job(self, number):
        """(state, text, result address, error)"""
        return self.sql(f"SELECT state, text, result_url, error FROM files_job WHERE id = {number}")[0]

    def runs_in(self, number):
        """The process a job runs in, as it says itself; None before it does."""
        state, text, *_ = self.job(number)
        return int(text.split()[1]) if state == "running" and text else None

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(60)


@pytest.fixture(scope="module")
def database_url(django_db_setup):
    """A database of its own on the server the suite runs on; empty on SQLite."""
    if connection.vendor == "sqlite":
        yield ""
        return
    known = connection.get_connection_params()
    server = {key: known[key] for key in ("host", "port", "user", "password") if known.get(key)}
    name = f"sasando_serve_{os.getpid()}"
    with psycopg.connect(dbname="postgres", **server, autocommit=True) as database:
        database.execute(f"CREATE DATABASE {name}")
        login = server["user"] + (f":{server['password']}" if "password" in server else "")
        yield f"postgres://{login}@{server['host']}:{server.get('port', 5432)}/{name}"
        database.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def office(tmp_path_factory, database_url):
    house = House(tmp_path_factory.mktemp("serve"), database_url)
    begun = house.run("init", "53.14", "--admin", "x")
    assert begun.returncode == 0, begun.stderr
    yield house
    house.stop()


@pytest.fixture
def house(office):
    """The office, served."""
    if office.process is None or office.process.poll() is not None:
        office.start()
    until(lambda: len(office.children()) == 3)
    return office


def test_pages_and_jobs_need_one_command(house):
    assert 'name="password"' in house.answers()
    number = house.enqueue(0)
    until(lambda: house.job(number)[0] == "done")
    assert house.job(number)[2] == "/slept/"


def test_a_process_that_dies_is_started_again(house):
    for victim in house.children():
        os.kill(victim, signal.SIGKILL)
        until(lambda: not is_alive(victim) and len(house.children()) == 3)  # noqa: B023  is used up here
        assert until(house.answers)
    number = house.enqueue(0.1)
    until(lambda: house.job(number)[0] == "done")
    assert "died (-9)" in (house.folder / "log.txt").read_text()


def test_a_job_killed_in_the_middle_is_given_up(house):
    number = house.enqueue(LONG)
    worker = until(lambda: house.runs_in(number))
    assert worker in house.children()
    os.kill(worker, signal.SIGKILL)
    assert house.job(number)[0] == "running"
    house.sql(f"UPDATE files_job SET last_sign_of_life = '2020-12-31 00:00:00+00:00' WHERE id = {number}")
    until(lambda: house.job(number)[0] == "abandoned")
    assert house.job(number)[3]


def test_a_port_in_use_is_told(house):
    other = house.run("serve", "--port", str(house.port))
    assert other.returncode != 0
    assert f"sasando serve --port {house.port + 1}" in other.stderr
    assert "Traceback" not in other.stderr
    assert (house.folder / "static" / "staticfiles.json").exists()
    assert house.answers()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["TERM", "Ctrl+C"])
def test_stopping_ends_every_process_and_gives_up_the_job(house, number):
    job = house.enqueue(LONG + number)
    until(lambda: house.runs_in(job))
    family = house.family()
    assert len(family) >= 4
    os.killpg(house.process.pid, number) if number == signal.SIGINT else house.process.terminate()
    assert house.process.wait(60) == 0
    until(lambda: not house.family())  # Python's own helper ends a moment after its parent
    log = (house.folder / "log.txt").read_text()
    assert house.job(job)[0] == "abandoned", log
    assert house.job(job)[3]
    assert "Traceback" not in log


def test_killing_the_parent_leaves_no_process(house):
    house.process.kill()
    house.process.wait(60)
    until(lambda: not house.family())


def test_a_worker_alone_runs_jobs_until_stopped(office):
    office.stop()
    number = office.enqueue(0)
    worker = subprocess.Popen(office.command("worker"), env=office.environment, stderr=subprocess.PIPE)
    try:
        until(lambda: office.job(number)[0] == "done")
    finally:
        worker.terminate()
    assert worker.wait(60) == 0
    assert worker.stderr.read() == b""


def test_a_worker_wants_an_up_to_date_database(tmp_path, office):
    empty = House(tmp_path, "")
    (tmp_path / "keys.json").write_bytes((office.folder / "keys.json").read_bytes())
    done = empty.run("worker")
    assert done.returncode != 0
    assert "sasando migrate" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_address_of_another_machine_is_refused():
    with pytest.raises(AddressRefusedError, match=r"203\.0\.113\.1:8000"):
        listen("203.0.113.1", 8000)


def test_a_port_in_use_names_the_next():
    with closing(socket.create_server(("127.0.0.1", 0))) as other:
        port = other.getsockname()[1]
        with pytest.raises(AddressInUseError, match=f"--port {port + 1}"):
            listen("127.0.0.1", port)
