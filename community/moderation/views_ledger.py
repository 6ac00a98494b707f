"""The ledger as staff read it: narrowed to what they look for, and taken along as a table."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Q
from django.http import HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from community import limits
from community.http import MemberRequest, members_only
from community.models import Entry
from community.moderation.evidence import plain
from community.moderation.models import LegalHold, legal_hold
from community.moderation.models.acts import UNTOLD
from community.moderation.models.parts import let_go
from community.moderation.models.sealed import NAME
from community.moderation.named import called
from community.moderation.views_desk import number_in, staff_only

PAGE = 50
COLUMNS = ["number", "at", "actor", "act", "subject", "reason", "seal"]


class LedgerForm(forms.Form):
    """Which rows are looked for; all that is said must hold."""

    act = forms.CharField(label=_("Act"), required=False, max_length=40, help_text=_("Such as hide"))
    subject = forms.CharField(label=_("About"), required=False, max_length=80, help_text=_("Such as post-12"))
    actor = forms.CharField(label=_("By"), required=False, max_length=60, help_text=_("Their handle"))
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput({"type": "date"}))
    until = forms.DateField(label=_("To"), required=False, widget=forms.DateInput({"type": "date"}))

    @property
    def conditions(self) -> dict[str, Any]:
        """What the rows must be, as far as it was said."""
        names = {"act": "act", "subject": "subject", "actor": "actor__handle", "since": "at__date__gte"}
        names["until"] = "at__date__lte"
        return {names[name]: said for name, said in self.cleaned_data.items() if said}


@require_safe
@members_only
def entries(request: MemberRequest) -> HttpResponseBase:
    """Newest first, a page before number ?before; with ?as=csv all that was looked for, to take along.

    Not why colleagues did nothing: whoever it is about may be staff, and those words are not for them. Nor what was
    done with sealed cases, for one of those may be about a keeper; nor anything about what is held now, or is a
    part of that.
    """
    staff_only(request)
    form = LedgerForm(request.GET)
    found = let_go(Entry.found(form.conditions if form.is_valid() else {}, leave_out=NAME))
    theirs = LegalHold.objects.visible_to(request.user).values("subject")
    found = found.exclude(Q(act__in=legal_hold.ACTS) & ~Q(subject__in=theirs))
    if request.GET.get("as") == "csv" and form.is_valid():
        limits.spend("take-along", request.user)
        response = StreamingHttpResponse(_as_csv(_told(found.iterator())), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="ledger.csv"'
        return response
    before = number_in(request, "before")
    rows = list(_told((found.filter(number__lt=before) if before else found)[:PAGE]))
    asked = {name: said for name, said in request.GET.items() if name in form.fields and said}
    context = {"rows": called(request.user, rows), "form": form, "asked": urlencode(asked)}
    context["older"] = f"?{urlencode({**asked, 'before': rows[-1].number})}" if len(rows) == PAGE else ""
    return render(request, "moderation/ledger.html", context, status=200 if form.is_valid() else 422)


def _told(rows: Iterable[Entry]) -> Iterator[Entry]:
    """Each with the reason only where it is for all staff to read."""
    for row in rows:
        if row.act in UNTOLD:
            row.reason = ""
        yield row


class _Line:
    """What a csv writer writes to: each line is handed on."""

    def write(self, line: str) -> str:
        return line


def _as_csv(rows: Iterable[Entry]) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield writer.writerow(COLUMNS)
    for row in rows:
        actor = row.actor.handle if row.actor else ""
        cells = [row.number, row.at.isoformat(), actor, row.act, row.subject, row.reason, row.hash]
        yield writer.writerow([plain(cell) for cell in cells])
