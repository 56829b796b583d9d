"""What a letter says, in plain text and in HTML."""

from __future__ import annotations

from datetime import date, timedelta
from html.parser import HTMLParser

import pytest

from reforms.alerts.digests.composing import MOST, compose, compose_urgent, shares_of
from reforms.alerts.models import Notice, Recipient
from reforms.alerts.outbox.addresses import whole
from reforms.alerts.subscribing.links import manage_url, unsubscribe_url
from reforms.alerts.topics import Topic
from reforms.base.models import User
from tests.reforms.alerts.telling.scene import MONDAY, NOW

NAMES = {"north": "Northshire", "south": "South & East"}


def recipient(*, is_person: bool = True) -> Recipient:
    who = {"person": User(pk=9, email="ann@example.org")} if is_person else {"address": "reader@example.org"}
    return Recipient(pk=5, made_at=NOW, key="k" * 43, **who)


def notice(title: str = "A thing", *, organisation: str = "", topic: Topic = Topic.DATES, **values: object) -> Notice:
    defaults = {"reason": "So it is", "url": "/timeline/", "made_at": NOW, "frequency": "daily"}
    return Notice(**{"title": title, "organisation": organisation, "topic": topic.value} | defaults | values)


def written(*notices: Notice, to: Recipient | None = None, names: dict[str, str] | None = None):
    return compose(to or recipient(), notices, on=MONDAY, now=NOW, names=NAMES if names is None else names)


