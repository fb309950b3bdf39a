"""One row: what it says, and every way in which it can be refused."""

from datetime import date

import pytest

from bot.cases.rows import COLUMNS, CaseRow, Refusal, read_row
from tests.bot.cases.lists import a_row, a_young_person

TODAY = date(2026, 10, 6)
MARKER = "zebra"


def read(values: dict[str, str]) -> CaseRow | list[Refusal]:
    return read_row(values, 12, TODAY)


def faults(values: dict[str, str]) -> list[tuple[str, str]]:
    read_out = read(values)
    return [] if isinstance(read_out, CaseRow) else [(refusal.column, refusal.kind) for refusal in read_out]


def kept(values: dict[str, str]) -> CaseRow:
    row = read(values)
    assert isinstance(row, CaseRow), [str(refusal) for refusal in row]
    return row


@pytest.mark.parametrize("column", [column for column in COLUMNS if a_row()[column]])
def test_a_field_that_is_needed_is_refused_when_it_is_blank(column: str):
    may_be_blank = {"stages", "mobile", "language"}
    assert faults(a_row(**{column: "  "})) == ([] if column in may_be_blank else [(column, "blank")])


@pytest.mark.parametrize(
    ("column", "text", "kind"),
    [
        ("case_reference", "EH-" + "1" * 40, "too long"),
        ("case_reference", "EH\x001", "holds control characters"),
        ("unit", "x" * 81, "too long"),
        ("name_to_use", "Sam\u202emaS", "holds hidden characters"),
        ("name_to_use", "\ufeffSam", "holds hidden characters"),
        ("name_to_use", "Sa\u200dm", "holds hidden characters"),
        ("name_to_use", "Sam\U000e0041", "holds hidden characters"),
        ("worker_name", "Jo\u200b Bright", "holds hidden characters"),
        ("case_reference", "EH-1\u200e", "holds hidden characters"),
        ("level", "level 3", "not one of the choices"),
        ("worker_email", "jo bright", "not an e-mail address"),
        ("worker_email", "jo@council", "not an e-mail address"),
        ("worker_email", "jo@council..example", "not an e-mail address"),
        ("worker_email", "jo@b.example; al@b.example", "not an e-mail address"),
        ("line_manager_email", "JO.BRIGHT@council.example", "the same as the worker's"),
        ("stages", "2026-03-02", "not a stage with its date"),
        ("stages", "intake:2026-03-02", "not one of the choices"),
        ("stages", "review:yesterday", "not a date"),
        ("stages", "review:2026-02-30", "not a date"),
        ("stages", "review:20260302", "not a date"),
        ("stages", "review:2029-10-07", "more than two years ahead"),
        ("stages", "review:1999-12-31", "before 2000"),
        ("stages", "review:02/03/26", "not a date"),
        ("stages", "closure:2026-10-01; closure:2026-10-02", "closure twice in one involvement"),
        ("participant_role", "uncle", "not one of the choices"),
        ("name_to_use", "A" * 41, "too long"),
        ("birth_date", "1980-01-01", "not kept for a parent or carer"),
        ("age_band", "16-25", "not kept for a parent or carer"),
        ("mobile", "020 7946 0018", "landline"),
        ("mobile", "07700 900", "too short"),
        ("mobile", "4.47701E+11", "rounded by a spreadsheet"),
        ("mobile", "ask her sister", "not a number"),
        ("language", "Polish language", "not a language code"),
        ("safe_contact", "yes", "not one of the choices"),
        ("safe_contact", "", "blank"),
        ("safe_contact_note", "x" * 2001, "too long"),
    ],
)
def test_a_field_that_cannot_be_taken_is_refused_with_the_kind_of_fault(column: str, text: str, kind: str):
    assert faults(a_row(**{column: text})) == [(column, kind)]


@pytest.mark.parametrize(
    ("column", "text", "kind"),
    [
        ("birth_date", "", "blank"),
        ("birth_date", "May 2012", "not a date"),
        ("birth_date", "05/15/2012", "not a date"),
        ("birth_date", "2026-10-07", "in the future"),
        ("birth_date", "1812-05-15", "too long ago"),
        ("age_band", "12", "not one of the choices"),
        ("age_band", "08-Oct", "not one of the choices"),
    ],
)
def test_the_age_of_a_young_person_must_be_known_and_possible(column: str, text: str, kind: str):
    assert faults(a_young_person(**{column: text})) == [(column, kind)]


def test_somebody_is_a_young_person_until_the_day_before_turning_26():
    assert kept(a_young_person(birth_date="2000-10-07")).birth_date == date(2000, 10, 7)


@pytest.mark.parametrize(
    ("text", "band"), [("11-15", "11-15"), ("11–15", "11-15"), ("Under 8", "under_8"), (" 16 - 25 ", "16-25")]
)
def test_an_age_band_stands_in_for_the_date_of_birth(text: str, band: str):
    row = kept(a_young_person(birth_date="", age_band=text))
    assert (row.birth_date, row.age_band) == (None, band)


def test_all_faults_of_a_row_are_reported_in_the_order_of_the_columns():
    row = a_young_person(level="?", stages="review:?; intake:2026-01-01", mobile="020 7946 0018", birth_date="?")
    assert faults(row) == [
        ("level", "not one of the choices"),
        ("stages", "not a date"),
        ("stages", "not one of the choices"),
        ("birth_date", "not a date"),
        ("mobile", "landline"),
    ]


@pytest.mark.parametrize("column", [c for c in COLUMNS if c != "safe_contact_note"])
def test_a_refusal_never_holds_what_stood_in_the_field(column: str):
    refused = read(a_row(**{column: MARKER * 20}))
    assert isinstance(refused, list)
    assert MARKER not in " ".join(str(refusal) for refusal in refused)


def test_a_refusal_reads_as_one_line_for_whoever_corrects_the_list():
    (refusal,) = read(a_row(mobile="020 7946 0018"))
    assert str(refusal) == ("line 12, mobile: landline - write a mobile number such as 07700 900123, or leave it empty")


@pytest.mark.parametrize("text", ["2026-03-02", "02/03/2026", "2/3/2026", " 2026-03-02 "])
def test_dates_are_read_as_iso_or_with_the_day_first(text: str):
    assert kept(a_row(stages=f"review:{text}")).stages == (("review", date(2026, 3, 2)),)


def test_stages_are_read_once_each_and_the_earliest_first():
    stages = "Review: 2026-05-30; assessment:2026-01-10;review:30/05/2026; CLOSURE:2026-08-01;"
    assert [stage for stage, _ in kept(a_row(stages=stages)).stages] == ["assessment", "review", "closure"]


def test_numbers_addresses_and_names_are_kept_in_one_form():
    row = kept(
        a_row(mobile="+44 (0)7700 900123", worker_email=" Jo.Bright@Council.Example ", name_to_use=" Anna  Maria ")
    )
    assert (row.mobile, row.worker.email, row.name) == ("+447700900123", "jo.bright@council.example", "Anna Maria")


def test_the_joiners_that_some_scripts_spell_with_may_stand_between_their_letters():
    assert kept(a_row(name_to_use="علی\u200cرضا")).name == "علی\u200cرضا"


def test_a_blank_language_is_english():
    assert kept(a_row(language="")).language == "en"


def test_without_a_number_a_blank_safe_contact_is_none():
    row = kept(a_row(mobile="", safe_contact=""))
    assert (row.mobile, row.safe_contact) == (None, "none")


def test_a_note_on_safe_contact_is_kept_word_for_word():
    note = "  Ring first:\r\n“he” reads her phone  "
    assert kept(a_row(safe_contact_note=note)).safe_contact_note == note
