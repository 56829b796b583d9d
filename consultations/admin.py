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


@admin.register(models.Section)
class SectionAdmin(CorrectedAdmin):
    list_display = ["consultation", "number", "title"]
    list_select_related = ["consultation"]
    autocomplete_fields = ["citations", "consultation"]


@admin.register(models.Question)
class QuestionAdmin(CorrectedAdmin):
    list_display = ["section", "number", "part", "kind", "text"]
    list_select_related = ["section__consultation"]
    autocomplete_fields = ["citations"]


@admin.register(models.Response)
class ResponseAdmin(ReadOnlyAdmin):
    """States and days only: a response may be an organisation's own draft."""

    list_display = ["organisation", "consultation", "state", "origin", "submitted_at"]
    list_filter = ["state", "origin"]
    list_select_related = ["organisation", "consultation"]
    fields = ["organisation", "consultation", "on_behalf_of", "state", "origin", "submitted_at"]
