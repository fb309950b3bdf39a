"""Ctrl-C and SIGTERM, as what is under way hears of them."""

from __future__ import annotations

import os
import signal

import pytest

from console.commands.stopping import told_to_stop

SIGNALS = (signal.SIGINT, signal.SIGTERM)


@pytest.mark.parametrize("told", SIGNALS)
def test_a_signal_sets_the_event(told):
    with told_to_stop() as stop:
        assert not stop.is_set()
        os.kill(os.getpid(), told)
        assert stop.wait(5)


def test_a_signal_just_as_the_event_begins_to_be_waited_for_does_not_wait_for_its_lock():
    with told_to_stop() as stop:
        with stop._cond:  # as `stop.wait()` has it for a moment
            os.kill(os.getpid(), signal.SIGTERM)
        assert stop.wait(5)


def test_afterwards_signals_mean_what_they_meant():
    before = [signal.getsignal(each) for each in SIGNALS]
    with told_to_stop():
        assert [signal.getsignal(each) for each in SIGNALS] != before
    assert [signal.getsignal(each) for each in SIGNALS] == before
