"""Mail: letters out.

Lives here: Letter (what was written to whom), `send`, and the task that hands letters to the mail server.
May use: jobs.
Never: knows members, or understands what a letter is about; never puts a link in a letter that does something when
opened.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from community.mail.models import Letter


def send(
    to: str, template: str, context: dict[str, Any], language: str = "", headers: dict[str, str] | None = None
) -> Letter:
    """Write `mail/<template>.txt` (and .html, if there is one) to an address, with the deed it is part of.

    The first line of the text is the subject. Links start with `{{ site_url }}`, never with what a request said.
    """
    from community.mail.models import Letter

    return Letter.write(to, template, context, language, headers)


def wrote(to: str, templates: list[str], within: dt.timedelta) -> bool:
    """Whether a letter of one of these kinds was written to the address within that time."""
    from community.mail.models import Letter

    return Letter.objects.recent(to, templates, within).exists()
