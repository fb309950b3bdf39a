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


@pytest.fixture(params=["twilio", "telegram", "smtp"])
def far(request):
    """An edge with a provider at the other end; the kept mail and the simulated phones have nobody who could fail."""
    with EDGES[request.param]() as made:
        yield made


def fail(far, error):
    with pytest.raises(error) as failed:
        far.channel.send(far.message(f"{MARKER} at home"))
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


def test_a_provider_that_is_down_has_surely_taken_nothing(far):
    far.down()
    error = fail(far, errors.Unreachable)
    assert not error.may_have_been_sent


def test_a_provider_that_does_not_answer_in_time_may_have_taken_it(far):
    far.slow()
    error = fail(far, errors.TimedOut)
    assert error.may_have_been_sent
    assert len(far.taken()) == 1


def test_a_provider_that_asks_for_patience_is_asked_again_later(far):
    far.busy()
    error = fail(far, errors.Busy)
    assert isinstance(error, errors.Retryable)
    assert not error.may_have_been_sent


def test_an_answer_that_makes_no_sense_leaves_it_open_whether_the_message_was_taken(far):
    far.nonsense()
    error = fail(far, errors.Retryable)
    assert error.may_have_been_sent


def test_a_refusal_for_good_is_not_tried_again(far):
    far.refusing()
    assert isinstance(fail(far, errors.Refused), errors.Final)


def test_what_is_wrong_with_our_account_can_be_put_right_so_the_message_may_be_tried_again(far):
    far.our_fault()
    error = fail(far, errors.OurFault)
    assert isinstance(error, errors.Retryable)
    assert not error.may_have_been_sent


def test_an_address_that_cannot_take_messages_is_said_to_be_one(far):
    far.bad_address()
    assert isinstance(fail(far, errors.BadAddress), errors.Final)


@pytest.mark.parametrize("name", ["twilio", "telegram"])  # no mail server keeps a list of those who want no more
def test_whoever_told_the_provider_to_stop_has_opted_out_and_is_not_tried_again(name):
    with EDGES[name]() as far:
        far.opted_out()
        error = fail(far, errors.OptedOut)
        assert isinstance(error, errors.Final)
        assert not isinstance(error, errors.BadAddress)
        assert not error.may_have_been_sent
        assert far.taken() == []


def test_nothing_is_found_where_nothing_was_sent(edge):
    assert edge.channel.find(edge.message("one"), datetime.now(UTC) - LONG_AGO, known=[]) is None


KINDS = ["none", "down", "slow", "busy", "nonsense", "refusing", "our_fault", "bad_address", "opted_out"]


@pytest.mark.parametrize("kind", KINDS)
def test_no_log_line_and_no_error_holds_words_or_addresses(far, kind, caplog):
    caplog.set_level(logging.DEBUG)
    seen, chained = [], []
    misbehave = getattr(far, kind, None)
    if misbehave:
        misbehave()
    message = far.message(f"{MARKER} at home")
    for act in (far.channel.send, lambda m: far.channel.find(m, datetime.now(UTC) - LONG_AGO, known=[])):
        try:
            act(message)
        except errors.SendError as error:
            seen += [str(error), repr(error), error.code, error.explanation]
            chained += [error.__cause__, error.__context__]
    assert not any(chained)
    ours = [r for r in caplog.records if r.name != "mail.log"]  # the stand-in for a mail server says what it got
    seen += [logging.Formatter().format(record) for record in ours]
    number = far.address.lstrip("+")
    assert not [line for line in seen if MARKER in line or number in line]


def test_what_goes_wrong_is_explained_in_a_sentence(far):
    far.refusing()
    error = fail(far, errors.SendError)
    assert error.explanation.endswith(".")
    assert error.code
