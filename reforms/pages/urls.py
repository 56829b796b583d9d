from django.conf import settings
from django.urls import path

from reforms.pages import views

urlpatterns = [
    path("", views.home, name="home"),
    path("programmes/", views.programmes, name="programmes"),
    path("programmes/<slug:slug>/", views.programme, name="programme"),
    path("programmes/<slug:slug>/outcome/", views.outcome, name="outcome"),
    path("programmes/<slug:slug>/pillars/<int:number>/", views.pillar, name="pillar"),
    path("commitments/<reference:reference>/", views.commitment, name="commitment"),
    path("consultations/<slug:slug>/", views.consultation, name="consultation"),
    path("councils/<slug:slug>/", views.council, name="council"),
    path("councils/<slug:slug>/compare/<slug:programme>/", views.compare, name="compare"),
    path("organisations/<slug:slug>/", views.organisation, name="organisation"),
    path("sources/<slug:slug>/", views.source, name="source"),
    path("sources/<slug:slug>.<data:form>", views.source_data, name="source-data"),
    path("pilots/", views.pilots, name="pilots"),
    path("timeline/", views.timeline, name="timeline"),
    path("my-work/", views.my_work, name="my-work"),
    path("my-work/progress/", views.progress, name="progress"),
    path("my-work/<slug:organisation>/flags/", views.my_work_flags, name="my-work-flags"),
    path("my-work/<slug:organisation>/first-steps/", views.first_steps, name="first-steps"),
    path("about/good-positions/", views.good_positions, name="good-positions"),
    path("about/dates/", views.about_dates, name="about-dates"),
]

if settings.DEBUG:
    urlpatterns.append(path("components/", views.components, name="components"))
