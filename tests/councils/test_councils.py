"""The list of councils: who they are on the day, and what each has published."""

from __future__ import annotations

from datetime import date

import pytest

from councils.models import Council, Participation
from pillars.models import Pilot
from tests import builders as make
from tests.queries import count_queries
from tests.reforms.pages.making import make_participation, make_pilot, make_wave

ON, LATER = date(2023, 4, 21), date(2023, 6, 1)


@pytest.fixture
def region(db):
    return make.make_region(slug="narnia", name="Narnia")


def rows(public, query: str = "region=narnia", *, on: date | None = ON) -> list[dict]:
    day = f"&as_at={on}" if on else ""
    answer = public.get(f"/councils.json?{query}{day}")
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]


def listed(public, *, on: date = ON) -> list:
    """The rows of the page, for the made-up region."""
    [group] = public.get(f"/councils/?region=narnia&as_at={on}").context["groups"]
    return list(group.rows)


def test_a_row(public, region):
    council = make.make_council(region=region, name="Cair Paravel", short_code="CPV", starts_on=date(2023, 4, 1))
    council.citations.add(make.make_citation())
    [row] = rows(public)
    assert (row["slug"], row["name"], row["full_name"]) == (council.slug, "Cair Paravel", "Cair Paravel Council")
    assert (row["type"], row["region"], row["gss_code"]) == ("county", "narnia", council.gss_code)
    assert (row["short_code"], row["starts_on"], row["ends_on"]) == ("CPV", "2023-04-01", None)
    assert (row["positions"], len(row["citations"])) == ([], 1)


@pytest.mark.parametrize(
    ("day", "is_there"),
    [
        pytest.param(date(2023, 3, 31), False, id="the day before"),
        pytest.param(date(2023, 4, 1), True, id="its first day"),
        pytest.param(date(2024, 3, 31), True, id="its last day"),
        pytest.param(date(2024, 4, 1), False, id="the day after"),
    ],
)
def test_a_council_is_there_while_it_exists(public, region, day, is_there):
    make.make_council(region=region, starts_on=date(2023, 4, 1), ends_on=date(2024, 3, 31))
    assert len(rows(public, on=day)) == is_there


def test_what_became_of_it_is_not_told_before(public, region):
    old = make.make_council(region=region, ends_on=date(2024, 3, 31), later_gss_code="E99999999")
    new = make.make_council(region=region, starts_on=date(2024, 4, 1))
    old.successors.add(new)
    [row] = rows(public)
    assert (row["ends_on"], row["successors"], row["later_gss_code"]) == (None, [], None)
    [row] = rows(public, on=None)
    assert (row["slug"], row["predecessors"]) == (new.slug, [old.slug])


def test_by_type_and_by_any_of_its_names(public, region):
    make.make_council(region=region)
    wanted = make.make_council(region=region, type="unitary", name="Cair Paravel", other_names=["Four Thrones"])
    for query in ("type=unitary", "q=paravel", "q=CAIR+council", "q=thrones"):
        assert [row["slug"] for row in rows(public, f"region=narnia&{query}")] == [wanted.slug]


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2023-03-31", {"cumbria"}), ("2023-04-01", {"cumberland", "westmorland-and-furness"})],
    ids=["while it lasted", "when it was followed"],
)
def test_an_abolished_council_leads_to_what_followed(public, day, expected):
    assert {row["slug"] for row in rows(public, "q=cumbria", on=date.fromisoformat(day))} == expected


def test_every_council_of_england_fits_on_one_page(public):
    answer = public.get("/councils.json").json()
    assert (answer["count"], answer["next"]) == (Council.objects.known(on=date(2026, 11, 21)).count(), None)


def test_without_a_position_none_is_recorded(public, region):
    make.make_council(region=region)
    [row] = listed(public)
    assert (row.published, row.state) == ([], "")
    assert "None recorded here" in public.get("/councils/?region=narnia").content.decode()


def test_positions_are_told_by_programme(public, region):
    council = make.make_council(region=region)
    programme = make.make_programme(title="Made up", slug="made-up")
    pillars = [make.make_pillar(programme) for _ in range(3)]
    for pillar in pillars[:2]:
        make.make_version(make.make_position(council.organisation, pillar), published_on=ON)
    [row] = listed(public)
    assert [(each.words, each.age, each.is_stale) for each in row.published] == [
        ("Made up: 2 of 3 pillars", "Published today", False)
    ]
    assert row.state == "a"
    assert rows(public)[0]["positions"] == [
        {
            "programme": "made-up",
            "pillar": n,
            "commitment": None,
            "published_on": "2023-04-21",
            "readiness": "not_stated",
        }
        for n in (1, 2)
    ]


