"""What the SMS provider may post, what is done with it, and who is turned away."""

from __future__ import annotations

import threading

import pytest
from flask import Flask
from werkzeug.serving import make_server

from channels.base import Receipt, Received
from channels.sms import TwilioReader
from channels.webhooks import sms_webhooks
from tests.standins.twilio_rest import TwilioStandIn

PUBLIC = "https://heard.council.example"
PHONE = "+447700900123"


class Service:
    """A tiny app on a real port, which notes what it was given and fails when told to."""

    def __init__(self, auth_tokens, public=PUBLIC + "/"):
        self.received: list[Received] = []
        self.receipts: list[Receipt] = []
        self.failing = False
        app = Flask(__name__)
        app.logger.disabled = True
        self.app = app
        self._server = make_server("127.0.0.1", 0, app, threaded=True)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        reader = TwilioReader(public or self.url, auth_tokens)
        app.register_blueprint(sms_webhooks(reader, self.receive, self.receipts.append))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()

    def receive(self, received):
        if self.failing:
            raise RuntimeError("the database is away")
        self.received.append(received)

    def close(self):
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@pytest.fixture
def twilio():
    with TwilioStandIn() as standin:
        yield standin


@pytest.fixture
def service(twilio):
    running = Service([twilio.auth_token])
    yield running
    running.close()


TEXTS = [
    "4",
    "",
    " 4 \n",
    "it was ok 😀👨‍👩‍👧",
    "before\0after",
    "مرحبا \u202eevil\u202c",
    "é" * 1600,
    "😀" * 1600,
    "a=b&c=d+e%20f;g",
    "<Response><Message>x</Message></Response>",
    "\r\nlines\r\n",
]


@pytest.mark.parametrize("text", TEXTS)
def test_words_arrive_exactly_as_they_were_sent(twilio, service, text):
    answer = twilio.post_inbound(service.url, PHONE, text, "SM" + "1" * 32, public_url=PUBLIC)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/xml")
    assert answer.text.endswith("<Response/>")
    assert service.received == [Received("sms", "SM" + "1" * 32, PHONE, text)]


@pytest.mark.parametrize("signature", ["", "nonsense", "ünsinn", "0" * 28])
def test_a_request_that_the_provider_did_not_sign_is_turned_away_and_nothing_is_kept(twilio, service, signature):
    signature = signature.encode().decode("latin-1")
    inbound = twilio.post_inbound(service.url, PHONE, "4", public_url=PUBLIC, signature=signature)
    status = twilio.post_status(service.url, "SM" + "1" * 32, "delivered", public_url=PUBLIC, signature=signature)
    assert (inbound.status_code, status.status_code) == (403, 403)
    assert (service.received, service.receipts) == ([], [])


def test_a_signature_for_other_words_does_not_do(twilio, service):
    stolen = twilio.sign(PUBLIC + "/webhooks/sms", twilio.inbound(PHONE, "5", "SM1"))
    answer = twilio.post_inbound(service.url, PHONE, "1", "SM1", public_url=PUBLIC, signature=stolen)
    assert (answer.status_code, service.received) == (403, [])


def test_a_signature_for_the_other_address_does_not_do(twilio, service):
    params = twilio.inbound(PHONE, "5", "SM1", MessageStatus="delivered")
    stolen = twilio.sign(PUBLIC + "/webhooks/sms", params)
    answer = twilio.post(service.url, "/webhooks/sms/status", params, public_url=PUBLIC, signature=stolen)
    assert (answer.status_code, service.receipts) == (403, [])


def test_forwarded_headers_are_never_trusted(twilio, service):
    params = twilio.inbound(PHONE, "4", "SM1")
    headers = {
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "https",
        "X-Original-URL": "https://evil.example/webhooks/sms",
        "Host": "evil.example",
        "X-Twilio-Signature": twilio.sign("https://evil.example/webhooks/sms", params),
    }
    client = service.app.test_client()
    assert client.post("/webhooks/sms", data=params, headers=headers).status_code == 403
    headers["X-Twilio-Signature"] = twilio.sign(PUBLIC + "/webhooks/sms", params)
    assert client.post("/webhooks/sms", data=params, headers=headers).status_code == 200


