"""Addresses. They are stable: other people link to them. They do not follow the floors."""

from django.contrib import admin
from django.urls import include, path, register_converter

from reforms.base.converters import DataFormConverter, ReferenceConverter, SubjectConverter

register_converter(DataFormConverter, "data")
register_converter(ReferenceConverter, "reference")
register_converter(SubjectConverter, "subject")

handler500 = "reforms.base.failures.failed"

urlpatterns = [
    path("", include("reforms.base.urls")),
    path("", include("pillars.urls")),
    path("", include("councils.urls")),
    path("", include("consultations.urls")),
    path("", include("reforms.alerts.urls")),
    path("", include("reforms.reports.urls")),
    path("", include("reforms.pages.urls")),
    path("admin/", admin.site.urls),
]
