"""Say which document replaces another, found by its title."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community.http import MemberRequest, members_only
from groups.documents import policy
from groups.documents.models import Document
from groups.documents.paging import some_of
from groups.documents.views import answer, find_document


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def supersede(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Which document replaces this one, or that none does. What cannot (any more) is said, nothing is changed."""
    document = find_document(request, slug, pk)
    policy.arrange(request.user, document).enforce()
    others = Document.objects.visible_to(request.user).could_replace(document).select_related("folder")
    chosen = request.POST.get("other", "")
    error = ""
    if request.method == "POST":
        is_number = chosen.isascii() and chosen.isdigit() and len(chosen) < 19
        other = others.filter(pk=int(chosen)).first() if is_number else None
        if other or ("other" in request.POST and not chosen):
            document.supersede_with(request.user, other)
            return redirect(document)
        error = _("Choose one of these documents, or that nothing replaces it.")
    context = {
        "document": document,
        "some": some_of(others, request.GET, by="changed_at"),
        "now": document.successor,
        "error": error,
    }
    return answer(request, "documents/supersede.html", document.group, context, status=422 if error else 200)
