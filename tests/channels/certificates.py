"""A certificate for localhost that is signed by itself, made anew for a test run."""

from __future__ import annotations

import ssl
import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Certificate:
    """Where a certificate and its key are, and how servers and clients use them."""

    key: Path
    crt: Path

    def serving(self) -> ssl.SSLContext:
        """What a server offers that has it."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.crt, self.key)
        return context

    def trusting(self) -> ssl.SSLContext:
        """What a client goes by that trusts it."""
        return ssl.create_default_context(cafile=str(self.crt))


def make_certificate(folder: Path) -> Certificate:
    made = Certificate(folder / "key.pem", folder / "crt.pem")
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"),
            *("-keyout", made.key, "-out", made.crt, "-days", "2", "-subj", "/CN=localhost"),
            *("-addext", "subjectAltName=DNS:localhost"),
        ],
        check=True,
        capture_output=True,
        timeout=60,
    )
    return made
