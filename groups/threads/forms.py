"""What people send: a post, a new thread."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Hashable, Iterable
from functools import partial
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from community import limits
from community.drafts.models import Draft
from community.files import BadFile
from community.files.models import StoredFile
from community.members.models import Affiliation, Member
from community.policy import Verdict
from groups import place
from groups import policy as group_policy
from groups.approval.again import is_same, key_now
from groups.approval.doubts import Sent, doubt
from groups.approval.models import Waiting
from groups.approval.policy import why_wait
from groups.approval.why import Why
from groups.links.quoted import readable
from groups.models import Group, Membership
from groups.pace import awake
from groups.tags.forms import Tags
from groups.tags.models import Tag
from groups.threads import policy
from groups.threads.attached import Attached, take, unsure_of, with_files
from groups.threads.fields import MOST_FILES, Numbers, Uploads
from groups.threads.forms_kinds import KindFields
from groups.threads.meanwhile import Meanwhile, meanwhile
from groups.threads.models import Post, PostFile, Thread
from groups.threads.similar import similar_threads
from groups.writing import Body, TextForm, Written


class PostForm(TextForm):
    """A post, for one of the author's organisations. `key` makes a second click harmless."""

    seen: object = ""  # the number of the last post on the writer's page, nothing where no telling is asked for
    meanwhile: Meanwhile | None = None
    is_typed = False  # whether a form that was not sent yet holds what somebody typed
    waiting: Waiting | None = None  # where it is, if it waits for that

    body = Body(label=_("Your reply"), error_messages={"required": _("Write something first.")})
    posted_as = forms.ChoiceField(
        label=_("Posting as"),
        required=False,
        error_messages={"invalid_choice": _("You can post only for an organisation that you belong to now.")},
    )
    files = Uploads(label=_("Pictures and files"), required=False)
    kept = Numbers(label=_("Pictures and files"), required=False)
    declared = forms.BooleanField(
        label=_("No child can be recognised in the picture, or we hold the written consent"), required=False
    )
    alt = Written(
        label=_("Describe the picture"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"class": "input"}),
    )
    masked = forms.BooleanField(
        label=_("Post without my name to the group"),
        required=False,
        help_text=_("Also your organisation is not shown. Look into files for your name before you add them."),
    )
    key = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.draft = Draft.begun(self.author, self.data)
        self.mine = affiliations_for(self.author, self.group)
        field = cast(forms.ChoiceField, self.fields["posted_as"])
        field.choices = [(str(each.pk), str(each.organisation)) for each in self.mine]
        if not self.group.allows_masked and not self.data.get("masked"):
            del self.fields["masked"]
        self.initial.setdefault("key", secrets.token_hex(16))
        self.attached = Attached(self.author, self.data)

    @property
    def pristine(self) -> Hashable:
        """All that an empty form to reply depends on; None if something stands in it."""
        if self.is_bound or self.initial.keys() - {"key"} or self.draft.is_kept or "section" in self.fields:
            return None
        return drawn_by(self.group, self.mine)

    @property
    def sent_as(self) -> str:
        """What makes a second click harmless."""
        return str(self.data.get("key") or self.initial["key"])

    def clean_masked(self) -> bool:
        if self.cleaned_data["masked"] and not self.group.allows_masked:
            raise forms.ValidationError(_("This group takes no posts without a name any more. Nothing was sent."))
        return bool(self.cleaned_data["masked"])

    def clean_posted_as(self) -> Affiliation:
        chosen = self.cleaned_data["posted_as"]
        return next((each for each in self.mine if str(each.pk) == chosen), self.mine[0])

    def clean_kept(self) -> list[int]:
        """Pictures are described, or said to be decoration. A form that was sent before has nothing left to check."""
        asked = self.cleaned_data["kept"]
        if not self.is_preview and not Post.objects.sent(self.author, self.data.get("key", "")):
            self.attached.check(asked)
        return cast(list[int], asked)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if len(cleaned.get("kept", [])) + len(cleaned.get("files", [])) > MOST_FILES:
            self.add_error("files", _("A post can have %(most)s files.") % {"most": MOST_FILES})
        return cleaned

    def send(self, thread: Thread, deed: Callable[..., Post]) -> Post | None:
        """Do it (`thread.start`, `thread.reply`). None if it was not taken: the form then says why."""
        thread.is_nameless = self.cleaned_data.get("masked", False)
        key, body = key_now(self.author, self.cleaned_data["key"], self.data), self.cleaned_data["body"]
        self.waiting = Waiting.objects.sent(self.author, key)
        if self.waiting:
            self._wait_as(self.waiting)
            return None
        sent = Post.objects.sent(self.author, key)
        try:
            files = [] if sent else [*self.attached.files(), *self._keep()]
        except BadFile as bad:
            self.add_error("files", str(bad))
            return None
        doubted = None if sent or self.is_approved else self.doubted()
        with place.kept(self.author, self.group) as author:
            group_policy.contribute(author, self.group).enforce()
            if not (sent or self.is_approved):
                self.pace(author).enforce()
            StoredFile.objects.filter(pk__in=[file.stored_id for file in files]).declared()
            why = None if sent or self.is_approved else why_wait(author, self.group, self.words) or doubted
            if why:
                data = with_files(self.data, files)
                data["key"] = key
                self._wait_as(Waiting.take(self.group, author, self.where, data, why))
                return None
            body = Draft.whole(author, self.data, body)
            post = sent or deed(self.cleaned_data["posted_as"], body, key, files)
            if post.body in {body, self.cleaned_data["body"], readable(body, post.reply_to_id)}:
                Draft.sent(author, self.data)
                return post
        self._ask_again()
        return None

    def doubted(self) -> Why | None:
        """Why somebody looks at it first, if anything speaks for that."""
        sent = Sent(self.words, is_nameless=self.cleaned_data.get("masked", False))
        return doubt(self.author, self.group, self.where, sent)

    def pace(self, author: Member) -> Verdict:
        """Whether this is the time for it."""
        return awake(author, self.group)

    @property
    def where(self) -> str:
        """The place it is for, as drafts call it."""
        raise NotImplementedError

    def go_on(self, where: str) -> None:
        """Begin with the draft that the author has for that place."""
        self.begin_with(Draft.of(self.author, where))

    def begin_with(self, draft: Draft) -> None:
        """Its text stands in the form; a quotation comes below it."""
        opening = self.initial.get("body") or ""
        self.draft = draft
        self.initial = self.draft.onto(self.initial)
        if opening.strip() not in self.initial.get("body", ""):
            self.initial["body"] = f"{self.initial['body'].rstrip()}\n\n{opening}".lstrip()

    def _wait_as(self, waiting: Waiting) -> None:
        """That is where it is, unless the form came with another text then."""
        if is_same(waiting, self.data):
            self.waiting = waiting
            Draft.sent(self.author, self.data)
        else:
            self.waiting = None
            self._ask_again()

    def _ask_again(self) -> None:
        """The same form came with another text: that is no repeat, so it is asked about."""
        self.add_error(None, _("You sent this form before, with another text. Send it again to add this one as well."))
        self.data = self.data.copy()
        self.data["key"] = secrets.token_hex(16)

    def _keep(self) -> list[PostFile]:
        described = self.cleaned_data["alt"]
        kept = []
        for upload in self.cleaned_data["files"]:
            limits.spend("upload", self.author)
            stored = take(upload, self.author, self.group).stored
            if stored.is_image and not self.cleaned_data["declared"]:
                raise BadFile(unsure_of([stored.name]))
            kept.append(PostFile(stored=stored, alt=described if stored.is_image else ""))
            described = "" if stored.is_image else described
        return kept

    def ask_about_news(self, thread: Thread) -> bool:
        """Whether others replied while this was written; then the form says so, once."""
        self.seen = str(self.data.get("seen", ""))
        self.meanwhile = meanwhile(thread, self.author, self.seen) if self.is_valid() else None
        self.seen = "" if self.meanwhile else self.seen
        return self.meanwhile is not None


