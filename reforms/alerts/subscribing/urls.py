"""Addresses of asking for updates."""

from django.urls import path

from reforms.alerts.subscribing import views

urlpatterns = [
    path("updates/", views.updates, name="updates"),
    path("updates/sent/", views.updates_sent, name="updates-sent"),
    path("updates/confirm/<str:token>/", views.confirm, name="updates-confirm"),
    path("updates/manage/<str:key>/", views.manage, name="updates-manage"),
    path("updates/unsubscribe/<str:token>/", views.unsubscribe, name="updates-unsubscribe"),
    path("accounts/updates/", views.my_updates, name="my-updates"),
    path("accounts/updates/preview/", views.my_preview, name="my-updates-preview"),
    path("accounts/updates/send/", views.my_letter_now, name="my-updates-send"),
]
