"""Files for a spreadsheet: accents stay, nothing runs."""

import pytest

from linkworks.ui.spreadsheets import answer, harmless


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_cell_is_a_formula(start: str) -> None:
    assert harmless(f"{start}1+1").startswith("'")


@pytest.mark.parametrize("text", ["", "Ring (1+1)", "Zoë", "a=b"])
def test_other_words_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text


def test_excel_is_told_how_the_letters_are_written() -> None:
    made = answer("a-list.csv", [["Name"], ["Zoë", "=1+1"]])
    assert made.content == "\ufeffName\r\nZoë,'=1+1\r\n".encode()
    assert made["Content-Type"] == "text/csv; charset=utf-8"
    assert made["Content-Disposition"] == 'attachment; filename="a-list.csv"'
