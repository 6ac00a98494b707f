"""`{% kept "name" … %}…{% endkept %}`: a part of a page that each process draws once for each of the values given.

The values must be all that the part depends on, the language and a form's token aside. A time said in words ("Today")
belongs inside only where a value stands for the day. Where a value is None or missing, the part is drawn each time.
"""

from __future__ import annotations

import secrets
from copy import copy

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from community.kept import Kept

MOST = 4000  # parts, of some kilobytes at most
HOLE = secrets.token_hex(32)  # stands for the reader's own token; a secret, or else a text could ask for that token

register = template.Library()
parts: Kept[SafeString] = Kept(MOST)


class KeptNode(template.Node):
    def __init__(self, nodelist: NodeList, values: list[FilterExpression]) -> None:
        self.nodelist, self.values = nodelist, values

    def render(self, context: Context) -> SafeString:
        key = []
        for value in self.values:
            found = _plain(value.resolve(context, ignore_failures=True))
            if found is None:  # nothing more is asked: what stands behind may cost something
                return self.nodelist.render(context)
            key.append(found)
        html = parts.get_or_make((_language(context), *key), lambda: self._draw(context))
        return SafeString(html.replace(HOLE, str(context["csrf_token"]))) if HOLE in html else html

    def _draw(self, context: Context) -> SafeString:
        with context.push(csrf_token=HOLE):
            return self.nodelist.render(context)


@register.tag
def kept(parser: Parser, token: Token) -> KeptNode:
    values = [parser.compile_filter(word) for word in token.split_contents()[1:]]
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(nodelist, values)


def _language(context: Context) -> str | None:
    request = getattr(context, "request", None)  # knows it already, and a page asks for its many parts
    return getattr(request, "LANGUAGE_CODE", None) or get_language()


def _plain(value: object) -> object:
    """What is behind a lazy value, which would hold on to the request that made it."""
    if isinstance(value, SimpleLazyObject):
        hash(value)  # looks it up: only then does a copy leave the wrapping behind
        return copy(value)
    return value
