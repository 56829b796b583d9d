"""Samples for the page of every component: the shapes that components expect, with the longest names we have."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace as Sample

from django import forms
from django.contrib.messages import ERROR, SUCCESS
from django.contrib.messages.storage.base import Message

from pillars.drawing import Drawing, Scale, drawing
from pillars.models import Citation, Source, Verdict
from pillars.outcomes import Outcome
from pillars.replies import Carried, Reply
from pillars.state_words import state_words
from pillars.timing import Timing, window_answer
from reforms.base.formatting import window_in_words
from reforms.base.forms import DayField
from reforms.base.rendering import Counted
from reforms.pages.catalogue_map import map_keys, tiles
from reforms.pages.voices import Change, Changes, Grounds, Said, VoiceImpact

ON = date(2023, 4, 21)
SCALE = Scale(date(2023, 1, 1), date(2027, 12, 31))
LONG_SCALE = Scale(date(2020, 1, 1), date(2032, 12, 31))
LONG_NAME = "Bournemouth, Christchurch and Poole"
REPORT = Source(slug="lincolnshire-2023", short_title="Lincolnshire report")
PLACES = [Citation(source=REPORT, locator="Pillar 4 bullet 2", number=41)]
MORE_PLACES = [*PLACES, Citation(source=REPORT, locator="Pillar 4, Lincolnshire's current position", number=52)]


def samples() -> dict:
    """What templates/components/index.html needs, by the names its components use."""
    return {
        "scale": SCALE,
        "long_scale": LONG_SCALE,
        "today": SCALE.percent(ON),
        "long_today": LONG_SCALE.percent(date(2030, 6, 1)),
        "timings": list(Outcome),
        "marks": sorted([*Outcome, *[Outcome.AHEAD] * 20, *[Outcome.NO_DATE] * 19], key=list(Outcome).index),
        "rows": rows(),
        "asked_rows": asked_rows(),
        "answers": list(Verdict.Answer),
        "groups": [
            Sample(title="Phases and milestones", rows=timeline_rows()),
            Sample(title=None, rows=timeline_rows()[:1]),
        ],
        "items": items(),
        "voice": voice(),
        "stale_voice": voice(
            stale="written before the government’s answer",
            is_day_inferred=True,
            paragraphs=["One sentence."],
            warning="Rests on IR-4-10, which Stable Homes rejected",
            changes=changes(),
        ),
        "said": said(),
        "flag_groups": flag_groups(),
        "notices": [Message(SUCCESS, "Saved at 10:42am."), Message(ERROR, "It has changed since you read it.")],
        "sample_crumbs": [("Plan", "/programmes/"), ("Stable Homes, Built on Love", "/programmes/stable-homes/")],
        "steps": steps(),
        "chips": [
            ("Programme: Stable Homes", "?timing=open"),
            ("Window passed, nothing reported", "?"),
            ("Lead: " + LONG_NAME, "?"),
        ],
        "pagination": pagination(),
        "form": SampleForm(data={"words": "", "kind": "rule"}),
        "empty_form": SampleForm(),
        "filter_form": SampleFilter(data={"timing": ["open", "passed"]}),
        "tiles": tiles(),
        "map_keys": map_keys(),
    }


def drawn(
    earliest: date | None, latest: date | None, *, role: str = "due", met_on: date | None = None, **more
) -> Drawing:
    """One window on the sample scale, in the state it is in on the sample day."""
    timing = window_answer(earliest, latest, on=ON, met_on=met_on).timing
    return drawing(earliest, latest, role, timing, SCALE, ON, met_on, **more)


def row(reference: str, title: str, words: str, earliest: date | None, latest: date | None, **more) -> Sample:
    """A row of the ledger."""
    met_on = more.pop("met_on", None)
    answer = window_answer(earliest, latest, on=ON, met_on=met_on)
    fields = {
        "reference": reference,
        "title": title,
        "url": f"/commitments/{reference}/",
        "meta": "Pillar 4, Firm, DfE",
        "citations": PLACES,
        "words": f"“{words}”" if words else "",
        "means": window_in_words(earliest, latest) if words else "",
        "drawings": [drawn(earliest, latest, met_on=met_on)] if words else [],
        "timing": answer.timing,
        "state": state_words(answer, met_on=met_on),
        "money": "£27m",
        "parts": [],
        "was": None,
        "reply": None,
        "differs": reference.endswith("1"),
    }
    return Sample(**fields | more)


def rows() -> list[Sample]:
    """A row for every kind of drawing."""
    parts = [
        Sample(
            reference="SH-4-07a",
            url="/commitments/SH-4-07a/",
            title="North East support hub and Mockingbird",
            note="£3m",
            reply=None,
            differs=True,
        )
    ]
    second = [drawn(date(2023, 1, 1), date(2023, 12, 31)), drawn(date(2024, 1, 1), date(2024, 12, 31))]
    return [
        row("SH-5-14", "Set up the National Workload Action Group", "early 2023", date(2023, 1, 1), date(2023, 3, 31)),
        row(
            "SH-4-05",
            "Test demand for a lifelong guardianship order",
            "closes 11 May 2023",
            date(2023, 2, 2),
            date(2023, 5, 11),
        ),
        row(
            "SH-4-07",
            "Recruit and keep more foster carers",
            "over two years",
            date(2023, 4, 1),
            date(2025, 3, 31),
            parts=parts,
            citations=MORE_PLACES,
        ),
        row(
            "SH-4-02",
            "Make independent advocacy opt-out",
            "Autumn 2023",
            date(2023, 9, 1),
            date(2023, 11, 30),
            money="",
        ),
        row(
            "SH-4-11",
            "Register supported accommodation, then inspect it",
            "2023”, then “2024",
            date(2023, 1, 1),
            date(2023, 12, 31),
            drawings=second,
        ),
        row("SH-3-03", "Publish a national kinship care strategy", "by the end of 2023", None, date(2023, 12, 31)),
        row("SH-4-27", "Raise the apprenticeship bursary for care leavers", "from August 2023", date(2023, 8, 1), None),
        row(
            "SH-4-31",
            "Raise the leaving care allowance",
            "from April 2023",
            date(2023, 4, 1),
            None,
            met_on=date(2023, 4, 1),
        ),
        row(
            "SH-5-03",
            "Begin the early career framework",
            "early 2023",
            date(2023, 1, 1),
            date(2023, 3, 31),
            met_on=date(2023, 4, 14),
        ),
        row(
            "SH-4-13",
            "Watch the finances of the largest providers",
            "from September 2026",
            date(2026, 9, 1),
            None,
            drawings=[drawn(date(2026, 9, 1), None, is_conditional=True)],
            timing=Timing.CONDITIONAL,
            state="Conditional: when Parliament has time",
        ),
        row(
            "SH-1-04",
            "Publish the guidance",
            "by Autumn 2023",
            None,
            date(2023, 11, 30),
            was=drawn(date(2023, 3, 1), date(2023, 5, 31)),
        ),
        row(
            "SH-4-03",
            "Review how well independent reviewing officers and regulation 44 visitors work for children",
            "",
            None,
            None,
            money="",
        ),
    ]


def asked_rows() -> list[Sample]:
    """A recommendation with an answer that is carried, with one that is carried nowhere, and with none."""
    carried = (Carried("SH-4-04", "/commitments/SH-4-04/", "open", "Window open"), Carried("SH-4-04a", "/"))
    adapted = Reply("adapted", "Adapted, inferred by us", "“in two places” It is tried first.", "Stable Homes", carried)
    accepted = Reply("accepted", "Accepted", "“we accept this in full”", is_carried_nowhere=True)
    part = Sample(reference="IR-4-02a", url="/", title="Have them plan homes", note="", reply=accepted, differs=False)
    return [
        row("IR-4-02", f"Set up a cooperative for {LONG_NAME}", "", None, None, parts=[part], reply=adapted),
        row("IR-4-03", "Regulate every home", "", None, None, reply=accepted),
        row("IR-4-04", "Do what nobody has answered yet", "", None, None, reply=Reply()),
    ]


def timeline_rows() -> list[Sample]:
    """A phase, a bar, a by and a from."""
    phase = drawn(date(2023, 2, 2), date(2025, 3, 31), role="phase")
    return [
        Sample(title="Phase one", url="", note="“over the next two years”, to 31 March 2025", drawings=[phase]),
        Sample(
            title="Three consultations",
            url="/consultations/",
            note="close 11 May 2023, 20 days left",
            drawings=[drawn(date(2023, 2, 2), date(2023, 5, 11))],
        ),
        Sample(
            title="Kinship strategy; data strategy; framework and dashboard",
            url="/commitments/",
            note="“by the end of 2023”",
            drawings=[drawn(None, date(2023, 12, 31), said_on=date(2023, 2, 2))],
        ),
        Sample(
            title="Strategy refreshed",
            url="/commitments/",
            note="“after two years”",
            drawings=[drawn(date(2025, 2, 2), None)],
        ),
    ]


def items() -> list[Sample]:
    return [
        Sample(
            reference="SH-1-02",
            title="Family help early adopters",
            url="/commitments/SH-1-02/",
            note="“Spring 2023”",
            timing=Timing.OPEN,
            state="Window open, 40 days left",
            citations=PLACES,
        ),
        Sample(
            reference="SH-1-03",
            title="First three pathfinders, £45 million for up to 12",
            url="/commitments/SH-1-03/",
            timing=Timing.AHEAD,
            state="Ahead",
            is_gap=True,
            citations=PLACES,
        ),
        Sample(title=LONG_NAME, url="/councils/", note="None recorded here"),
        Sample(title="A title alone"),
    ]


def flag_groups() -> list[Sample]:
    flags = [Sample(title="National framework", url="/consultations/", reason="It closes in 20 days, on 11 May 2023")]
    return [Sample(kind=Sample(label="Consultation closing"), tone="closing", flags=flags, shown=flags)]


def said() -> list[Said]:
    """Words on two single commitments, one of them stale."""
    words = ["We have twelve approved carers, and three more are being assessed."]
    age = "Published 21 April 2023, today"
    url = "/commitments/SH-4-05/?council=lincolnshire"
    stale = "review was due by 20 April 2023"
    return [
        Said("said-1", "SH-4-05", "Test demand for a new order", url, "Partly", age, "", words, PLACES),
        Said("said-2", "SH-4-07", "Keep more foster carers", url, "Not stated", age, stale, words * 2, MORE_PLACES),
    ]


def voice(**more) -> Sample:
    """A council's words, recorded from a public document."""
    claims = [
        Sample(
            figure="63",
            text="special guardianship orders granted",
            as_at="2020/21",
            timing="stale",
            state="Figure for 2020/21, over 2 years old",
        ),
        Sample(text="Two homes for supported accommodation, visited quarterly", citations=PLACES),
    ]
    fields = {
        "title": "Lincolnshire’s current position",
        "readiness": "Well placed",
        "published_on": ON,
        "age": "today",
        "origin": "Recorded from a public document",
        "review_on": date(2023, 10, 21),
        "paragraphs": [
            "Our fostering service finds and supports carers well.",
            "We run our own homes and are adding two.",
        ],
        "claims": claims,
        "citations": MORE_PLACES,
        "answers": [
            ("SH-4-07 foster carers", "/commitments/SH-4-07/"),
            ("SH-4-11 supported accommodation", "/commitments/SH-4-11/"),
        ],
    }
    return Sample(**fields | more)