def test_both_keys_are_good_while_they_are_being_changed(twilio):
    running = Service(["the-new-key", twilio.auth_token])
    try:
        assert twilio.post_inbound(running.url, PHONE, "4", public_url=PUBLIC).status_code == 200
    finally:
        running.close()


def test_without_a_key_nothing_can_be_trusted():
    with pytest.raises(ValueError, match="auth token"):
        TwilioReader(PUBLIC, [""])


def test_a_signature_by_the_newer_algorithm_is_understood_and_an_unknown_one_refused(twilio, service):
    from twilio.request_validator import RequestValidator  # noqa: PLC0415

    params = twilio.inbound(PHONE, "4", "SM1")
    made = RequestValidator(twilio.auth_token).compute_signature(PUBLIC + "/webhooks/sms", params, "HMAC_SHA256")
    headers = {"X-Twilio-Signature": made, "X-Twilio-Webhooks-Signature-Settings": "key=k,algorithm=HMAC_SHA256"}
    client = service.app.test_client()
    assert client.post("/webhooks/sms", data=params, headers=headers).status_code == 200
    headers["X-Twilio-Webhooks-Signature-Settings"] = "key=k,algorithm=NONE"
    assert client.post("/webhooks/sms", data=params, headers=headers).status_code == 403


@pytest.mark.parametrize("query", ["?a=1", "?a=%C3%A9&b=x+y&b=%20", "?", "?bodySHA256=00"])
def test_a_query_string_in_the_address_is_part_of_what_is_signed(twilio, service, query):
    params = twilio.inbound(PHONE, "4", "SM1")
    true = twilio.sign(PUBLIC + "/webhooks/sms" + query.rstrip("?"), params)
    answer = twilio.post(service.url, "/webhooks/sms" + query, params, signature=true)
    assert answer.status_code == 200
    answer = twilio.post(service.url, "/webhooks/sms?a=2", params, signature=true)
    assert answer.status_code == 403


def test_fields_that_come_twice_do_not_break_the_signature(twilio, service):
    params = twilio.inbound(PHONE, "4", "SM1", AddOns=["b", "a", "a"])
    assert twilio.post(service.url, "/webhooks/sms", params, public_url=PUBLIC).status_code == 200


def test_a_message_that_comes_twice_is_handed_over_twice(twilio, service):
    for _ in range(2):
        assert twilio.post_inbound(service.url, PHONE, "4", "SM1", public_url=PUBLIC).status_code == 200
    assert [r.provider_id for r in service.received] == ["SM1", "SM1"]


@pytest.mark.parametrize(
    ("extra", "keyword", "media"),
    [
        ({"OptOutType": "STOP"}, "stop", 0),
        ({"OptOutType": "START"}, "start", 0),
        ({"OptOutType": "HELP"}, "help", 0),
        ({"OptOutType": "SOMETHING"}, None, 0),
        ({"NumMedia": "2"}, None, 2),
        ({"NumMedia": ""}, None, 0),
        ({"NumMedia": "²"}, None, 0),
        ({"NumMedia": "-1"}, None, 0),
        ({"NumMedia": "2.0"}, None, 0),
        ({"NumMedia": "9" * 5000}, None, 0),
        ({"NumMedia": "1", "MediaUrl0": "http://192.0.2.1/picture", "MediaContentType0": "image/jpeg"}, None, 1),
        ({"OptOutType": "Stop"}, "stop", 0),
    ],
)
def test_keywords_that_the_provider_dealt_with_and_pictures_are_told(twilio, service, extra, keyword, media):
    twilio.post_inbound(service.url, PHONE, "STOP", public_url=PUBLIC, **extra)
    (received,) = service.received
    assert (received.handled_by_provider, received.media_count) == (keyword, media)


def test_a_service_that_fails_says_so_in_order_that_the_provider_tries_its_fallback(twilio, service):
    service.failing = True
    assert twilio.post_inbound(service.url, PHONE, "4", public_url=PUBLIC).status_code == 500


@pytest.mark.parametrize("missing", ["MessageSid", "From"])
def test_a_message_without_a_name_or_a_sender_is_refused_with_the_field_that_is_missing(twilio, service, missing):
    params = {k: v for k, v in twilio.inbound(PHONE, "4").items() if k != missing}
    answer = twilio.post(service.url, "/webhooks/sms", params, public_url=PUBLIC)
    assert (answer.status_code, answer.text) == (400, f"{missing} is missing\n")