def test_a_position_past_its_review_is_stale(public, region):
    council = make.make_council(region=region)
    position = make.make_position(council.organisation, make.make_pillar())
    make.make_version(position, published_on=make.DAY, review_on=date(2023, 4, 1))
    [row] = listed(public)
    assert (row.is_stale, row.state) == (True, "b")


@pytest.mark.parametrize(
    "values",
    [
        pytest.param({"state": "draft", "published_on": None, "known_on": make.DAY}, id="draft"),
        pytest.param({"state": "submitted", "published_on": None, "known_on": make.DAY}, id="submitted"),
        pytest.param({"published_on": LATER}, id="published later"),
        pytest.param({"published_on": make.DAY, "known_on": LATER}, id="known later"),
        pytest.param({"state": "withdrawn"}, id="withdrawn"),
    ],
)
def test_what_nobody_could_read_shows_nowhere(public, region, values):
    council = make.make_council(region=region)
    make.make_version(make.make_position(council.organisation, make.make_pillar()), **values)
    [row] = listed(public)
    assert row.published == []
    assert rows(public)[0]["positions"] == []


def test_a_new_council_says_what_was_there_before(public, region):
    old = make.make_council(region=region, name="Old", ends_on=date(2023, 3, 31))
    new = make.make_council(region=region, name="New", starts_on=date(2023, 4, 1), short_code="NEW", type="unitary")
    old.successors.add(new)
    [row] = listed(public)
    assert row.note == "NEW, Unitary, new in April 2023. Before: Old"


def test_the_map_has_a_tile_for_each_council_listed_and_counts_them(public, region):
    make.make_council(region=region, short_code="ABC", tile_row=1, tile_column=2)
    drawn = public.get(f"/councils/?region=narnia&as_at={ON}").context["map"]
    shown = [tile for tile in drawn.tiles if tile.state != "out"]
    assert [(tile.x, tile.y, tile.code, tile.state) for tile in shown] == [(75, 38, "ABC", "")]
    assert [key.count for key in drawn.keys][:3] == [0, 0, 1]


def test_all_of_england_is_on_the_map_and_what_a_filter_leaves_out_is_faint(public, region):
    make.make_council(region=region, short_code="ABC", tile_row=1, tile_column=2)
    context = public.get(f"/councils/?region=narnia&as_at={ON}").context
    drawn, outside = context["map"], context["listing"].total - 1
    assert [(key.state, key.words, key.count) for key in drawn.keys][3:] == [("out", "Outside these filters", outside)]
    assert {(tile.state, tile.code) for tile in drawn.tiles} == {("", "ABC"), ("out", "")}
    assert len(drawn.tiles) == outside + 1


def test_nothing_is_outside_where_nothing_is_filtered(public):
    drawn = public.get("/councils/").context["map"]
    assert [key.words for key in drawn.keys] == [
        "Published, current",
        "Published, some of it stale",
        "None recorded here",
    ]


def test_a_council_without_a_tile_is_counted_and_told_of(public, region):
    make.make_council(region=region)
    response = public.get(f"/councils/?region=narnia&as_at={ON}")
    assert [key.count for key in response.context["map"].keys][:3] == [0, 0, 1]
    assert "1 of those listed has no tile" in response.content.decode()


@pytest.fixture
def pilots(region) -> dict[str, Council]:
    """Councils that stand at every step of one pilot, one that is in another too, and one in none."""
    pilot, other = make_pilot(slug="lamp-post", title="Lamp post"), make_pilot(slug="wardrobe", title="Wardrobe")
    wave = make_wave(pilot, title="First wave")
    statuses = [*Participation.Status.values, "both", "none"]
    found = {status: make.make_council(region=region, name=status.replace("_", " ").title()) for status in statuses}
    for status in Participation.Status.values:
        make_participation(found[status].organisation, pilot, status=status)
    make_participation(found["both"].organisation, pilot, status="bid")
    said = make_participation(found["both"].organisation, pilot, status="selected", wave=wave, known_on=LATER)
    said.citations.add(make.make_citation())
    make_participation(found["both"].organisation, other, status="withdrew")
    make.make_version(make.make_position(found["selected"].organisation, make.make_pillar()))
    return found


