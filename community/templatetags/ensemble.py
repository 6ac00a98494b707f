"""Small parts that every template draws the same way: icons, times, portraits. Neutral: the same for every viewer."""

from __future__ import annotations

import datetime as dt

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from community.members.models import Member

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """A picture beside words, never instead of them: put a `.vh` label where no words stand."""
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><use href="{}#i-{}"/></svg>',
        static("img/icons.svg"),
        name,
    )


@register.simple_tag
def when(moment: dt.datetime | dt.date | None, *, inside: bool = False) -> SafeString | str:
    """A time in words: "Today, 09:30", "18 Nov, 15:20", "18 Nov 2023". A date alone has no clock.

    With `inside=True` it goes on with a sentence: "today, 09:30".
    """
    if moment is None:
        return ""
    if isinstance(moment, dt.datetime):
        moment = timezone.localtime(moment, timezone.get_default_timezone())
        full = date_format(moment, "l j F Y, H:i")
    else:
        full = date_format(moment, "l j F Y")
    return format_html('<time datetime="{}" title="{}">{}</time>', moment.isoformat(), full, _in_words(moment, inside))


@register.simple_tag
def portrait(member: Member, size: str = "") -> SafeString:
    """The member's initials in a circle; `s` is the small one. The viewer's own is black, by /me.css."""
    return format_html(
        '<span class="face{}" data-member="{}" aria-hidden="true">{}</span>',
        f" {size}" if size else "",
        member.pk,
        member.initials,
    )


@register.filter
def browser(user_agent: str) -> str:
    """ "Firefox, Windows": enough for people to know their own devices again."""
    programs = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
    devices = {"iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "Windows": "Windows", "Mac OS": "Mac"}
    devices |= {"CrOS": "Chromebook", "Linux": "Linux"}
    found = [next((words for mark, words in each.items() if mark in user_agent), "") for each in (programs, devices)]
    return ", ".join(filter(None, found)) or _("Unknown browser")


def _in_words(moment: dt.datetime | dt.date, inside: bool) -> str:
    today = timezone.localdate(timezone=timezone.get_default_timezone())
    has_clock = isinstance(moment, dt.datetime)
    day = moment.date() if isinstance(moment, dt.datetime) else moment
    if day.year != today.year and abs(today - day) > dt.timedelta(days=60):
        return date_format(day, "j M Y")
    words = date_format(day, "j M")
    if day == today:
        words = _("today") if inside else _("Today")
    elif day == today - dt.timedelta(days=1):
        words = _("yesterday") if inside else _("Yesterday")
    return f"{words}, {date_format(moment, 'H:i')}" if has_clock else words
