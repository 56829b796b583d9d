from django.contrib import admin

from pillars import models
from reforms.base.admin_site import CorrectedAdmin


class CitedAdmin(CorrectedAdmin):
    """A fact with its citations, found by typing rather than from a list of thousands."""

    autocomplete_fields = ["citations"]
    date_hierarchy = "known_on"


@admin.register(models.Organisation)
class OrganisationAdmin(CorrectedAdmin):
    list_display = ["name", "short_name", "kind"]
    list_filter = ["kind"]
    search_fields = ["name", "short_name"]


@admin.register(models.Source)
class SourceAdmin(CitedAdmin):
    list_display = ["title", "publisher", "published_on", "published_basis"]
    list_select_related = ["publisher"]
    search_fields = ["title", "official_title"]


@admin.register(models.Citation)
class CitationAdmin(CorrectedAdmin):
    list_display = ["source", "locator", "number", "first_line"]
    list_select_related = ["source"]
    list_filter = ["source"]
    search_fields = ["source__short_title", "locator"]


@admin.register(models.Programme, models.Pillar, models.Mission, models.Phase, models.Anchor)
class PlanAdmin(CitedAdmin):
    list_display = ["__str__", "known_on"]


@admin.register(models.Commitment)
class CommitmentAdmin(CitedAdmin):
    list_display = ["reference", "title", "programme", "kind", "strength", "known_on"]
    list_filter = ["programme", "kind", "strength"]
    list_select_related = ["programme"]
    search_fields = ["reference", "title", "summary"]
    autocomplete_fields = ["citations", "parent", "merged_into", "lead"]


@admin.register(models.Deadline, models.Wording, models.ProgressUpdate, models.Pilot)
class OfCommitmentAdmin(CitedAdmin):
    list_display = ["__str__", "known_on"]
    list_select_related = ["commitment"]
    autocomplete_fields = ["citations", "commitment"]
    search_fields = ["commitment__reference"]


@admin.register(models.Verdict)
class VerdictAdmin(CitedAdmin):
    list_display = ["__str__", "verdict", "basis", "known_on"]
    list_filter = ["verdict", "basis", "programme"]
    list_select_related = ["recommendation", "programme"]
    autocomplete_fields = ["citations", "recommendation", "carried_by"]
    search_fields = ["recommendation__reference"]


@admin.register(models.Wave)
class WaveAdmin(CitedAdmin):
    list_display = ["__str__", "pilot", "known_on"]
    list_select_related = ["pilot"]


@admin.register(models.Milestone)
class MilestoneAdmin(CitedAdmin):
    list_display = ["title", "programme", "commitment", "words", "known_on"]
    list_select_related = ["programme", "commitment"]
    autocomplete_fields = ["citations", "commitment"]


@admin.register(models.FundingLine)
class FundingLineAdmin(CitedAdmin):
    list_display = ["reference", "title", "role", "shape", "amount", "percent"]
    list_filter = ["role", "shape"]
    search_fields = ["reference", "title"]
    autocomplete_fields = ["citations", "commitment", "part_of", "also_funds"]


@admin.register(models.CommitmentLink)
class CommitmentLinkAdmin(CitedAdmin):
    list_display = ["__str__", "basis", "known_on"]
    list_filter = ["relation", "basis"]
    list_select_related = ["from_commitment", "to_commitment"]
    autocomplete_fields = ["citations", "from_commitment", "to_commitment"]
