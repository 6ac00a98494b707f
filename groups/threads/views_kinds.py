"""What people do in questions, announcements and consultations."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community import limits, live
from community.compare import changes
from community.drafts.models import Draft
from community.http import MemberRequest, members_only
from community.responses.models import Say
from community.responses.own import own_responses
from community.things import name_of
from groups import place
from groups.threads import policy, policy_kinds
from groups.threads.find import find_post, find_thread
from groups.threads.forms_kinds import SectionForm
from groups.threads.forms_reply import ReplyForm
from groups.threads.models import Post, Section, Thread
from groups.threads.models.consultation import SectionConflict
from groups.threads.reading import POSTS, whole_number
from groups.views import form_page, sent

PEOPLE = 100  # on a page of who has acknowledged


@members_only
@form_page
def accept(request: MemberRequest, slug: str, pk: int, number: int) -> HttpResponse:
    """Choose a post as the answer, or take that back."""
    post = find_post(request, slug, pk, number)
    is_answer = post.accepted_at is not None
    verdict = policy_kinds.choose_answer(request.user, post.thread)
    (verdict if is_answer else policy_kinds.accept(request.user, post)).enforce()
    if request.method != "POST":
        return render(request, "threads/accept.html", {"group": post.thread.group, "tab": "threads", "post": post})
    back = "back" in request.POST
    ask = partial(policy_kinds.choose_answer, thread=post.thread) if back else partial(policy_kinds.accept, post=post)
    with place.allowed(request.user, post.thread.group, ask) as by:
        if back:
            post.thread.unaccept(by)
        else:
            post.thread.accept(by, post)
    return redirect(post.page_url)


@members_only
@require_POST
def acknowledge(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Say that one has read it."""
    thread = find_thread(request, slug, pk)
    policy_kinds.acknowledge(request.user, thread).enforce()
    thread.acknowledge(request.user)
    return redirect(thread)


@members_only
@form_page
def acknowledgements(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Who has acknowledged and who has not, by organisation; sending the form reminds those who have not."""
    thread = find_thread(request, slug, pk)
    policy_kinds.see_acknowledgements(request.user, thread).enforce()
    if request.method == "POST":
        limits.spend("remind", thread.subject)
        thread.ask_later()
        messages.success(request, _("Everybody who has not acknowledged yet is asked again."))
        return redirect("threads:acknowledgements", thread.group.slug, thread.pk)
    people = thread.who_was_asked()
    has_read = request.GET.get("show") == "read"
    found = people.filter(has_read=has_read)
    context: dict[str, Any] = {
        "group": thread.group,
        "tab": "threads",
        "thread": thread,
        "page": Paginator(found, PEOPLE).get_page(request.GET.get("page")),
        "show_read": has_read,
        "asked": people.count(),
        "read": people.filter(has_read=True).count(),
    }
    return render(request, "threads/acknowledgements.html", context)


@members_only
@require_safe
def section(request: MemberRequest, slug: str, pk: int, number: int) -> HttpResponse:
    """One section of a consultation, the comments on it, and the form to add one."""
    found = _find_section(request, slug, pk, number)
    thread, member = found.thread, request.user
    since = {stream: live.head(stream) for stream in (live.stream_of(thread), live.stream_of(found))}
    start = whole_number(request.GET.get("from"))
    comments = Post.objects.visible_to(member).to_show().filter(section=found, number__gte=start).order_by("number")
    posts = list(comments[: POSTS + 1])
    form = ReplyForm(author=member, thread=thread, initial={"section": number})
    form.begin_with(Draft.of(member, f"reply:threads.thread-{thread.pk}"))
    form.seen = thread.last_number
    shown = [name_of(thing) for thing in (thread, *posts)]
    context = {
        "group": thread.group,
        "tab": "threads",
        "thread": thread,
        "section": found,
        "posts": posts[:POSTS],
        "later": posts[POSTS].number if len(posts) > POSTS else 0,
        "start": start,
        "since": since.values(),
        "form": form,
        "may_reply": policy.reply(member, thread),
        "may_change": policy_kinds.add_section(member, thread),
        "own": own_responses(member, shown, [] if policy.reply(member, thread) else Say.values),
    }
    return render(request, "threads/section.html", context)


@members_only
@form_page
def add_section(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """One more section, at the end."""
    thread = find_thread(request, slug, pk)
    policy_kinds.add_section(request.user, thread).enforce()
    form = SectionForm(sent(request), author=request.user, thread=thread)
    if not form.is_valid():
        return _section_form(request, thread, form)
    limits.spend("post", request.user)
    with place.allowed(request.user, thread.group, lambda by: policy_kinds.add_section(by, thread)):
        section = thread.add_section(form.cleaned_data["title"], form.cleaned_data["body"])
    return redirect(section)


@members_only
@form_page
def edit_section(request: MemberRequest, slug: str, pk: int, number: int) -> HttpResponse:
    """Change a section that nobody has commented on yet."""
    found = _find_section(request, slug, pk, number)
    policy_kinds.change_section(request.user, found).enforce()
    form = SectionForm.of(found, sent(request), author=request.user)
    if not form.is_valid():
        return _section_form(request, found.thread, form)
    limits.spend("post", request.user)
    edition = form.cleaned_data["edition"] or found.edition
    try:
        with place.allowed(request.user, found.thread.group, lambda by: policy_kinds.change_section(by, found)):
            found.edit(form.cleaned_data["title"], form.cleaned_data["body"], edition)
    except SectionConflict as conflict:
        form.data = {**request.POST.dict(), "edition": conflict.current.edition}
        return _section_form(request, found.thread, form, conflict.current)
    return redirect(found)


def _find_section(request: MemberRequest, slug: str, pk: int, number: int) -> Section:
    thread = find_thread(request, slug, pk)
    if thread.is_hidden:
        raise Http404
    sections = Section.objects.visible_to(request.user).to_show().with_comments()
    return get_object_or_404(sections, thread=thread, number=number)


def _section_form(
    request: MemberRequest, thread: Thread, form: SectionForm, now: Section | None = None
) -> HttpResponse:
    """The form; with what the section says `now`, if somebody changed it meanwhile."""
    context: dict[str, Any] = {"group": thread.group, "tab": "threads", "thread": thread, "form": form}
    if now:
        typed = f"{form.cleaned_data['title']}\n\n{form.cleaned_data['body']}"
        context |= {"now": now.words, "parts": changes(now.words, typed)}
    return render(request, "threads/edit_section.html", context, status=409 if now else 422 if form.is_bound else 200)
