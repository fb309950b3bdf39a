"""The service as processes of its own: started, killed without warning, and spoken to as people and programs do."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from html import unescape
from pathlib import Path
from typing import Self, TypeVar

import requests

from tests.standins.postgres import free_port

ROOT = Path(__file__).parents[2]
PATIENCE = 40.0
"""Seconds: many times what anything here takes on a slow machine, and far less than a test's time-out."""

_T = TypeVar("_T")


def eventually(look: Callable[[], _T], what: str, *, pause: float = 0.02) -> _T:
    """Look again and again until there is something, and return it; fail with `what` when there is nothing in time."""
    deadline = time.monotonic() + PATIENCE
    while True:
        if found := look():
            return found
        assert time.monotonic() < deadline, f"waited {PATIENCE:g} seconds in vain: {what}"
        time.sleep(pause)


class RunningService:
    """`flask serve` on a free port of loopback, and the other commands beside it in the same environment.

    Attributes:
        url: where it listens, which is its public address too.
        environment: all that its processes are given; nothing but PATH is taken over from this one's.
        output: the file to which everything goes that its processes print and log.
    """

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        """Prepare; nothing is started yet."""
        self._port = free_port()
        self.url = f"http://127.0.0.1:{self._port}"
        self.output = folder / "service.log"
        self.environment = {"PATH": os.environ["PATH"], **environment, "PUBLIC_BASE_URL": self.url}
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, *only: str) -> None:
        """Start it, whole or only these parts of it, and wait until it answers."""
        parts = [argument for part in only for argument in ("--only", part)]
        self._process = self.begin("serve", "--port", str(self._port), *parts)
        eventually(self._answers, "the service did not start")

    def start_and_kill(self, moment: Callable[[], bool]) -> None:
        """Start it, and kill every process of it as soon as `moment` has come, whether it answers by then or not."""
        process = self.begin("serve", "--port", str(self._port))
        try:
            eventually(moment, "the moment to kill it did not come", pause=0.002)
        finally:
            kill_group(process)

    def begin(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start a command in a process group of its own, and do not wait for it."""
        with self.output.open("ab") as output:
            return subprocess.Popen(
                [sys.executable, "-m", "flask", *arguments],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def command(self, *arguments: str, typed: str = "") -> str:
        """Run a command to its end; return what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "flask", *arguments],
            cwd=ROOT,
            env=self.environment,
            input=typed,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        with self.output.open("a", encoding="utf-8") as output:
            output.write(done.stdout + done.stderr)
        assert done.returncode == 0, f"flask {arguments[0]}: {done.stdout}{done.stderr}"
        return done.stdout

    def kill(self) -> None:
        """Kill every process of it at once, as a power cut would."""
        if self._process is not None:
            kill_group(self._process)
            self._process = None
            eventually(lambda: not self._is_open(), "the port of the killed service stayed open")

    def stop(self) -> None:
        """Ask it to stop, and wait until it has."""
        assert self._process is not None, "it does not run"
        self._process.terminate()
        assert self._process.wait(PATIENCE) == 0
        self._process = None

    def _answers(self) -> bool:
        assert self._process is not None
        assert self._process.poll() is None, self.output.read_text(encoding="utf-8")[-2000:]
        return self._is_open()

    def _is_open(self) -> bool:
        with contextlib.suppress(requests.RequestException), _session() as session:
            return session.get(f"{self.url}/health", timeout=5).ok
        return False


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """Kill a process that was started here, and its children."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(PATIENCE)


def _session() -> requests.Session:
    session = requests.Session()
    session.trust_env = False
    return session


class Browser:
    """A browser without scripts: it keeps cookies, and sends a form with the token that the page gave it."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._session = _session()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._session.close()

    def get(self, path: str) -> str:
        """The words of a page, which must be there."""
        answer = self._session.get(self._url + path, timeout=PATIENCE)
        assert answer.status_code == 200, (path, answer.status_code)
        return unescape(answer.text)

    def send(self, page: str, action: str, **fields: str) -> requests.Response:
        """Open the page, fill in a form on it and send it."""
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.get(page))
        assert token, f"{page} has no form with a token"
        return self._session.post(self._url + action, data={"csrf_token": token[1], **fields}, timeout=PATIENCE)

    def sign_in(self, email: str, password: str) -> requests.Response:
        """Try to sign in."""
        return self.send("/sign-in", "/sign-in", email=email, password=password, next="/")
