from django.contrib import admin

from consultations import models
from reforms.base.admin_site import CorrectedAdmin, ReadOnlyAdmin


@admin.register(models.Consultation)
class ConsultationAdmin(CorrectedAdmin):
    list_display = ["title", "owner", "opens_at", "closes_at"]
    list_select_related = ["owner"]
    search_fields = ["title", "official_title"]
    autocomplete_fields = ["citations", "promised_by", "about"]


@admin.register(models.Step)
class StepAdmin(ReadOnlyAdmin):
    """States and days only: a step may belong to a council's private timetable."""

    list_display = ["organisation", "number", "origin", "earliest", "latest"]
    list_select_related = ["organisation"]
    fields = ["organisation", "number", "origin", "earliest", "latest"]
