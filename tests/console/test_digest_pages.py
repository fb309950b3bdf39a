"""The digest: read by its own manager, with every comment that may be shown, and a place to reflect."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from bot.clock import SetClock
from bot.service import Service
from console.charts import HEIGHT, MARGIN, WIDTH, run_chart
from store.tables import Answer, Digest, Invitation, Tag
from tests.app.test_pages import document
from tests.console.office import UNSAFE, Browser, Office, add_staff

REFLECTION = "Sam is good at this.\nWe could write shorter letters & <em>fewer</em>."
ORDER = (
    "Needs you now",
    "Who was asked, and who answered",
    "What people said",
    "Themes",
    "Compared with our own past",
    "This is only part of the story",
    "You said, we did",
)


def test_the_sections_stand_in_their_order(browser: Browser, office: Office):
    browser.sign_in("manager")
    shown = browser.get(f"/digests/{office.digest_id}").text
    places = [shown.index(f">{heading}</h2>") for heading in ORDER]
    assert places == sorted(places)


def test_praise_comes_before_concerns(browser: Browser, office: Office):
    browser.sign_in("manager")
    shown = browser.get(f"/digests/{office.digest_id}").text
    assert shown.index('id="kind-praise"') < shown.index('id="kind-concern"')


def test_the_digest_and_the_latest_show_the_same_small_tags(browser: Browser, office: Office, service: Service):
    with service.database.writing() as session:
        session.execute(
            update(Tag).where(Tag.answer_id == 1).values(themes='{"listened": "mixed", "ending": "neutral"}')
        )
    browser.sign_in("manager")
    for path in (f"/digests/{office.digest_id}", "/"):
        comment = document(browser.get(path).text).find(".//*[@id='comment-1']")
        tags = [tag.text for tag in comment.findall(".//p[@class='tags']/span")]
        assert tags == ["sounds positive", "Being listened to: both", "Ending well"], path


@pytest.mark.parametrize(
    ("question", "metric", "value", "score", "kind", "is_checked"),
    [
        ("q1", "family_scale", 2, 20, "other", True),
        ("q1", "family_scale", 8, 80, "praise", False),
        ("q2", "change_since", 3, 0, "praise", False),
    ],
)
def test_a_low_answer_about_everything_keeps_words_from_standing_under_praise(
    browser: Browser,
    office: Office,
    service: Service,
    question: str,
    metric: str,
    value: int,
    score: int,
    kind: str,
    is_checked: bool,
):
    with service.database.writing() as session:
        number = {"question": question, "metric": metric, "value": value, "score": score, "comment": None}
        session.execute(update(Answer).where(Answer.id == 3).values(**number))
    browser.sign_in("manager")
    shown = document(browser.get(f"/digests/{office.digest_id}").text)
    (under,) = [
        place for place in shown.findall(".//section[@class]") if place.find(".//*[@id='comment-1']") is not None
    ][-1:]
    assert under.get("aria-labelledby") == f"kind-{kind}"
    said = "".join(under.find(".//*[@id='comment-1']").itertext())
    assert ("check: the answer and the words seem to differ" in said) is is_checked
    assert ("answered as a whole: 2 out of 10" in said) is is_checked
    browser.get("/")
    latest = document(browser.get("/").text).find(".//*[@id='comment-1']")
    assert ("2 out of 10" in "".join(latest.itertext())) is is_checked


def test_what_a_count_of_themes_means_is_told_by_one_that_stands_there(
    browser: Browser, office: Office, service: Service
):
    with service.database.writing() as session:
        session.execute(update(Tag).where(Tag.answer_id == 1).values(themes='{"listened": "positive"}'))
    browser.sign_in("manager")
    shown = " ".join(browser.get(f"/digests/{office.digest_id}").text.split())
    assert '<span class="count">1 of 3</span>' in shown
    assert "“1 of 3” means 1 of the 3 comments of the month" in shown


def test_who_is_still_to_be_asked_is_told_in_the_line(browser: Browser, office: Office, service: Service):
    browser.sign_in("manager")
    path = f"/digests/{office.digest_id}"
    assert "still to be asked" not in browser.get(path).text
    with service.database.writing() as session:
        session.execute(update(Invitation).values(status="offered", asked_at=None))
    assert browser.get(path).text.count("1: still to be asked") == 2, "in the line of the stage and in that of all"


def test_a_message_under_an_alert_is_not_in_the_digest(browser: Browser, office: Office):
    browser.sign_in("manager")
    shown = browser.get(f"/digests/{office.digest_id}").text
    assert UNSAFE[:20] not in shown


def test_standing_alerts_are_linked_at_the_top_without_a_word_and_conduct_is_not_among_them(
    browser: Browser, office: Office
):
    browser.sign_in("manager")
    shown = browser.get(f"/digests/{office.digest_id}").text
    needs = shown[shown.index('id="needs"') : shown.index('id="coverage"')]
    for severity in ("red_now", "red_today", "amber"):
        assert f'href="/alerts/{office.alerts[severity]}"' in needs
    assert office.alerts["conduct"] not in shown
    assert "dont feel safe" not in shown


def test_what_waits_for_an_owner_has_a_place_of_its_own(browser: Browser, office: Office, service: Service):
    browser.sign_in("manager")
    assert "Waiting for an owner" not in browser.get(f"/digests/{office.digest_id}").text
    with service.database.writing() as session:
        session.execute(update(Invitation).values(line_manager_id=None))
    shown = browser.get(f"/digests/{office.digest_id}").text
    waits = shown[shown.index('id="waiting"') : shown.index('id="coverage"')]
    for expected in ("EH-1042", "North", "worker Alex Worker", "Sam always asks me first", "held back until"):
        assert expected in waits
    assert UNSAFE[:20] not in shown


def test_coverage_tells_who_reached_a_stage_and_could_be_asked(browser: Browser, office: Office):
    browser.sign_in("manager")
    shown = browser.get(f"/digests/{office.digest_id}").text
    heads = ("Stage", "Reached it", "Safe to text", "Asked", "Answered", "Declined", "Not asked, and why")
    places = [shown.index(f'scope="col">{head}</th>') for head in heads]
    assert places == sorted(places)
    assert "Nobody reached this stage in October 2026." in shown


def test_it_counts_as_opened_when_its_own_manager_reads_it(browser: Browser, office: Office):
    browser.sign_in("administrator")
    browser.get(f"/digests/{office.digest_id}")
    assert "Not yet" in browser.get("/digests").text
    browser.sign_in("manager")
    browser.get(f"/digests/{office.digest_id}")
    assert "Not yet" not in browser.get("/digests").text


def test_a_reflection_is_kept_and_shown_again(browser: Browser, office: Office):
    browser.sign_in("manager")
    path = f"/digests/{office.digest_id}"
    answer = browser.send(path, f"{path}/reflection", text=REFLECTION)
    assert answer.location == f"{path}#reflection"
    shown = browser.get(path).text
    assert "Your reflection is kept" in shown.split('id="reflection"')[1], "where the browser goes on"
    assert shown.count("Your reflection is kept") == 1
    assert "We could write shorter letters &amp; &lt;em&gt;fewer&lt;/em&gt;." in shown


def test_an_empty_reflection_is_not_called_kept(browser: Browser, office: Office):
    browser.sign_in("manager")
    path = f"/digests/{office.digest_id}"
    browser.send(path, f"{path}/reflection", text=" \n ")
    shown = browser.get(path).text
    assert "Your reflection is kept" not in shown
    assert "The box is empty, so no reflection is kept." in shown


def test_only_its_own_manager_writes_a_reflection(browser: Browser, office: Office):
    browser.sign_in("administrator")
    path = f"/digests/{office.digest_id}"
    assert "Keep my reflection" not in browser.get(path).text
    assert browser.send("/", f"{path}/reflection", text="Not mine").status_code == 403
    assert "Not mine" not in browser.get(path).text


def test_another_managers_digest_is_not_found(browser: Browser, service: Service, clock: SetClock):
    with service.database.writing() as session:
        other = add_staff(session, "manager", email="other@council.example")
        digest = Digest(manager_id=other, period=clock.now().date().replace(day=1), made_at=clock.now())
        session.add(digest)
        session.flush()
        path = f"/digests/{digest.id}"
    browser.sign_in("manager")
    assert browser.get(path).status_code == 404
    assert browser.send("/", f"{path}/reflection", text="Not mine").status_code == 403


class Month:
    """A month in which some were asked and some answered."""

    def __init__(self, asked: int, answered: int) -> None:
        self.asked = asked
        self.answered = answered


def test_the_chart_has_a_point_for_every_month_and_a_line_at_their_middle():
    chart = run_chart([Month(10, 0), Month(10, 5), Month(4, 4)])
    assert chart
    assert chart.points == ((MARGIN, HEIGHT - MARGIN), (WIDTH // 2, HEIGHT // 2), (WIDTH - MARGIN, MARGIN))
    assert chart.median_y == HEIGHT // 2


@pytest.mark.parametrize("months", [[], [Month(3, 1)], [Month(0, 0), Month(3, 1)]])
def test_there_is_no_chart_without_two_months_in_which_somebody_was_asked(months: list[Month]):
    assert run_chart(months) is None


def test_what_was_said_in_a_campaign_stands_there_as_of_a_campaign(browser: Browser, office: Office, service: Service):
    with service.database.writing() as session:
        session.execute(update(Answer).values(stage=None))
    browser.sign_in("manager")
    assert "· a campaign ·" in browser.get(f"/digests/{office.digest_id}").text
