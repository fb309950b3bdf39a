"""The page on which a manager says that tags are right, or puts them right; and the one that tells how often they are."""

from __future__ import annotations

import re
from html import unescape

import pytest
from sqlalchemy import select, update

from bot.service import Service
from store.tables import Alert, Answer, Correction, Invitation, Tag
from tests.app.test_pages import document
from tests.console.office import LISTENED, MARKUP, UNSAFE, Browser, Office, add_staff

PAGE = "/tags/1"
CHANGED = {"sentiment": "negative", "theme_listened": "negative", "theme_reliability": "mixed", "complaint": "y"}


def made(service: Service) -> list[Correction]:
    with service.database.reading() as session:
        return list(session.scalars(select(Correction).order_by(Correction.id)))


def form_of(browser: Browser, page: str) -> dict[str, str]:
    """What the form on the page would send untouched: its hidden fields, chosen radios, ticked boxes and lists."""
    (form,) = document(browser.get(page).text).findall(".//main//form")
    sent = {}
    for field in form.iter("input"):
        kind = field.get("type")
        is_ticked = kind != "submit" and (kind not in {"radio", "checkbox"} or "checked" in field.attrib)
        if is_ticked:
            sent[field.get("name")] = field.get("value", "")
    for chooser in form.iter("select"):
        chosen = next(option for option in chooser.iter("option") if "selected" in option.attrib)
        sent[chooser.get("name")] = chosen.get("value", "")
    return sent


def send(browser: Browser, page: str = PAGE, **changes: str):
    """Keep the tags, with these changes."""
    return browser.client.post(page.partition("?")[0], data=form_of(browser, page) | changes)


def agree(browser: Browser, page: str = PAGE, **changes: str):
    """Press the button that says that the tags are right as they stand."""
    return send(browser, page, as_they_are="The machine is right", **changes)


def beside(browser: Browser, page: str, which: int = 1) -> list[str]:
    """What is said beside one comment of a page of what has just been done; nothing of it may stand anywhere else."""
    shown = document(browser.get(page).text)
    said = ["".join(each.itertext()) for each in shown.findall(f".//*[@id='comment-{which}']//*[@role='status']")]
    assert len(said) == len(shown.findall(".//main//*[@role='status']"))
    return said


def test_each_comment_in_the_digest_and_among_the_latest_leads_to_its_tags_and_back(browser: Browser, office: Office):
    browser.sign_in("manager")
    for page in (f"/digests/{office.digest_id}", "/"):
        shown = browser.get(page).text
        (link,) = [unescape(each) for each in re.findall(r'href="(/tags/1\?[^"]*)"', shown)]
        assert 'id="comment-1"' in shown
        answer = agree(browser, link)
        assert answer.status_code == 302
        assert answer.location == f"{page}#comment-1"


def test_those_who_may_not_correct_are_shown_no_way_to(browser: Browser):
    browser.sign_in("duty")
    shown = browser.get("/").text
    assert LISTENED.split("\n", maxsplit=1)[0] in unescape(shown)
    assert "/tags/" not in shown


def test_that_the_tags_are_right_is_one_press(browser: Browser, service: Service):
    browser.sign_in("manager")
    answer = agree(browser)
    assert answer.status_code == 302
    (kept,) = made(service)
    assert (kept.sentiment, kept.themes, kept.compliment) == ("positive", "{}", True)
    assert (kept.machine_sentiment, kept.machine_compliment, kept.machine_method) == ("positive", True, "test")
    assert "Kept: the tags are right." in browser.get("/").text


def test_other_tags_are_kept_with_who_and_shown_beside_the_machines(browser: Browser, service: Service, office: Office):
    browser.sign_in("manager")
    assert send(browser, **CHANGED).status_code == 302
    (kept,) = made(service)
    assert (kept.staff_id, kept.sentiment, kept.complaint) == (office.manager_id, "negative", True)
    assert kept.themes == '{"listened": "negative", "reliability": "mixed"}'
    shown = unescape(browser.get(PAGE).text)
    assert "The machine: sounds positive; praise to pass on." in shown
    assert "(test, version 1)" in shown
    assert "Being listened to: criticised; Turning up and following through: both" in shown
    form = form_of(browser, PAGE)
    assert form | CHANGED == form, "it begins with what stands"
    digest = browser.get(f"/digests/{office.digest_id}").text
    assert "a person has looked at the tags" in digest
    assert digest.index('id="comment-1"') > digest.index('id="kind-concern"'), "what they said decides the list"


