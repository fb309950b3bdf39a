"""`flask serve`: web, worker and clock in one process, or each on a machine of its own."""

from __future__ import annotations

import errno
import os
import socket
import threading
from collections.abc import Callable

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from bot.clockwork import running
from bot.jobs import JOBS
from bot.service import Service
from console import logs
from console.commands.plain import PlainCommand
from console.commands.stopping import told_to_stop
from console.trial import greet, prepare_trial
from console.wiring import service
from store.migrate import migrate

ROLES = ("web", "worker", "clock")
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
REQUEST_TIMEOUT_SECONDS = 60


class Background:
    """The clock, and the threads that send or that hand out to workers elsewhere, in the process at hand."""

    def __init__(self, service: Service, roles: tuple[str, ...], outbox_workers: int) -> None:
        self._service = service
        self._stop = threading.Event()
        if service.workers:
            work, threads = service.workers.keep_handing_out, 1
        else:
            work, threads = service.outbox.work, outbox_workers if "worker" in roles else 0
        self._workers = [
            threading.Thread(target=work, args=(self._stop,), name=f"outbox-{number}", daemon=True)
            for number in range(threads)
        ]
        self._has_clock = "clock" in roles
        self._stop_clock: Callable[[], None] = lambda: None

    def start(self) -> None:
        """Start the threads."""
        for worker in self._workers:
            worker.start()
        if self._has_clock:
            self._stop_clock = running.start(self._service, JOBS)

    def stop(self) -> None:
        """Let what is being sent be finished, and stop."""
        self._stop.set()
        self._service.outbox.wake()
        self._stop_clock()
        for worker in self._workers:
            worker.join(timeout=5)


class WordlessLog(Logger):  # type: ignore[misc]  # gunicorn carries no types
    """The server's own log in the service's manner: without the messages of faults and the tokens of addresses.

    There is no access log: it would hold the address of every web chat.
    """

    def setup(self, cfg: object) -> None:
        """As gunicorn sets it up, but for how a line is written."""
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(logs.WordlessFormatter(self.error_fmt, self.datefmt))


class _Web(BaseApplication):  # type: ignore[misc]  # gunicorn carries no types
    def __init__(self, app: Flask, address: str, threads: int, background: Background) -> None:
        self._app = app
        self._settings: dict[str, object] = {
            "bind": address,
            "workers": 1,
            "worker_class": "gthread",
            "threads": threads,
            "timeout": REQUEST_TIMEOUT_SECONDS,
            "control_socket_disable": True,
            "post_worker_init": lambda _worker: background.start(),
            "worker_exit": lambda _server, _worker: background.stop(),
            "loglevel": "warning",
            "accesslog": None,
            "logger_class": WordlessLog,
        }
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._settings.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self._app


@click.command("serve", cls=PlainCommand, short_help="Run the service: web, worker and clock.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="The port to listen on.")
@click.option(
    "--only", multiple=True, type=click.Choice(ROLES), help="Run only this part; may be given more than once."
)
@with_appcontext
def serve(host: str, port: int, only: tuple[str, ...]) -> None:
    """Run the service: web pages and webhooks, the worker that sends, and the clock."""
    here = service()
    if here.trial and host not in LOOPBACK:
        raise click.BadParameter("while trying out, only this computer may reach it: leave it out", param_hint="--host")
    roles = _roles(only, elsewhere=here.workers is not None)
    if "web" in roles:
        _check_free(host, port)
    migrate(here.database)
    if here.trial:
        prepare_trial(here)
    here.database.close()  # no connection may be shared with the process that serves
    background = Background(here, roles, current_app.config["OUTBOX_WORKERS"])
    greet(here, f"http://{host}:{port}", roles)
    if "web" in roles:
        threads = int(current_app.config["WEB_THREADS"])
        app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - Flask's documented way
        _Web(app, f"{host}:{port}", threads, background).run()
    else:
        _run_until_told(background)


def _roles(only: tuple[str, ...], *, elsewhere: bool) -> tuple[str, ...]:
    """What this process does; `elsewhere` says that workers of their own send."""
    if not elsewhere:
        return only or ROLES
    if "worker" in only:
        raise click.BadParameter(
            "REDIS_URL is set, so workers of their own send: run 'flask worker'", param_hint="--only"
        )
    return only or tuple(role for role in ROLES if role != "worker")


def _check_free(host: str, port: int) -> None:
    """Refuse an address that cannot be listened on, before anything is started."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as trying:
            trying.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trying.bind(address)
    except OSError as fault:
        if fault.errno == errno.EADDRINUSE:
            told = f"Port {port} is in use: stop what uses it, or choose another with 'flask serve --port {port + 1}'."
        else:
            told = f"Cannot listen on {host}, port {port}: {fault.strerror}. Choose others with --host and --port."
        raise click.ClickException(told) from None


def _run_until_told(background: Background) -> None:
    with told_to_stop() as stop:
        background.start()
        print(f"Running as process {os.getpid()}; stop it with Ctrl-C.", flush=True)
        stop.wait()
        background.stop()
