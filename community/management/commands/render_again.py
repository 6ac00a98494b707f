"""`render_again`: after an upgrade of the renderer, everything written before is shown by it too."""

from typing import Any

from django.core.management.base import BaseCommand

from community import live, richtext
from community.members.models import SiteText
from groups.documents.models import Comment, PageText
from groups.threads.models import Post, Section, Summary
from realtime.chat.models import Message


class Command(BaseCommand):
    """May run while the site does, be stopped and run again: it takes what an older renderer made, row by row."""

    help = "Render texts again that an older renderer made."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say how many there were."""
        for model in (Post, Summary, Section, PageText, Comment, Message):
            old = model._default_manager.filter(renderer__lt=richtext.VERSION).order_by("pk")
            count = 0
            for pk in list(old.values_list("pk", flat=True)):
                model._default_manager.to_show().get(pk=pk).render_again()
                count += 1
            self.stdout.write(f"{model._meta.verbose_name_plural}: {count}")
        for text in SiteText.objects.filter(renderer__lt=richtext.VERSION):
            text.render_again()
        live.renamed()  # pages that were drawn before are drawn again
