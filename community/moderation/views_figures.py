"""The figures of a year: for staff, and for trustees, who see nothing else of the desk."""

from __future__ import annotations

from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from community.http import MemberRequest, members_only
from community.moderation import evidence, odt, policy

FIRST_YEAR = 2020


@members_only
@require_safe
def figures(request: MemberRequest) -> HttpResponse:
    """As a page; with ?as=csv or ?as=odt to take along; with ?check, the whole ledger is read and checked."""
    if not policy.figures(request.user):
        raise Http404
    year = _year(request)
    found, title = evidence.tables(evidence.Period.year(year)), _("Reports and decisions in %(year)s") % {"year": year}
    if "check" in request.GET:
        found.append(evidence.chain())
    wanted = request.GET.get("as", "")
    if wanted in {"csv", "odt"}:
        return as_file(found, title, wanted, f"figures-{year}")
    years = range(timezone.localdate().year, max(FIRST_YEAR, year - 2) - 1, -1)
    context = {"tables": found, "title": title, "year": year, "years": years}
    return render(request, "moderation/figures.html", context)


def _year(request: MemberRequest) -> int:
    now = timezone.localdate().year
    said = request.GET.get("year", str(now))
    if not (said.isascii() and said.isdigit() and len(said) == 4 and FIRST_YEAR <= int(said) <= now):
        raise BadRequest
    return int(said)


def as_file(tables: list[evidence.Table], title: str, kind: str, name: str) -> HttpResponse:
    """To take along, as "csv" or "odt"."""
    content: str | bytes = evidence.as_csv(tables) if kind == "csv" else odt.as_odt(title, tables)
    media = "text/csv; charset=utf-8" if kind == "csv" else odt.KIND
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    return HttpResponse(content, content_type=media, headers=headers)
