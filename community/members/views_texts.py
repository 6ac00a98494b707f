"""The site's own texts: for everybody to read, for staff to write, for members to accept."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from community.http import MemberRequest, before_accepting, members_only, public
from community.members import policy
from community.members.forms_texts import PublishForm, TextForm
from community.members.models import Acceptance, SiteText, Unread

PAGE = 50


@public
@require_safe
def text(request: HttpRequest, kind: str) -> HttpResponse:
    """The text in force."""
    return render(request, "members/text.html", {"text": SiteText.in_force(_known(kind)), "is_in_force": True})


@public
@require_safe
def versions(request: HttpRequest, kind: str) -> HttpResponse:
    """Every version that was published, and what changed with each."""
    found = SiteText.versions_of(_known(kind))
    return render(request, "members/text_versions.html", {"texts": found, "newest": found[0]})


@public
@require_safe
def version(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """One of them as it was; with ?since=2, what changed from that version on."""
    found = SiteText.versions_of(_known(kind))
    shown = next((each for each in found if each.number == number), None)
    if shown is None:
        raise Http404
    context = {"text": shown, "is_in_force": shown == found[0]}
    since = request.GET.get("since")
    before = next((each for each in found if str(each.number) == since and (each.number or 0) < number), None)
    if before:
        context |= {"parts": shown.since(before), "before": before}
    return render(request, "members/text.html", context)


@members_only
@before_accepting
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: MemberRequest) -> HttpResponse:
    """What is to be accepted, on one page; then on to where the member was going."""
    onward = request.POST.get("next") or request.GET.get("next", "")
    is_path = onward.startswith("/") and url_has_allowed_host_and_scheme(onward, allowed_hosts=None)
    onward = onward if is_path else "/"
    status = 200
    if request.method == "POST":
        try:
            Acceptance.keep(request.user, request.POST.getlist("text"))
            return HttpResponseRedirect(onward)
        except Unread:
            status = 409
    waiting = SiteText.waiting_for(request.user)
    if not waiting:
        return HttpResponseRedirect(onward)
    day = request.user.must_accept_from
    until = day if day and day > timezone.now() else None
    context = {"waiting": waiting, "onward": onward, "is_stale": status == 409, "until": until}
    return render(request, "members/accept.html", context, status=status)


@members_only
@require_safe
def texts(request: MemberRequest) -> HttpResponse:
    """All of them, for staff: which version, since when, and how many have not accepted it."""
    policy.run_site(request.user).enforce()
    drafts = set(SiteText.objects.visible_to(request.user).filter(number=None).values_list("kind", flat=True))
    asked = {each.kind: each for each in SiteText.objects.visible_to(request.user).asked().order_by("number")}
    rows = [
        {"text": each, "has_draft": each.kind in drafts, "missing": _missing(asked.get(each.kind))}
        for each in SiteText.all_in_force()
    ]
    return render(request, "members/texts.html", {"rows": rows})


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def write_text(request: MemberRequest, kind: str) -> HttpResponse:
    """The draft of one of them, to write."""
    policy.run_site(request.user).enforce()
    draft = SiteText.draft_of(_known(kind))
    form = TextForm(request.POST or None, instance=draft)
    if form.is_valid():
        if SiteText.write(kind, form.cleaned_data["body"], request.user, form.cleaned_data["was"]):
            return redirect("members:publish-text", kind)
        form.meet(SiteText.draft_of(kind).body)
    context = {"draft": draft, "newest": SiteText.in_force(kind), "form": form}
    return render(request, "members/write_text.html", context, status=422 if form.errors else 200)


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def publish_text(request: MemberRequest, kind: str) -> HttpResponse:
    """The draft as others will read it, and what it changes. A POST makes what was read there the text from now on."""
    policy.run_site(request.user).enforce()
    draft = SiteText.draft_of(_known(kind))
    form = PublishForm(request.POST or None, initial={"read": draft.body})
    if form.is_valid():
        read = SiteText(kind=kind, body=form.cleaned_data.pop("read"))
        if read.publish(request.user, **form.cleaned_data):
            messages.success(request, _("It is published."))
            return redirect(f"members:{kind}")
        draft = SiteText.draft_of(kind)
        form.meet(draft.body)
        return _show_draft(request, draft, form, read)
    return _show_draft(request, draft, form) if draft.pk else redirect("members:write-text", kind)


@members_only
@require_safe
def not_accepted(request: MemberRequest, kind: str) -> HttpResponse:
    """Who has not accepted the last version that everybody is asked to accept, a page after the one numbered ?after."""
    policy.run_site(request.user).enforce()
    asked = get_object_or_404(SiteText.objects.visible_to(request.user).asked().filter(kind=_known(kind))[:1])
    missing, after = asked.not_accepted_by, request.GET.get("after", "0")
    if not (after.isascii() and after.isdigit() and len(after) < 19):
        raise BadRequest
    people = list(missing.filter(pk__gt=int(after))[: PAGE + 1])
    older = f"?after={people[PAGE - 1].pk}" if len(people) > PAGE else ""
    context = {"text": asked, "people": people[:PAGE], "count": missing.count(), "older": older}
    return render(request, "members/not_accepted.html", context)


def _show_draft(
    request: MemberRequest, draft: SiteText, form: PublishForm, read: SiteText | None = None
) -> HttpResponse:
    """What it changes: in the text in force, or since it was `read`."""
    newest = SiteText.in_force(draft.kind)
    parts = draft.since(read or newest)
    context = {"draft": draft, "newest": newest, "read": read, "parts": parts, "form": form}
    status = 409 if read else 422 if form.errors else 200
    return render(request, "members/publish_text.html", context, status=status)


def _missing(asked: SiteText | None) -> int | None:
    return asked.not_accepted_by.count() if asked else None


def _known(kind: str) -> str:
    if kind not in SiteText.Kind.values:
        raise Http404
    return kind
