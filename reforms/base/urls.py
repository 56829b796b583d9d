from django.urls import path

from reforms.base import views

urlpatterns = [
    path("livez", views.livez, name="livez"),
    path("as-at/", views.as_at, name="as-at"),
    path("accounts/sign-in/", views.SignIn.as_view(), name="sign-in"),
    path("accounts/sign-out/", views.SignOut.as_view(), name="sign-out"),
]
