"""Published words beside the window they mean, and the anchors such words lean on."""

from __future__ import annotations

from django.db import models

from pillars.models.sources import CitedFact
from reforms.base.formatting import window_in_words


class Anchor(CitedFact):
    """A span that promises are tied to ("this Parliament"), as understood when they were made."""

    slug = models.SlugField(max_length=60, unique=True)
    phrase = models.CharField(max_length=80, help_text="As it stands inside time phrases.")
    title = models.CharField(max_length=120)
    earliest = models.DateField(null=True, blank=True)
    latest = models.DateField(null=True, blank=True)
    valid_from = models.DateField(help_text="First day on which the phrase meant this span.")
    valid_to = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)
    basis = models.CharField(max_length=10, choices=[("stated", "Stated"), ("inferred", "Inferred by us")])
    url = models.URLField(max_length=400, blank=True)
    url_title = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["valid_from", "slug"]

    def __str__(self) -> str:
        return self.title


class FuzzyWindow(models.Model):
    """A time phrase. `earliest` is empty for "by", `latest` for an open end; both for words without a date."""

    class Role(models.TextChoices):
        DUE = "due", "Due"
        START = "start", "Starts"
        UNTIL = "until", "Runs until"

    class Basis(models.TextChoices):
        STATED = "stated", "A date the source states"
        READ = "read", "Read from the words by our table"
        INFERRED = "inferred", "Inferred by us"

    role = models.CharField(max_length=10, choices=Role, default=Role.DUE)
    words = models.CharField(max_length=200, blank=True, help_text="The published words, for ever.")
    earliest = models.DateField(null=True, blank=True)
    latest = models.DateField(null=True, blank=True)
    edtf = models.CharField(max_length=60, blank=True)
    basis = models.CharField(max_length=10, choices=Basis, default=Basis.READ)
    basis_note = models.CharField(max_length=300, blank=True)
    anchor = models.ForeignKey(Anchor, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(earliest__isnull=True)
                | models.Q(latest__isnull=True)
                | models.Q(earliest__lte=models.F("latest")),
                name="%(class)s_window_opens_before_it_closes",
            )
        ]

    @property
    def means(self) -> str:
        """The window in words: 1 March to 31 May 2023."""
        return window_in_words(self.earliest, self.latest, role=self.role)
