from django.contrib import admin

from reforms.base.admin_site import CorrectedAdmin, ReadOnlyAdmin
from reforms.base.models import Event, FaultCount, Heartbeat, LoadedRecord, User


@admin.register(User)
class UserAdmin(CorrectedAdmin):
    list_display = ["email", "name", "is_active", "is_staff"]
    search_fields = ["email", "name"]
    fields = ["email", "name", "is_active", "is_staff", "is_superuser"]


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    list_display = ["at", "verb", "subject", "organisation", "by"]
    list_filter = ["verb"]
    list_select_related = ["by"]
    search_fields = ["subject"]


@admin.register(LoadedRecord)
class LoadedRecordAdmin(ReadOnlyAdmin):
    list_display = ["kind", "key", "loaded_at"]
    list_filter = ["kind"]
    search_fields = ["key"]


@admin.register(Heartbeat)
class HeartbeatAdmin(ReadOnlyAdmin):
    list_display = ["part", "at"]


@admin.register(FaultCount)
class FaultCountAdmin(ReadOnlyAdmin):
    list_display = ["part", "day", "count", "last_at", "last_error"]
    list_filter = ["part"]
