"""Whom a member keeps at a distance: one page to see and change it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from community import limits
from community.http import MemberRequest, members_only
from community.members import policy
from community.members.models import Distance, Member


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def distances(request: MemberRequest) -> HttpResponse:
    """Whom one muted or blocked. Sent with a handle and a `kind`, that is so from now on; with none, no more."""
    if request.method != "POST":
        found = Distance.objects.visible_to(request.user).select_related("other")
        return render(request, "members/distances.html", {"distances": found})
    handle, kind = request.POST.get("handle", ""), request.POST.get("kind", "")
    if kind in Distance.Kind.values:
        other = get_object_or_404(Member.objects.visible_to(request.user), handle=handle)
        policy.keep_away(request.user, other).enforce()
        limits.spend("watch", request.user)
        Distance.keep(request.user, other, kind)
    else:
        get_object_or_404(Distance.objects.visible_to(request.user), other__handle=handle).delete()
    return redirect("members:distances")
