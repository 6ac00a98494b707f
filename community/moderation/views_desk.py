"""The desk: what waits, one case, a person, the register and the ledger. For others than staff it does not exist."""

from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community import ledger, live
from community.files.serve import serve
from community.http import MemberRequest, members_only
from community.members.models import Member
from community.moderation import beside, cases, copies, policy
from community.moderation import register as register_of
from community.moderation.forms import NoteForm, StepForm
from community.moderation.models import (
    DESK,
    Appeal,
    Case,
    DataRequest,
    Exhibit,
    Holiday,
    Keeper,
    LegalHold,
    Note,
    Notice,
    SealedCase,
)
from community.moderation.named import called, elsewhere

PAGE = 50


@require_safe
@members_only
def desk(request: MemberRequest) -> HttpResponse:
    """What waits for a decision, that first whose time runs out first; with ?show, one's own, or what was decided."""
    staff_only(request)
    asked = request.GET.get("show", "")
    if asked == "appeals":
        return _appeals(request)
    show = asked if asked in {"mine", "closed"} else "open"
    after = number_in(request, "after")
    past = get_object_or_404(Case.objects.visible_to(request.user), pk=after) if after else None
    rows = cases.page(request.user, show, past, PAGE)
    keepers, is_keeper = Keeper.in_office(), bool(policy.sealed(request.user))
    context = {
        "rows": rows,
        "show": show,
        "copies_stand": Case.objects.visible_to(request.user).closed().filter(copies_stand=True)[:PAGE],
        "at": number_in(request, "at"),
        "older": f"?show={show}&after={rows[-1].case.pk}" if len(rows) == PAGE else "",
        "to_approve": beside.to_approve(request.user),
        "from_outside": Notice.objects.visible_to(request.user).open().count(),
        "about_data": DataRequest.objects.visible_to(request.user).open().count(),
        "holds": LegalHold.objects.visible_to(request.user).to_review().count(),
        "stream": DESK,
        "since": live.head(DESK),
        "appeals": Appeal.objects.visible_to(request.user).to_hear(request.user).count(),
        "sealed": SealedCase.waiting_for(request.user),
        "sealed_unread": not is_keeper and SealedCase.waits_unread(keepers),
        "holidays_end": Holiday.ends_soon(),
        "is_nobodys": Case.waits_unread(),
        "keepers": keepers,
        "may_read_sealed": is_keeper,
    }
    return render(request, "moderation/desk.html", context)


def _appeals(request: MemberRequest) -> HttpResponse:
    waiting = list(Appeal.objects.visible_to(request.user).of_others(request.user).open().by_time().whole()[:PAGE])
    theirs = Appeal.objects.visible_to(request.user).to_hear(request.user).count()
    names = [name for _decision, name in called(request.user, [each.decision for each in waiting])]
    context = {"waiting": list(zip(waiting, names, strict=True)), "show": "appeals", "appeals": theirs}
    context |= {"stream": DESK, "since": live.head(DESK)}
    return render(request, "moderation/desk.html", context)


@require_safe
@members_only
def case(request: MemberRequest, subject: str) -> HttpResponse:
    """One thing in its context, what the reporters said, who works on it, and the steps that can be taken.

    Not to whoever wrote it: what reporters and colleagues say of it is not for them.
    """
    opened = find_opened(request, subject, cases.look)
    return show_case(request, opened, StepForm(thing=opened.thing, by=request.user))


def show_case(request: MemberRequest, opened: cases.Opened, form: StepForm, status: int = 200) -> HttpResponse:
    """The page of a case, with the step as far as it was chosen."""
    before, after = cases.beside(request.user, opened.case) if opened.case else (None, None)
    notices = Notice.objects.visible_to(request.user)
    context = {
        "opened": opened,
        "before": before,
        "after": after,
        "form": form,
        "notices": notices.filter(case=opened.case).with_exhibits() if opened.case else [],
        "copies": copies.of(opened.thing),
        "may_judge": policy.judge(request.user, opened.thing),
        "elsewhere": elsewhere(request.user, opened.thing),
        "note_form": NoteForm(),
        "stream": DESK,
        "since": live.head(DESK),
    }
    return render(request, "moderation/case.html", context, status=status)


