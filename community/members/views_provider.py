"""Who runs the site, for everybody; staff keep it true."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from community.http import MemberRequest, members_only, public
from community.members import policy
from community.members.forms_texts import ProviderForm
from community.members.models import Provider


@public
@require_safe
def provider(request: HttpRequest) -> HttpResponse:
    """Who is responsible, where to reach them, and how to complain."""
    return render(request, "members/provider.html", {"provider": Provider.current(), "contact": settings.CONTACT})


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def edit_provider(request: MemberRequest) -> HttpResponse:
    """Staff say who that is; saved unchanged, it was checked today."""
    policy.run_site(request.user).enforce()
    form = ProviderForm(request.POST or None, instance=Provider.current())
    if form.is_valid():
        if form.save(commit=False).keep(request.user, form.cleaned_data["seen"]):
            return redirect("members:provider")
        form.meet(Provider.current())
    return render(request, "members/edit_provider.html", {"form": form}, status=422 if form.errors else 200)