class Reader(HTMLParser):
    """What somebody reads of a page, and what the page would fetch or run."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.words.append(data.strip())

    @property
    def links(self) -> list[str | None]:
        return [value for name, value in self.attributes if name == "href"]


@pytest.mark.parametrize(
    ("organisations", "subject"),
    [
        pytest.param(["north"], "Reform Tracker: 1 thing for Northshire, 8 May 2023", id="one"),
        pytest.param(["north", "", ""], "Reform Tracker: 3 things for Northshire, 8 May 2023", id="and the country"),
        pytest.param(["", ""], "Reform Tracker: 2 things, 8 May 2023", id="the country alone"),
        pytest.param(["north", "south"], "Reform Tracker: 2 things, 8 May 2023", id="two organisations"),
        pytest.param([""] * 1234, "Reform Tracker: 1,234 things, 8 May 2023", id="very many"),
    ],
)
def test_subjects(organisations, subject):
    assert written(*[notice(organisation=slug) for slug in organisations]).subject == subject


@pytest.mark.parametrize("name", ["North\nBcc: all@example.org", "North\r\nX: y", "N" * 400])
def test_a_subject_is_one_line_of_no_great_length(name):
    subject = written(notice(organisation="north"), names={"north": name}).subject

    assert len(subject) <= 200
    assert subject.isprintable()


def test_a_subject_names_nothing_but_an_organisation():
    subject = written(notice("Secret draft", organisation="north", reason="Returned", topic=Topic.WORK)).subject

    assert "Secret" not in subject
    assert "Returned" not in subject


def test_grouped_by_organisation_then_by_topic():
    letter = written(
        notice("National date"),
        notice("South & East: Stale", organisation="south", topic=Topic.POSITIONS),
        notice(
            "Northshire: Stale later", organisation="north", topic=Topic.POSITIONS, made_at=NOW + timedelta(hours=1)
        ),
        notice("Northshire: Stale", organisation="north", topic=Topic.POSITIONS),
        notice("Northshire: Draft", organisation="north", topic=Topic.WORK),
        notice("Closing", topic=Topic.CONSULTATIONS),
    )

    lines = [line for line in letter.text.splitlines() if line]
    assert lines[:27] == [
        "6 things to know, 8 May 2023",
        "NORTHSHIRE",
        "Drafts to approve, returned or published",
        "* Draft", "  So it is", "  " + whole("/timeline/"),
        "Positions gone stale, and steps and actions that are due",
        "* Stale", "  So it is", "  " + whole("/timeline/"),
        "* Stale later", "  So it is", "  " + whole("/timeline/"),
        "SOUTH & EAST",
        "Positions gone stale, and steps and actions that are due",
        "* Stale", "  So it is", "  " + whole("/timeline/"),
        "THE NATIONAL PLAN",
        "Consultations opening and closing",
        "* Closing", "  So it is", "  " + whole("/timeline/"),
        "Milestones, phases and deadlines of the plan",
        "* National date", "  So it is", "  " + whole("/timeline/"),
    ]  # fmt: skip
    said = Reader(letter.html).words
    assert [word for word in said if word in ("Northshire", "South & East", "The national plan")] == [
        "Northshire",
        "South & East",
        "The national plan",
    ]


@pytest.mark.parametrize("is_person", [True, False], ids=["a person", "an address"])
def test_how_to_change_and_how_to_stop(is_person):
    to = recipient(is_person=is_person)
    letter = written(notice(), to=to)

    assert letter.unsubscribe_url == unsubscribe_url(to)
    for link in (manage_url(to), unsubscribe_url(to)):
        assert link in letter.text
        assert link in Reader(letter.html).links
    assert "once a day at most" in letter.text
    assert "once a day at most" in letter.html
    assert all(link.startswith("http") for link in Reader(letter.html).links)


@pytest.mark.parametrize("count", [1, MOST, MOST + 1, 300])
def test_no_more_than_fifty_are_spelled_out(count):
    letter = written(*[notice(f"Thing {number};") for number in range(count)])

    shown, said = min(count, MOST), Reader(letter.html)
    assert sum(f"Thing {number};" in letter.text for number in range(count)) == shown
    assert sum(f"Thing {number};" in letter.html for number in range(count)) == shown
    more = f"and {count - MOST} more"
    assert (more in letter.text, more in said.words) == ((True, True) if count > MOST else (False, False))
    assert (whole("/my-work/") in letter.text, whole("/my-work/") in said.links) == ((count > MOST,) * 2)


def test_what_there_is_most_of_does_not_crowd_out_the_rest():
    stale = [notice(f"Stale {number};", organisation="north", topic=Topic.POSITIONS) for number in range(300)]
    letter = written(*stale, notice("A date"), notice("A closing", topic=Topic.CONSULTATIONS))

    assert "A date" in letter.text
    assert "A closing" in letter.text
    assert letter.text.count("Stale ") == MOST - 2
    assert "and 252 more" in letter.text


@pytest.mark.parametrize(
    ("sizes", "most", "shares"),
    [
        pytest.param([], 5, [], id="nothing"),
        pytest.param([2, 1], 5, [2, 1], id="room for all"),
        pytest.param([9, 9], 5, [3, 2], id="in turn"),
        pytest.param([9, 1, 9], 5, [2, 1, 2], id="what one has no use for goes to the others"),
        pytest.param([9] * 7, 5, [1, 1, 1, 1, 1, 0, 0], id="more topics than room"),
    ],
)
def test_shares(sizes, most, shares):
    assert shares_of(sizes, most) == shares


def test_the_others_are_listed_where_the_reader_may_look():
    many = [notice() for _ in range(MOST + 1)]

    assert whole("/flags/") in written(*many, to=recipient(is_person=False)).text
    assert whole("/my-work/") not in written(*many, to=recipient(is_person=False)).text


ODD = "<script>alert(1)</script> & “quotes” 'so' \u202e 字 é {{ x }} {% y %}"


def test_odd_characters_stay_what_they_are():
    letter = written(notice(ODD, reason=ODD))

    assert letter.text.count(ODD) == 2
    assert "script" not in Reader(letter.html).tags
    assert Reader(letter.html).words.count(ODD) == 2


def test_line_breaks_do_not_make_lines():
    letter = written(notice("One\nTwo\r\n\tThree", reason="Four\n\nFive"))

    assert "* One Two Three\n  Four Five\n" in letter.text


def test_nothing_is_fetched_and_nothing_runs():
    letter = written(*[notice(organisation=slug) for slug in ("", "north", "south")])

    reader = Reader(letter.html)
    assert {"img", "script", "link", "style", "iframe", "form", "table"} & set(reader.tags) == set()
    names = {name for name, _ in reader.attributes}
    assert "src" not in names
    assert not [name for name in names if name.startswith("on")]
    assert "url(" not in letter.html
    assert ("lang", "en") in reader.attributes
    # Colours are the reader's own, by day and by night.
    assert ("content", "light dark") in reader.attributes
    assert "color:" not in letter.html


def test_an_urgent_letter_names_its_flags():
    letter = compose_urgent(recipient(), [notice("One", flag_id=8), notice("Two", flag_id=7)])

    assert (letter.kind, letter.key) == ("urgent", "urgent:5:7")
    assert letter.subject == "Reform Tracker: 2 consultations close soon"
    assert "* One\n  So it is\n  " + whole("/timeline/") in letter.text
    assert {"One", "Two"} < set(Reader(letter.html).words)
    assert "closes within three days" in letter.text


@pytest.mark.parametrize("title", ["One\nTwo", "T" * 300])
def test_the_subject_of_an_urgent_letter(title):
    subject = compose_urgent(recipient(), [notice(title, flag_id=8)]).subject

    assert len(subject) <= 200
    assert "\n" not in subject


def test_keys():
    assert written(notice()).key == "digest:5:2023-05-08"
    other = compose(recipient(), [notice()], on=date(2023, 5, 9), now=NOW, key="other", names={})
    assert other.key == "other"


@pytest.mark.django_db
def test_names_are_looked_up_where_they_are_not_given():
    letter = compose(recipient(), [notice(organisation="lincolnshire")], on=MONDAY, now=NOW)

    assert letter.subject == "Reform Tracker: 1 thing for Lincolnshire, 8 May 2023"
