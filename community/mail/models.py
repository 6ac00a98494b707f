"""Letters, and how they are written and delivered."""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import models, transaction
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils import timezone, translation

from community.jobs import task

KEPT = dt.timedelta(days=30)


class LetterQuerySet(models.QuerySet["Letter"]):
    def recent(self, to: str, templates: list[str], within: dt.timedelta) -> Self:
        """Letters of these kinds written to an address within that time."""
        return self.filter(to=to.lower(), template__in=templates, at__gt=timezone.now() - within)


class Letter(models.Model):
    """A letter to one address. Its text (it may hold a code or an invitation) is forgotten once it is delivered."""

    to = models.EmailField()
    template = models.CharField(max_length=60)
    subject = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict, blank=True)
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
        known = {**context, "site_url": settings.SITE_URL, "site_name": settings.SITE_NAME}
        with translation.override(language or settings.LANGUAGE_CODE):
            subject, _, text = render_to_string(f"mail/{template}.txt", known).strip().partition("\n")
            html = _html(template, {**known, "subject": subject, "text": text.strip()})
        subject = " ".join(subject.split())[:200]
        words = {"subject": subject, "text": text.strip(), "html": html, "headers": headers or {}}
        letter = cls.objects.create(to=to.lower(), template=template, **words)
        deliver.enqueue(letter.pk)
        return letter

    def deliver(self) -> None:
        """Hand it to the mail server. A crash just after that may send it twice, never not at all."""
        domain = settings.SITE_HOST.rsplit(":", 1)[0]
        headers = {**self.headers, "Message-ID": f"<letter-{self.pk}@{domain}>", "Auto-Submitted": "auto-generated"}
        message = EmailMultiAlternatives(self.subject, self.text, to=[self.to], headers=headers)
        message.attach_alternative(self.html, "text/html")
        message.send()
        self.sent_at, self.text, self.html, self.headers = timezone.now(), "", "", {}
        self.save(update_fields=["sent_at", "text", "html", "headers"])


@task()
def deliver(pk: int) -> None:
    """Deliver a letter, unless that was done."""
    letter = Letter.objects.filter(pk=pk, sent_at=None).first()
    if letter is not None:
        letter.deliver()


@task()
def forget() -> None:
    """Letters are kept for a month, to answer "did it go out?"."""
    Letter.objects.filter(at__lt=timezone.now() - KEPT).delete()


def _html(template: str, known: dict[str, Any]) -> str:
    try:
        return render_to_string(f"mail/{template}.html", known)
    except TemplateDoesNotExist:
        return render_to_string("mail/letter.html", known)
