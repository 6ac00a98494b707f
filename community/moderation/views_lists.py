"""Lists that staff keep at the desk: all of one with a form for one more, and a line to change. For staff only."""

from __future__ import annotations

from typing import Any, NamedTuple

from django import forms
from django.forms import modelform_factory
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from community.http import MemberRequest, members_only
from community.moderation.forms_record import ShiftForm, TargetForm
from community.moderation.forms_sealed import ContactForm
from community.moderation.models import Contact, Holiday, IllegalKind, Shift, Target, WatchWord
from community.moderation.models.listed import Listed
from community.moderation.models.target import WHAT
from community.moderation.views_desk import staff_only

WordForm = modelform_factory(WatchWord, fields=["words", "does"])
HolidayForm = modelform_factory(
    Holiday,
    fields=["day", "name", "stops"],
    widgets={"day": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), "stops": forms.RadioSelect},
)
IllegalKindForm = modelform_factory(IllegalKind, fields=["name", "place", "is_retired"])


class Names(NamedTuple):
    """The address of a list, and what it is called."""

    url: str
    title: str | Promise


CONTACTS = Names("moderation:contacts", _("Whom to turn to about a child"))
ROTA = Names("moderation:rota", _("Who is on duty"))
WORDS = Names("moderation:words", _("Words to watch for"))
HOLIDAYS = Names("moderation:holidays", _("Bank holidays and days off"))
ILLEGAL_KINDS = Names("moderation:illegal-kinds", _("Kinds of illegal content"))
TARGETS = Names("moderation:targets", _("How long we have for each kind"))


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def contacts(request: MemberRequest) -> HttpResponse:
    """Whom reporters are told to turn to first."""
    staff_only(request)
    return _list(request, ContactForm(request.POST or None), CONTACTS, "contacts", contacts=Contact.by_nation())


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: MemberRequest, pk: int) -> HttpResponse:
    staff_only(request)
    found = get_object_or_404(Contact, pk=pk)
    return _line(request, found, ContactForm(request.POST or None, instance=found), CONTACTS)


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def words(request: MemberRequest) -> HttpResponse:
    """The words that staff watch for."""
    staff_only(request)
    return _list(request, WordForm(request.POST or None), WORDS, "words", words=WatchWord.listed())


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def word(request: MemberRequest, pk: int) -> HttpResponse:
    staff_only(request)
    found = get_object_or_404(WatchWord, pk=pk)
    return _line(request, found, WordForm(request.POST or None, instance=found), WORDS)


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def rota(request: MemberRequest) -> HttpResponse:
    """Who is on duty today and later."""
    staff_only(request)
    shifts = Shift.objects.visible_to(request.user).to_come()
    return _list(request, ShiftForm(request.POST or None), ROTA, "rota", shifts=shifts, on_duty=Shift.on_duty())


@members_only
@require_POST
def drop_shift(request: MemberRequest, pk: int) -> HttpResponse:
    """They are not on duty then."""
    staff_only(request)
    get_object_or_404(Shift.objects.visible_to(request.user), pk=pk).drop(request.user)
    return redirect("moderation:rota")


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def illegal_kinds(request: MemberRequest) -> HttpResponse:
    """What whoever reports something illegal can choose from."""
    staff_only(request)
    return _list(request, IllegalKindForm(request.POST or None), ILLEGAL_KINDS, "illegal", kinds=IllegalKind.listed())


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def illegal_kind(request: MemberRequest, pk: int) -> HttpResponse:
    staff_only(request)
    found = get_object_or_404(IllegalKind, pk=pk)
    return _line(request, found, IllegalKindForm(request.POST or None, instance=found), ILLEGAL_KINDS)


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def holidays(request: MemberRequest) -> HttpResponse:
    """The days that clocks leave out. With `year`, those of the year after the list's last are put on it."""
    staff_only(request)
    year = Holiday.next_year()
    if "year" in request.POST:
        if request.POST["year"] == str(year):  # pressed twice, it is another by now
            Holiday.add_year(request.user, year)
        return redirect("moderation:holidays")
    rows = {"holidays": Holiday.to_come(), "last": Holiday.last_day(), "ends_soon": Holiday.ends_soon(), "year": year}
    form = HolidayForm(request.POST or None, initial={"stops": Holiday.Stops.OURS})  # which loosens no clock of the law
    return _list(request, form, HOLIDAYS, "holidays", **rows)


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def holiday(request: MemberRequest, pk: int) -> HttpResponse:
    staff_only(request)
    found = get_object_or_404(Holiday, pk=pk)
    return _line(request, found, HolidayForm(request.POST or None, instance=found), HOLIDAYS)


@members_only
@require_http_methods(["GET", "HEAD"])
def targets(request: MemberRequest) -> HttpResponse:
    """How long staff have for each kind."""
    staff_only(request)
    return render(request, "moderation/targets.html", {"targets": Target.listed(), "ends_soon": Holiday.ends_soon()})


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def target(request: MemberRequest, what: str) -> HttpResponse:
    """One of them, to change or (with `remove`) to have again as the site does by itself."""
    staff_only(request)
    if what not in dict(WHAT):
        raise Http404
    found = Target.of(what)
    return _line(request, found, TargetForm(request.POST or None, instance=found), TARGETS)


def _list(request: MemberRequest, form: forms.ModelForm[Any], names: Names, page: str, **rows: Any) -> HttpResponse:
    """All lines, and a form for one more."""
    if form.is_valid():
        form.instance.keep(request.user)
        return redirect(names.url)
    return render(request, f"moderation/{page}.html", {"form": form, **rows}, status=422 if form.is_bound else 200)


def _line(request: MemberRequest, found: Listed, form: forms.ModelForm[Any], names: Names) -> HttpResponse:
    """One of them, to change or (with `remove`) to take off."""
    title = str(found)
    if request.method == "POST" and "remove" in request.POST:
        found.drop(request.user)
        return redirect(names.url)
    if form.is_valid():
        form.instance.keep(request.user)
        return redirect(names.url)
    context = {"line": found, "title": title, "form": form, "list": names}
    return render(request, "moderation/line.html", context, status=422 if form.is_bound else 200)