class ThreadForm(KindFields, PostForm):
    """A new thread with its first post."""

    is_typed = False  # whether it comes back with what somebody was typing

    title = Written(label=_("Title"), max_length=160, help_text=_("What it is about, in one line"))
    kind = forms.ChoiceField(label=_("Kind"), choices=Thread.Kind, initial=Thread.Kind.DISCUSSION)
    tags = Tags(label=_("Tags"), help_text=_("At most five. Mark a nation only if it concerns that nation alone."))
    field_order = ["title", "kind", "body"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].label = _("Your post")
        cast(Tags, self.fields["tags"]).offer(Tag.objects.offered_in(self.group))
        if not policy.announce(self.author, self.group):
            kinds = [choice for choice in Thread.Kind.choices if choice[0] != Thread.Kind.ANNOUNCEMENT]
            cast(forms.ChoiceField, self.fields["kind"]).choices = kinds

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.check_kind(cleaned)
        return cleaned

    @property
    def similar(self) -> list[Thread]:
        """Discussions with a title like this one, for a look before it is sent."""
        return similar_threads(self.author, self.data.get("title", "")) if "preview" in self.data else []

    def clean_title(self) -> str:
        return " ".join(self.cleaned_data["title"].split())

    @property
    def words(self) -> str:
        return "\n".join([super().words, *self.cleaned_data.get("sections", [])])

    @property
    def where(self) -> str:
        return f"new:groups.group-{self.group.pk}"

    def start(self) -> Post | None:
        """Start the thread. None if it was not taken."""
        thread = Thread(group=self.group, kind=self.cleaned_data["kind"], title=self.cleaned_data["title"])
        self.shape(thread)
        return self.send(thread, partial(thread.start, tags=self.cleaned_data["tags"]))


def drawn_by(group: Group, mine: Iterable[Affiliation]) -> Hashable:
    """All that an empty form depends on."""
    return group.allows_masked, tuple((each.pk, str(each)) for each in mine)


def affiliations_for(member: Member, group: Group) -> list[Affiliation]:
    """For whom the member can write there: first the organisation by which they are in the group."""
    ties = member.ties()
    if len(ties) < 2:
        return ties
    here = set(Membership.objects.filter(group=group, member=member).values_list("affiliation", flat=True))
    return sorted(ties, key=lambda tie: tie.pk not in here)
