"""One's own profile, other people's, and where one is signed in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.http import MemberRequest, before_accepting, members_only
from community.members import policy
from community.members.forms import ProfileForm, ReasonForm
from community.members.models import Distance, Member


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: MemberRequest) -> HttpResponse:
    """How others see me, and the ways to my settings."""
    form = ProfileForm(request.POST or None, instance=Member.objects.visible_to(request.user).get(pk=request.user.pk))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your profile is saved."))
        return redirect("members:profile")
    context = {"form": form, "affiliations": request.user.affiliations.current().select_related("organisation")}
    return render(request, "members/profile.html", context, status=422 if form.errors else 200)


@members_only
@require_safe
def person(request: MemberRequest, handle: str) -> HttpResponse:
    """Someone's profile. No e-mail address: people are reached here."""
    found = get_object_or_404(Member.objects.visible_to(request.user), handle=handle)
    context = {
        "person": found,
        "affiliations": found.affiliations.in_force().select_related("organisation"),
        "may_run": policy.run_site(request.user),
        "may_keep_away": policy.keep_away(request.user, found),
        "distance": Distance.objects.visible_to(request.user).filter(other=found).first(),
        "form": ReasonForm(),
    }
    return render(request, "members/person.html", context)


@members_only
@require_POST
def reset_second_step(request: MemberRequest, handle: str) -> HttpResponse:
    """Staff help someone who lost the second step."""
    found = get_object_or_404(Member.objects.visible_to(request.user), handle=handle)
    policy.run_site(request.user).enforce()
    form = ReasonForm(request.POST)
    if form.is_valid():
        found.reset_second_factor(request.user, form.cleaned_data["reason"])
        messages.success(request, _("The second step is off and the person is signed out everywhere."))
    return redirect(found)


@members_only
@before_accepting
@require_safe
def sessions(request: MemberRequest) -> HttpResponse:
    """Every browser one is signed in with."""
    context = {"sessions": request.user.open_sessions(), "this": request.session.session_key}
    return render(request, "members/sessions.html", context)


@members_only
@before_accepting
@require_POST
def end_sessions(request: MemberRequest) -> HttpResponse:
    """Sign out of one other browser, or of all others."""
    chosen = request.POST.get("session", "")
    for session in request.user.open_sessions():
        is_this = session.session_key == request.session.session_key
        if not is_this and chosen in {str(session.pk), "others"}:
            request.user.end_session(session)
    return redirect("members:sessions")