PILOT_CASES = [
    pytest.param("pilot=lamp-post", {"interested", "bid", "selected", "not_selected", "withdrew", "both"}, id="one"),
    pytest.param("pilot=wardrobe", {"both"}, id="another"),
    pytest.param("pilot=wardrobe&pilot=lamp-post&q=both", {"both"}, id="either, by name"),
    pytest.param("pilot=lamp-post&region=narnia&type=unitary", set(), id="of no such type"),
    pytest.param("pilot=lamp-post&region=london", set(), id="in another region"),
]


@pytest.mark.parametrize(("query", "expected"), PILOT_CASES)
def test_by_pilot(public, pilots, query, expected):
    by_slug = {council.slug: status for status, council in pilots.items()}
    assert {by_slug[row["slug"]] for row in rows(public, query, on=None)} == expected


@pytest.mark.parametrize("query", [case.values[0] for case in PILOT_CASES])
@pytest.mark.parametrize("sort", ["", "&sort=-name"])
def test_the_key_of_the_map_counts_what_is_listed(public, pilots, query, sort):
    context = public.get(f"/councils/?{query}{sort}").context
    rows = [row for group in context["groups"] for row in group.rows]
    keys = {key.words: key.count for key in context["map"].keys}
    assert keys.pop("Outside these filters") == context["listing"].total - len(rows)
    assert keys == {words: sum(1 for row in rows if row.tile_state.words == words) for words in keys}
    assert sum(keys.values()) == len(rows) == context["listing"].count


@pytest.mark.parametrize(
    ("status", "state", "words"),
    [
        ("interested", "c", "Expressed an interest, said 2 February 2023"),
        ("bid", "c", "Bid, said 2 February 2023"),
        ("selected", "a", "Selected, said 2 February 2023"),
        ("not_selected", "e", "Not selected, said 2 February 2023"),
        ("withdrew", "e", "Withdrew, said 2 February 2023"),
        ("both", "a", "Selected, first wave, said 1 June 2023"),
    ],
)
def test_with_a_pilot_chosen_a_row_says_where_the_council_stands_in_it(public, pilots, status, state, words):
    [group] = public.get("/councils/?pilot=lamp-post").context["groups"]
    [row] = [row for row in group.rows if row.council.slug == pilots[status].slug]
    assert (row.state, [each.words for each in row.taken], row.published) == (state, [words], [])


def test_in_two_of_the_pilots_chosen_the_foremost_state_counts_and_a_plus_says_so(public, pilots):
    Council.objects.filter(pk=pilots["both"].pk).update(short_code="TWO", tile_row=1, tile_column=2)
    response = public.get("/councils/?pilot=lamp-post&pilot=wardrobe&q=both")
    [row] = response.context["groups"][0].rows
    assert [(each.pilot, each.state.look) for each in row.taken] == [("Lamp post", "a"), ("Wardrobe", "e")]
    assert (row.state, row.shown.has_more) == ("a", True)
    html = response.content.decode()
    assert ">TWO+</text>" in html
    assert "In more than one of these pilots" in html
    assert "In more than one of these pilots" not in public.get("/councils/?pilot=lamp-post").content.decode()


def test_a_pilot_counts_those_known_by_the_day(public, pilots):
    [group] = public.get(f"/councils/?pilot=lamp-post&as_at={ON}").context["groups"]
    [row] = [row for row in group.rows if row.council.slug == pilots["both"].slug]
    assert [each.words for each in row.taken] == ["Bid, said 2 February 2023"]


def test_a_pilot_of_which_nothing_was_known_is_not_offered(public, region):
    council = make.make_council(region=region)
    make_participation(council.organisation, make_pilot(slug="soon", title="Soon to be known"), known_on=LATER)
    make_pilot(slug="lonely", title="Nobody takes part")
    html = public.get(f"/councils/?as_at={ON}").content.decode()
    assert "Soon to be known" not in html
    assert "Nobody takes part" not in html
    assert "Soon to be known" in public.get("/councils/").content.decode()
    assert public.get(f"/councils.json?pilot=soon&as_at={ON}").json() == {"count": 0, "next": None, "results": []}


