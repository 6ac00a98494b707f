"""What a template may hold: no inline script or style, no other host, no glance at who looks when broadcast."""

import re

import pytest
from django.conf import settings

TEMPLATES = settings.BASE_DIR / "templates"
PAGES = sorted(path for path in TEMPLATES.rglob("*.html") if "mail" not in path.relative_to(TEMPLATES).parts)
LOOKS = re.compile(r"\b(request|user|perms|csrf_token)\b")


def broadcast() -> list[str]:
    """The partials of streamed things, and all they include."""
    from django.apps import apps

    wanted = {model.partial for model in apps.get_models() if isinstance(getattr(model, "partial", None), str)}
    found: set[str] = set()
    while wanted:
        name = wanted.pop()
        found.add(name)
        included = re.findall(r'{%\s*include "([^"]+)"', (TEMPLATES / name).read_text())
        wanted |= set(included) - found
    return sorted(found)


@pytest.mark.parametrize("path", PAGES, ids=str)
def test_no_inline_script_or_style_and_no_other_host(path):
    text = re.sub(r"{#.*?#}|{%\s*comment\s*%}.*?{%\s*endcomment\s*%}", "", path.read_text(), flags=re.S)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=", text), "inline style or handler"
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", text), "inline script"
    assert not re.search(r"""(src|href|action)=["'](https?:)?//""", text), "another host"


@pytest.mark.parametrize("path", PAGES, ids=str)
def test_a_post_form_carries_the_token(path):
    for form in re.findall(r"<form[^>]*method=[\"']post[\"'].*?</form>", path.read_text(), flags=re.S | re.I):
        assert "csrf_token" in form or "{% include" in form, "a POST form without csrf_token"


@pytest.mark.parametrize("name", broadcast())
def test_a_broadcast_partial_never_asks_who_is_looking(name):
    text = re.sub(r"{#.*?#}", "", (TEMPLATES / name).read_text())
    tags = " ".join(re.findall(r"{[{%].*?[%}]}", text))
    assert not LOOKS.search(tags), f"{name} is rendered once for everyone"
    assert "<form" not in text, f"{name}: a form needs a token, and a token is somebody's"


def test_a_kept_part_names_the_reader_only_where_a_value_stands_for_them():
    for path in PAGES:
        for values, part in re.findall(r"{% kept (.*?) %}(.*?){% endkept %}", path.read_text(), flags=re.S):
            tags = " ".join(re.findall(r"{[{%].*?[%}]}", part))
            if re.search(r"\b(request|user)\b", tags):
                assert re.search(r"\b(frame|user|request)\b", values), path