def test_a_later_look_begins_with_what_a_person_said_and_can_confirm_it(browser: Browser, service: Service):
    browser.sign_in("manager")
    send(browser, **CHANGED)
    browser.sign_in("administrator")
    assert "Keep the tags as Alex Manager left them" in browser.get(PAGE).text
    assert agree(browser).status_code == 302
    first, second = made(service)
    assert (first.themes, first.sentiment) == (second.themes, second.sentiment)
    assert first.staff_id != second.staff_id


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"sentiment": "negative", "compliment": ""}, "Kept. Now under Concerns."),
        ({"theme_listened": "positive"}, "Kept. Your tags count from now on."),
        ({}, "Kept: the tags are right."),
    ],
)
def test_what_was_kept_is_said_beside_the_comment_once(
    browser: Browser, office: Office, changes: dict[str, str], said: str
):
    browser.sign_in("manager")
    digest = f"/digests/{office.digest_id}"
    form = form_of(browser, f"{PAGE}?back={digest}%23comment-1") | changes
    answer = browser.client.post(PAGE, data={name: value for name, value in form.items() if value})
    assert answer.location == f"{digest}#comment-1"
    assert beside(browser, digest) == [said]
    assert beside(browser, digest) == []


def test_among_the_latest_it_is_told_where_it_stands_in_the_digest(browser: Browser):
    browser.sign_in("manager")
    send(browser, f"{PAGE}?back=/%23comment-1", complaint="y")
    assert beside(browser, "/") == ["Kept. Now under Concerns in the digest."]


def test_agreeing_never_throws_away_what_was_edited(browser: Browser, service: Service):
    browser.sign_in("manager")
    answer = agree(browser, **CHANGED)
    assert answer.status_code == 422
    assert "“Keep my tags” keeps your changes" in answer.text
    assert made(service) == []
    (form,) = document(answer.text).findall(".//main//form")
    kept = {chooser.get("name"): chooser.find("option[@selected]").get("value") for chooser in form.iter("select")}
    assert {name: said for name, said in kept.items() if said} == {
        name: said for name, said in CHANGED.items() if name.startswith("theme_")
    }
    ticked = {field.get("name") for field in form.iter("input") if "checked" in field.attrib}
    assert {"complaint", "compliment"} <= ticked


def offered(markup: str) -> tuple[list[str], list[str]]:
    """The themes that stand open, and those to be opened."""
    (form,) = document(markup).findall(".//main//form")
    behind = [chooser.get("name") for chooser in form.findall(".//details//select")]
    return [name for chooser in form.iter("select") if (name := chooser.get("name")) not in behind], behind


def test_the_themes_found_stand_first_and_the_others_are_there_to_be_opened(browser: Browser):
    browser.sign_in("manager")
    first, others = offered(browser.get(PAGE).text)
    assert (first, len(others)) == ([], 15)
    assert "theme_staff_support" not in others, "only staff speak of their workload"
    send(browser, **CHANGED)
    first, others = offered(browser.get(PAGE).text)
    assert (first, len(others)) == (["theme_listened", "theme_reliability"], 13)
    first, _ = offered(send(browser, theme_ending="loud").text)
    assert "theme_ending" in first, "what was filled in wrongly is in sight"


@pytest.mark.parametrize(
    ("survey", "question", "is_offered"),
    [("district_triage", "q4", True), ("audit_reflection", "q2", True), ("partner_six_monthly", "q5", False)],
)
def test_only_staff_are_said_to_speak_of_their_workload(
    browser: Browser, service: Service, survey: str, question: str, is_offered: bool
):
    with service.database.writing() as session:
        session.execute(update(Answer).where(Answer.id == 1).values(survey_id=survey, question=question))
    browser.sign_in("administrator")
    _, others = offered(browser.get(PAGE).text)
    assert ("theme_staff_support" in others) is is_offered