def changes() -> Changes:
    """What a position would change; `brief` is what stands over it where it is folded."""
    rejected = Grounds([("IR-4-10", "/commitments/IR-4-10/")], "rejected", "Rejected")
    tested = Grounds([("IR-2-01", "/commitments/IR-2-01/")], "to_be_tested", "To be tested, inferred by us")
    staff = [
        VoiceImpact("4.8 full-time equivalent posts", "Posts would lose their present role.", [rejected], PLACES),
        VoiceImpact("", "Some might take up another role.", [tested, rejected], PLACES),
    ]
    policy = [VoiceImpact("", "A procedure would be rewritten.", [], [])]
    brief = "staff (2): 4.8 full-time equivalent posts; policy (1)"
    return Changes([Change("Staff", staff), Change("Policy", policy)], brief, is_folded=True)


def steps() -> list[Sample]:
    return [
        Sample(
            kind="Recommended, May 2022, Independent Review area 6",
            title="An early career framework",
            text="Two years of structured development.",
            citations=PLACES,
        ),
        Sample(
            kind="Answered by Stable Homes",
            title="Adapted, inferred by us",
            timing="adapted",
            anchor="verdict-stable-homes",
            quote="a framework of two years",
            reason="Why we read it so: It is for two years, and the review asked for five.",
            groups=[Sample(title="Accepted", timing="accepted", items=items()[:1], citations=PLACES)],
        ),
        Sample(kind="Recommended", title="No recommendation recorded here asks for it", is_quiet=True),
        Sample(kind="Committed, pillar 5", title="Replace the first-year scheme", is_here=True, items=items()[:2]),
        Sample(
            kind="What happened since",
            title="Nothing reported by 21 April 2023",
            text="No source says that testing has begun.",
        ),
        Sample(kind="Where councils stand", title="One council has said something", url="/councils/"),
    ]


