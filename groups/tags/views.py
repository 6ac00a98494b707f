"""The pages on which tags are looked after, and the one on which a member mutes nations."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community.http import MemberRequest, members_only
from community.policy import Refused
from groups.models import Group
from groups.tags import policy
from groups.tags.forms import MutedForm, NameForm
from groups.tags.models import Mute, Tag
from groups.views import find_group, form_page, sent


@members_only
@form_page
def group(request: MemberRequest, slug: str) -> HttpResponse:
    """A group's own tags; leads add to them."""
    return _look_after(request, find_group(request, slug))


@members_only
@form_page
def shared(request: MemberRequest) -> HttpResponse:
    """The tags that all groups share; staff add to them."""
    return _look_after(request, None)


@members_only
@require_POST
def change(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Rename a tag of the group, retire it or bring it back."""
    return _change(request, find_group(request, slug), pk)


@members_only
@require_POST
def change_shared(request: MemberRequest, pk: int) -> HttpResponse:
    """Rename a shared tag, retire it or bring it back."""
    return _change(request, None, pk)


@members_only
@form_page
def muted(request: MemberRequest) -> HttpResponse:
    """Which nations' discussions stay out of one's lists and counts."""
    form = MutedForm(sent(request), muted=Tag.objects.visible_to(request.user).muted_by(request.user))
    if form.is_valid():
        Mute.choose(request.user, form.cleaned_data["nations"])
        messages.success(request, _("Saved. Your lists follow."))
        return redirect("tags:muted")
    return render(request, "tags/muted.html", {"form": form}, status=422 if form.is_bound else 200)


def _look_after(request: MemberRequest, group: Group | None) -> HttpResponse:
    policy.look_after(request.user, group).enforce()
    form = NameForm(sent(request), auto_id="new-%s", author=request.user, group=group)
    if form.is_valid():
        try:
            Tag.add(request.user, group, form.cleaned_data["name"])
        except Refused as refused:
            form.add_error("name", str(refused))
        else:
            return redirect(request.path)
    return _show(request, group, form, 422 if form.is_bound else 200)


def _change(request: MemberRequest, group: Group | None, pk: int) -> HttpResponse:
    tag = get_object_or_404(Tag.objects.visible_to(request.user).select_related("group"), pk=pk, group=group)
    policy.look_after(request.user, group).enforce()
    if "retire" in request.POST:
        tag.retire(request.user)
    elif "back" in request.POST:
        tag.bring_back(request.user)
    else:
        return _rename(request, tag)
    return redirect(tag)


def _rename(request: MemberRequest, tag: Tag) -> HttpResponse:
    begun = {"initial": {"name": tag.name}, "auto_id": f"tag-{tag.pk}-%s"}
    form = NameForm(request.POST, author=request.user, group=tag.group, **begun)
    if form.is_valid():
        try:
            tag.rename(request.user, form.cleaned_data["name"])
        except Refused as refused:
            form.add_error("name", str(refused))
        else:
            return redirect(tag)
    return _show(request, tag.group, form, 422, renaming=tag.pk)


def _show(
    request: MemberRequest, group: Group | None, form: NameForm, status: int, renaming: int | None = None
) -> HttpResponse:
    """The page with its tags; `renaming` says whose new name the form holds, if not that of a new one."""
    tags = Tag.objects.visible_to(request.user).filter(group=group).order_by("retired_at", "slug")
    context = {"group": group, "tab": "", "tags": tags, "form": form, "renaming": renaming}
    fresh = NameForm(auto_id="new-%s", author=request.user, group=group)
    context["fresh"] = fresh if renaming else form
    return render(request, "tags/group.html" if group else "tags/shared.html", context, status=status)
