"""Plays Twilio towards the service: posts what people write and how far messages have come, with true signatures."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit
from uuid import uuid4

import requests
from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict

_HEADERS = {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8", "User-Agent": "TwilioProxy/1.1"}


class Webhooks:
    """The half of the stand-in that calls us; every method returns the service's `requests.Response`."""

    def __init__(self, *, auth_token: str, account_sid: str):
        self.auth_token = auth_token
        self.account_sid = account_sid

    def sign(self, url, params, auth_token=None) -> str:
        """The signature for posting `params` (a dict, whose values may be lists) to `url`, by Twilio's own code."""
        return RequestValidator(auth_token or self.auth_token).compute_signature(url, MultiDict(params))

    def post(self, base_url, path, params, *, public_url=None, signature=None, timeout=30.0) -> requests.Response:
        """Post `params` to the service.

        Args:
            base_url: where the service listens.
            path: with a query string if need be.
            params: a dict, whose values may be lists for fields that come twice.
            public_url: what Twilio believes the service's address to be, where that is not `base_url`.
            signature: sent instead of the true one; "" sends none.
            timeout: seconds to wait for an answer.
        """
        target = (public_url or base_url).rstrip("/") + path
        true = self.sign(target, params) if signature is None else signature
        headers = {**_HEADERS, **({"X-Twilio-Signature": true} if true else {})}
        body = urlencode(params, doseq=True).encode()
        with requests.Session() as session:
            session.trust_env = False
            return session.post(base_url.rstrip("/") + path, data=body, headers=headers, timeout=timeout)

    def inbound(self, from_, body, sid=None, **extra) -> dict:
        """The fields that Twilio posts for a text from `from_`."""
        sid = sid or "SM" + uuid4().hex
        return {
            "ToCountry": "GB",
            "SmsMessageSid": sid,
            "NumMedia": "0",
            "SmsSid": sid,
            "SmsStatus": "received",
            "FromCountry": "GB",
            "Body": body,
            "To": "+447700900999",
            "NumSegments": "1",
            "MessageSid": sid,
            "AccountSid": self.account_sid,
            "From": from_,
            "ApiVersion": "2010-04-01",
            **extra,
        }

    def post_inbound(self, base_url, from_, body, sid=None, *, public_url=None, signature=None, **extra):
        """Play a text from a phone: `extra` are further fields, such as OptOutType="STOP"."""
        params = self.inbound(from_, body, sid, **extra)
        return self.post(base_url, "/webhooks/sms", params, public_url=public_url, signature=signature)

    def post_status(self, base_url, sid, status, *, error_code=None, public_url=None, signature=None, **extra):
        """Play a delivery report."""
        params = {"SmsSid": sid, "SmsStatus": status, "MessageStatus": status, "MessageSid": sid}
        params |= {"AccountSid": self.account_sid, "ApiVersion": "2010-04-01", **extra}
        if error_code is not None:
            params["ErrorCode"] = str(error_code)
        return self.post(base_url, "/webhooks/sms/status", params, public_url=public_url, signature=signature)

    def report(self, message, status, *, error_code=None):
        """Post a delivery report to where the message itself asked for it."""
        target = urlsplit(message.status_callback)
        path = target.path + (f"?{target.query}" if target.query else "")
        params = {"MessageSid": message.sid, "MessageStatus": status, "To": message.to, "AccountSid": self.account_sid}
        if error_code is not None:
            params["ErrorCode"] = str(error_code)
        return self.post(f"{target.scheme}://{target.netloc}", path, params)