def test_a_body_that_is_far_too_long_is_refused(twilio, service):
    answer = twilio.post_inbound(service.url, PHONE, "a" * 70_000, public_url=PUBLIC)
    assert (answer.status_code, service.received) == (413, [])


STATUSES = [
    ("accepted", "accepted"),
    ("scheduled", "accepted"),
    ("queued", "accepted"),
    ("sending", "accepted"),
    ("sent", "sent"),
    ("partially_delivered", "sent"),
    ("delivered", "delivered"),
    ("read", "read"),
    ("undelivered", "undelivered"),
    ("failed", "failed"),
    ("canceled", "failed"),
    ("receiving", None),
    ("received", None),
    ("a_word_of_next_year", None),
]


@pytest.mark.parametrize(("word", "status"), STATUSES)
def test_every_word_of_twilios_for_a_status_is_understood_or_left_alone(twilio, service, word, status):
    answer = twilio.post_status(service.url, "SM1", word, public_url=PUBLIC)
    assert (answer.status_code, answer.content) == (204, b"")
    assert service.receipts == ([Receipt("sms", "SM1", status)] if status else [])


@pytest.mark.parametrize("code", [0, "", None])
def test_a_text_may_fail_to_arrive_without_a_reason(twilio, service, code):
    twilio.post_status(service.url, "SM1", "undelivered", error_code=code, public_url=PUBLIC)
    assert service.receipts == [Receipt("sms", "SM1", "undelivered")]


@pytest.mark.parametrize(("code", "permanent"), [(30003, False), (30005, True), (30006, True), (30007, False)])
def test_the_reason_for_not_arriving_is_passed_on_and_explained(twilio, service, code, permanent):
    twilio.post_status(service.url, "SM1", "undelivered", error_code=code, public_url=PUBLIC)
    (receipt,) = service.receipts
    assert (receipt.error_code, receipt.permanent) == (str(code), permanent)
    assert receipt.explanation.endswith(".")


@pytest.mark.parametrize("code", ["39999", "none", "9" * 5000])
def test_a_reason_that_is_new_is_passed_on_as_it_is(twilio, service, code):
    answer = twilio.post_status(service.url, "SM1", "failed", error_code=code, public_url=PUBLIC)
    assert answer.status_code == 204
    assert service.receipts == [Receipt("sms", "SM1", "failed", error_code=code)]


def test_a_stop_that_only_the_provider_heard_is_told(twilio, service):
    twilio.post_status(service.url, "SM1", "failed", error_code=21610, public_url=PUBLIC)
    assert [(receipt.opted_out, receipt.permanent) for receipt in service.receipts] == [(True, False)]


def test_a_code_on_the_way_is_no_failure(twilio, service):
    twilio.post_status(service.url, "SM1", "partially_delivered", error_code=30005, public_url=PUBLIC)
    assert service.receipts == [Receipt("sms", "SM1", "sent", error_code="30005")]


@pytest.mark.parametrize("missing", ["MessageSid", "MessageStatus"])
def test_a_report_without_a_name_or_a_status_is_refused(twilio, service, missing):
    params = {"MessageSid": "SM1", "MessageStatus": "sent"}
    del params[missing]
    answer = twilio.post(service.url, "/webhooks/sms/status", params, public_url=PUBLIC)
    assert (answer.status_code, service.receipts) == (400, [])


def test_a_report_goes_where_the_message_asked_for_it(twilio):
    running = Service([twilio.auth_token], public=None)
    try:
        form = {"To": PHONE, "Body": "x", "StatusCallback": f"{running.url}/webhooks/sms/status?part=1"}
        message = twilio.new_message(form)
        assert twilio.report(message, "delivered").status_code == 204
        assert running.receipts == [Receipt("sms", message.sid, "delivered")]
    finally:
        running.close()


def test_the_views_declare_that_the_provider_uses_them_and_take_posts_only(service):
    views = [service.app.view_functions[f"sms_webhooks.{name}"] for name in ("inbound", "status")]
    assert [view.access for view in views] == ["provider", "provider"]
    client = service.app.test_client()
    assert [client.get(path).status_code for path in ("/webhooks/sms", "/webhooks/sms/status")] == [405, 405]
