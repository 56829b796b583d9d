from django.contrib import admin

from reforms.alerts.models import Flag, JobRun
from reforms.base.admin_site import ReadOnlyAdmin


@admin.register(Flag)
class FlagAdmin(ReadOnlyAdmin):
    list_display = ["kind", "subject", "organisation", "due_on", "threshold", "raised_for", "is_baseline", "cleared_at"]
    list_filter = ["kind", "is_baseline"]
    search_fields = ["subject", "organisation"]


@admin.register(JobRun)
class JobRunAdmin(ReadOnlyAdmin):
    list_display = ["job", "for_day", "outcome", "finished_at"]
    list_filter = ["job", "outcome"]
