from django.urls import include, path

from reforms.alerts import views
from reforms.alerts.watching import views as watching
from reforms.base.lists import list_paths

urlpatterns = [
    path("readyz", views.readyz, name="readyz"),
    *list_paths("flags", views.flags),
    path("watching/", watching.watching, name="watching"),
    path("watching/retry/", watching.retry_all, name="watching-retry-all"),
    path("watching/retry/<int:pk>/", watching.retry, name="watching-retry"),
    path("", include("reforms.alerts.calendars.urls")),
    path("", include("reforms.alerts.feeds.urls")),
    path("", include("reforms.alerts.subscribing.urls")),
]
