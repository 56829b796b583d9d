"""Positions of a few councils as files for the loader: what it has to read, check and write at once grows with them."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from random import Random

from councils.models import Council
from pillars.models import Commitment
from tests.bench.national import CLAIMED, SEED
from tests.bench.national_councils import CLAIM_KINDS, LEADER, PUBLISHED_WITHIN, READINESS
from tests.bench.words import Words

POSITION = """\
  - programme: {programme}
    commitment: {commitment}
    versions:
      - number: 1
        state: published
        origin: recorded
        published_on: "{day}"
        readiness: {readiness}
        text: >-
          {text}
"""
CLAIM = """\
          - number: {number}
            kind: {kind}
            text: {text}
            about: [{commitment}]
"""
HEAD = "# Made up. No council wrote this.\ncite: {lincolnshire-2023: [Pillar 4 current position]}\npositions:\n"


def write_fixtures(*, folder: str, councils: int, on: date, seed: int = SEED) -> int:
    """A file for each of so many councils, with a position on every commitment; says how many files."""
    random = Random(f"fixtures {seed}")
    words = Words(random)
    named = Commitment.objects.order_by("reference").values_list("reference", "programme__slug")
    slugs = Council.objects.filter(ends_on=None).exclude(organisation__slug=LEADER).order_by("gss_code")
    some = list(slugs.values_list("organisation__slug", flat=True)[:councils])
    Path(folder).mkdir()
    for slug in some:
        positions = [a_position(words, commitment, programme, on) for commitment, programme in named]
        Path(folder, f"{slug}.yaml").write_text(HEAD + "".join(positions), encoding="utf-8")
    return len(some)


def a_position(words: Words, commitment: str, programme: str, on: date) -> str:
    """A position of one version; three in ten make two claims."""
    day = on - timedelta(days=words.random.randrange(PUBLISHED_WITHIN))
    text = words.text(200, 450).replace("\n", "\n          ").replace("\n          \n", "\n\n")
    readiness = words.one_of(READINESS)
    head = POSITION.format(programme=programme, commitment=commitment, day=day, readiness=readiness, text=text)
    if words.random.random() > CLAIMED:
        return head
    claims = (
        CLAIM.format(number=number, kind=words.one_of(CLAIM_KINDS), text=f'"{words.sentence()}"', commitment=commitment)
        for number in (1, 2)
    )
    return f"{head}        claims:\n{''.join(claims)}"
