"""The file: what is taken for a case list, and what is said about one that is not."""

import tracemalloc
from pathlib import Path

import pytest

from bot.cases.files import LONGEST_FIELD, Record, UnreadableCaseList, open_case_list
from bot.cases.rows import ALL_COLUMNS, COLUMNS, Refusal
from tests.bot.cases.lists import a_row, a_young_person, as_text

ROWS = [a_row(), a_young_person(safe_contact_note='Two lines,\nand "quotes"; so there')]


def written(folder: Path, content: bytes) -> Path:
    path = folder / "list.csv"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("delimiter", [",", ";"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "with a byte order mark"])
@pytest.mark.parametrize("line_end", ["\r\n", "\n"], ids=["CRLF", "LF"])
def test_the_ways_in_which_programs_write_csv_are_all_read(tmp_path: Path, delimiter: str, mark: bytes, line_end: str):
    text = as_text(ROWS, delimiter=delimiter).replace("\r\n", line_end)
    case_list = open_case_list(written(tmp_path, mark + text.encode()))
    assert case_list.rows == 2
    assert [record.values for record in case_list if isinstance(record, Record)] == ROWS


def test_names_of_columns_may_have_capitals_and_blanks_and_any_order(tmp_path: Path):
    text = as_text(ROWS, columns=COLUMNS[::-1])
    header, rest = text.split("\r\n", 1)
    case_list = open_case_list(written(tmp_path, f"{header.title().replace('_', ' ')}\r\n{rest}".encode()))
    assert [record.values for record in case_list if isinstance(record, Record)] == ROWS


def test_a_row_is_named_by_the_line_on_which_it_begins(tmp_path: Path):
    text = as_text([ROWS[1], ROWS[0]]) + "\r\n" + "," * 17 + "\r\n" + as_text([ROWS[0]]).split("\r\n", 1)[1]
    assert [record.line for record in open_case_list(written(tmp_path, text.encode()))] == [2, 4, 7]


def told(record: Record | Refusal) -> str | int:
    """What is refused, or the line of a row that is one."""
    return record.kind if isinstance(record, Refusal) else record.line


def read(folder: Path, text: str) -> list[str | int]:
    case_list = open_case_list(written(folder, text.encode()))
    found = [told(record) for record in case_list]
    assert case_list.rows == len(found)
    return found


def test_a_row_without_one_field_for_each_column_is_refused(tmp_path: Path):
    text = as_text([ROWS[0]]).rstrip("\r\n") + ",too much\r\n" + "EH-2,Early Help\r\n"
    assert read(tmp_path, text) == ["not one field for each column"] * 2


HEADER, ROW = as_text([a_row()]).splitlines(keepends=True)
QUOTED = as_text([ROWS[1]]).split("\r\n", 1)[1]
TOO_LONG = f"more than {LONGEST_FIELD:,} characters"


@pytest.mark.parametrize(
    ("broken", "kind", "behind"),
    [
        ('EH-2,"Early Help\r\n', "the quotation mark that opens on line 3 is not closed", ROW),
        ('EH-2,"Early Help\r\n', "the quotation mark that opens on line 3 is not closed", QUOTED),
        ('EH-2,"Early Help\r\n', "the quotation mark that opens on line 3 is not closed", ""),
        ('EH-2,"Early Help\r\n', f"line 3 is not closed within {LONGEST_FIELD:,} characters", ROW * 1000),
        ('"EH-2"x,Early Help\r\n', "not CSV", QUOTED),
        (ROW.replace("Harbour unit", "x" * (LONGEST_FIELD + 1)), TOO_LONG, ROW),
        (ROW.replace("Harbour unit", '"' + "x" * (LONGEST_FIELD + 1) + '"'), TOO_LONG, QUOTED),
        ("x" * 3_000_000 + "\r\n", TOO_LONG, ROW),
    ],
)
def test_a_row_that_is_not_csv_costs_that_row_alone(tmp_path: Path, broken: str, kind: str, behind: str):
    first, refused, *rest = read(tmp_path, HEADER + ROW + broken + behind)
    assert first == 2
    assert str(refused).endswith(kind)
    lengths = {ROW: 1, QUOTED: 1, "": 0}
    assert rest == list(range(4, 4 + lengths.get(behind, 1000)))


def test_a_quotation_mark_that_opens_within_a_row_of_many_lines_is_named_by_its_own_line(tmp_path: Path):
    broken = 'EH-2,"Early\r\nHelp",x,\r\n'
    (first, second) = read(tmp_path, HEADER + broken + 'EH-3,"open\r\n')
    assert (first, second) == (
        "not one field for each column",
        "the quotation mark that opens on line 4 is not closed",
    )


def test_a_list_of_no_rows_is_a_list(tmp_path: Path):
    assert open_case_list(written(tmp_path, as_text([]).encode())).rows == 0


def test_a_longer_list_needs_no_more_memory(tmp_path: Path):
    def needed(rows: int) -> int:
        case_list = open_case_list(written(tmp_path, as_text([a_row()] * rows).encode()))
        tracemalloc.start()
        assert sum(1 for _ in case_list) == rows
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    assert needed(6000) - needed(2000) < 100_000, "four thousand more rows are over a million characters"


def without(column: str) -> bytes:
    return as_text([], columns=[name for name in COLUMNS if name != column]).encode()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "first line"),
        (b"\n\n", "first line"),
        (b"PK\x03\x04\xff\xfe\x00\x00", "UTF-8"),
        (as_text([a_row(name_to_use="Zoë")]).encode("cp1252"), "UTF-8"),
        (as_text([a_row()]).encode("utf-16"), "UTF-8"),
        (as_text([a_row()]).split("\r\n", 1)[1].encode(), "first line"),
        (without("mobile"), "missing: mobile"),
        (as_text([], columns=[*COLUMNS, "zebra"]).encode(), "counted from the left: 19"),
        (as_text([], columns=[*COLUMNS, "mobile"]).encode(), "more than once: mobile"),
        (('"' + as_text([a_row()])).encode(), "first line cannot be read: the quotation mark that opens on line 1"),
        (b"x" * 200_000, "first line cannot be read: holds a field of more than"),
    ],
)
def test_a_file_that_is_not_a_case_list_is_refused_with_what_to_do(tmp_path: Path, content: bytes, says: str):
    with pytest.raises(UnreadableCaseList, match=says) as problem:
        open_case_list(written(tmp_path, content))
    for personal in ("07700", "zebra", "Agnieszka"):
        assert personal not in str(problem.value)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path):
    with pytest.raises(UnreadableCaseList, match="No such file"):
        open_case_list(tmp_path / "missing.csv")


def test_the_documentation_describes_every_column():
    text = Path("docs/case-list.md").read_text(encoding="utf-8")
    described = [line.split("`")[1] for line in text.splitlines() if line.startswith("| `")]
    assert described == list(ALL_COLUMNS), (
        "the tables in docs/case-list.md name every column, in the order of ALL_COLUMNS"
    )


def test_the_sample_in_the_documentation_is_a_case_list(tmp_path: Path):
    sample = Path("docs/case-list.md").read_text(encoding="utf-8").split("```csv\n")[1].split("```")[0]
    records = list(open_case_list(written(tmp_path, sample.encode())))
    assert [isinstance(record, Record) for record in records] == [True, True]
