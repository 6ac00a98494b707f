"""Every icon a template asks for is in the one file of icons."""

import re
from pathlib import Path

from django.conf import settings

ASKED = re.compile(r"""\{%-?\s*icon\s+["']([\w-]+)["']|#i-([\w-]+)""")


def icons_in(text):
    return {name or other for name, other in ASKED.findall(text)}


def test_every_icon_a_template_names_is_drawn():
    drawn = set(re.findall(r'<symbol id="i-([\w-]+)"', Path(settings.BASE_DIR, "static/img/icons.svg").read_text()))
    asked = {
        name: path.name
        for path in [*templates(), *Path(settings.BASE_DIR, "static/js").rglob("*.js")]
        for name in icons_in(path.read_text())
    }
    assert asked, "no icon found at all: the pattern no longer fits the tag"
    assert not {name: path for name, path in asked.items() if name not in drawn}


def test_the_pattern_finds_what_it_should():
    assert icons_in("""{% icon "reply" %} {% icon 'up' %} <use href="/x.svg#i-flag"/>""") == {"reply", "up", "flag"}


def templates():
    return Path(settings.BASE_DIR, "templates").rglob("*.html")
