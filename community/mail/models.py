"""Letters, and how they are written and delivered."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple, Self

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import models, transaction
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.module_loading import import_string

from community.jobs import task

AT_ONCE = dt.timedelta(seconds=10)  # what was written longer ago is not handed on as it was

_again: dict[str, str] = {}


class Words(NamedTuple):
    """What a letter says, to whom."""

    to: str
    context: dict[str, Any]
    language: str = ""
    headers: dict[str, str] = {}


def worded_again_by(template: str, path: str) -> None:
    """Letters of that kind that could not go at once are put into words anew by the function there.

    It is given what the letter is `about`, and returns `Words`, or None where nothing may be said any more.
    """
    _again[template] = path


class LetterQuerySet(models.QuerySet["Letter"]):
    def recent(self, to: str, templates: list[str], within: dt.timedelta) -> Self:
        """Letters of these kinds written to an address within that time."""
        return self.filter(to=to.lower(), template__in=templates, at__gt=timezone.now() - within)

    def word_again(self) -> None:
        """Those that wait, and depend on something, are put into words anew when they go: what they told is gone."""
        before = timezone.now() - 2 * AT_ONCE
        self.filter(sent_at=None).exclude(about={}).update(subject="", text="", html="", at=before)


class Letter(models.Model):
    """A letter to one address. Its text (it may hold a code or an invitation) is forgotten once it is delivered.

    `about` says what it depends on, so that it tells what may be told when it goes, and not when it was written.
    """

    to = models.EmailField()
    template = models.CharField(max_length=60)
    subject = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict, blank=True)
    about = models.JSONField(default=dict, blank=True, db_default={})
    at = models.DateTimeField(default=timezone.now, db_index=True)
    sent_at = models.DateTimeField(null=True)

    objects = LetterQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.template} to {self.to}"

    @classmethod
    @transaction.atomic
    def write(
        cls,
        to: str,
        template: str,
        context: dict[str, Any],
        language: str = "",
        headers: dict[str, str] | None = None,
    ) -> Letter:
        """Put it into words and into the queue."""
        letter = cls(template=template)
        letter._word(Words(to, context, language, headers or {}))
        letter.save()
        deliver.enqueue(letter.pk)
        return letter

    @classmethod
    @transaction.atomic
    def write_later(cls, template: str, words: Words, about: dict[str, Any], wait: dt.timedelta) -> Letter:
        """It goes after the wait, in the words that hold then, or not at all: see `worded_again_by`."""
        letter = cls(template=template, about=about)
        letter._word(words)
        letter.save()
        deliver.using(run_after=timezone.now() + wait).enqueue(letter.pk)
        return letter

    def depend_on(self, about: dict[str, Any]) -> None:
        """If it cannot go at once, it is put into words anew from this (see `worded_again_by`), or not sent at all."""
        self.about = about
        self.save(update_fields=["about"])

    def deliver(self) -> None:
        """Hand it to the mail server. A crash just after that may send it twice, never not at all."""
        if self.about and self.at < timezone.now() - AT_ONCE:
            words = import_string(_again[self.template])(self.about)
            if words is None:
                self.delete()
                return
            self._word(words)
        domain = settings.SITE_HOST.rsplit(":", 1)[0]
        headers = {**self.headers, "Message-ID": f"<letter-{self.pk}@{domain}>", "Auto-Submitted": "auto-generated"}
        message = EmailMultiAlternatives(self.subject, self.text, to=[self.to], headers=headers)
        message.attach_alternative(self.html, "text/html")
        message.send()
        self.sent_at, self.text, self.html, self.headers = timezone.now(), "", "", {}
        self.save(update_fields=["to", "subject", "sent_at", "text", "html", "headers"])

    def _word(self, words: Words) -> None:
        known = {**words.context, "site_url": settings.SITE_URL, "site_name": settings.SITE_NAME}
        with translation.override(words.language or settings.LANGUAGE_CODE):
            subject, _, text = render_to_string(f"mail/{self.template}.txt", known).strip().partition("\n")
            self.html = _html(self.template, {**known, "subject": subject, "text": text.strip()})
        self.to, self.subject, self.text = words.to.lower(), " ".join(subject.split())[:200], text.strip()
        self.headers = words.headers


@task()
def deliver(pk: int) -> None:
    """Deliver a letter, unless that was done."""
    letter = Letter.objects.filter(pk=pk, sent_at=None).first()
    if letter is not None:
        letter.deliver()


def _html(template: str, known: dict[str, Any]) -> str:
    try:
        return render_to_string(f"mail/{template}.html", known)
    except TemplateDoesNotExist:
        return render_to_string("mail/letter.html", known)
