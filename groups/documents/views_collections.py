"""Collections: read, curated, taken along; and the whole library to take along."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.files import bundle
from community.http import MemberRequest, members_only
from community.limits import spend
from groups import place
from groups.documents import export, policy
from groups.documents.forms_collections import AddForm, CollectionForm
from groups.documents.models import Collection, Item
from groups.documents.views import answer, find_document, find_group

asked_or_sent = require_http_methods(["GET", "HEAD", "POST"])


@members_only
@require_safe
def collection(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """What is in it, as far as the reader may see it, in the order its curators chose."""
    found = find_collection(request, slug, pk)
    context = {
        "collection": found,
        "items": _items(request, found),
        "may_curate": policy.curate(request.user, found),
    }
    return answer(request, "documents/collection.html", found.group, context)


@members_only
@asked_or_sent
def new(request: MemberRequest, slug: str) -> HttpResponse:
    """Set up a collection."""
    group = find_group(request, slug)
    policy.post(request.user, group).enforce()
    return _describe(request, Collection(group=group))


@members_only
@asked_or_sent
def edit(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Its name and words; with `off` it is taken away, and the documents stay where they are."""
    found = find_collection(request, slug, pk)
    policy.curate(request.user, found).enforce()
    if request.method == "POST" and "off" in request.POST:
        with place.allowed(request.user, found.group, lambda now: policy.curate(now, found)) as member:
            found.take_away(member)
        return redirect("documents:list", slug)
    return _describe(request, found)


@members_only
@require_POST
def items(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Move a document up or down in it, or drop it."""
    found = find_collection(request, slug, pk)
    number = request.POST.get("document", "")
    document = int(number) if number.isascii() and number.isdigit() and len(number) < 19 else 0
    policy.curate(request.user, found).enforce()
    with place.allowed(request.user, found.group, lambda now: policy.curate(now, found)) as member:
        if "drop" in request.POST:
            found.drop(member, document)
        else:
            found.move(document, up="up" in request.POST)
    return redirect(found)


@members_only
@asked_or_sent
def add(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Put a document into a collection, also of another group."""
    document = find_document(request, slug, pk)
    policy.collect(document).enforce()
    form = AddForm(request.user, document, request.POST if request.method == "POST" else None)
    if form.is_valid():
        found: Collection = form.cleaned_data["collection"]
        policy.curate(request.user, found).enforce()
        with place.allowed(request.user, found.group, lambda now: policy.curate(now, found)) as member:
            found.add(member, document, form.cleaned_data["note"])
        return redirect(found)
    context = {"document": document, "form": form}
    return answer(request, "documents/collect.html", document.group, context, 422 if form.is_bound else 200)


@members_only
@require_safe
def as_zip(request: MemberRequest, slug: str, pk: int) -> HttpResponseBase:
    """The collection to take along."""
    found = find_collection(request, slug, pk)
    spend("take-along", request.user)
    documents = [(item.document, item.note) for item in _items(request, found)]
    return bundle.send(request, f"{found}.zip", export.chosen(str(found), documents, request.user))


@members_only
@require_safe
def library_as_zip(request: MemberRequest, slug: str) -> HttpResponseBase:
    """The whole library of the group to take along; with `all`, all versions."""
    group = find_group(request, slug)
    spend("take-along", request.user)
    name = _("%(group)s, documents of %(day)s.zip") % {"group": group, "day": timezone.localdate().isoformat()}
    return bundle.send(request, name, export.library_of(group, request.user, with_older="all" in request.GET))


def find_collection(request: MemberRequest, slug: str, pk: int) -> Collection:
    collections = Collection.objects.visible_to(request.user).select_related("group")
    return get_object_or_404(collections, group__slug=slug, pk=pk)


def _items(request: MemberRequest, found: Collection) -> list[Item]:
    return list(found.items.visible_to(request.user).to_show())


def _describe(request: MemberRequest, found: Collection) -> HttpResponse:
    group, sent = found.group, request.POST if request.method == "POST" else None
    form = CollectionForm(sent, instance=found, author=request.user, group=group)
    if form.is_valid():
        with place.allowed(request.user, group, lambda now: policy.post(now, group)) as member:
            found.describe(member, form.cleaned_data["name"], form.cleaned_data["words"])
        return redirect(found)
    context = {"form": form, "collection": found}
    return answer(request, "documents/edit_collection.html", found.group, context, 422 if form.is_bound else 200)
