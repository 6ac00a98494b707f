"""A question: one of its posts can be chosen as the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community import live
from community.members.models import Member
from community.notifications.models import Notification, notify
from community.order import rows_first
from community.policy import Refused
from groups.threads.models.life import Life
from groups.threads.models.moments import Moment

if TYPE_CHECKING:
    from groups.threads.models.post import Post, PostQuerySet


class Question(Life):
    """`is_answered` says whether a post stands there as the answer; one that is hidden or removed does not."""

    is_answered = models.BooleanField(default=False, editable=False)

    class Meta:
        abstract = True

    @property
    def answer(self) -> Post | None:
        """The post that was chosen, as long as it can be read."""
        return self._answers().to_show().first() if self.is_answered else None

    @transaction.atomic
    @rows_first()
    def accept(self, by: Member, post: Post) -> None:
        """This post is the answer, and no other. Its writer and the asker are told."""
        chosen = self._hold_answers(post)
        if post.pk not in chosen:
            raise Refused(_("This post was moved to another discussion. Choose another one."))
        if chosen[post.pk].accepted_at:
            return
        if not chosen[post.pk].is_in_sight:
            raise Refused(_("This post can no longer be read. Choose another one."))
        for each in chosen.values():
            if each.pk != post.pk:
                self._choose(each, None)  # first, for a thread has one answer at any moment
        self._choose(chosen[post.pk], by)
        self._note(Moment.Act.ANSWERED, by, post)
        concerned = {post.writer.pk, self.writer.pk} - {by.pk}
        notify(Member.objects.filter(pk__in=concerned).order_by("pk"), "accepted", post)
        self._answer_changed()

    @transaction.atomic
    @rows_first()
    def unaccept(self, by: Member) -> None:
        """No post is the answer any more."""
        chosen = self._hold_answers()
        for each in chosen.values():
            self._choose(each, None)
            self._note(Moment.Act.UNANSWERED, by, each)
        if chosen:
            self._answer_changed()

    def count_answer(self) -> None:
        """Whether there is an answer to be read, as far as this row knows. The caller holds it, and saves."""
        self.is_answered = self._answers().exists()

    def _answers(self) -> PostQuerySet:
        return self.posts.filter(accepted_at__isnull=False).in_sight()

    def _hold_answers(self, post: Post | None = None) -> dict[int, Post]:
        """The post and what is the answer now, then the thread, held in the order in which removing a post does."""
        chosen = models.Q(accepted_at__isnull=False) | models.Q(pk=post.pk if post else None)
        rows = self.posts.filter(chosen).order_by("pk")
        held = set(rows.select_for_update(no_key=True).values_list("pk", flat=True))
        self.lock()
        found = {each.pk: each for each in rows.to_show()}
        if not found.keys() <= held:
            raise Refused(_("Someone chose an answer at the same moment. Look at it before you choose another one."))
        return found

    def _choose(self, post: Post, by: Member | None) -> None:
        post.accepted_at, post.accepted_by = (timezone.now(), self.shown_as(by)) if by else (None, None)
        post.save(update_fields=["accepted_at", "accepted_by"])
        post.show_again()
        if by is None:
            told = Notification.objects.filter(kind="accepted")
            told.about(self.posts.filter(pk=post.pk)).mark_read()

    def _answer_changed(self) -> None:
        self.count_answer()
        self.save(update_fields=["is_answered"])
        live.publish(self, "refresh", "thread-head")
        live.publish(self, "refresh", "answer")
        self.show_row()
