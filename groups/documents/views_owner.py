"""Handing a document over to somebody who keeps it up from now on."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from community.http import MemberRequest, members_only
from groups import place
from groups.documents import policy
from groups.documents.forms_owner import OwnerForm
from groups.documents.views import answer, find_document


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Its owner or a lead gives the document to somebody else of the group."""
    document = find_document(request, slug, pk)
    policy.edit(request.user, document).enforce()
    form = OwnerForm(request.POST if request.method == "POST" else None, document.group)
    if form.is_valid():
        with place.allowed(request.user, document.group, lambda now: policy.edit(now, document)) as member:
            document.hand_over(member, form.cleaned_data["owner"])
        return redirect(document)
    context = {"document": document, "form": form}
    return answer(request, "documents/hand_over.html", document.group, context, status=422 if form.is_bound else 200)
