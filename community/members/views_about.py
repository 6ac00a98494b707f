"""The pages about the place itself, which anyone may read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from community.http import public


@public
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """How usable the site is, and whom to tell when it is not."""
    return render(request, "members/accessibility.html")
