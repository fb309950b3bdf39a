"""What every kind of update means for the service."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from channels.base import Departed, Ignored, Joined, Received
from channels.errors import Unreadable
from channels.telegram.reading import parse, read
from tests.channels.telegram.conftest import ELLA
from tests.standins.telegram_updates import BEGAN, BOT, MEDIA, Updates, group, private, user

TOKEN = "aB3_-" * 4 + "xY"
SENT = datetime.fromtimestamp(BEGAN, UTC)
EDITED = datetime.fromtimestamp(BEGAN + 30, UTC)


@pytest.fixture
def updates():
    return Updates(first=1)


def received(text, name="u1", **more) -> Received:
    return Received("telegram", name, str(ELLA), text, **{"sent_at": SENT, **more})


TYPED = [
    ("4", "4"),
    (" 4 \n", " 4 \n"),
    ("it was ok 😀👨\u200d👩\u200d👧", "it was ok 😀👨\u200d👩\u200d👧"),
    ("before\0after", "before\0after"),
    ("مرحبا \u202eevil\u202c", "مرحبا \u202eevil\u202c"),
    ("😀" * 2048, "😀" * 2048),
    ("/stop", "STOP"),
    ("/STOP@CouncilHeardBot ", "STOP"),
    ("/help", "HELP"),
    ("/stop it please", "/stop it please"),
    ("/settings", "/settings"),
    ("please /start again", "please /start again"),
    ("/start i dont feel safe", "/start i dont feel safe"),
    ("/start scared", "/start scared"),
    ("/start help", "HELP"),
    ("/start /stop", "STOP"),
    ("/start helpless", "/start helpless"),
    *((f"/start {'x' * length}", f"/start {'x' * length}") for length in (1, 21, 23, 65)),
    ("/starting", "/starting"),
    ("//", "//"),
]


@pytest.mark.parametrize(("typed", "text"), TYPED)
def test_words_arrive_as_they_were_typed_and_two_commands_as_the_words_they_stand_for(updates, typed, text):
    assert read(parse(updates.text(ELLA, typed))) == received(text)


@pytest.mark.parametrize(
    ("typed", "token"),
    [
        ("/start", ""),
        ("/start ", ""),
        (f"/start {TOKEN}", TOKEN),
        (f"/start@CouncilHeardBot {TOKEN}", TOKEN),
        (f"/START   {TOKEN}\n", TOKEN),
    ],
)
def test_start_begins_a_chat_with_what_the_link_held(updates, typed, token):
    assert read(parse(updates.text(ELLA, typed))) == Joined("telegram", "u1", str(ELLA), token)


@pytest.mark.parametrize("kind", MEDIA)
def test_what_is_no_text_is_counted_and_its_caption_kept(updates, kind):
    assert read(parse(updates.media(ELLA, kind))) == received("", media_count=1)
    assert read(parse(updates.media(ELLA, kind, caption="my arm"))) == received("my arm", "u2", media_count=1)


def test_words_are_kept_where_what_hangs_on_them_has_a_form_that_nobody_knows(updates):
    odd = {"reply_to_message": "7", "entities": [4]}
    assert read(parse(updates.update(message=updates.message(ELLA, text="he hit me", **odd)))) == received(
        "he hit me", "u1"
    )
    assert read(parse(updates.media(ELLA, "photo", sticker=4))) == received("", "u2", media_count=1)


def test_pictures_of_an_album_come_one_by_one(updates):
    album = [read(parse(updates.media(ELLA, "photo", media_group_id="a1"))) for _ in range(3)]
    assert [(each.provider_id, each.media_count) for each in album] == [("u1", 1), ("u2", 1), ("u3", 1)]


def test_what_is_edited_is_a_comment_and_each_edit_has_a_name_of_its_own(updates):
    first = read(parse(updates.edited(ELLA, text="actually he hit me")))
    second = read(parse(updates.edited(ELLA, text="never mind")))
    assert first == received("actually he hit me", sent_at=EDITED, comment_only=True)
    assert second == received("never mind", "u2", sent_at=EDITED, comment_only=True)


def test_a_caption_that_is_edited_is_a_comment_too(updates):
    event = read(parse(updates.edited(ELLA, caption="my arm", **MEDIA["photo"])))
    assert event == received("my arm", sent_at=EDITED, comment_only=True, media_count=1)


def test_a_press_answers_the_question_that_it_stood_under(updates):
    message = updates.message(ELLA, sender=BOT, text="2/8 How is it?")
    event = read(parse(updates.press(ELLA, "q3:2", message)))
    assert event == Received("telegram", "u1", str(ELLA), "2", button="q3")


def test_a_press_under_a_message_that_telegram_has_forgotten_counts_as_well(updates):
    forgotten = {"message_id": 3, "chat": private(ELLA), "date": 0}
    event = read(parse(updates.press(ELLA, "a:b:10", forgotten)))
    assert event == Received("telegram", "u1", str(ELLA), "10", button="a:b")


def test_whoever_blocks_the_bot_has_departed(updates):
    event = read(parse(updates.member(private(ELLA), "kicked", by=ELLA)))
    assert event == Departed("telegram", "u1", str(ELLA))


def nothing_to_do():
    new = Updates(first=1)
    bot = user(4, is_bot=True)
    message = new.message(ELLA, sender=BOT, text="How is it?")
    in_group = new.message(1, chat=group(), sender=BOT, text="How is it?")
    return {
        "let in again": new.member(private(ELLA), "member", before="kicked", by=ELLA),
        "said in a group": new.text(1, "hello all", chat=group()),
        "said in a channel": new.update(channel_post={**new.message(1, chat=group(kind="channel")), "text": "x"}),
        "start in a group": new.text(1, "/start " + TOKEN, chat=group()),
        "edited in a group": new.update(edited_message=new.message(1, chat=group(), text="x", edit_date=BEGAN)),
        "pressed in a group": new.press(1, "q3:2", in_group),
        "taken into a group": new.member(group(), "member", before="left"),
        "thrown out of a group": new.member(group(), "kicked"),
        "a bot": new.text(ELLA, "hello", sender=bot),
        "an edited start": new.edited(ELLA, text="/start " + TOKEN),
        "a place that moves": new.edited(ELLA, **MEDIA["location"]),
        "a pinned message": new.update(message=new.message(ELLA, pinned_message=message)),
        "a timer": new.update(
            message=new.message(ELLA, message_auto_delete_timer_changed={"message_auto_delete_time": 9})
        ),
        "a button of nobody's": new.press(ELLA, "buy now", message),
        "a number that is none": new.press(ELLA, "q3:²", message),
        "a game": new.press(ELLA, None, message, game_short_name="chess"),
        "a press in an inline message": new.press(ELLA, "q3:2", None, inline_message_id="i1"),
        "a kind unknown": new.update(thought_reading={"text": "hm"}),
        "an inline query": new.update(inline_query={"id": "1", "from": user(ELLA), "query": "x", "offset": ""}),
        "nothing at all": new.update(),
    }


@pytest.mark.filterwarnings("ignore:.*message_auto_delete_time")  # the library's own plans
@pytest.mark.parametrize("kind", nothing_to_do())
def test_everything_else_is_passed_over(kind):
    event = read(parse(nothing_to_do()[kind]))
    assert isinstance(event, Ignored)
    assert event.reason


@pytest.mark.parametrize(
    "content",
    [
        None,
        [],
        "x",
        4,
        {},
        {"update_id": "1"},
        {"update_id": 1, "message": {"text": "zzmarkerword"}},
        {"update_id": 1, "message": "zzmarkerword"},
        {"update_id": 1, "message": {"message_id": 1, "date": 10**20, "chat": private(ELLA), "text": "zzmarkerword"}},
        {"update_id": 1, "callback_query": {"data": "q3:2"}},
        {"update_id": 1, "my_chat_member": {"chat": private(ELLA)}},
    ],
)
def test_what_is_no_update_is_unreadable_and_the_reason_holds_no_words(content):
    with pytest.raises(Unreadable) as failed:
        parse(content)
    assert "zzmarkerword" not in str(failed.value)
    assert failed.value.__context__ is None
