from django.contrib import admin

from councils import models
from reforms.base.admin_site import CorrectedAdmin, ReadOnlyAdmin


@admin.register(models.Council)
class CouncilAdmin(CorrectedAdmin):
    list_display = ["__str__", "gss_code", "type", "region", "starts_on", "ends_on"]
    list_filter = ["region", "type"]
    list_select_related = ["organisation", "region"]
    search_fields = ["organisation__name", "gss_code"]
    autocomplete_fields = ["citations", "organisation"]


@admin.register(models.Region)
class RegionAdmin(CorrectedAdmin):
    list_display = ["name", "gss_code"]
    autocomplete_fields = ["citations"]


@admin.register(models.Membership)
class MembershipAdmin(CorrectedAdmin):
    list_display = ["user", "organisation", "role"]
    list_filter = ["role"]
    list_select_related = ["user", "organisation"]
    autocomplete_fields = ["user", "organisation"]


@admin.register(models.Participation)
class ParticipationAdmin(CorrectedAdmin):
    list_display = ["organisation", "pilot", "status", "said_on"]
    list_filter = ["status"]
    list_select_related = ["organisation", "pilot"]
    autocomplete_fields = ["citations", "organisation", "pilot"]


@admin.register(models.View)
class ViewAdmin(CorrectedAdmin):
    list_display = ["organisation", "number", "stance", "text"]
    list_filter = ["stance", "organisation"]
    list_select_related = ["organisation"]
    search_fields = ["text", "words", "organisation__name"]
    autocomplete_fields = ["citations", "organisation", "about", "addressed_to"]


@admin.register(models.PositionVersion)
class PositionVersionAdmin(ReadOnlyAdmin):
    """States and days only: an administrator does not read a council's drafts."""

    list_display = ["__str__", "state", "origin", "published_on", "review_on"]
    list_filter = ["state", "origin"]
    list_select_related = [
        "position__organisation",
        "position__programme",
        "position__pillar__programme",
        "position__commitment",
    ]
    fields = ["position", "number", "state", "origin", "published_on", "review_on"]
