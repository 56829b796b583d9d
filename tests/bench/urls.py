"""The addresses of the site, and one that answers the same few bytes to everybody."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from reforms import urls


@login_not_required
def bare(request: HttpRequest) -> HttpResponse:
    """What Django and the middleware cost by themselves. (/livez will not do: it leaves no line in the log.)"""
    return HttpResponse("ok\n", content_type="text/plain")


handler500 = urls.handler500

urlpatterns = [path("bare/", bare), path("", include(urls))]
