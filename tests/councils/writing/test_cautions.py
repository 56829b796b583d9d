"""What looks as if it named a child. The two tables are the specification. Every name and number is made up."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from councils.writing.cautions import Caution, Kind, cautions

BIRTH, CHILD, NHS_NUMBER, PUPIL_NUMBER = Kind.BIRTH, Kind.CHILD, Kind.NHS_NUMBER, Kind.PUPIL_NUMBER
SECONDS = 5
"""What an officer would still wait for. Half a second is meant; a busy machine may take longer."""

WARNS = [
    ("DOB: 12/03/2015", BIRTH, "DOB: 12/03/2015"),
    ("D.O.B. 12.03.15", BIRTH, "D.O.B. 12.03.15"),
    ("d.o.b 2015-03-12", BIRTH, "d.o.b 2015-03-12"),
    ("date of birth was 12th of March, 2015", BIRTH, "date of birth was 12th of March, 2015"),
    ("Date of Birth 12 March 2015", BIRTH, "Date of Birth 12 March 2015"),
    ("born on 12 March 2015", BIRTH, "born on 12 March 2015"),
    ("born 12-Mar-15", BIRTH, "born 12-Mar-15"),
    ("born in Lincoln on the 3rd of May 2016", BIRTH, "born in Lincoln on the 3rd of May 2016"),
    ("12/03/2015 (DoB)", BIRTH, "12/03/2015 (DoB)"),
    ("12 March 2015 is her date of birth", BIRTH, "12 March 2015 is her date of birth"),
    ("On 12 March 2015 he was born", BIRTH, "12 March 2015 he was born"),
    ("her birthday is on 12 March", BIRTH, "birthday is on 12 March"),
    ("Birthday: March 12, 2015", BIRTH, "Birthday: March 12, 2015"),
    ("aged 7 (12/03/2015)", BIRTH, "aged 7 (12/03/2015)"),
    ("Sam Jones, aged 7, lives", CHILD, "Sam Jones, aged 7"),
    ("Sam Jones (aged 7)", CHILD, "Sam Jones (aged 7)"),
    ("Sam Jones aged seven", CHILD, "Sam Jones aged seven"),
    ("Sam J. Jones is 7 years old", CHILD, "Sam J. Jones is 7 years old"),
    ("Sam Jones, who is 7 years old", CHILD, "Sam Jones, who is 7 years old"),
    ("Ann-Marie O’Neill aged 7 and Sam", CHILD, "Ann-Marie O’Neill aged 7"),
    ("Sam Jones, aged 7.", CHILD, "Sam Jones, aged 7"),
    ("child A (7)", CHILD, "child A (7)"),
    ("Child B, aged 9", CHILD, "Child B, aged 9"),
    ("Child A is 7 years old", CHILD, "Child A is 7 years old"),
    ("her brother Sam (7)", CHILD, "brother Sam (7)"),
    ("a boy called Sam", CHILD, "boy called Sam"),
    ("7-year-old Sam Jones", CHILD, "7-year-old Sam Jones"),
    ("the 7-year-old girl Ann", CHILD, "7-year-old girl Ann"),
    ("NHS number 943 476 5919", NHS_NUMBER, "NHS number 943 476 5919"),
    ("9434765919", NHS_NUMBER, "9434765919"),
    ("943-476-5919", NHS_NUMBER, "943-476-5919"),
    ("943 476 5919.", NHS_NUMBER, "943 476 5919"),
    ("NHS no. 123 456 7890", NHS_NUMBER, "NHS no. 123 456 7890"),
    ("NHS No: 1234567890", NHS_NUMBER, "NHS No: 1234567890"),
    ("UPN A123456789012", PUPIL_NUMBER, "UPN A123456789012"),
    ("(b. 12/03/2015)", BIRTH, "(b. 12/03/2015)"),
    ("April Jones, aged 7", CHILD, "April Jones, aged 7"),
    ("ULN 1234567890", PUPIL_NUMBER, "ULN 1234567890"),
    ("a daughter, Sam (7)", CHILD, "daughter, Sam (7)"),
    ("Sam Jones, 7 years old", CHILD, "Sam Jones, 7 years old"),
    ("UPN: H801200001001", PUPIL_NUMBER, "UPN: H801200001001"),
    ("H801200001001", PUPIL_NUMBER, "H801200001001"),
    ("UPN B123456789012", PUPIL_NUMBER, "UPN B123456789012"),
]
"""A text, what it looks like, and the words that are shown."""

QUIET = [
    "The meeting is on 12 March 2015",
    "by 12/03/2024",
    "children born after 1 September 2024",
    "born on or after 1 September 2024",
    "children born in 2015",
    "babies born in the 12 months to 31 March 2023",
    "until their 21st birthday. From 1 April 2023",
    "before their 18th birthday on 1 April",
    "children aged 7 to 11",
    "young people aged 16 or over",
    "Care Leavers aged 21",
    "care leavers aged 18 to 25",
    "Children aged 7 on 31 August 2023",
    "£4,010,232,137",
    "£9434765919",
    "SH-4-07",
    "9434765918",
    "01522 782111",
    "020 7946 0958",
    "07700 900123",
    "1111111111",
    "2023/24",
    "45%",
    "Child Protection (3)",
    "child Protection (3)",
    "Children Act 1989",
    "Working Together (3)",
    "Supported Housing, aged 16 to 17",
    "the date of birth is recorded from 1 April 2024",
    "Family Hubs aged 0-19",
    "a 10-year-old Children Act",
    "b. 12 May 2023 report",
    "stubborn 12 March",
    "John Smith, aged 54",
    "Sam Jones aged 16-25",
    "1234567890",
    "B123456789012",
    "reference 2023-04-21",
    "five years",
    "a child named in the plan",
    "paragraph 3.10 (7)",
    "Stable Homes (7)",
    "Pillar 4 (7)",
    "a child aged 7",
    "unborn 12/03/2015",
    "born and raised; 12 March 2023",
    "3434765919.50",
    "Lincolnshire County Council, aged 7",
    "H801200001002",
    "the council’s 12 homes, (7) of them new",
    "",
]
"""What positions are full of."""


@pytest.mark.parametrize(("text", "kind", "words"), WARNS, ids=[text for text, *_ in WARNS])
def test_warns(text, kind, words):
    assert cautions(text) == [Caution(kind, words)]
    assert cautions(f"Our homes are good. {text} and so on.\n\nMore of it.") == [Caution(kind, words)]


@pytest.mark.parametrize("text", QUIET, ids=QUIET)
def test_stays_quiet(text):
    assert cautions(text) == []
    assert cautions(f"Our homes are good. {text}. So it goes on.") == []


def test_each_is_told_once_and_in_order():
    text = "NHS number 943 476 5919. She was born on 12 March 2015. Sam Jones, aged 7, was born on 12 March 2015."
    assert [caution.kind for caution in cautions(text)] == [NHS_NUMBER, BIRTH, CHILD]


@pytest.mark.parametrize("kind", Kind)
def test_the_sentence_holds_the_words(kind):
    sentence = Caution(kind, "These words").sentence
    assert sentence.startswith("“These words” looks ")
    assert sentence.endswith(".")


def with_check_digit(nine: list[int]) -> str:
    """An NHS number, reckoned as the NHS describes it; empty where these nine digits have none."""
    remainder = 11 - sum(digit * (10 - place) for place, digit in enumerate(nine)) % 11
    return "" if remainder == 10 else "".join(map(str, [*nine, remainder % 11]))


NINE = st.tuples(st.integers(1, 9), *[st.integers(0, 9)] * 8).map(list)


@given(nine=NINE, gap=st.sampled_from(["", " ", "-", "\u00a0"]))
def test_every_nhs_number_warns_and_no_other_in_its_place(nine, gap):
    number = with_check_digit(nine)
    for last in "0123456789":
        digits = "".join(map(str, nine)) + last
        text = gap.join((digits[:3], digits[3:6], digits[6:]))
        is_one = digits == number and len(set(digits)) > 1
        assert [caution.kind for caution in cautions(text)] == ([NHS_NUMBER] if is_one else [])


@given(st.text())
def test_any_text_can_be_read(text):
    assert all(caution.words for caution in cautions(text))


HOSTILE = ["born 1/1/01 ", "born in a b c ", "Aaa ", "A", "Aa", "1", "1 ", "1/1/01 ", "dob ", "child A ", " ",
           "aged 7 ", "date of birth is the ", "12 March ", "Sam Jones, aged 7. ", "943 476 5919 ", "\n"]  # fmt: skip


@pytest.mark.parametrize("part", HOSTILE)
def test_100_kb_are_read_in_time(part):
    text = (part * (100_000 // len(part) + 1))[:100_000]
    began = time.process_time()
    cautions(text)
    assert time.process_time() - began < SECONDS
