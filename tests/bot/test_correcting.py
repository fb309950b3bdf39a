"""A person's tags: they win for ever, over the words that they looked at and no others, and only readers may give them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from analysis.anonymise import anonymise
from analysis.digesting.agreement import TagSet
from analysis.figures import Month
from bot import alerts, correcting
from bot.access import Viewer
from bot.shown.answers import latest
from bot.tagging import Again, present, tag_waiting
from store import audit
from store.tables import Alert, Answer, Case, Correction, Invitation, Participant, Person, Staff, Tag, WorkerSpell
from tests.bot.correcting import LATE, WORDS, a_comment, answer_id, correct, counting, look, shown
from tests.bot.digesting import NOVEMBER, make_due, page
from tests.bot.talks.playing import TO_FIRST_WORDS, begin, reply
from tests.builders import DEFINITIONS, House

WONDERFUL = "She is wonderful and so very kind"


def a_colleague(house: House, role: str = "administrator") -> Viewer:
    with house.database.writing() as session:
        member = Staff(email=f"{role}@council.example", name="Ada Other", role=role, failed_sign_ins=0)
        session.add(member)
        session.flush()
        return Viewer(member.id, role)


def test_what_a_person_says_counts_everywhere_and_the_machines_stays_beside_it(house: House):
    manager = a_comment(house)
    machines = counting(house)
    assert machines.compliment
    assert correct(house, manager) == "corrected"
    assert counting(house) == LATE
    assert shown(house).corrected
    with house.database.reading() as session:
        (line,) = [each for each in latest(session, manager, catalogue=DEFINITIONS).answers if each.words == WORDS]
        tag = session.scalars(select(Tag).where(Tag.answer_id == answer_id(house))).one()
    assert (line.tags.sentiment, line.tags.themes, line.tags.corrected) == ("negative", LATE.themes, True)
    assert (tag.sentiment, tag.compliment) == (machines.sentiment, machines.compliment)
    tagged = look(house, manager)
    assert tagged is not None
    assert (tagged.machine, tagged.method, tagged.version) == (machines, tag.method, tag.version)
    assert [(past.by, past.at, past.tags) for past in tagged.past] == [("Mo Manager", house.clock.now(), LATE)]
    make_due(house)
    view = page(house, manager.staff_id).view
    assert [row.words for row in view.concerns] == [WORDS]
    assert view.needs_you_now.complaints == 1


def test_no_machine_takes_it_back_however_often_it_tags_again(house: House):
    manager = a_comment(house)
    correct(house, manager)
    for version in ("8", "9"):
        again = Again(house.database, house.clock, replace(present(), version=version))
        assert again.run(lambda _: None) == 1
        assert counting(house) == LATE
    with house.database.reading() as session:
        assert session.get_one(Tag, answer_id(house)).version == "9"
        kept = session.scalars(select(Correction)).one()
    assert kept.machine_version == present().version, "what the person saw stays as it was"


def test_a_later_word_of_a_person_counts_and_the_earlier_is_kept(house: House):
    manager, other = a_comment(house), a_colleague(house)
    kind = TagSet("positive", {"respect_warmth": "positive"}, complaint=False, compliment=True)
    correct(house, manager)
    house.clock.move(timedelta(hours=1))
    correct(house, other, kind)
    assert counting(house) == kind
    tagged = look(house, manager)
    assert tagged is not None
    assert [(past.by, past.tags) for past in tagged.past] == [("Mo Manager", LATE), ("Ada Other", kind)]
    assert tagged.standing == kind


@pytest.mark.parametrize("tags", [TagSet(None, {}, complaint=False, compliment=False), LATE])
def test_that_nobody_can_tell_is_said_too(house: House, tags: TagSet):
    manager = a_comment(house)
    correct(house, manager, tags)
    assert counting(house) == tags


def test_what_was_said_of_earlier_words_does_not_count_for_others(house: House):
    manager = a_comment(house, "She is awful, rude and always late")
    assert correct(house, manager) == "corrected"
    reply(house, "BACK", WONDERFUL)
    assert not shown(house).corrected, "before the machine has looked at them, too"
    assert look(house, manager).machine is None
    tag_waiting(house.database, house.clock)
    assert counting(house).sentiment == "positive"
    tagged = look(house, manager)
    assert tagged is not None
    assert (tagged.comment.words, tagged.past) == (WONDERFUL, ())
    with house.database.reading() as session:
        assert len(session.scalars(select(Correction)).all()) == 1, "what was said of the earlier words is kept"


def test_words_that_were_replaced_while_somebody_looked_are_not_taken_for_the_new_ones(house: House):
    manager = a_comment(house)
    seen = look(house, manager)
    assert seen is not None
    reply(house, "BACK", WONDERFUL)
    assert correct(house, manager, message_id=seen.message_id) == "other_words"
    with house.database.reading() as session:
        assert session.scalars(select(Correction)).all() == []


def test_words_that_no_machine_has_looked_at_can_be_tagged_by_a_person(house: House):
    manager = Viewer(begin(house, *TO_FIRST_WORDS, WORDS), "manager")
    assert look(house, manager).standing is None
    assert correct(house, manager) == "corrected"
    assert counting(house) == LATE
    assert shown(house).tagged
    with house.database.reading() as session:
        assert correcting.agreed(session) == [], "there is nothing of a machine to compare it with"


def test_who_may_read_it_may_correct_it_and_nobody_else(house: House):
    manager = a_comment(house)
    with house.database.writing() as session:
        other = Staff(email="other@council.example", name="O", role="manager", failed_sign_ins=0)
        session.add(other)
        session.flush()
        strange, deputy = Viewer(other.id, "manager"), Viewer(other.id, "manager", frozenset({manager.staff_id}))
    assert look(house, strange) is None
    assert correct(house, strange) is None
    assert correct(house, manager, which=999, message_id=1) is None
    assert correct(house, manager, which=answer_id(house, "q1")) is None, "there are no words to tag"
    assert correct(house, deputy) == "corrected"
    assert correct(house, a_colleague(house)) == "corrected"


def test_what_waits_for_an_owner_is_corrected_by_whoever_sees_to_it(house: House):
    manager, seer, other = a_comment(house), a_colleague(house, "manager"), a_colleague(house, "worker")
    with house.database.writing() as session:
        unit = session.scalars(select(Invitation.unit_id)).one()
        session.execute(update(Invitation).values(line_manager_id=None))
        session.execute(update(Staff).where(Staff.role == "worker").values(line_manager_id=None))
        session.execute(update(Staff).where(Staff.id == seer.staff_id).values(unit_id=unit))
    assert correct(house, manager) is None, "it is no longer theirs to read"
    assert correct(house, replace(other, role="manager")) is None
    house.clock.move(timedelta(minutes=1))
    assert correct(house, seer) == "corrected"


@pytest.mark.parametrize(
    ("words", "after_release"),
    [
        ("she helped me stop cutting and he doesnt hit me any more", "corrected"),
        ("the worker touched me and smelt of drink", None),
    ],
)
def test_what_is_held_waits_and_what_is_about_conduct_is_never_shown(
    house: House, words: str, after_release: str | None
):
    manager = a_comment(house, words)
    administrator = a_colleague(house)
    for viewer in (manager, administrator):
        assert look(house, viewer) is None
        assert correct(house, viewer) is None
    duty = a_colleague(house, "duty")
    with house.database.writing() as session:
        for reference in session.scalars(select(Alert.reference)).all():
            assert alerts.acknowledge(session, reference, duty, house.clock.now())
            assert alerts.release(session, reference, duty, "seen", catalogue=DEFINITIONS, now=house.clock.now())
    for viewer in (manager, administrator):
        assert correct(house, viewer) == after_release


def test_the_log_tells_who_did_it_and_none_of_the_words(house: House):
    manager = a_comment(house)
    correct(house, manager)
    correct(house, manager, counted_by_machine(house))
    with house.database.reading() as session:
        lines = audit.latest(session, 2)
    subject = f"answer {answer_id(house)}"
    assert [(line.who, line.what, line.subject) for line in lines] == [
        ("Mo Manager", "confirmed the tags of an answer", subject),
        ("Mo Manager", "corrected the tags of an answer", subject),
    ]


def counted_by_machine(house: House) -> TagSet:
    with house.database.reading() as session:
        viewer = Viewer(session.scalars(select(Invitation.line_manager_id)).one(), "manager")
    machine = look(house, viewer).machine
    assert machine is not None
    return machine


def test_agreement_counts_each_comment_once_in_the_month_of_the_latest_look(house: House):
    manager = a_comment(house)
    correct(house, manager)
    house.clock.at = NOVEMBER
    assert correct(house, manager, counted_by_machine(house)) == "confirmed"
    with house.database.reading() as session:
        (month,) = correcting.agreed(session)
    assert (month.month, month.looked_at) == (Month(2026, 11), 1)
    assert {rate.words for rate in month.rates} == {"1 of 1"}


def test_what_is_given_to_train_with_holds_words_and_tags_and_nothing_of_whose_they_are(house: House):
    manager = a_comment(house)
    correct(house, manager)
    correct(house, manager, replace(LATE, themes={"listened": "positive", "ending": "mixed"}, complaint=False))
    with house.database.reading() as session:
        rows = list(correcting.training_rows(session, DEFINITIONS))
    assert rows == [(WORDS, "parent_carer", "free_good", "negative", "listened:pos|ending:mixed", "0", "0")]
    reply(house, "BACK", WONDERFUL)
    with house.database.reading() as session:
        assert list(correcting.training_rows(session, DEFINITIONS)) == [], "nobody has looked at these words"


def name_everybody(house: House) -> None:
    """Give everybody around the case a name that is a word too, and only goes if it is known for one of theirs."""
    with house.database.writing() as session:
        case = session.scalars(select(Case)).one()
        earlier = Staff(email="earlier@council.example", name="Mark Dean", role="worker", failed_sign_ins=0)
        sister = Person(name="Grace Joy", language="en", safe_contact="text")
        session.add_all([earlier, sister])
        session.flush()
        spell = {"case_id": case.id, "began_on": date(2026, 1, 1), "ended_on": date(2026, 2, 1)}
        session.add(WorkerSpell(staff_id=earlier.id, **spell))
        session.add(Participant(case_id=case.id, person_id=sister.id, role="young_person", left_on=date(2026, 3, 1)))
        session.execute(update(Person).where(Person.name == "Jo").values(name="Hope Summers"))
        session.execute(update(Staff).where(Staff.name == "Sam Worker").values(name="Ivy Frost"))
        session.execute(update(Staff).where(Staff.name == "Mo Manager").values(name="Young King"))


def test_what_is_given_to_train_with_names_nobody_around_the_case(house: House):
    words = "she met hope, with grace, with ivy, with dean and with king, and she was kind"
    assert anonymise(words) == words, "these names go only because they are the names of the case's own people"
    manager = a_comment(house, words)
    name_everybody(house)
    correct(house, manager)
    with house.database.reading() as session:
        ((text, *_),) = correcting.training_rows(session, DEFINITIONS)
    assert text == "she met [name], with [name], with [name], with [name] and with [name], and she was kind"


def test_what_is_given_to_train_with_names_nobody_else_either(house: House):
    manager = a_comment(house, "She rang Oksana on 07700 900123 and she was kind to us")
    correct(house, manager)
    with house.database.reading() as session:
        ((text, *_),) = correcting.training_rows(session, DEFINITIONS)
    assert text == "She rang [name] on [number] and she was kind to us"


def test_the_people_of_another_case_are_no_people_of_this_one(house: House):
    manager = a_comment(house, "she met hope and she was kind")
    with house.database.writing() as session:
        session.add(Person(name="Hope Summers", language="en", safe_contact="text"))
    correct(house, manager)
    with house.database.reading() as session:
        ((text, *_),) = correcting.training_rows(session, DEFINITIONS)
    assert text == "she met hope and she was kind"


def test_what_has_come_to_be_held_since_is_not_given_to_train_with(house: House):
    manager = a_comment(house)
    correct(house, manager)
    reply(house, "wrong number, this is not my phone")
    with house.database.reading() as session:
        assert session.scalars(select(Answer.comment).where(Answer.question == "q6")).one() == WORDS
        assert list(correcting.training_rows(session, DEFINITIONS)) == []
