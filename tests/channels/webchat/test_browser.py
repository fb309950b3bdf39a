"""The web chat in a browser: with the keyboard, on a poor connection, in two tabs, left alone, and left in a hurry."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.channels.webchat.conftest import opened
from tests.channels.webchat.playing import CODE, DOOR_TOKEN, EXIT, QUESTIONS, TOKEN, Play

pytestmark = pytest.mark.browser

CHAT = f"/chat/{TOKEN}"
FOCUSED = """() => {
  const here = document.activeElement;
  if (here === document.body) return "";
  const label = here.labels && here.labels[0];
  return (label || here).textContent.trim().replace(/\\s+/g, " ");
}"""


def begin(page: Page, url: str) -> None:
    page.goto(url + CHAT)
    page.get_by_role("button", name="Start").click()
    page.get_by_text("Is Sam kind to you?").wait_for()


def cookies_are_gone(page: Page, url: str) -> None:
    """The script has what it leaves behind cleared up while the other page is already there."""
    for _ in range(100):
        if not page.context.cookies(url + CHAT):
            return
        page.wait_for_timeout(50)
    pytest.fail("the cookie of the visit stayed")


def send(page: Page) -> None:
    page.get_by_role("button", name="Send").click()


def test_a_chat_can_be_played_with_and_without_scripts(either_page: Page, url: str, play: Play):
    page = either_page
    begin(page, url)
    page.get_by_label("Sometimes").check()
    send(page)
    page.get_by_label("Always").check()
    send(page)
    page.get_by_label("Talking").check()
    page.get_by_label("Time out of the house").check()
    send(page)
    page.get_by_role("button", name="Skip this one").click()
    page.get_by_role("radio", name="7", exact=True).check()
    send(page)
    page.get_by_label("How many times did you meet?").fill("4")
    page.keyboard.press("Enter")
    expect(page.get_by_label("How many times did you meet?")).to_be_hidden()
    page.get_by_role("button", name="Go back one").click()
    expect(page.get_by_label("How many times did you meet?")).to_have_value("")
    page.get_by_text("I’d rather not answer any more").click()
    page.get_by_role("button", name="Stop here").click()
    expect(page.get_by_role("heading", name="All done. Thank you")).to_be_visible()
    assert [turn.text for _, turn in play.said] == ["2", "1", "1,3", "SKIP", "7", "4", "BACK", "END"]


def test_turns_with_scripts_leave_one_entry_in_the_history_and_nothing_in_the_browser(page: Page, url: str):
    page.goto("about:blank")
    page.goto(url + CHAT)
    before = page.evaluate("history.length")
    page.get_by_role("button", name="Start").click()
    for label in ("Sometimes", "Always"):
        page.get_by_label(label).check()
        send(page)
        page.get_by_text({"Sometimes": "Did Sam listen", "Always": "What helped?"}[label]).wait_for()
    assert page.evaluate("history.length") == before
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]


@pytest.mark.parametrize("how", ["button", "keys"])
def test_the_way_out_leads_elsewhere_at_once_and_back_does_not_show_the_chat(
    chromium: Browser, url: str, play: Play, how: str
):
    page = opened(chromium)
    page.goto("about:blank")
    begin(page, url)
    if how == "button":
        page.get_by_role("button", name="Leave this page").click()
    else:
        for _ in range(3):
            page.keyboard.press("Shift")
    page.wait_for_url(EXIT)
    cookies_are_gone(page, url)
    page.go_back()
    assert page.url == "about:blank"
    page.goto(url + CHAT)
    expect(page.get_by_role("heading", name="Carry on where you left off")).to_be_visible()
    assert len(play.begun) == 1
    assert page.complaints == []
    page.context.close()


def test_the_way_out_without_scripts_works_and_back_shows_no_words(chromium: Browser, url: str, play: Play):
    page = opened(chromium, java_script_enabled=False)
    begin(page, url)
    play.stand("asking", "better")
    page.goto(url + CHAT)
    assert "Mostly, yes" in page.content()
    page.get_by_role("button", name="Leave this page").click()
    page.wait_for_url(EXIT)
    page.go_back()
    assert "Mostly, yes" not in page.content()
    assert "Carry on where you left off" in page.content()
    assert page.title() == "Questions"
    page.context.close()


def test_the_keys_and_a_screen_reader_meet_everything_in_the_order_in_which_it_is_read(
    page: Page, url: str, play: Play
):
    begin(page, url)
    play.stand("asking", "listened")
    page.goto(url + CHAT)
    met = []
    for _ in range(7):
        page.keyboard.press("Tab")
        met.append(page.evaluate(FOCUSED))
    assert met == [
        "Leave this page",
        "Always",  # a radio group is one stop: the arrow keys move within it
        "Send",
        "Skip this one",
        "Go back one",
        "I’d rather not answer any more",
        "999",
    ]
    read = page.locator("body").aria_snapshot()
    order = [
        "Leave this page",
        "Early Help said: Great",
        "You said: Mostly",
        "Question 2 of 7",
        "Did Sam listen",
        "Always",
    ]
    places = [read.find(words) for words in [*order, '"Send"', "Skip this one", "rather not answer", "In danger? Call"]]
    assert -1 not in places, read
    assert places == sorted(places), read
    assert 'radiogroup "Did Sam listen to you?"' in read


def test_after_a_turn_the_focus_is_on_the_new_question_and_only_new_words_are_read_out(page: Page, url: str):
    begin(page, url)
    first = page.locator(".talk li").first.element_handle()
    page.get_by_label("Sometimes").check()
    send(page)
    page.get_by_text("Did Sam listen to you?").wait_for()
    assert page.evaluate("document.activeElement.textContent") == "Did Sam listen to you?"
    assert first.is_visible()
    assert page.locator(".talk").get_attribute("aria-live") == "polite"
    expect(page.locator(".talk li")).to_contain_text(["Great, thank you.", "You said: 2", "Thanks."])
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == "Always"


def test_sending_nothing_moves_to_what_is_the_matter_and_from_there_to_the_answer(page: Page, url: str, play: Play):
    begin(page, url)
    send(page)
    expect(page.get_by_role("alert").filter(has_text="Nothing was sent yet")).to_be_focused()
    page.get_by_role("link", name="Choose or write an answer first").click()
    expect(page.get_by_label("Yes")).to_be_focused()
    assert play.said == []


def test_without_a_connection_the_words_stay_and_can_be_sent_again(page: Page, url: str, play: Play):
    begin(page, url)
    play.stand("asking", "better")
    page.goto(url + CHAT)
    page.get_by_label("What would have made it better?").fill("More time")
    page.context.set_offline(True)
    send(page)
    expect(page.get_by_text("Not sent: there is no connection")).to_be_visible()
    expect(page.get_by_label("What would have made it better?")).to_have_value("More time")
    page.context.set_offline(False)
    send(page)
    expect(page.get_by_role("heading", name="All done. Thank you")).to_be_visible()
    assert [turn.text for _, turn in play.said] == ["More time"]


def test_a_fault_of_ours_loses_no_words_either(page: Page, url: str, play: Play):
    begin(page, url)
    play.stand("asking", "better")
    page.goto(url + CHAT)
    page.get_by_label("What would have made it better?").fill("More time")
    play.fault = RuntimeError("broken")
    send(page)
    expect(page.get_by_text("Something went wrong on our side. Your words are still here.")).to_be_visible()
    send(page)
    expect(page.get_by_role("heading", name="All done. Thank you")).to_be_visible()


def test_pressing_send_twice_sends_once_and_two_tabs_answer_once(page: Page, url: str, play: Play):
    begin(page, url)
    other = page.context.new_page()
    other.goto(url + CHAT)
    page.get_by_label("Sometimes").check()
    page.get_by_role("button", name="Send").evaluate("(button) => { button.click(); button.click(); }")
    page.get_by_text("Did Sam listen to you?").wait_for()
    assert len(play.said) == 1
    other.get_by_label("No").check()
    send(other)
    expect(other.get_by_text("That was already answered")).to_be_visible()
    expect(other.get_by_text("Did Sam listen to you?")).to_be_visible()
    assert [turn.turn for _, turn in play.said] == ["1", "1"]
    assert play.scenes[TOKEN].asked == QUESTIONS[1]


def test_nobody_there_is_warned_a_minute_before_the_words_are_hidden(page: Page, url: str, play: Play):
    page.clock.install()
    begin(page, url)
    page.clock.run_for(13.9 * 60_000)
    expect(page.get_by_role("alertdialog")).to_be_hidden()
    page.clock.run_for(0.2 * 60_000)
    warning = page.get_by_role("alertdialog", name="Are you still there?")
    expect(warning).to_be_visible()
    expect(page.get_by_role("button", name="I’m still here")).to_be_focused()
    page.keyboard.press("Enter")
    expect(warning).to_be_hidden()
    page.clock.run_for(14.2 * 60_000)
    expect(warning).to_be_visible()
    play.pass_time(minutes=30)
    page.clock.run_for(60_000)
    expect(page.get_by_role("heading", name="Carry on where you left off")).to_be_focused()
    assert "Great, thank you." not in page.content()
    page.get_by_role("button", name="Carry on").click()
    expect(page.get_by_text("Is Sam kind to you?")).to_be_visible()
    assert "Great, thank you." not in page.content()


def test_without_scripts_the_words_hide_and_the_question_stays(chromium: Browser, url: str, play: Play):
    page = opened(chromium, java_script_enabled=False)
    page.route(
        "**/hides.css",
        lambda route: route.fulfill(body=route.fetch().text().replace("900s", "0s"), content_type="text/css"),
    )
    begin(page, url)
    expect(page.locator(".talk")).to_be_hidden()
    expect(page.get_by_text("Is Sam kind to you?")).to_be_visible()
    expect(page.locator("noscript .quiet")).to_be_visible()
    page.context.close()
    assert play.begun == [TOKEN]


def test_a_kiosk_goes_back_to_its_door_and_the_last_chat_cannot_be_gone_back_to(page: Page, url: str, play: Play):
    page.clock.install()
    page.goto("about:blank")
    page.goto(f"{url}/s/{CODE}")
    page.get_by_role("button", name="Start").click()
    page.wait_for_url(f"{url}/chat/{DOOR_TOKEN}")
    play.scenes[DOOR_TOKEN] = replace(play.scenes[DOOR_TOKEN], standing="finished", asked=None)
    page.reload()
    page.clock.run_for(61_000)
    expect(page.get_by_role("alertdialog")).to_contain_text("goes back to the start in one minute")
    page.clock.run_for(61_000)
    page.wait_for_url(f"{url}/s/{CODE}")
    page.go_back()
    assert page.url == "about:blank"
