"""Reading the library: the list, a document, its files."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from community import ledger, live
from community.files.serve import serve
from community.http import MemberRequest, members_only
from community.members.models import Member
from groups.documents import library as shelves
from groups.documents import policy, reading
from groups.documents.models import Collection, Document, Folder, State, Version
from groups.links.models import talk_about
from groups.models import Group

PLACES = 6  # where it is talked about, listed
VERSIONS = 20  # listed at a time


@members_only
@require_safe
def library(request: MemberRequest, slug: str) -> HttpResponse:
    """All documents of the group, a page at a time."""
    group = find_group(request, slug)
    documents = Document.objects.visible_to(request.user).filter(group=group)
    tree = Folder.tree_of(group)
    page = shelves.page(documents, request.GET, tree)
    there = set(documents.filter(hidden=None).order_by().values_list("kind", "nation").distinct())
    context = {
        "page": page,
        "kinds": page.kinds({kind for kind, _nation in there}),
        "nations": page.nations({nation for _kind, nation in there}),
        "folders": page.folders(tree),
        "collections": Collection.objects.visible_to(request.user).filter(group=group),
        "may_post": policy.post(request.user, group),
        "since": live.head(live.stream_of(group)),
    }
    return answer(request, "documents/list.html", group, context)


@members_only
@require_safe
def document(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """One document: what it is, who may use it, its versions. Of a hidden one, only that and why it is hidden."""
    document = find_document(request, slug, pk)
    context: dict[str, Any] = {"document": document, "since": live.head(live.stream_of(document))}
    if not document.is_hidden:
        versions = versions_before(document, request.GET.get("before", ""))
        context |= {
            "versions": versions[:VERSIONS],
            "older": versions[VERSIONS - 1].number if len(versions) > VERSIONS else None,
            "part": document.current and reading.part_of(document.current),
            "may_add": policy.add_version(request.user, document),
            "may_hold": policy.hold(request.user, document),
            "is_mine": document.held_by_id == request.user.pk,
            "may_edit": policy.edit(request.user, document),
            "may_arrange": policy.arrange(request.user, document),
            "places": talk_about(document, request.user, PLACES),
            "may_collect": Collection.objects.visible_to(request.user).looked_after_by(request.user).exists(),
            **_review_of(document, request.user),
        }
    return answer(request, "documents/document.html", document.group, context)


@members_only
@require_safe
def file(request: MemberRequest, slug: str, pk: int, number: int, name: str) -> HttpResponseBase:
    """The bytes of a version, old or new, for whoever may see the document; hidden, only for staff to decide."""
    document = find_document(request, slug, pk)
    version = get_object_or_404(document.versions.select_related("file"), number=number)
    if version.file is None or version.file.name != name:
        raise Http404
    if document.is_hidden:
        if not policy.look_into_hidden(request.user):
            raise Http404
        ledger.record(request.user, "look", document.subject, version=number)
    return serve(request, version.file, inline="show" in request.GET and not document.is_hidden)


def _review_of(document: Document, member: Member) -> dict[str, Any]:
    """The review under way or the last one, and what the member may do about the document's state."""
    review = document.review if document.state == State.REVIEW else document.last_review
    return {
        "review": review,
        "answers": review.answers if review else [],
        "may_answer": bool(review and policy.answer_review(member, review)),
        "may_ask_review": policy.ask_review(member, document),
        "may_draft": policy.declare(member, document, State.DRAFT),
        "may_archive": policy.declare(member, document, State.ARCHIVED),
    }


def versions_before(document: Document, number: str) -> list[Version]:
    """The newest versions, or those before one, and one more than fit, to know whether there are more."""
    versions = document.versions.select_related("file", "author", "posted_as__organisation", "document__group")
    if number.isascii() and number.isdigit() and len(number) < 10:
        versions = versions.filter(number__lt=int(number))
    return list(versions[: VERSIONS + 1])


def find_group(request: MemberRequest, slug: str) -> Group:
    return get_object_or_404(Group.objects.visible_to(request.user), slug=slug)


def find_document(request: MemberRequest, slug: str, pk: int) -> Document:
    return get_object_or_404(Document.objects.visible_to(request.user).to_show(), group__slug=slug, pk=pk)


def answer(
    request: MemberRequest, template: str, group: Group, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """A page of the group's library."""
    return render(request, template, {"group": group, "tab": "documents", **context}, status=status)
