"""What was said in the live room and was carried into a post: who said it, for whom and when, with a way back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString

from community import live, richtext
from community.members.models import Affiliation, Member
from groups.links.models import MayQuote
from groups.text import named

if TYPE_CHECKING:
    from groups.models import Group
    from groups.threads.models.thread import Thread

MOST = 200  # messages in one post
SIGNS = re.compile(r"[\\`*_\[\]<>]")  # what would format a name


class Quotation(models.Model):
    """One message as it is now: its words follow it, and go when it goes out of sight.

    `message` is its number in the live room, above, which keeps this in step (see `follow`); `stream` is the room's,
    whose readers see that it was taken up.
    """

    class Gone(models.TextChoices):
        HIDDEN = "hidden"
        REMOVED = "removed"

    post = models.ForeignKey("threads.Post", models.CASCADE, related_name="quotations")
    order = models.PositiveIntegerField()
    message = models.PositiveBigIntegerField(db_index=True)
    stream = models.CharField(max_length=80)
    author = models.ForeignKey(Member, models.PROTECT, related_name="+")
    posted_as = models.ForeignKey(Affiliation, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    body = models.TextField(blank=True)
    html = models.TextField(blank=True)
    files = models.TextField(blank=True, help_text="Names of what came with it, a line each")
    gone = models.CharField(max_length=10, choices=Gone, blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint("post", "message", name="a_message_once_a_post")]

    def __str__(self) -> str:
        return richtext.excerpt(self.body)

    def get_absolute_url(self) -> str:
        """The message, for whoever may read the room."""
        return reverse("messages:message", args=[self.message])

    @property
    def names(self) -> list[str]:
        """Of the files that came with it."""
        return self.files.splitlines()

    def as_markdown(self, site: str = "") -> str:
        """Who said what when, to stand in another text, with a link back; with `site`, one that holds elsewhere too."""
        at = date_format(timezone.localtime(self.at, timezone.get_default_timezone()), "j F Y, H:i")
        name = SIGNS.sub(r"\\\g<0>", self.author.name)
        organisation = SIGNS.sub(r"\\\g<0>", self.posted_as.organisation.name)
        said = "\n".join(f"> {line}".rstrip() for line in [*self.body.split("\n"), *self.names])
        return f"**{name}** ({organisation}), [{at}]({site}{self.get_absolute_url()}):\n\n{said}"

    def write(self, group: Group) -> None:
        """Render its words for readers of that group. Saves nothing."""
        self.html = richtext.light(self.body, people=lambda handles: named(handles, group)).html

    @classmethod
    def follow(cls, message: int, **facts: str) -> None:
        """The message reads like that now (`body`, `files`, `gone`): so does every post that carries it."""
        from groups.threads.models.post import Post

        carried = cls.objects.filter(message=message)
        for post in Post.objects.to_show().filter(pk__in=carried.values("post")).order_by("pk"):
            carried.filter(post=post).update(**facts)
            post.write_carried()
            post.make_findable()
            post.show_again()

    def wipe(self, by: Member) -> None:
        """Who said it is erased with what they said: posts that carry it keep its place."""
        self.follow(self.message, body="", files="", gone=self.Gone.REMOVED)


class Quoting(MayQuote, models.Model):
    """A post that may carry messages of the live room below its own words."""

    told_as = ("post", "pk")
    quoted = models.PositiveIntegerField(default=0, db_default=0, editable=False, help_text="How many it carries")

    thread: Thread
    pk: Any
    body: str

    class Meta:
        abstract = True

    @transaction.atomic
    def carry(self, quotations: Iterable[Quotation]) -> None:
        """They stand below its words from now on, in their order. A post that was sent before carries them already."""
        if self.quoted:
            return
        rows = list(quotations)[:MOST]
        for order, quotation in enumerate(rows):
            quotation.post_id, quotation.order = self.pk, order
            quotation.write(self.thread.group)
        Quotation.objects.bulk_create(rows)
        self.quoted = len(rows)
        self.save(update_fields=["quoted"])
        self.make_findable()
        self.show_again()

    def write_carried(self) -> None:
        """Render what it carries for the readers of its group as it is now."""
        for quotation in self.carried:
            quotation.write(self.thread.group)
            quotation.save(update_fields=["html"])

    @property
    def carried(self) -> list[Quotation]:
        """What it carries, with all that is shown of it."""
        if not self.quoted:
            return []
        related = ("author", "posted_as__organisation")
        return list(Quotation.objects.filter(post=self.pk).select_related(*related).order_by("order"))

    @property
    def carried_subjects(self) -> list[str]:
        """The names of the messages that it carries: "message-12"."""
        return [f"message-{pk}" for pk in Quotation.objects.filter(post=self.pk).values_list("message", flat=True)]

    @property
    def words(self) -> str:
        """All that can be read in it, as it was written: by its author, and in what it carries."""
        said = (f"{each.author.name}: {each.body}" for each in self.carried if each.body)
        return "\n\n".join([self.body, *said])

    @property
    def transcript(self) -> str:
        """All that can be read in it as a Markdown file, with who said what when, and links back: to keep elsewhere."""
        lines = [f"# {self.thread}", f"<{settings.SITE_URL}{self.get_absolute_url()}>", self.body]
        lines += [each.as_markdown(settings.SITE_URL) for each in self.carried if not each.gone]
        return "\n\n".join(lines) + "\n"

    @property
    def plain_words(self) -> str:
        """The same for the search index."""
        said = (richtext.plain(SafeString(each.html)) for each in self.carried if each.html)
        return "\n".join([richtext.plain(self.body), *said])

    def tell_sources(self) -> None:
        """It can be read no more, or again: open rooms look anew whether what was said there was taken up.

        Told once this deed is done, on its own: deeds of the room hold its stream before a thread's.
        """
        for stream in {each.stream for each in self.carried}:
            transaction.on_commit(partial(live.publish, stream, "refresh"), robust=True)

    def get_absolute_url(self) -> str:
        raise NotImplementedError

    @transaction.atomic
    def read_as(self, body: str) -> None:
        """What it quotes went out of sight, or came back: no edition, no edit mark, nobody told."""
        rows: Any = type(self)._default_manager
        rows.filter(pk=self.pk).update(body=body)
        self.render_again()
        self.refresh_from_db(fields=["body", "html", "renderer"])
        self.make_findable()
        self.show_again()
        self.show_replies_again()

    def render_again(self) -> None:
        raise NotImplementedError

    def make_findable(self) -> None:
        raise NotImplementedError

    def show_again(self) -> None:
        raise NotImplementedError

    def show_replies_again(self) -> None:
        raise NotImplementedError
