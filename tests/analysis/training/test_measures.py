"""The figures of the evaluation, against figures worked out by hand."""

from __future__ import annotations

import math

import pytest

from analysis.training.measures import accuracy, f1_of, macro_f1, recall_of, sets_f1, share


def test_accuracy_macro_f1_and_recall():
    wanted = ["negative", "negative", "positive", "positive", "neutral"]
    found = ["negative", "positive", "positive", "positive", "negative"]
    assert accuracy(wanted, found).value == pytest.approx(3 / 5)
    assert macro_f1(wanted, found).value == pytest.approx((0.5 + 0.8 + 0.0) / 3)
    assert recall_of("negative", wanted, found).value == pytest.approx(0.5)


def test_f1_of_sets_of_labels():
    wanted = [{"a", "b"}, {"a"}, set()]
    found = [{"a"}, {"b"}, {"a"}]
    micro, macro = sets_f1(wanted, found)
    assert micro.value == pytest.approx(2 * 1 / (3 + 3))
    assert macro.value == pytest.approx((0.5 + 0.0) / 2)


def test_f1_of_one_label_and_of_nothing_at_all():
    assert f1_of([True, True, False], [True, False, False]).value == pytest.approx(2 / 3)
    assert f1_of([False], [False]).value == 0.0


def test_an_interval_holds_the_figure_is_the_same_each_time_and_narrows_with_more_texts():
    few, many = share([True, False] * 20), share([True, False] * 2_000)
    assert few == share([True, False] * 20)
    assert few.low < few.value < few.high
    assert many.high - many.low < few.high - few.low
    assert str(few).startswith(".500 (.")


def test_no_texts_are_no_figure():
    assert math.isnan(share([]).value)
    assert str(share([])) == "– (– to –)"
