"""What people wrote down about cells: entries that are read and refused, each fault with its line."""

import datetime

import pytest

from gk_pipeline.facts.correction_file import BadCorrections, Review, read_entries
from gk_pipeline.forms import shipped_forms

ENTRY = {
    "report": "2022/yunling.txt",
    "cell": "applications.received.natural_person",
    "printed": "16",
    "value": "10",
    "reason": "a slip of the pen",
    "evidence": "the office, by telephone",
    "by": "王小明",
    "on": "2024-11-25",
}
CELL = ("applications", "received", "natural_person")


def text(*entries):
    return "".join(
        "".join(f"{'- ' if number == 0 else '  '}{name}: {value}\n" for number, (name, value) in enumerate(one.items()))
        for one in entries
    )


@pytest.fixture
def corrections(tmp_path):
    """Writes a file of corrections and gives its path."""

    def write(content):
        file = tmp_path / "2022.yaml"
        file.write_text(content, encoding="utf-8")
        return file

    return write


def read(file, today=None):
    """The entries of a file that has no fault."""
    entries = read_entries(file, shipped_forms(), today)
    assert entries.faults == ()
    return entries.found


def faults(file, today=None):
    """The faults of a file, each with its line."""
    return [tuple(fault) for fault in sorted(read_entries(file, shipped_forms(), today).faults)]


def test_an_entry_is_read_with_its_lines(corrections):
    other = ENTRY | {"cell": "proactive_disclosure.fees.amount", "printed": "", "value": "25.125", "cause": "publisher"}
    first, second = read(corrections(f"# of 2022\n{text(ENTRY, other)}"))
    assert (first.lines["report"], first.path, first.ordinal, first.cell) == (2, "2022/yunling.txt", 0, CELL)
    assert (first.printed, first.value, first.cause) == (16_000_000, 10_000_000, "unknown")
    assert first.reviewed == "reviewed by 王小明 on 2024-11-25: the office, by telephone"
    assert Review.of(first.reviewed) == (first.by, "2024-11-25", first.evidence)
    assert first.on == datetime.date(2024, 11, 25)
    assert (second.lines["value"], second.printed, second.value, second.cause) == (13, None, 25_125_000, "publisher")


def test_the_second_report_of_a_file_is_named_by_its_number(corrections):
    [entry] = read(corrections(text(ENTRY | {"report": "'2022/both.txt#2'"})))
    assert (entry.path, entry.ordinal) == ("2022/both.txt", 1)
    assert entry.where == "applications.received.natural_person of 2022/both.txt (report 2)"


@pytest.mark.parametrize("content", ["", "# nothing yet\n", "[]"])
def test_a_file_without_entries_corrects_nothing(corrections, content):
    assert read(corrections(content)) == ()


def test_a_year_without_a_file_corrects_nothing(tmp_path):
    assert read(tmp_path / "2022.yaml") == ()


@pytest.mark.parametrize("printed", ["", "~", "null", "Null", "NULL", "无", "——", "'/'"])
def test_a_cell_that_prints_no_number_may_be_told_in_many_ways(corrections, printed):
    [entry] = read(corrections(text(ENTRY | {"printed": printed})))
    assert entry.printed is None


@pytest.mark.parametrize("number", ["1200", "1,200", "１２００", "1200件", "'1 200'"])
def test_a_number_is_written_as_on_the_page(corrections, number):
    [entry] = read(corrections(text(ENTRY | {"printed": number, "value": "5"})))
    assert entry.printed == 1_200_000_000
    [entry] = read(corrections(text(ENTRY | {"value": number})))
    assert entry.value == 1_200_000_000


def test_a_change_may_be_below_zero_and_nothing_else(corrections):
    change = {"cell": "proactive_disclosure.licensing.items_change", "value": "-3"}
    assert read(corrections(text(ENTRY | change)))[0].value == -3_000_000


