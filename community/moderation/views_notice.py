"""Reports without an account: the public form, its secret page, and the answers of staff."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community import limits
from community.files.serve import serve
from community.http import MemberRequest, members_only, public
from community.moderation import policy
from community.moderation.forms import NoticeForm
from community.moderation.forms_answer import AnswerForm, KeepFromForm
from community.moderation.forms_appeal import AppealForm
from community.moderation.forms_sealed import SealedForm, SealedNoticeForm
from community.moderation.models import Appeal, Exhibit, Notice
from community.moderation.named import words_for
from community.moderation.views_desk import staff_only
from community.moderation.views_sealed import is_sealed, tell_keepers

MOST_ANSWERED = 50


@public
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest) -> HttpResponse:
    """Tell staff about something here, without an account."""
    if is_sealed(request):
        return tell_keepers(request, SealedNoticeForm)
    form = NoticeForm(request.POST or None, request.FILES or None, initial={"kind": request.GET.get("kind")})
    if form.is_valid() and _may_bring(request, form):
        limits.spend("notice", get_adapter().get_client_ip(request))
        said = {name: form.cleaned_data[name] for name in form.Meta.fields}
        if taken := form.take(None, lambda kept: Notice.take(shown=kept, **said)):
            return redirect(taken.more_url)
    return render(request, "moderation/send_notice.html", {"form": form}, status=422 if form.is_bound else 200)


def _may_bring(request: HttpRequest, form: NoticeForm) -> bool:
    """Whether from there so many files are taken in a day; if not, the form says that it goes without them."""
    try:
        for _each in form.cleaned_data["files"]:
            limits.spend("notice-file", get_adapter().get_client_ip(request))
    except limits.TooMany:
        form.add_error("files", _("Many files came from where you are today. Send it without; we ask you for them."))
        return False
    return True


@public
@require_http_methods(["GET", "HEAD", "POST"])
def status(request: HttpRequest, signed: str) -> HttpResponse:
    """What became of it, for whoever has its secret link; and where they appeal against what was decided."""
    found = Notice.behind(signed)
    if found is None:
        raise Http404
    may = policy.appeal_notice(found)
    form = AppealForm(request.POST or None)
    if request.method == "POST":
        may.enforce()
        if found.decision and form.is_valid():
            limits.spend("notice", get_adapter().get_client_ip(request))
            Appeal.lodge(found.decision, None, form.cleaned_data["words"], found)
            return redirect(found.status_url)
    context = {"notice": found, "decision": found.decision, "appeal": found.appeal, "may_appeal": may, "form": form}
    return render(request, "moderation/notice_status.html", context, status=422 if form.errors else 200)


@members_only
@require_safe
def notices(request: MemberRequest) -> HttpResponse:
    """Reports from outside that wait for an answer, and the latest that were answered."""
    staff_only(request)
    found = Notice.objects.visible_to(request.user)
    answered = found.answered().select_related("answered_by")[:MOST_ANSWERED]
    context = {"waiting": found.open(), "answered": answered, "is_nobodys": Notice.waits_unread()}
    return render(request, "moderation/notices.html", context)


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: MemberRequest, pk: int) -> HttpResponse:
    """One of them, and the answer to it."""
    staff_only(request)
    found = get_object_or_404(Notice.objects.visible_to(request.user).select_related("answered_by"), pk=pk)
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        found.answer_with(request.user, form.cleaned_data["answer"])
        return redirect(found)
    return _show(request, found, form, KeepFromForm())


@members_only
@require_safe
def notice_file(request: MemberRequest, pk: int, file: int) -> HttpResponseBase:
    """A file that came with one, for whoever of staff may read that. Each look is kept."""
    staff_only(request)
    found = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    held = get_object_or_404(Exhibit.objects.visible_to(request.user).exclude(stored=None), notice=found, pk=file)
    return serve(request, held.open(request.user, found.subject), inline=True, name=held.name)


@members_only
@require_POST
def open_case(request: MemberRequest, pk: int) -> HttpResponse:
    """What its address leads to (`about`: "post-12") is a case, and this one of the reports about it."""
    staff_only(request)
    found = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    thing = next((each for each in found.addressed if each.subject == request.POST.get("about")), None)
    if thing is None:
        raise Http404
    policy.work(request.user, thing).enforce()
    found.open_case(request.user, thing)
    return redirect("moderation:case", thing.subject)


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def hand(request: MemberRequest, pk: int) -> HttpResponse:
    """Hand one that is about no thing here to the keepers: it is sealed from then on."""
    staff_only(request)
    found = get_object_or_404(Notice.objects.visible_to(request.user).filter(case=None), pk=pk)
    if request.method != "POST" or not is_sealed(request):
        return redirect(found)
    return tell_keepers(request, SealedForm, take=found.hand, back=found.get_absolute_url())


@members_only
@require_POST
def keep_notice_from(request: MemberRequest, pk: int) -> HttpResponse:
    """It is about a colleague, or about oneself: they do not read it from now on."""
    staff_only(request)
    found = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    form = KeepFromForm(request.POST)
    if not form.is_valid():
        return _show(request, found, AnswerForm(), form)
    found.keep_from(form.cleaned_data["colleague"], request.user)
    return redirect("moderation:notices")


def _show(request: MemberRequest, found: Notice, form: AnswerForm, keep_form: KeepFromForm) -> HttpResponse:
    """Its page. What its address leads to is called by its name where the staff see it there."""
    addressed = words_for(request.user, found.addressed) if found.case is None and not found.answered_at else {}
    context = {"notice": found, "form": form, "keep_form": keep_form, "addressed": addressed}
    status = 422 if form.is_bound or keep_form.is_bound else 200
    return render(request, "moderation/notice.html", context, status=status)
