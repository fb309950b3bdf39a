"""What every channel promises, whoever carries its messages: run for each of them beside a provider that misbehaves."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta

import pytest

from channels import errors
from tests.channels.edges import EDGES

MARKER = "zzmarkerword"
LONG_AGO = timedelta(hours=1)


@pytest.fixture(params=EDGES)
def edge(request):
    with EDGES[request.param]() as made:
        yield made


def trouble(edge, kind):
    """Make the provider misbehave, or skip where there is none."""
    knob = getattr(edge, kind)
    if knob is None:
        pytest.skip("nobody carries these messages")
    knob()


def fail(edge, error):
    with pytest.raises(error) as failed:
        edge.channel.send(edge.message(f"{MARKER} at home"))
    return failed.value


def test_a_message_is_taken_and_gets_a_name(edge):
    sent = edge.channel.send(edge.message("How was it? £ € é 😀 مرحبا\nReply 1 to 5"))
    assert sent.provider_id
    assert sent.status in {"accepted", "kept", "delivered"}
    if edge.taken:
        assert edge.taken() == [(edge.address, "How was it? £ € é 😀 مرحبا\nReply 1 to 5")]


def test_two_messages_get_two_names(edge):
    first = edge.channel.send(edge.message("one", key="k1"))
    second = edge.channel.send(edge.message("two", key="k2"))
    assert first.provider_id != second.provider_id


def test_a_provider_that_is_down_has_surely_taken_nothing(edge):
    trouble(edge, "down")
    error = fail(edge, errors.Unreachable)
    assert not error.may_have_been_sent


def test_a_provider_that_does_not_answer_in_time_may_have_taken_it(edge):
    trouble(edge, "slow")
    error = fail(edge, errors.TimedOut)
    assert error.may_have_been_sent
    assert len(edge.taken()) == 1


def test_a_provider_that_asks_for_patience_is_asked_again_later(edge):
    trouble(edge, "busy")
    error = fail(edge, errors.Busy)
    assert isinstance(error, errors.Retryable)
    assert not error.may_have_been_sent


def test_an_answer_that_makes_no_sense_leaves_it_open_whether_the_message_was_taken(edge):
    trouble(edge, "nonsense")
    error = fail(edge, errors.Retryable)
    assert error.may_have_been_sent


def test_a_refusal_for_good_is_not_tried_again(edge):
    trouble(edge, "refusing")
    assert isinstance(fail(edge, errors.Refused), errors.Final)


def test_an_address_that_cannot_take_messages_is_said_to_be_one(edge):
    trouble(edge, "bad_address")
    assert isinstance(fail(edge, errors.BadAddress), errors.Final)


def test_nothing_is_found_where_nothing_was_sent(edge):
    assert edge.channel.find(edge.message("one"), datetime.now(UTC) - LONG_AGO, known=[]) is None


@pytest.mark.parametrize("kind", ["none", "down", "slow", "busy", "nonsense", "refusing", "bad_address"])
def test_no_log_line_and_no_error_holds_words_or_addresses(edge, kind, caplog):
    caplog.set_level(logging.DEBUG)
    seen, chained = [], []
    if kind != "none":
        trouble(edge, kind)
    message = edge.message(f"{MARKER} at home")
    for act in (edge.channel.send, lambda m: edge.channel.find(m, datetime.now(UTC) - LONG_AGO, known=[])):
        try:
            act(message)
        except errors.SendError as error:
            seen += [str(error), repr(error), error.code, error.explanation]
            chained += [error.__cause__, error.__context__]
    assert not any(chained)
    ours = [r for r in caplog.records if r.name != "mail.log"]  # the stand-in for a mail server says what it got
    seen += [logging.Formatter().format(record) for record in ours]
    number = edge.address.lstrip("+")
    assert not [line for line in seen if MARKER in line or number in line]


def test_what_goes_wrong_is_explained_in_a_sentence(edge):
    trouble(edge, "refusing")
    error = fail(edge, errors.SendError)
    assert error.explanation.endswith(".")
    assert error.code
