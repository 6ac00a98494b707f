"""What was written to somebody: codes and links, as the person would read them."""

import re

from community.mail.models import Letter


def last(to):
    return Letter.objects.filter(to=to).order_by("-pk").first()


def code(to):
    return re.search(r"^\d{6}$", last(to).text, re.M)[0]


def link(to):
    return re.search(r"http://localhost:8000(\S*/invitation/\S+)", last(to).text)[1]
