"""Whether providers and people can reach us at the address that they are given: asked from here, as they would.

May follow no redirect, for providers follow none, and may say nothing of what another answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

import requests

from channels.base import Finding

_HEALTHY = b'"ok"'
_MOST = 200  # bytes of an answer that are looked at


def reach(public_base_url: str, timeout: float = 10.0) -> Sequence[Finding]:
    """Ask the service for its health at its public address.

    Args:
        public_base_url: as it is set, without a slash at its end.
        timeout: seconds for connecting, and for each wait after it.
    """
    return [_protected(public_base_url), _answering(public_base_url, timeout)]


def behind(public_base_url: str, trusted_proxies: int) -> Sequence[Finding]:
    """Tell whether visitors can be told apart: what is protected has a proxy before it, which alone knows who came.

    Args:
        public_base_url: as it is set.
        trusted_proxies: how many proxies are believed when they name who came to them.
    """
    if urlsplit(public_base_url).scheme != "https" or trusted_proxies:
        return [Finding(is_wrong=False, what="Visitors are told apart by their addresses.")]
    return [
        Finding(
            is_wrong=True,
            what="The public address is protected by a proxy, and no proxy is trusted, so all visitors count as one and one "
            "of them can use up what the web chat allows an address in an hour.",
            instead="Set TRUSTED_PROXIES to how many proxies stand before the service, most often 1.",
        )
    ]


def _protected(public_base_url: str) -> Finding:
    if urlsplit(public_base_url).scheme == "https":
        return Finding(is_wrong=False, what="The public address is protected (https).")
    return Finding(
        is_wrong=True,
        what="The public address is not protected, so what people write could be read on its way.",
        instead="Put a proxy with a certificate before the service and set PUBLIC_BASE_URL to https://…",
    )


def _answering(public_base_url: str, timeout: float) -> Finding:
    try:
        with requests.get(f"{public_base_url}/health", timeout=timeout, allow_redirects=False, stream=True) as answer:
            is_ours = answer.status_code == 200 and _HEALTHY in next(answer.iter_content(_MOST), b"")
    except requests.exceptions.SSLError:
        return _unreachable("The certificate of the public address is not good, so providers will not post there.")
    except (requests.RequestException, OSError):
        return _unreachable("Nothing answers at the public address.")
    if not is_ours:
        return _unreachable("Something else than this service answers at the public address.")
    return Finding(is_wrong=False, what="The service answers at its public address.")


def _unreachable(what: str) -> Finding:
    return Finding(
        is_wrong=True,
        what=what,
        instead="Start the service, and look whether PUBLIC_BASE_URL, its name, its certificate and the proxy are right.",
    )
