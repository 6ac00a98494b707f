"""What helps to find a document and to read it: its tags, and another format for whoever needs one."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from community.http import MemberRequest, members_only
from community.limits import spend
from community.members.models import Member
from community.policy import Verdict
from groups import place
from groups.documents import policy
from groups.documents.models import Document, FormatRequest
from groups.documents.views import answer, find_document
from groups.tags.forms import TagsForm
from groups.tags.models import Tag

asked_or_sent = require_http_methods(["GET", "HEAD", "POST"])


class AskForm(forms.ModelForm[FormatRequest]):
    """What somebody needs."""

    class Meta:
        model = FormatRequest
        fields = ("words",)
        widgets = {"words": forms.Textarea(attrs={"rows": 3})}


class ReplyForm(forms.ModelForm[FormatRequest]):
    """What they are told."""

    class Meta:
        model = FormatRequest
        fields = ("answer",)
        widgets = {"answer": forms.Textarea(attrs={"rows": 3})}


@members_only
@asked_or_sent
def tags(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Its owner, or a lead, chooses which tags it has. Those it has can stay, even if they are retired."""
    document = find_document(request, slug, pk)
    policy.edit(request.user, document).enforce()
    chosen = list(document.tags.all())
    offered = list(Tag.objects.visible_to(request.user).offered_in(document.group))
    offered += [tag for tag in chosen if tag not in offered]
    form = TagsForm(request.POST if request.method == "POST" else None, offered=offered, chosen=chosen)
    if form.is_valid():
        with place.allowed(request.user, document.group, lambda now: policy.edit(now, document)):
            document.tag(form.cleaned_data["tags"])
        return redirect(document)
    context = {"document": document, "form": form}
    return answer(request, "documents/tags.html", document.group, context, status=422 if form.is_bound else 200)


@members_only
@asked_or_sent
def ask(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Ask for another format."""
    document = find_document(request, slug, pk)
    policy.ask_format(request.user, document).enforce()
    waiting = document.format_requests.waiting().filter(member=request.user).first()
    form = AskForm(
        request.POST if request.method == "POST" else None, initial={"words": waiting.words if waiting else ""}
    )
    if form.is_valid():
        spend("ask", request.user)
        with place.allowed(request.user, document.group, lambda now: _may_still_ask(request, now, document)) as member:
            FormatRequest.ask(document, member, form.cleaned_data["words"])
        return redirect(document)
    context = {"document": document, "form": form, "waiting": waiting}
    return answer(request, "documents/ask_format.html", document.group, context, status=422 if form.is_bound else 200)


@members_only
@asked_or_sent
def reply(request: MemberRequest, slug: str, pk: int, asked: int) -> HttpResponse:
    """Answer whoever asked for another format."""
    document = find_document(request, slug, pk)
    policy.see_readers(request.user, document).enforce()
    found = get_object_or_404(document.format_requests.waiting().select_related("member"), pk=asked)
    form = ReplyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with place.allowed(request.user, document.group, lambda now: policy.see_readers(now, document)) as member:
            found.document = document
            found.reply(member, form.cleaned_data["answer"])
        return redirect(document)
    context = {"document": document, "form": form, "asked": found}
    return answer(
        request, "documents/answer_format.html", document.group, context, status=422 if form.is_bound else 200
    )


def _may_still_ask(request: MemberRequest, member: Member, document: Document) -> Verdict:
    """Under the lock: whoever lost sight of the document meanwhile finds nothing."""
    find_document(request, document.group.slug, document.pk)
    return policy.ask_format(member, document)
