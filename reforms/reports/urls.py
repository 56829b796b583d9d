from django.urls import include, path

urlpatterns = [
    path("", include("reforms.reports.building.urls")),
    path("", include("reforms.reports.changes.urls")),
    path("", include("reforms.reports.committees.urls")),
]