def pagination() -> Sample:
    numbers = [Sample(number=n, url=f"?page={n}", is_current=n == 2) for n in (1, 2, 3)]
    gap, last = Sample(number=None), Sample(number=12, url="?page=12", is_current=False)
    return Sample(items=[*numbers, gap, last], previous_url="?page=1", next_url="?page=3")


class SampleForm(forms.Form):
    """A field of each kind."""

    words = forms.CharField(label="Words", help_text="Any words of a title or summary")
    kind = forms.ChoiceField(label="Kind", choices=[("", "All"), ("rule", "Rule"), ("enabler", "Enabler")])
    strength = forms.ChoiceField(
        label="Strength", choices=[("firm", "Firm"), ("explore", "Explore")], widget=forms.RadioSelect
    )
    on = DayField(label="Day", help_text="For example, 21 4 2023")
    text = forms.CharField(label="Our current position", widget=forms.Textarea(attrs={"rows": 4}))
    is_sure = forms.BooleanField(label="I have read it all")


class SampleFilter(forms.Form):
    """The filter panel's usual fields."""

    q = forms.CharField(label="Words", required=False)
    timing = forms.MultipleChoiceField(
        label="Timing",
        required=False,
        choices=[(timing.value, Counted(timing.label, 12)) for timing in Timing],
        widget=forms.CheckboxSelectMultiple,
    )
    lead = forms.MultipleChoiceField(
        label="Lead", required=False, choices=[("x", Counted(LONG_NAME, 0))], widget=forms.CheckboxSelectMultiple
    )
    due_from = forms.CharField(label="Due from", required=False, help_text="Like 2023-04-21")
