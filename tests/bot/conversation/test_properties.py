"""What holds for every conversation, whatever anyone texts."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation.effects import Answered, OptedIn, OptedOut, Say
from bot.conversation.events import Invited, Lapsed, Released, Reply
from surveys.gsm7 import ONE_PART, septets
from surveys.replies import parse_reply
from tests.bot.conversation.play import CATALOGUE, Play

SURVEYS = st.sampled_from(CATALOGUE.latest())
TEXTS = st.one_of(
    st.sampled_from(
        ["go", "yes", "no", "1", "2", "7 or 8", "skip", "help", "hm", "", "idk", "4 he left", "10", "👍", "start", "😭"]
    ),
    st.text(max_size=40),
)
REPLIES = st.builds(
    Reply,
    TEXTS,
    st.sampled_from([None, None, None, None, "amber", "red_now", "conduct"]),
    st.sampled_from([None, "9am Monday"]),
    st.sampled_from([False, False, False, False, True]),
)
EVENTS = st.lists(st.one_of(REPLIES, REPLIES, REPLIES, st.just(Released()), st.just(Lapsed())), max_size=40)


@settings(deadline=None)
@given(SURVEYS, EVENTS)
def test_every_question_is_answered_once_at_most_and_every_text_is_ready_to_send(survey, events):
    play = Play(survey).happens(Invited())
    answered: Counter[str] = Counter()
    for event in events:
        play.happens(event)
        for effect in play.effects:
            if isinstance(effect, Answered):
                answered[effect.question] += 1
            if isinstance(effect, Say):
                assert "{" not in effect.text
                assert septets(effect.text) <= ONE_PART
        assert len(play.said) <= 2
    assert all(times == 1 for times in answered.values())
    assert set(answered) == set(play.state.answered)
    if play.state.phase == "finished":
        assert len(answered) == survey.total


@settings(deadline=None)
@given(SURVEYS, st.lists(TEXTS.map(Reply), max_size=60))
def test_no_question_is_asked_three_times(survey, replies):
    play = Play(survey).happens(Invited())
    asked: Counter[str] = Counter()
    for reply in replies:
        play.happens(reply)
        asked.update(name.rpartition("+")[2] for name in play.said)
    assert all(asked[f"{survey.id}.{question.id}"] < 3 for question in survey.questions)


@settings(deadline=None)
@given(SURVEYS, st.lists(TEXTS.filter(lambda text: text != "help"), min_size=40, max_size=40))
def test_forty_replies_bring_any_conversation_to_its_end_or_to_silence(survey, texts):
    play = Play(survey).happens(Invited(), "go", *(text if text != "start" else "2" for text in texts))
    assert play.state.phase in {"finished", "opted_out"}


@settings(deadline=None)
@given(SURVEYS, EVENTS, EVENTS)
def test_after_stop_nothing_is_said_but_one_confirmation_until_start(survey, before, after):
    play = Play(survey).happens(Invited(), *before)
    had_stopped = play.state.phase == "opted_out"
    play.happens("STOP")
    assert play.said == ([] if had_stopped else ["stop_confirm"])
    for event in after:
        play.happens(event)
        if OptedIn() in play.effects:
            return
        assert play.effects == ()


@settings(deadline=None)
@given(SURVEYS, EVENTS)
def test_nobody_is_opted_out_except_by_asking_for_it(survey, events):
    play = Play(survey).happens(Invited())
    for event in events:
        play.happens(event)
        if OptedOut() in play.effects:
            assert play.state.phase == "opted_out"
            return
    assert play.state.phase != "opted_out"


@settings(deadline=None)
@given(SURVEYS, st.text())
def test_reading_a_reply_never_raises(survey, text):
    for question in survey.questions:
        assert parse_reply(question, text) is not None
