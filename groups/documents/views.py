"""Reading the library: the list, a document, its files."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from community import ledger, live
from community.files.serve import serve, serve_text
from community.http import MemberRequest, members_only
from community.kept import Kept
from community.members.models import Member
from community.policy import Verdict
from groups.documents import library as shelves
from groups.documents import policy, reading
from groups.documents.audience import watched_by
from groups.documents.forms_comment import CommentForm
from groups.documents.models import Collection, Document, Folder, Look, State, Version
from groups.documents.models.finding import carried_in
from groups.documents.models.look import KEPT
from groups.documents.talk import answered_in, seen_by, talk_on
from groups.links.models import cited_by, talk_about
from groups.models import Group
from groups.tags.models import Tag

PLACES = 6  # where it is talked about, listed
VERSIONS = 20  # listed at a time
_present: Kept[dict[str, set[str]]] = Kept(500)  # which kinds, nations and so on a library has


@members_only
@require_safe
def library(request: MemberRequest, slug: str) -> HttpResponse:
    """All documents of the group, a page at a time."""
    group = find_group(request, slug)
    documents = Document.objects.visible_to(request.user).filter(group=group)
    tree, since = Folder.tree_of(group), live.head(live.stream_of(group))
    there = _present.get_or_make((group.pk, since), documents.present)  # all that changes it goes by that stream
    tags = list(Tag.objects.visible_to(request.user).known_in(group).filter(carried_in(group)))
    page = shelves.page(documents, request.user, request.GET, tree, tags)
    context = {
        "page": page,
        "kinds": page.kinds(there["kind"]),
        "facets": [*page.facets(there), *page.tags(tags)],
        "folders": page.folders(tree),
        "collections": Collection.objects.visible_to(request.user).filter(group=group),
        "may_post": policy.post(request.user, group),
        "may_propose": policy.propose(request.user, group),
        "since": since,
        "looks_kept": KEPT.days,
    }
    return answer(request, "documents/list.html", group, context)


@members_only
@require_safe
def document(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """One document: what it is, who may use it, its versions. Of a hidden one, only that and why it is hidden."""
    return show_document(request, find_document(request, slug, pk))


def show_document(
    request: MemberRequest, document: Document, form: CommentForm | None = None, status: int = 200
) -> HttpResponse:
    """Its page; with a comment that was not taken, or is to be looked at first."""
    context: dict[str, Any] = {"document": document, "since": live.head(live.stream_of(document))}
    if not document.is_hidden:
        versions = versions_before(document, request.GET.get("before", ""))
        may_arrange = policy.arrange(request.user, document)
        may_see_readers = policy.see_readers(request.user, document)
        context |= {
            "versions": versions[:VERSIONS],
            "older": versions[VERSIONS - 1].number if len(versions) > VERSIONS else None,
            "part": document.current and reading.part_of(document.current, request.GET),
            "may_add": policy.add_version(request.user, document),
            "may_hold": policy.hold(request.user, document),
            "is_mine": document.held_by_id == request.user.pk,
            "may_edit": policy.edit(request.user, document),
            "may_describe": policy.describe(request.user, document),
            "looks_kept": KEPT.days,
            "may_see_readers": may_see_readers,
            "tags": document.tags.all(),
            **_formats_of(document, request.user, may_see_readers),
            "may_arrange": may_arrange,
            "places": talk_about(document, request.user, PLACES),
            "cited": cited_by(document, request.user, PLACES),
            "may_collect": may_arrange
            or Collection.objects.visible_to(request.user).looked_after_by(request.user).exists(),
            "talk": talk_on(document, request.user, request.GET.get("comment", "")),
            "watch": watched_by(request.user, document),
            "seen": seen_by(request.user, document),
            "form": form or _comment_form(request, document),
            **_review_of(document, request.user),
        }
        Look.at(document, request.user)
    return answer(request, "documents/document.html", document.group, context, status)


@members_only
@require_safe
def file(request: MemberRequest, slug: str, pk: int, number: int, name: str) -> HttpResponseBase:
    """The bytes of a version, old or new, for whoever may see the document; hidden, only for staff to decide."""
    document = find_document(request, slug, pk)
    version = get_object_or_404(document.versions.select_related("file", "document__group"), number=number)
    if version.url or version.content_name != name:
        raise Http404
    if document.is_hidden:
        if not policy.look_into_hidden(request.user, document):
            raise Http404
        ledger.record(request.user, "look", document.subject, version=number)
    else:
        Look.at(document, request.user, is_download="show" not in request.GET)
    if version.file is None:
        return serve_text(version.page.body, name)
    return serve(request, version.file, inline="show" in request.GET and not document.is_hidden)


def _comment_form(request: MemberRequest, document: Document) -> CommentForm | None:
    """To comment, or to answer the comment that `answer` names."""
    if not policy.comment_on(request.user, document):
        return None
    to = answered_in(document, request.user, request.GET.get("answer", ""))
    return CommentForm(document, None, author=request.user, to=to)


def _formats_of(document: Document, member: Member, may_answer: Verdict) -> dict[str, Any]:
    """Who waits for another format, for those who can answer; and what the member was answered last."""
    asked = document.format_requests.all()
    waiting = asked.waiting().select_related("member") if may_answer else []
    return {"formats_asked": waiting, "my_format": asked.filter(member=member).order_by("-at").first()}


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
    found = get_object_or_404(Document.objects.visible_to(request.user).to_show(), group__slug=slug, pk=pk)
    if found.current:
        found.current.document = found  # or the database would be asked for it anew
    return found


def answer(
    request: MemberRequest, template: str, group: Group, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """A page of the group's library."""
    return render(request, template, {"group": group, "tab": "documents", **context}, status=status)
