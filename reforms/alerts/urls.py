from reforms.alerts import views
from reforms.base.lists import list_paths

urlpatterns = list_paths("flags", views.flags)
