from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib import admin
from django.db.models import Model
from django.forms import ModelForm
from django.http import HttpRequest

from reforms.base import clock
from reforms.base.accounts.invitations import withdraw_invitations
from reforms.base.admin_site import CorrectedAdmin, ReadOnlyAdmin
from reforms.base.models import Event, FaultCount, Heartbeat, LoadedRecord, User


@admin.register(User)
class UserAdmin(CorrectedAdmin):
    list_display = ["email", "name", "is_active", "is_staff"]
    search_fields = ["email", "name"]
    fields = ["email", "name", "is_active", "is_staff"]
    readonly_fields = ["is_active", "is_staff"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """People are invited, on the page of people; there too they are deactivated and made administrators."""
        return False

    def save_model(self, request: HttpRequest, obj: Model, form: ModelForm, change: bool) -> None:
        """With another address a person is somebody else to sign in: links sent to the old one open nothing."""
        if isinstance(obj, User) and "email" in form.changed_data:
            obj.email = obj.email.lower()
            withdraw_invitations(person=obj, now=clock.now())
        super().save_model(request, obj, form, change)


# What allauth keeps of people's accounts is for its own pages: secrets are among it.
for model in (EmailAddress, Authenticator, SocialAccount, SocialApp, SocialToken):
    admin.site.unregister(model)


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
