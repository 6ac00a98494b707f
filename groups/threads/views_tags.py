"""The tags of a discussion, chosen anew."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render

from community.http import MemberRequest, members_only
from groups.tags.forms import TagsForm
from groups.tags.models import Tag
from groups.threads import policy
from groups.threads.find import find_thread
from groups.views import form_page, sent


@members_only
@form_page
def tags(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Its author, or a lead, chooses which tags it has. Those it has can stay, even if they are retired."""
    thread = find_thread(request, slug, pk)
    policy.tag(request.user, thread).enforce()
    chosen = list(thread.tags.all())
    offered = list(Tag.objects.visible_to(request.user).offered_in(thread.group))
    offered += [tag for tag in chosen if tag not in offered]
    form = TagsForm(sent(request), offered=offered, chosen=chosen)
    if form.is_valid():
        thread.tag(request.user, form.cleaned_data["tags"])
        return redirect(thread)
    context = {"group": thread.group, "tab": "threads", "thread": thread, "form": form}
    return render(request, "threads/tags.html", context, status=422 if form.is_bound else 200)
