from django.urls import path

from reforms.alerts.calendars import views

urlpatterns = [
    path("calendar.ics", views.calendar, name="calendar"),
    path("councils/<slug:slug>/calendar.ics", views.council_calendar, name="council-calendar"),
    path("calendars/<str:token>.ics", views.private_calendar, name="calendar-private"),
    path("accounts/calendar/", views.calendar_link, name="calendar-link"),
]
