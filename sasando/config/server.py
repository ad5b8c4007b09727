"""The web server: some processes that share one socket, on Linux, macOS and Windows alike."""

import multiprocessing
import os
import signal
import socket
import sys

import waitress

THREADS = 8


class AddressInUseError(OSError):
    """Another program listens where we wanted to."""

    def __init__(self, host: str, port: int):
        super().__init__(
            f"Something already listens on {host}:{port}, perhaps another Sasando. "
            f"Stop it, or choose another port: sasando serve --port {port + 1}"
        )


def listen(host: str, port: int) -> socket.socket:
    """A listening socket. Raises AddressInUseError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    server = socket.socket(family, socket.SOCK_STREAM)
    if sys.platform != "win32":  # there the option would let two programs share the port by accident
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        server.bind((host, port))
    except OSError as error:
        server.close()
        raise AddressInUseError(host, port) from error
    server.listen(128)
    return server


def serve(server: socket.socket, processes: int) -> None:
    """Serve until interrupted (Ctrl+C, or a TERM signal). A process that dies is started again."""
    context = multiprocessing.get_context("spawn")
    start = lambda: context.Process(target=_work, args=(server,), daemon=True)
    workers = [start() for _ in range(processes)]
    for worker in workers:
        worker.start()
    if threaded := getattr(signal, "SIGTERM", None):
        signal.signal(threaded, lambda *_: sys.exit(0))
    try:
        while True:
            for place, worker in enumerate(workers):
                worker.join(timeout=1)
                if worker.exitcode is not None:
                    workers[place] = start()
                    workers[place].start()
    except KeyboardInterrupt:
        pass
    finally:
        for worker in workers:
            worker.terminate()
        server.close()


def _work(server: socket.socket) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sasando.config.settings")
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends us
    from sasando.config.wsgi import application  # noqa: PLC0415  Django must load inside the new process

    waitress.serve(application, sockets=[server], threads=THREADS, ident="sasando")
