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


@public
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is known about people here, why, and for how long."""
    return render(request, "members/privacy.html")


@public
@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """The community rules, numbered so that a decision can name the one it rests on."""
    return render(request, "members/rules.html")
