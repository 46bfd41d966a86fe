"""What people decided about cells: entries that are read, matched and refused, each fault with its line."""

import datetime

import pytest

from gk_pipeline.facts.corrections import BadCorrections, matched, read_corrections

ENTRY = {
    "report": "2022/yunling.txt",
    "cell": "applications.received.natural_person",
    "printed": "16",
    "value": "10",
    "reason": "a slip of the pen",
    "evidence": "the office, by telephone",
    "by": "王小明",
    "on": "2026-11-25",
}
CELL = (7, "applications", "received", "natural_person")


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


def test_an_entry_is_read_with_its_line(corrections):
    other = ENTRY | {"cell": "proactive_disclosure.fees.amount", "printed": "", "value": "25.125", "cause": "publisher"}
    first, second = read_corrections(corrections(f"# of 2022\n{text(ENTRY, other)}"))
    assert (first.line, first.path, first.ordinal, first.cell) == (2, "2022/yunling.txt", 0, CELL[1:])
    assert (first.printed, first.value, first.cause) == (16_000_000, 10_000_000, "unknown")
    assert first.reviewed == "reviewed by 王小明 on 2026-11-25: the office, by telephone"
    assert first.on == datetime.date(2026, 11, 25)
    assert (second.line, second.printed, second.value, second.cause) == (10, None, 25_125_000, "publisher")


def test_the_second_report_of_a_file_is_named_by_its_number(corrections):
    [entry] = read_corrections(corrections(text(ENTRY | {"report": "'2022/both.txt#2'"})))
    assert (entry.path, entry.ordinal) == ("2022/both.txt", 1)
    assert entry.where == "applications.received.natural_person of 2022/both.txt (report 2)"


@pytest.mark.parametrize("content", ["", "# nothing yet\n", "[]"])
def test_a_file_without_entries_corrects_nothing(corrections, content):
    assert read_corrections(corrections(content)) == []


def test_a_year_without_a_file_corrects_nothing(tmp_path):
    assert read_corrections(tmp_path / "2022.yaml") == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"value": "10.0000001"}, "10.0000001 is no number of this table: at most six decimals"),
        ({"value": "ten"}, "ten is no number. Write digits"),
        ({"value": "NaN"}, "NaN is no number of this table"),
        ({"value": "1e30"}, "1e30 is no number of this table"),
        ({"value": ""}, "value is empty. Fill it in, or remove the entry."),
        ({"value": "16.0"}, "16 is what is printed already"),
        ({"cell": "received.natural_person"}, "received.natural_person is no cell. Write table.item.measure"),
        ({"on": "yesterday"}, "yesterday is no day. Write it as 2026-11-25."),
        ({"by": "~"}, "by is empty"),
        ({"cause": "bad luck"}, "bad luck is no cause. Write one of publisher, transmission, reader, unknown."),
        ({"note": "x"}, "it has unknown fields: note"),
        ({"evidence": "[a, b]"}, "line 6 holds more than a text"),
    ],
)
def test_a_faulty_entry_is_told_with_its_line(corrections, change, told):
    file = corrections(text(ENTRY | change))
    with pytest.raises(BadCorrections) as error:
        read_corrections(file)
    assert str(error.value).startswith(f"{file}:1: ")
    assert told in str(error.value)


def test_a_missing_field_is_named(corrections):
    entry = {name: value for name, value in ENTRY.items() if name != "reason"}
    with pytest.raises(BadCorrections, match=r"2022\.yaml:1: it lacks reason\."):
        read_corrections(corrections(text(entry)))


def test_a_field_given_twice_is_told_and_not_overwritten(corrections):
    with pytest.raises(BadCorrections, match="value stands there twice"):
        read_corrections(corrections(f"{text(ENTRY)}  value: 11\n"))


def test_every_fault_of_a_file_is_told_at_once(corrections):
    with pytest.raises(BadCorrections) as error:
        read_corrections(corrections(text(ENTRY | {"value": "x"}, ENTRY | {"on": "y"})))
    assert [line.split(": ")[0].rpartition(":")[2] for line in str(error.value).splitlines()] == ["1", "9"]


def test_two_entries_for_one_cell_are_refused(corrections):
    with pytest.raises(BadCorrections, match=r"2022\.yaml:9: .* has an entry in line 1 already"):
        read_corrections(corrections(text(ENTRY, ENTRY | {"value": "11"})))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("- report: 'a\n", "2022.yaml:2: no YAML"),
        ("report: a\n", "2022.yaml:1: the file is a list of entries"),
        ("- a\n", "2022.yaml:1: it is no entry"),
    ],
)
def test_what_is_no_list_of_entries_is_told(corrections, content, told):
    with pytest.raises(BadCorrections) as error:
        read_corrections(corrections(content))
    assert told in str(error.value)


def test_a_file_in_another_encoding_is_told(corrections):
    file = corrections("")
    file.write_bytes("- report: 年\n".encode("gb18030"))
    with pytest.raises(BadCorrections, match="Save it as UTF-8"):
        read_corrections(file)


REPORTS = {("2022/yunling.txt", 0): 7}
PRINTED = {CELL: 16_000_000, (7, "applications", "received", "total"): None}


def test_an_entry_belongs_to_its_cell(corrections):
    file = corrections(text(ENTRY))
    entries = read_corrections(file)
    assert matched(file, entries, REPORTS, PRINTED) == {CELL: entries[0]}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"report": "2022/other.txt"}, "no report 2022/other.txt is read in this year"),
        ({"report": "'2022/yunling.txt#2'"}, "no report 2022/yunling.txt (report 2) is read in this year"),
        ({"cell": "applications.received.nobody"}, "the report has no cell applications.received.nobody"),
        ({"printed": "17"}, "prints 16, and the entry expects 17"),
        ({"printed": ""}, "prints 16, and the entry expects no number"),
        ({"cell": "applications.received.total"}, "prints no number, and the entry expects 16"),
    ],
)
def test_an_entry_that_does_not_match_the_page_is_told_with_its_line(corrections, change, told):
    file = corrections(text(ENTRY | change))
    with pytest.raises(BadCorrections) as error:
        matched(file, read_corrections(file), REPORTS, PRINTED)
    assert f"{file}:1: " in str(error.value)
    assert told in str(error.value)
    assert str(error.value).endswith("mend the entry or remove it; the year is as it was.")
