from django.urls import path

from reforms.alerts import views
from reforms.base.lists import list_paths

urlpatterns = [path("readyz", views.readyz, name="readyz"), *list_paths("flags", views.flags)]