@pytest.mark.parametrize("later", [{"known_on": LATER}, {"commitment_known_on": LATER}], ids=["itself", "its promise"])
def test_a_pilot_that_was_not_known_yet_is_refused(public, region, later):
    commitment = make.make_commitment(known_on=later.pop("commitment_known_on", make.DAY))
    pilot = make_pilot(commitment, slug="secret", title="Secret", **later)
    make_participation(make.make_council(region=region).organisation, pilot)
    assert public.get(f"/councils/?pilot=secret&as_at={ON}").status_code == 400
    assert "Secret" not in public.get(f"/councils/?region=narnia&as_at={ON}").content.decode()
    assert rows(public)[0]["pilots"] == []
    assert public.get("/councils/?pilot=secret").status_code == 200


def test_an_unknown_pilot_is_an_error(public):
    assert public.get("/councils/?pilot=aslan").status_code == 400
    assert "pilot" in public.get("/councils.json?pilot=aslan").json()["errors"]


def test_rows_say_where_a_council_stands_in_pilots(public, pilots):
    [row] = rows(public, "q=both", on=None)
    lamp_post, wardrobe = row["pilots"]
    assert [(each["pilot"], each["wave"], each["status"], each["said_on"]) for each in (lamp_post, wardrobe)] == [
        ("lamp-post", 1, "selected", "2023-06-01"),
        ("wardrobe", None, "withdrew", "2023-02-02"),
    ]
    assert len(lamp_post["citations"]) == 1
    [row] = rows(public, "q=both")
    assert (row["pilots"][0]["status"], row["pilots"][0]["wave"]) == ("bid", None)


@pytest.mark.parametrize(
    ("known_on", "expected"), [(make.DAY, ("allies", "inferred")), (LATER, (None, None))], ids=["known", "later"]
)
def test_rows_name_the_alliance_of_the_region(public, known_on, expected):
    alliance = make.make_organisation(slug="allies", name="Allies of Narnia")
    region = make.make_region(slug="narnia", alliance=alliance, alliance_basis="inferred", known_on=known_on)
    make.make_council(region=region)
    [row] = rows(public)
    assert (row["alliance"], row["alliance_basis"]) == expected


def test_a_region_chosen_says_its_alliance_and_how_we_know(public):
    html = public.get("/councils/?region=north-west&region=london").content.decode()
    assert "/organisations/london-innovation-and-improvement-alliance/" in html
    assert "(stated). Seen: its name" in html
    assert "(inferred by us). Seen: the directors have such a region." in html
    assert "/sources/adcs-alliances/" in html
    assert "Improvement alliance of South East" not in html


def test_no_region_chosen_says_no_alliance(public):
    assert "Improvement alliance of" not in public.get("/councils/?type=county").content.decode()


def test_every_pilot_that_sources_name_councils_of_can_be_asked_for(public):
    """Ten councils asked for or have the early career framework; what Lincolnshire said of it was an interest."""
    expected = {
        "families-first-for-children": {"Selected": 10},
        "family-network-pilot": {"Selected": 7},
        "early-career-framework": {"Selected": 9, "Interested, or bid for a place": 1},
        "regional-care-cooperatives": {"Selected": 10},
        "kinship-zones": {"Selected": 7},
        "social-work-apprentices": {"Interested, or bid for a place": 1},
    }
    for slug, counts in expected.items():
        keys = public.get(f"/councils/?pilot={slug}").context["map"].keys
        assert {key.words: key.count for key in keys if key.count and key.state != "out"} == counts


def build(region, number: int) -> None:
    """So many councils, each with what came before, two positions and a place in a pilot."""
    for _ in range(number):
        council = make.make_council(region=region, starts_on=date(2023, 4, 1))
        make.make_council(region=region, ends_on=date(2023, 3, 31)).successors.add(council)
        council.citations.add(make.make_citation())
        said = make_participation(council.organisation, Pilot.objects.get(slug="kinship-zones"))
        said.citations.add(make.make_citation())
        programme = make.make_programme()
        for _ in range(2):
            make.make_version(make.make_position(council.organisation, make.make_pillar(programme)))


@pytest.mark.parametrize("query", ["region=narnia", "region=narnia&pilot=kinship-zones"])
@pytest.mark.parametrize("path", ["/councils/", "/councils.json", "/councils.csv"])
def test_queries_do_not_grow_with_rows(public, region, path, query):
    build(region, 1)
    few = count_queries(lambda: public.get(f"{path}?{query}"))
    build(region, 6)
    assert count_queries(lambda: public.get(f"{path}?{query}")) == few <= 11