@require_safe
@members_only
def file(request: MemberRequest, subject: str, pk: int) -> HttpResponseBase:
    """A file of what was reported, also while it is hidden: a picture is not judged by its name. Each look is kept."""
    opened = find_opened(request, subject)
    files = getattr(opened.thing, "files", None)
    held = files.filter(pk=pk).first() if files is not None else None
    if held is None:
        raise Http404
    ledger.record(request.user, "look", subject, "a file", file=held.stored.sha256)
    return serve(request, held.stored, inline=True)


@require_safe
@members_only
def exhibit(request: MemberRequest, subject: str, pk: int) -> HttpResponseBase:
    """A file that came with a report, or the very version that was reported, for whoever may work on the case. Each
    look is kept."""
    find_opened(request, subject)
    held = get_object_or_404(Exhibit.objects.visible_to(request.user).about(subject).exclude(stored=None), pk=pk)
    return serve(request, held.open(request.user, subject), inline=True, name=held.name)


@require_POST
@members_only
def claim(request: MemberRequest, subject: str) -> HttpResponse:
    """Work on the case of a thing, perhaps instead of a colleague; or, with `release`, no longer. With `stay` one is
    back on that part of the desk."""
    opened = find_opened(request, subject)
    if opened.case is None:
        raise Http404
    if "release" in request.POST:
        opened.case.release(request.user)
    else:
        policy.judge(request.user, opened.thing).enforce()
        opened.case.claim(request.user, number_in(request, "instead_of"))
    if stay := request.POST.get("stay"):
        return redirect(f"{reverse('moderation:desk')}?{urlencode({'show': stay, 'at': opened.case.pk})}")
    return redirect("moderation:case", subject)


@require_POST
@members_only
def note(request: MemberRequest, subject: str) -> HttpResponse:
    """Tell colleagues something about the case."""
    find_opened(request, subject)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return render(request, "moderation/note.html", {"form": form}, status=422)
    Note.add(subject, request.user, form.cleaned_data["words"])
    return redirect("moderation:case", subject)


@require_http_methods(["GET", "POST"])
@members_only
def person(request: MemberRequest, handle: str) -> HttpResponse:
    """What was decided about what a person made, and what staff noted about them: to colleagues of theirs."""
    staff_only(request)
    found = get_object_or_404(Member.objects.visible_to(request.user), handle=handle)
    form = NoteForm(request.POST or None)
    if request.method == "POST":
        policy.note_about(request.user, found).enforce()
        if form.is_valid():
            Note.add(found.subject, request.user, form.cleaned_data["words"])
            return redirect("moderation:person", handle)
    may_note = policy.note_about(request.user, found)
    context = {
        "person": found,
        "decided": cases.decided_about(found, request.user),
        "notes": Note.about(found.subject) if may_note else [],
        "form": form,
        "may_note": may_note,
        "may_hold": policy.hold_person(request.user, found),
    }
    return render(request, "moderation/person.html", context, status=422 if form.is_bound else 200)


@require_safe
@members_only
def register(request: MemberRequest) -> HttpResponse:
    """How many cases and appeals there were of each kind, and how many were decided in time."""
    staff_only(request)
    context = {
        "lines": register_of.cases_closed(),
        "notices": Notice.counted(),
        "appeals": register_of.appeals_heard(),
        "data": DataRequest.counted(),
    }
    return render(request, "moderation/register.html", context)


def find_opened(request: MemberRequest, subject: str, reach: cases.Reach = cases.find) -> cases.Opened:
    """All about a thing, for whoever may work on it."""
    staff_only(request)
    opened = reach(request.user, subject)
    if opened is None:
        raise Http404
    policy.work(request.user, opened.thing).enforce()
    return opened


def number_in(request: MemberRequest, name: str) -> int | None:
    """A key that the address or form names; a malformed one is no key."""
    said = request.POST.get(name, "") if request.method == "POST" else request.GET.get(name, "")
    if said and not (said.isascii() and said.isdigit() and len(said) < 19):
        raise BadRequest
    return int(said) if said else None


def staff_only(request: MemberRequest) -> None:
    """For others there is no such page."""
    if not policy.desk(request.user):
        raise Http404
