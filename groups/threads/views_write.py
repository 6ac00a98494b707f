"""Writing: start, reply, edit, remove. A form that is not taken comes back with its text."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from community import limits
from community.compare import changes
from community.drafts.models import Draft
from community.http import MemberRequest, members_only
from groups import place
from groups.approval.models import Waiting
from groups.models import Group
from groups.text import ASK
from groups.threads import approved as approved
from groups.threads import policy
from groups.threads.find import find_group, find_post, find_thread
from groups.threads.forms import ThreadForm
from groups.threads.forms_edit import EditForm
from groups.threads.forms_reply import ReplyForm
from groups.threads.forms_templates import BeginningForm
from groups.threads.models import EditConflict, Post, Template, Thread
from groups.threads.views import show_thread

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@members_only
@get_or_post
def new(request: MemberRequest, slug: str) -> HttpResponse:
    """Start a discussion."""
    group = find_group(request, slug)
    policy.start(request.user, group).enforce()
    if request.method != "POST" or "template" in request.POST:
        return _begin(request, group)
    form = ThreadForm(request.POST, request.FILES, author=request.user, group=group)
    if form.is_preview:
        return _compose(request, group, form)
    limits.spend("post", request.user)
    post = form.start() if form.is_valid() else None
    if form.waiting:
        return _waits(request, form.waiting)
    return _posted(request, post, post.thread.get_absolute_url()) if post else _compose(request, group, form, 422)


def _asked(request: MemberRequest) -> dict[str, str]:
    """How a question to the leads (`?ask=leads`) begins."""
    return {"kind": Thread.Kind.QUESTION, "body": f"@{ASK} "} if request.GET.get("ask") == ASK else {}


@members_only
@require_POST
def reply(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Add a post. An enhanced form is answered with the post alone, or with itself and what is wrong."""
    thread = find_thread(request, slug, pk)
    policy.reply(request.user, thread).enforce()
    form = ReplyForm(request.POST, request.FILES, author=request.user, thread=thread)
    status = 200
    if not form.is_preview:
        limits.spend("post", request.user)
        is_told = form.ask_about_news(thread)
        post = form.reply() if form.is_valid() and not is_told else None
        if form.waiting:
            return _waits(request, form.waiting)
        if post and thread.pk != pk:  # it was merged, and its draft went along
            went = {"place": f"reply:threads.thread-{thread.pk}", "sequence": ""}
            Draft.sent(request.user, {**request.POST.dict(), **went})
        if post:
            return _posted(request, post, post.page_url)
        status = 422
    if _wants_fragment(request):
        context = {"thread": thread, "group": thread.group, "form": form}
        return render(request, "threads/_composer.html", context, status=status)
    return show_thread(request, thread, form, status)


@members_only
@get_or_post
def edit(request: MemberRequest, slug: str, pk: int, number: int) -> HttpResponse:
    """Change one's own post. If it changed meanwhile, both texts are shown and nothing is lost."""
    post = find_post(request, slug, pk, number)
    policy.change(request.user, post).enforce()
    form = EditForm(request.POST or None, author=request.user, post=post)
    form.go_on(f"edit:threads.post-{post.pk}")
    form.take_up(post, request.GET.get("text"))
    if form.is_preview or not form.is_valid():
        return _edit(request, post, form, 422 if form.is_bound and not form.is_preview else 200)
    limits.spend("post", request.user)
    try:
        with place.kept(request.user, post.thread.group) as member:
            policy.change(member, post).enforce()
            post.edit(member, form.cleaned_data["body"], form.cleaned_data["edition"])
            Draft.sent(member, request.POST)
    except EditConflict as conflict:
        form.data = {**request.POST.dict(), "edition": conflict.current.edition}
        form.parts = changes(conflict.current.body, form.cleaned_data["body"])
        return _edit(request, conflict.current, form, 409)
    return _posted(request, post, post.get_absolute_url())


@members_only
@get_or_post
def remove(request: MemberRequest, slug: str, pk: int, number: int) -> HttpResponse:
    """Take back one's own post, or put it back."""
    post = find_post(request, slug, pk, number)
    policy.edit(request.user, post).enforce()
    if request.method != "POST":
        return render(request, "threads/remove.html", {"group": post.thread.group, "tab": "threads", "post": post})
    with place.allowed(request.user, post.thread.group, lambda now: policy.edit(now, post)) as member:
        (post.put_back if "back" in request.POST else post.remove)(member)
    return redirect(post)


def _posted(request: MemberRequest, post: Post, page: str) -> HttpResponse:
    if not _wants_fragment(request):
        return redirect(page)
    post = Post.objects.visible_to(request.user).to_show().get(pk=post.pk)
    answer = render(request, "threads/_post.html", {"post": post}, status=201)
    answer["Location"] = page if post.number == 1 else post.get_absolute_url()
    return answer


def _waits(request: MemberRequest, waiting: Waiting) -> HttpResponse:
    """It was taken and is approved first: an open page shows it as such where it was sent."""
    if not _wants_fragment(request):
        return redirect(waiting)
    answer = render(request, "approval/_mine.html", {"waiting": waiting}, status=201)
    answer["Location"] = waiting.get_absolute_url()
    return answer


def _wants_fragment(request: MemberRequest) -> bool:
    return "fragment" in request.headers.get("Accept", "")


def _begin(request: MemberRequest, group: Group) -> HttpResponse:
    """The form before it is sent: with the draft, or what is typed so far, and a template where there is nothing."""
    form = BeginningForm(author=request.user, group=group, initial=_asked(request))
    if request.method == "POST":
        form.go_on_typing(request.POST)
    else:
        form.go_on(f"new:groups.group-{group.pk}")
    key = (request.POST or request.GET).get("template")
    if key is not None:
        form.start_from(key)
    return _compose(request, group, form, 422 if form.said and request.method == "POST" else 200)


def _compose(request: MemberRequest, group: Group, form: ThreadForm, status: int = 200) -> HttpResponse:
    templates = Template.objects.visible_to(request.user).offered_in(group)
    context = {"group": group, "tab": "threads", "form": form, "templates": templates}
    context["typed"] = request.method == "POST"
    return render(request, "threads/new.html", context, status=status)


def _edit(request: MemberRequest, post: Post, form: EditForm, status: int) -> HttpResponse:
    context = {"group": post.thread.group, "tab": "threads", "post": post, "form": form, "is_conflict": status == 409}
    return render(request, "threads/edit.html", context, status=status)
