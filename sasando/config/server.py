"""Processes that work together until stopped: some that serve pages from one shared socket, one that runs long jobs.

On Linux, macOS and Windows alike.
"""

import errno
import multiprocessing
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import wait

import waitress

THREADS = 8
MOST_BYTES = 50 * 1024 * 1024
"""The largest upload taken: a scan or a workbook is smaller, and a stranger cannot fill the disk."""
PATIENCE_SECONDS = 20
"""How long processes may take to end when asked: a job under way says that it was interrupted. Then they are killed."""
RESTART_SECONDS = 1
"""Before a process that died is started again, so that one that cannot start does not take the whole machine."""


class AddressError(OSError):
    """We cannot listen where we wanted to."""


class AddressInUseError(AddressError):
    """Another program listens there."""

    def __init__(self, host: str, port: int):
        super().__init__(
            f"Something already listens on {host}:{port}, perhaps another Sasando. "
            f"Stop it, or choose another port: sasando serve --port {port + 1}"
        )


class AddressRefusedError(AddressError):
    """This machine has no such address, or does not let us listen there."""

    def __init__(self, host: str, port: int, error: OSError):
        super().__init__(
            f"This machine does not let Sasando listen on {host}:{port} ({error.strerror}). "
            "Choose another address or port: sasando serve --host 127.0.0.1 --port 8000"
        )


def listen(host: str, port: int) -> socket.socket:
    """A listening socket. Raises AddressError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    server = socket.socket(family, socket.SOCK_STREAM)
    if sys.platform != "win32":  # there the option would let two programs share the port by accident
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        server.bind((host, port))
        server.listen(128)
    except OSError as error:
        server.close()
        if error.errno == errno.EADDRINUSE:
            raise AddressInUseError(host, port) from error
        raise AddressRefusedError(host, port, error) from error
    return server


def serve(server: socket.socket, processes: int, say: Callable[[str], None]) -> None:
    """Serve and run jobs until interrupted (Ctrl+C, or a TERM signal). A process that dies is started again.

    `say` is told when that happens. When this ends, no process is left; should this process itself be killed,
    the others end by themselves.
    """
    asked_to_stop = []
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: asked_to_stop.append(True))
    context = multiprocessing.get_context("spawn")
    work = [(_serve_pages, (server,))] * processes + [(_run_jobs, ())]
    start = lambda target, args: context.Process(target=target, args=args, daemon=True)
    crew = [start(*each) for each in work]
    try:
        for process in crew:
            process.start()
        while not asked_to_stop:
            with suppress(InterruptedError):  # Ctrl+C on Windows
                if not wait([process.sentinel for process in crew], timeout=1):
                    continue
            time.sleep(RESTART_SECONDS)
            for place, process in enumerate(crew):
                if process.exitcode is not None and not asked_to_stop:
                    say(f"Process {process.pid} died ({process.exitcode}); another takes its place.")
                    crew[place] = start(*work[place])
                    crew[place].start()
    finally:
        _end([process for process in crew if process.pid], asked_to_stop)
        server.close()


def _end(crew: list, asked_to_stop: list) -> None:
    """End the processes; whoever asks a second time waits no longer."""
    for process in crew:
        process.terminate()
    deadline = time.monotonic() + PATIENCE_SECONDS
    while any(process.is_alive() for process in crew):
        if time.monotonic() > deadline or len(asked_to_stop) > 1:
            for process in crew:
                process.kill()
        time.sleep(0.05)


def _begin() -> None:
    """What each process does first: leave Ctrl+C to the parent, and end when the parent is no longer there."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sasando.config.settings")
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    multiprocessing.parent_process().join()
    os.kill(os.getpid(), signal.SIGTERM)


def _serve_pages(server: socket.socket) -> None:
    _begin()
    from sasando.config.wsgi import application  # noqa: PLC0415  Django must load inside the new process

    waitress.serve(
        application, sockets=[server], threads=THREADS, ident="sasando", max_request_body_size=MOST_BYTES
    )


def _run_jobs() -> None:
    _begin()
    import django  # noqa: PLC0415  Django must load inside the new process

    django.setup()
    from sasando.config.management.commands.worker import run_until_stopped  # noqa: PLC0415

    run_until_stopped()
