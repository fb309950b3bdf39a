"""Ctrl-C and SIGTERM, as what is under way hears of them."""

from __future__ import annotations

import os
import signal
import threading
import time

import pytest

from console.commands.stopping import SIGNALS, told_to_stop


@pytest.mark.parametrize("told", SIGNALS)
def test_a_signal_sets_the_event(told):
    with told_to_stop() as stop:
        assert not stop.is_set()
        os.kill(os.getpid(), told)
        assert stop.wait(5)


def test_a_signal_is_heard_of_while_the_main_thread_waits_without_being_woken_by_it():
    """As where it comes just before it begins to wait; here another thread is the one that it wakes."""

    def be_told() -> None:
        time.sleep(0.2)
        signal.pthread_kill(threading.get_ident(), signal.SIGTERM)

    with told_to_stop() as stop:
        threading.Thread(target=be_told).start()
        assert stop.wait(5)


def test_afterwards_signals_mean_what_they_meant():
    before = [signal.getsignal(each) for each in SIGNALS]
    with told_to_stop():
        assert [signal.getsignal(each) for each in SIGNALS] != before
    assert [signal.getsignal(each) for each in SIGNALS] == before