FAULTS = [
    ({"value": "ten"}, "value", "ten cannot stand in this cell. Write a whole number such as 1234."),
    ({"value": "38.5"}, "value", "38.5 cannot stand in this cell. Write a whole number"),
    ({"value": "-38"}, "value", "-38 cannot stand in this cell: it is never below zero."),
    ({"value": "NaN"}, "value", "NaN cannot stand in this cell"),
    ({"value": "1e3"}, "value", "1e3 cannot stand in this cell"),
    ({"value": "1e999999999"}, "value", "1e999999999 cannot stand in this cell"),
    ({"value": "1_000"}, "value", "1_000 cannot stand in this cell"),
    ({"value": "1,20"}, "value", "1,20 cannot stand in this cell"),
    ({"value": "123456789012"}, "value", "123456789012 cannot stand in this cell"),
    ({"value": ""}, "value", "value is empty. Fill in, or remove the entry."),
    ({"value": "", "by": "~"}, "value", "value, by are empty. Fill in, or remove the entry."),
    ({"value": "16.0"}, "value", "16 is what is printed already"),
    ({"cell": "proactive_disclosure.fees.amount", "value": "-1.5"}, "value", "-1.5 cannot stand in this cell: it is"),
    (
        {"cell": "proactive_disclosure.fees.amount", "value": "1.0000001"},
        "value",
        "Write a number such as 25.1, in 万元",
    ),
    ({"printed": "16.5"}, "printed", "16.5 is no number. Write it as on the page"),
    ({"printed": "some"}, "printed", "some is no number"),
    ({"cell": "received.natural_person"}, "cell", "received.natural_person is no cell. Write table.item.measure"),
    ({"cell": "applications.recieved.total"}, "cell", "Near it: applications.received.total"),
    ({"cell": "applications.received.total.x"}, "cell", "applications.received.total.x is no cell"),
    ({"on": "yesterday"}, "on", "yesterday is no day. Write it as 2024-11-25."),
    ({"on": "20241125"}, "on", "20241125 is no day"),
    ({"on": "2024-02-30"}, "on", "2024-02-30 is no day"),
    ({"by": "~"}, "by", "by is empty"),
    ({"cause": "bad luck"}, "cause", "bad luck is no cause. Write one of publisher, transmission, reader, unknown."),
    ({"note": "x"}, "report", "it has unknown fields: note"),
    ({"evidence": "[a, b]"}, "evidence", "it holds more than a text"),
]


@pytest.mark.parametrize(("change", "field", "told"), FAULTS)
def test_a_faulty_entry_is_told_with_the_line_of_the_fault(corrections, change, field, told):
    entry = ENTRY | change
    [(line, said)] = faults(corrections(text(entry)))
    assert line == list(entry).index(field) + 1
    assert told in said


def test_a_decision_is_not_of_a_day_to_come(corrections):
    file = corrections(text(ENTRY))
    assert faults(file, datetime.date(2024, 11, 24)) == []  # it may be the 25th already where it was decided
    assert faults(file, datetime.date(2024, 11, 23)) == [
        (8, "2024-11-25 has not come yet. Write the day of the decision.")
    ]


def test_a_missing_field_is_named(corrections):
    entry = {name: value for name, value in ENTRY.items() if name != "reason"}
    [(line, told)] = faults(corrections(text(entry)))
    assert line == 1
    assert told.startswith("it lacks reason. An entry has report, cell, ")


def test_a_field_given_twice_is_told_and_not_overwritten(corrections):
    assert faults(corrections(f"{text(ENTRY)}  value: 11\n")) == [(9, "value stands there twice. Leave one of them.")]


def test_every_fault_of_every_entry_is_told_at_once(corrections):
    found = faults(corrections(text(ENTRY | {"value": "x", "on": "y", "cause": "z"}, ENTRY | {"on": "y"})))
    assert [line for line, _ in found] == [4, 8, 9, 17]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("- report: 'a\n", "2022.yaml:2: no YAML"),
        ("report: a\n", "2022.yaml:1: the file is a list of entries"),
        ("- report: a\0\n", "2022.yaml: character 12 is none of a text"),
        ("[" * 5000, "2022.yaml: brackets within brackets"),
    ],
)
def test_what_is_no_list_of_entries_is_told(corrections, content, told):
    with pytest.raises(BadCorrections) as error:
        read_entries(corrections(content), shipped_forms())
    assert told in str(error.value)


def test_an_item_that_is_no_entry_is_told(corrections):
    [(line, told)] = faults(corrections("- a\n"))
    assert (line, told[:18]) == (1, "it is no entry. An")


def test_a_file_in_another_encoding_is_told(corrections):
    file = corrections("")
    file.write_bytes("- report: 年\n".encode("gb18030"))
    with pytest.raises(BadCorrections, match="Save it as UTF-8"):
        read_entries(file, shipped_forms())


def test_a_folder_in_the_place_of_the_file_is_told(tmp_path):
    (tmp_path / "2022.yaml").mkdir()
    with pytest.raises(BadCorrections, match=r"2022\.yaml cannot be read \(Is a directory\)"):
        read_entries(tmp_path / "2022.yaml", shipped_forms())
