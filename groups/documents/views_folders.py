"""Leads arrange the folders of their library."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from community.http import MemberRequest, members_only
from groups.documents import policy
from groups.documents.forms import FolderForm
from groups.documents.models import Folder
from groups.documents.views import answer, find_group

asked_or_sent = require_http_methods(["GET", "HEAD", "POST"])


@members_only
@asked_or_sent
def folders(request: MemberRequest, slug: str) -> HttpResponse:
    """All folders, and a form for one more."""
    group = find_group(request, slug)
    policy.post(request.user, group).enforce()
    tree = Folder.tree_of(group)
    whose = {"author": request.user, "group": group}
    form = FolderForm(tree, request.POST if request.method == "POST" else None, **whose)
    if form.is_valid():
        Folder.add(request.user, group, form.cleaned_data["name"], form.parent_folder)
        return redirect("documents:folders", slug)
    context = {"form": form, "tree": tree}
    return answer(request, "documents/folders.html", group, context, status=422 if form.is_bound else 200)


@members_only
@asked_or_sent
def folder(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Call it something else or, with `off`, take it away: what stands in it moves up."""
    group = find_group(request, slug)
    policy.post(request.user, group).enforce()
    found = get_object_or_404(Folder.objects.visible_to(request.user).select_related("parent"), group=group, pk=pk)
    if request.method == "POST" and "off" in request.POST:
        found.take_away(request.user)
        return redirect("documents:folders", slug)
    begun = {"initial": {"name": found.name}, "author": request.user, "group": group}
    form = FolderForm(None, request.POST if request.method == "POST" else None, **begun)
    if form.is_valid():
        found.rename(request.user, form.cleaned_data["name"])
        return redirect("documents:folders", slug)
    context = {"form": form, "folder": found}
    return answer(request, "documents/folder.html", group, context, status=422 if form.is_bound else 200)
