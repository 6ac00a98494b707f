"""Many files at once: sent together, or by the page one after the other."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community.files import BadFile, pieces
from community.http import MemberRequest, members_only
from community.limits import TooMany
from groups.documents import policy
from groups.documents.forms_many import ManyForm, Outcome, asked_of_all, refused
from groups.documents.models import Document
from groups.documents.views import answer, find_group
from groups.documents.views_lead import keep_and, post_new, sent
from groups.models import Group


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def many(request: MemberRequest, slug: str) -> HttpResponse:
    """Share files, each as a document. Those that are refused say why; the others stay shared."""
    group = find_group(request, slug)
    policy.post(request.user, group).enforce()
    if answered := pieces.step(request):
        return answered
    form = ManyForm(request.user, group, *sent(request, "files"))
    if not form.is_bound:
        form.initial["folder"] = request.GET.get("folder", "")
    outcomes = [_share(request, group, form, each) for each in form.cleaned_data["files"]] if form.is_valid() else []
    done = [each.document for each in outcomes if each.document]
    if outcomes and "fragment" in request.headers.get("Accept", ""):
        context = {"outcome": outcomes[0], "group": group}
        return render(request, "documents/_outcome.html", context, status=201 if done else 422)
    if outcomes and len(done) == len(outcomes):
        folder = form.cleaned_data["folder"]
        return redirect(folder) if folder else redirect("documents:list", slug)
    context = {"form": form, "outcomes": outcomes, "for_all": asked_of_all(outcomes)}
    return answer(request, "documents/many.html", group, context, status=422 if form.is_bound else 200)


def _share(request: MemberRequest, group: Group, whole: ManyForm, upload: UploadedFile) -> Outcome:
    name = upload.name or ""
    try:
        form = whole.one(upload)
    except BadFile as gone:
        return Outcome(name, errors=[str(gone)])
    if not form.is_valid():
        return refused(name, form)
    if again := Document.sent(request.user, group, form.cleaned_data["key"]):
        form.let_go()
        return Outcome(name, again)
    try:
        made = keep_and(request, form, lambda content: post_new(request, group, content, form))
    except TooMany as limit:
        why = _("That was a lot in a short time. Wait %(seconds)s seconds and send this one again.")
        return Outcome(name, errors=[why % {"seconds": limit.retry_after}])
    return Outcome(name, made.document) if made else refused(name, form)
