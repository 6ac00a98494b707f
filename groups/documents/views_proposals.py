"""Members propose documents; leads take them into the library or say why not."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from community.files import pieces
from community.files.models import StoredFile
from community.files.serve import serve
from community.http import MemberRequest, members_only
from groups import place
from groups.documents import policy
from groups.documents.forms import NewForm
from groups.documents.models import Proposal
from groups.documents.views import answer, find_group
from groups.documents.views_lead import keep_and, sent
from groups.models import Group

asked_or_sent = require_http_methods(["GET", "HEAD", "POST"])
MOST = 100  # proposals listed, latest first


class AnswerForm(forms.Form):
    """Taken, or not and why."""

    takes = forms.BooleanField(required=False)
    reason = forms.CharField(
        label=_("Why not"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean_reason(self) -> str:
        if not self.cleaned_data["takes"] and not self.cleaned_data["reason"]:
            raise forms.ValidationError(_("Say why, so that they know what would help."))
        return str(self.cleaned_data["reason"])


@members_only
@asked_or_sent
def propose(request: MemberRequest, slug: str) -> HttpResponse:
    """A file or an address that a lead may take into the library."""
    group = find_group(request, slug)
    policy.propose(request.user, group).enforce()
    if answered := pieces.step(request):
        return answered
    form = NewForm(request.user, group, *sent(request))
    form.can_wait = True  # until a lead takes it, nobody else reads it
    for name in ("folder", "review_on"):  # where it stands, and when it is looked at again, is for those who take it
        form.fields[name].widget = forms.HiddenInput()
    if form.is_valid():
        made = keep_and(request, form, lambda content: _make(request, group, content, form))
        if made:
            return redirect(made)
    return answer(request, "documents/propose.html", group, {"form": form}, status=422 if form.is_bound else 200)


@members_only
@require_safe
def proposals(request: MemberRequest, slug: str) -> HttpResponse:
    """Those that the reader may see: leads all, others their own."""
    group = find_group(request, slug)
    found = Proposal.objects.visible_to(request.user).filter(group=group).to_show()[:MOST]
    context = {"proposals": found, "may_propose": policy.propose(request.user, group)}
    return answer(request, "documents/proposals.html", group, context)


@members_only
@asked_or_sent
def proposal(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """One of them, and for leads the answer to it."""
    found = find_proposal(request, slug, pk)
    may_answer = policy.answer_proposal(request.user, found)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        may_answer.enforce()
    if form.is_valid():
        with place.allowed(request.user, found.group, lambda now: policy.answer_proposal(now, found)) as member:
            if form.cleaned_data["takes"]:
                return redirect(found.accept(member))
            found.decline(member, form.cleaned_data["reason"])
        return redirect(found)
    context = {"proposal": found, "form": form, "may_answer": may_answer}
    return answer(request, "documents/proposal.html", found.group, context, status=422 if form.is_bound else 200)


@members_only
@require_safe
def proposed_file(request: MemberRequest, slug: str, pk: int) -> HttpResponseBase:
    """The bytes, for whoever proposed them and those who decide."""
    found = find_proposal(request, slug, pk)
    if found.file is None:
        raise Http404
    return serve(request, found.file)


def find_proposal(request: MemberRequest, slug: str, pk: int) -> Proposal:
    return get_object_or_404(Proposal.objects.visible_to(request.user).to_show(), group__slug=slug, pk=pk)


def _make(request: MemberRequest, group: Group, content: StoredFile | str, form: NewForm) -> Proposal | None:
    """None if the same form came with something else before: the form then says so."""
    with place.allowed(request.user, group, lambda now: policy.propose(now, group)) as member:
        said = {**form.facts, **form.said, "declared": form.declared}
        made = Proposal.make(group, member, content, form.cleaned_data["key"], **said)
    if made.was_made_of(content, form.facts):
        return made
    form.was_something_else()
    return None
