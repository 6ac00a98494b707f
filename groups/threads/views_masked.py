"""Who wrote a post that names nobody: for staff, after a reason that is recorded."""

from __future__ import annotations

from django import forms
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from community import ledger
from community.http import MemberRequest, members_only
from groups.threads import policy
from groups.threads.find import find_post
from groups.views import form_page, sent


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Why you need to know"),
        help_text=_("It is written into the record with your name, for good."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@members_only
@form_page
def writer(request: MemberRequest, slug: str, pk: int, number: int) -> HttpResponse:
    """Ask for the reason, record it, then show the name, this once."""
    post = find_post(request, slug, pk, number)
    policy.reveal(request.user, post).enforce()
    if not post.author.is_nameless:
        raise Http404
    form = ReasonForm(sent(request))
    context = {"group": post.thread.group, "tab": "threads", "post": post, "form": form}
    if form.is_valid():
        with transaction.atomic():
            ledger.record(request.user, "reveal-writer", post.subject, form.cleaned_data["reason"])
            context["writer"] = post.writer
        return render(request, "threads/writer.html", context)
    return render(request, "threads/writer.html", context, status=422 if form.is_bound else 200)
