from django.urls import path

from councils.people import views

urlpatterns = [
    path("", views.account, name="account"),
    path("people/", views.people, name="people"),
    path("people/invite/", views.invite, name="invite"),
    path("people/<int:pk>/", views.person, name="person"),
    path("people/<int:pk>/<slug:verb>/", views.person_action, name="person-action"),
]