def test_what_a_machine_found_is_offered_of_whomever(browser: Browser, service: Service):
    with service.database.writing() as session:
        session.execute(update(Tag).where(Tag.answer_id == 1).values(themes='{"staff_support": "negative"}'))
    browser.sign_in("manager")
    assert offered(browser.get(PAGE).text)[0] == ["theme_staff_support"]


def test_keeping_tags_as_they_are_is_told_as_confirmed(browser: Browser):
    browser.sign_in("manager")
    send(browser)
    send(browser, **CHANGED)
    agree(browser)
    (past,) = document(browser.get(PAGE).text).findall(".//main//form/ul")
    lines = ["".join(line.itertext()) for line in past]
    assert [line.endswith(": confirmed.") for line in lines] == [False, True, False, True]


def test_words_that_have_changed_meanwhile_keep_nothing(browser: Browser, service: Service):
    browser.sign_in("manager")
    form = form_of(browser, PAGE)
    with service.database.writing() as session:
        other = session.get_one(Answer, 2).message_id
        session.execute(update(Answer).where(Answer.id == 1).values(message_id=other, comment=MARKUP))
    answer = browser.client.post(PAGE, data=form)
    assert answer.status_code == 302
    assert "answered in other words since" in browser.get(answer.location).text
    assert made(service) == []


@pytest.mark.parametrize(
    "changes", [{"sentiment": "furious"}, {"theme_listened": "loud"}, {"message_id": "x"}, {"message_id": ""}]
)
def test_what_is_not_on_the_form_is_refused(browser: Browser, service: Service, changes: dict[str, str]):
    browser.sign_in("manager")
    answer = send(browser, **changes)
    assert answer.status_code == 422
    document(answer.text)
    assert made(service) == []


def test_nobody_is_led_to_another_site(browser: Browser):
    browser.sign_in("manager")
    assert agree(browser, f"{PAGE}?back=https://elsewhere.example/").location == "/"
    assert agree(browser, back="//elsewhere.example").location == "/"
    refused = send(browser, sentiment="furious", back="javascript:alert(1)")
    assert 'href="javascript' not in refused.text


def test_who_may_not_read_it_finds_nothing(browser: Browser, service: Service):
    with service.database.writing() as session:
        stranger = add_staff(session, "manager", email="stranger@council.example")
        session.execute(update(Invitation).values(line_manager_id=stranger))
    browser.sign_in("manager")
    for page in (PAGE, "/tags/99", "/tags/0", f"/tags/{10**20}"):
        assert browser.get(page).status_code == 404
    answer = browser.send("/", PAGE, message_id="1", sentiment="negative")
    assert answer.status_code == 404
    assert made(service) == []


@pytest.mark.parametrize("severity", ["red_now", "amber", "conduct"])
def test_what_is_held_cannot_be_looked_at_here_by_anybody(browser: Browser, service: Service, severity: str):
    with service.database.writing() as session:
        held = session.scalars(select(Alert.message_id).where(Alert.severity == severity)).one()
        session.execute(update(Answer).where(Answer.id == 1).values(message_id=held, comment=UNSAFE))
    for role in ("manager", "administrator"):
        browser.sign_in(role)
        assert browser.get(PAGE).status_code == 404
        assert browser.send("/", PAGE, message_id=str(held)).status_code == 404
    assert made(service) == []


def test_how_often_the_machine_is_right_stands_in_a_table(browser: Browser):
    browser.sign_in("manager")
    assert "Nobody has looked at any tags yet" in browser.get("/tags/agreement").text
    send(browser, **CHANGED)
    agree(browser, "/tags/2")
    shown = browser.get("/tags/agreement").text
    page = document(shown)
    rows = [["".join(cell.itertext()) for cell in row] for row in page.findall(".//tbody/tr")]
    assert rows == [
        ["How it sounds", "1 of 2"],
        ["May be a complaint", "0 of 1"],
        ["Praise to pass on", "1 of 1"],
        ["Being listened to", "0 of 1"],
        ["Turning up and following through", "0 of 1"],
    ]
    assert "In this month people looked at the tags of 2 comments." in shown
    assert "October 2026" in shown
    assert browser.get("/tags/agreement?month=nonsense").status_code == 200
