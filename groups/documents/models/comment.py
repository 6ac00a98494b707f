"""What people say about a document, or about a passage of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote as quoted

from django.db import models, transaction
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community import live, richtext
from community.members.models import Affiliation, Member
from community.moderation.models import Moderatable
from community.moderation.models.watch import tell_of
from community.notifications.models import notify
from community.policy import Refused
from groups import text
from groups.documents.audience import audience
from groups.documents.models.document import Document
from groups.documents.models.passages import bare
from groups.documents.models.version import Version, voice
from groups.links.models import MayQuote
from groups.links.quoted import forget, settle
from groups.models.letters import told_of
from groups.search import models as search

if TYPE_CHECKING:
    from uuid import UUID

    from community.notifications.told import Told
    from groups.models import Group

LONGEST_PASSAGE = 1000
ENDS = 4  # words at each end by which a browser finds a passage
EXCERPT = 120


class CommentQuerySet(models.QuerySet["Comment"]):
    def visible_to(self, member: Member) -> CommentQuerySet:
        """On documents the member may read; what is hidden or removed among them shows a note, not its words."""
        return self.filter(document__in=Document.objects.visible_to(member).filter(hidden=None))

    def in_sight(self) -> CommentQuerySet:
        """Those whose words can be read."""
        return self.filter(hidden=None, deleted_at=None)

    def to_show(self) -> CommentQuerySet:
        """Each with its answers and all that is shown of it."""
        answers = Comment.objects.with_people().order_by("pk")
        return self.with_people().prefetch_related(Prefetch("answers", answers))

    def with_people(self) -> CommentQuerySet:
        around = ("document__group", "document__author", "document__hidden", "version", "answered__author", "hidden")
        return self.select_related("author", "posted_as__organisation", "resolved_by", *around)

    def find_passages(self, current: Version) -> list[Comment]:
        """Which passages stand in what is the current version now. Those that changed are yet to be shown again.

        All rows come before the first word on a stream, as whoever changes one comment has its row first, too.
        """
        commented: list[Comment] = list(self.exclude(passage=""))
        words = bare(current.words) if commented else ""
        changed = []
        for comment in commented:
            stands = bare(comment.passage) in words if words else comment.version_id == current.pk
            if comment.stands != stands:
                comment.stands = stands
                changed.append(comment)
        Comment.objects.bulk_update(changed, ["stands"])
        return changed

    def make_findable(self) -> None:
        """Search finds them as long as their document can be read."""
        for comment in self.in_sight().with_people():
            comment._index()


class Comment(MayQuote, Moderatable):
    """Said of `version`; `stands` says whether the passage is in the current one. Answers go one deep."""

    partial = "documents/_comment.html"
    told_as = ("comment", "pk")

    document = models.ForeignKey(Document, models.PROTECT, related_name="comments")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    answered = models.ForeignKey("self", models.PROTECT, null=True, related_name="answers")
    author = models.ForeignKey(Member, models.PROTECT, related_name="+")
    posted_as = models.ForeignKey(Affiliation, models.PROTECT, related_name="+")
    passage = models.TextField(max_length=LONGEST_PASSAGE, blank=True)
    stands = models.BooleanField(default=True)
    is_passage_away = models.BooleanField(default=False, db_default=False)  # quoted there, and out of sight now
    body = models.TextField()
    html = models.TextField()
    renderer = models.PositiveSmallIntegerField()
    posted_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True)
    edition = models.PositiveIntegerField(default=1)
    deleted_at = models.DateTimeField(null=True)
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    client_key = models.UUIDField(null=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint("author", "client_key", name="a_repeat_is_no_second_comment")]

    def __str__(self) -> str:
        """What it is about: its own words are nobody's title."""
        return str(self.document)

    def get_absolute_url(self) -> str:
        """On the page of its document, however many came later."""
        return f"{self.document.get_absolute_url()}?comment={self.answered_id or self.pk}#{self.subject}"

    @property
    def deeds_url(self) -> str:
        """Below it stands what can be done with it: `edit/`, `remove/`, `resolve/`."""
        return reverse("documents:comment", args=[self.document.group.slug, self.document_id, self.pk])

    @property
    def passage_url(self) -> str:
        """Leads to the passage: the browser finds it by its words."""
        words = self.passage.split()
        ends = [words] if len(words) <= 2 * ENDS else [words[:ENDS], words[-ENDS:]]
        sought = ",".join(quoted(" ".join(each), safe="").replace("-", "%2D") for each in ends)
        return f"{self.document.get_absolute_url()}#:~:text={sought}"

    @property
    def is_in_sight(self) -> bool:
        return not self.is_hidden and self.deleted_at is None and not self.document.is_gone

    @property
    def is_gone(self) -> bool:
        return not self.is_in_sight

    @property
    def excerpt(self) -> str:
        return richtext.excerpt(self.body, EXCERPT)

    @property
    def stands_in(self) -> Group:
        return self.document.group

    @property
    def evidence(self) -> str:
        return f"> {self.passage}\n\n{self.body}" if self.passage else self.body

    @property
    def told(self) -> Told:
        """What a letter may say of it."""
        return told_of(self.document.group, self.document.title, self.body, self.document.subject)

    def surroundings(self) -> list[Comment]:
        whole = self.answered_id or self.pk
        return list(Comment.objects.with_people().filter(Q(pk=whole) | Q(answered=whole)))

    @classmethod
    def sent(cls, author: Member, key: UUID | None) -> Comment | None:
        """What this very form became when it was sent before."""
        return cls.objects.with_people().filter(author=author, client_key=key).first() if key else None

    @classmethod
    @transaction.atomic
    def say(cls, document: Document, author: Member, body: str, **said: Any) -> Comment:
        """About the current version. `said`: `passage`, the comment it `answered`, `posted_as`, `client_key`."""
        document.lock_row()
        if again := cls.sent(author, said.get("client_key")):
            return again
        answered = said.get("answered")
        if answered and not cls.objects.in_sight().filter(pk=answered.pk, answered=None, document=document).exists():
            raise Refused(_("The comment that you answer is not there any more. Copy your words from here."))
        written = text.written(body, document.group)
        said.setdefault("posted_as", voice(author, document.group))
        looks = {"body": body, "html": written.html, "renderer": text.VERSION}
        made = cls.objects.create(document=document, version=document.current, author=author, **looks, **said)
        settle(made)
        made._index()
        tell_of(made, f"{made.passage}\n{body}")
        live.publish(document, "append", f"answers-{answered.subject}" if answered else "comments", made)
        made._tell(written.mentioned)
        return made

    @transaction.atomic
    def edit(self, body: str, edition: int) -> bool:
        """Its author says it otherwise. False, and nothing is done, if it is not at `edition` any more."""
        now = self._lock()
        now.stay_if_hidden()
        if now.edition != edition:
            return False
        known = text.written(now.body, now.document.group).mentioned
        written = text.written(body, now.document.group)
        now.body, now.html, now.renderer = body, written.html, text.VERSION
        now.edited_at, now.edition = timezone.now(), edition + 1
        now.save(update_fields=["body", "html", "renderer", "edited_at", "edition"])
        settle(now)
        now._index()
        tell_of(now, body)
        now.show_again()
        now._tell(written.mentioned - known, is_new=False)
        return True

    def read_as(self, body: str) -> None:
        """What it quotes went out of sight, or came back."""
        self.body = body
        self.save(update_fields=["body"])
        self.render_again()
        self.shown_anew()

    def render_again(self) -> None:
        """The same words, as today's renderer shows them."""
        self.html, self.renderer = text.written(self.body, self.document.group).html, text.VERSION
        self.save(update_fields=["html", "renderer"])

    @transaction.atomic
    def remove(self) -> None:
        """Its author takes it back; its place stays, so that answers keep theirs."""
        self._set_deleted(timezone.now())

    @transaction.atomic
    def put_back(self) -> None:
        """It is read again, as it was."""
        self._set_deleted(None)

    @transaction.atomic
    def wipe(self, by: Member | None = None) -> None:
        """What it says goes for good: the place stays, so that answers keep theirs."""
        now = self._lock()
        forget(now)
        now.passage = now.body = now.html = ""
        now.deleted_at = now.deleted_at or timezone.now()
        now.save(update_fields=["passage", "body", "html", "deleted_at"])
        now.shown_anew()
        live.out_of_sight_or_back()

    @transaction.atomic
    def resolve(self, by: Member) -> None:
        """What it asks for is settled: it is folded, with its answers."""
        self._set_resolved(by)

    @transaction.atomic
    def open_again(self) -> None:
        """It is not settled after all."""
        self._set_resolved(None)

    def stay_if_hidden(self) -> None:
        """Nor is there anything to do with one whose words have gone for good."""
        super().stay_if_hidden()
        if not self.body:
            raise Refused(_("What this said was deleted for good, so it cannot be put back or changed."))

    def shown_anew(self) -> None:
        self._index()
        self.show_again()

    def show_again(self) -> None:
        """Something that readers see of it changed."""
        live.publish(self.document, "replace", self.subject, self)

    def _set_deleted(self, at: Any) -> None:
        now = self._lock()
        now.stay_if_hidden()
        now.deleted_at = at
        now.save(update_fields=["deleted_at"])
        now.shown_anew()
        live.out_of_sight_or_back()

    def _set_resolved(self, by: Member | None) -> None:
        now = self._lock()
        now.resolved_by, now.resolved_at = by, timezone.now() if by else None
        now.save(update_fields=["resolved_by", "resolved_at"])
        now.show_again()

    def _lock(self) -> Comment:
        Comment.objects.select_for_update(no_key=True).get(pk=self.pk)
        return Comment.objects.to_show().get(pk=self.pk)

    def _index(self) -> None:
        if self.is_in_sight:
            passage = "" if self.is_passage_away else self.passage
            words = f"{passage}\n{richtext.plain(self.body)}".strip()
            search.index(self, self.document.group, self.document.title, words, is_part=True)
        else:
            search.drop(self)

    def _tell(self, mentioned: set[int], *, is_new: bool = True) -> None:
        answered = self.answered.author_id if self.answered else None
        for kind, members in audience(self.document, self.author, mentioned, answered).items():
            if is_new or kind in {"mentioned", "asked-leads"}:
                notify(members, kind, self)
