from django.urls import path

from reforms.alerts.feeds import views

urlpatterns = [path("changes.atom", views.changes_feed, name="changes-feed")]
