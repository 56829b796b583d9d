"""The form of a section: what it saves, what it refuses, and that nobody loses a word over it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from reforms.base.models import KeptPost
from reforms.reports.building.section_form import IN_A_PART, LONGEST_BLOCK
from reforms.reports.document.values import Block
from reforms.reports.models import CommitteeReport, SectionEdit
from tests.councils.writing.typing import fields_of
from tests.queries import count_queries
from tests.reforms.base.accounts.people import with_second_factor
from tests.reforms.reports.building.cast import Browser, newest, put, texts_of, words_on

pytestmark = [pytest.mark.django_db, pytest.mark.once]

SUMMARY = (1, "summary")
TABLE = Block("Money", (("What", "Sum"), ("Fostering | care", "£27 million")), "money:SH-4", "stamp")


def typed(browser: Browser, key: str = "summary", *, part: int = 1, **changes: Any) -> dict[str, Any]:
    """The form as it opens, with some fields changed."""
    asked = {"part": str(part)} if part > 1 else {}
    return fields_of(browser.get("report-section", 1, key, **asked), "data-section") | changes


def save(browser: Browser, key: str = "summary", *, part: int = 1, **changes: Any) -> Any:
    return browser.post("report-section", 1, key, fields=typed(browser, key, part=part, **changes))


class TestSaving:
    def test_sent_back_as_it_came_it_is_the_same(self, officer, report):
        row = put(report, "background", Block("# One\n\nTwo", source="pillar:stable-homes/4", stamp="s"), TABLE)
        save(officer, "background")
        assert report.sections.get(key="background").blocks == row.blocks
        assert report.sections.get(key="background").revision == 1

    def test_words_keep_where_they_came_from(self, officer, report):
        put(report, "summary", Block("Old", source="pillar:stable-homes/4", stamp="s"))
        save(officer, **{"blocks-0-text": "New"})
        assert report.sections.get(key="summary").blocks == [
            {"text": "New", "source": "pillar:stable-homes/4", "stamp": "s"}
        ]

    def test_a_table_by_its_lines(self, officer, report):
        put(report, "summary", TABLE)
        save(officer, **{"blocks-0-table": "What | Sum\r\nKinship \\| care | £9"})
        [block] = report.sections.get(key="summary").blocks
        assert block["rows"] == [["What", "Sum"], ["Kinship | care", "£9"]]
        assert (block["text"], block["source"]) == ("Money", "money:SH-4")

    def test_a_new_piece_a_new_table_and_one_taken_out(self, officer, report):
        save(officer, **{"blocks-0-text": "", "blocks-1-text": "Mine"})
        assert texts_of(report) == ["Mine"]
        save(officer, **{"blocks-1-text": "Caption", "blocks-1-table": "a | b"})
        assert report.sections.get(key="summary").blocks[1] == {"text": "Caption", "rows": [["a", "b"]]}

    def test_a_table_and_a_draft_are_called_so(self, officer, report):
        put(report, "summary", Block("Words"), TABLE, Block("Secret", is_draft=True))
        page = words_on(officer.get("report-section", *SUMMARY))
        for words in ["Piece 1", "Table 2: its caption", "Table 2: its rows", "Piece 3", "A new piece"]:
            assert words in page
        assert page.count("Nobody has published this.") == 1
        assert "Fostering \\| care | £27 million" in page

    def test_another_place(self, officer, report):
        put(report, "summary", *(Block(each) for each in "abc"))
        save(officer, **{"blocks-2-place": "1"})
        assert texts_of(report) == ["c", "a", "b"]

    def test_everything_taken_out(self, officer, report):
        save(officer, **{"blocks-0-text": "  "})
        assert texts_of(report) == []
        assert "Nothing in it" in words_on(officer.get("report-edit", 1))

    def test_the_heading_too(self, officer, report):
        save(officer, heading="In short")
        assert report.sections.get(key="summary").heading == "In short"

    def test_twice_the_same_is_one_save(self, officer, report):
        fields = typed(officer, **{"blocks-0-text": "Twice"})
        for _ in range(2):
            assert officer.post("report-section", *SUMMARY, fields=fields)["Location"] == officer.url(
                "report-section", *SUMMARY
            )
        assert SectionEdit.objects.filter(section__key="summary", section__report=report).count() == 2

    def test_fields_that_the_form_does_not_have_do_nothing(self, officer, report):
        extra = {"state": "published", "report": "9", "is_left_out": "on", "key": "risks", "blocks-0-is_draft": ""}
        officer.post("report-section", *SUMMARY, fields=typed(officer) | {"blocks-0-text": "Mine"} | extra)
        assert (newest(report).state, texts_of(report)) == ("draft", ["Mine"])
        assert not report.sections.get(key="summary").is_left_out


class TestLongSections:
    @pytest.fixture
    def long(self, report) -> CommitteeReport:
        put(report, "summary", *(Block(f"Piece {number}", stamp=str(number)) for number in range(2 * IN_A_PART + 5)))
        return report

    def test_a_part_is_saved_and_the_others_stay(self, officer, long):
        before = texts_of(long)
        save(officer, part=2, **{"blocks-0-text": "New"})
        assert texts_of(long) == [*before[:IN_A_PART], "New", *before[IN_A_PART + 1 :]]
        assert [block["stamp"] for block in long.sections.get(key="summary").blocks] == [
            str(number) for number in range(2 * IN_A_PART + 5)
        ]

    def test_it_leads_back_to_the_same_part(self, officer, long):
        assert save(officer, part=2, **{"blocks-0-text": "New"})["Location"].endswith("?part=2")

    @pytest.mark.parametrize("part", ["0", "-1", "99", "x", "١", "9" * 40])
    def test_a_part_that_there_is_not(self, officer, long, part):
        assert officer.get("report-section", *SUMMARY, part=part).status_code == 200


MISTAKES = [
    pytest.param({"heading": ""}, "Enter a heading", id="no-heading"),
    pytest.param({"heading": "x" * 201}, "Shorten the heading to 200 characters", id="a-heading-too-long"),
    pytest.param({"blocks-0-text": "x" * 200_000}, f"{LONGEST_BLOCK} characters: it has 200000", id="200-kB"),
    pytest.param({"blocks-0-text": "a\x00b"}, "Null characters are not allowed", id="nul"),
    pytest.param({"blocks-0-place": "first"}, "Place has to be a whole number", id="no-place"),
    pytest.param({"blocks-0-signed": "forged"}, "Something in the form cannot be read", id="forged-origin"),
    pytest.param({"before": "forged:x"}, "Something in the form cannot be read", id="forged-words"),
    pytest.param({"blocks-TOTAL_FORMS": "many"}, "ManagementForm data", id="no-count"),
    pytest.param({"revision": "x"}, "Enter a whole number", id="no-revision"),
]


class TestRefusing:
    @pytest.mark.parametrize(("changes", "words"), MISTAKES)
    def test_says_why_and_keeps_what_was_typed(self, officer, report, changes, words):
        response = save(officer, **{"blocks-1-text": "Kept words"} | changes)
        assert response.status_code == 400
        assert words in words_on(response)
        if "blocks-TOTAL_FORMS" not in changes:
            assert "Kept words" in words_on(response)
        assert report.sections.get(key="summary").revision == 1

    def test_a_table_without_rows(self, officer, report):
        put(report, "summary", TABLE)
        assert "Give the table its rows" in words_on(save(officer, **{"blocks-0-table": ""}))

    def test_what_another_section_signed(self, officer, report):
        put(report, "risks", Block("Theirs", source="pillar:stable-homes/4", stamp="s"))
        stolen = typed(officer, "risks")["blocks-0-signed"]
        assert save(officer, **{"blocks-0-signed": stolen}).status_code == 400

    def test_it_asks_before_it_saves_what_may_name_a_child(self, officer, report):
        words = {"blocks-0-text": "NHS number 943 476 5919."}
        response = save(officer, **words)
        assert "Could this name a child?" in words_on(response)
        assert report.sections.get(key="summary").revision == 1
        again = fields_of(response, "data-section")
        assert officer.post("report-section", *SUMMARY, fields=again).status_code == 302
        assert texts_of(report) == ["NHS number 943 476 5919."]

    @pytest.mark.parametrize("key", ["nothing", "summaries", "authors"])
    def test_no_such_section(self, officer, report, key):
        assert officer.get("report-section", 1, key).status_code == 404

    def test_no_such_report(self, officer, report):
        assert officer.get("report-section", 9, "summary").status_code == 404

    def test_drafts_stay_drafts_whatever_is_typed(self, officer, report):
        put(report, "summary", Block("Secret", source="position:x/SH-4", stamp="d", is_draft=True))
        save(officer, **{"blocks-0-text": "Secret, reworded"})
        assert report.sections.get(key="summary").blocks[0]["is_draft"]
        assert newest(report).has_drafts


class TestTwoOfficers:
    def clash(self, officer, colleague, **mine: str) -> Any:
        """Both open the form; the colleague saves first."""
        first, second = (typed(each) for each in (officer, colleague))
        colleague.post("report-section", *SUMMARY, fields=second | {"blocks-0-text": "Theirs"})
        return officer.post("report-section", *SUMMARY, fields=first | (mine or {"blocks-0-text": "Mine"}), follow=True)

    def test_the_second_loses_nothing(self, officer, colleague, report):
        response = self.clash(officer, colleague)
        assert texts_of(report) == ["Theirs"]
        page = words_on(response)
        assert "Not saved over a colleague’s words" in page
        assert "Mine" in page
        assert "Theirs" in page

    @pytest.mark.parametrize(
        ("do", "stands"),
        [("mine", ["Mine"]), ("theirs", ["Theirs"]), ("both", ["Mine", "Theirs"])],
        ids=["mine", "theirs", "both"],
    )
    def test_they_choose(self, officer, colleague, report, do, stands):
        response = self.clash(officer, colleague)
        address = response.redirect_chain[-1][0]
        officer.client.post(address, {"do": do, "revision": "2"})
        assert texts_of(report) == stands
        assert not SectionEdit.objects.waiting().exists()

    def test_both_together_where_they_did_not_touch_the_same(self, officer, colleague, report):
        put(report, "summary", Block("a"), Block("b"))
        response = self.clash(officer, colleague, **{"blocks-1-text": "Mine"})
        assert "both sets of changes can stand together" in words_on(response)
        officer.client.post(response.redirect_chain[-1][0], {"do": "both", "revision": "2"})
        assert texts_of(report) == ["Theirs", "Mine"]

    def test_somebody_is_quicker_once_more(self, officer, colleague, report):
        response = self.clash(officer, colleague)
        save(colleague, **{"blocks-0-text": "Theirs again"})
        address = response.redirect_chain[-1][0]
        again = officer.client.post(address, {"do": "mine", "revision": "2"})
        assert again["Location"].endswith(f"/set-aside/{SectionEdit.objects.waiting().get().pk}/")
        assert texts_of(report) == ["Theirs again"]

    def test_words_that_wait_are_named_on_the_desk(self, officer, colleague, report):
        self.clash(officer, colleague)
        assert "are not in the section Summary" in words_on(officer.get("report-edit", 1))
        assert "are not in the section Summary" not in words_on(colleague.get("report-edit", 1))

    def test_a_colleague_finds_none_of_them(self, officer, colleague, report):
        address = self.clash(officer, colleague).redirect_chain[-1][0]
        assert colleague.client.get(address).status_code == 404


class TestEndedSession:
    def test_the_words_are_there_after_signing_in_again(self, cast, report):
        client = Client()
        client.force_login(with_second_factor(cast.officer))
        here = Browser(None, cast.council)
        here.client = client
        fields = typed(here, **{"blocks-0-text": "Typed for an hour"})
        client.cookies.pop("sessionid")
        assert "/accounts/sign-in/" in here.post("report-section", *SUMMARY, fields=fields)["Location"]
        assert KeptPost.objects.count() == 1
        client.force_login(cast.officer)
        page = here.get("report-section", *SUMMARY)
        assert "This is what you had typed when your session ended" in words_on(page)
        assert fields_of(page, "data-section")["blocks-0-text"] == "Typed for an hour"
        assert texts_of(report) != ["Typed for an hour"]


def test_it_asks_as_much_for_many_pieces_as_for_few(officer, report):
    officer.get("report-section", *SUMMARY)
    few = count_queries(lambda: officer.get("report-section", *SUMMARY))
    put(report, "summary", *(Block(f"Piece {number}") for number in range(25)))
    assert count_queries(lambda: officer.get("report-section", *SUMMARY)) == few
