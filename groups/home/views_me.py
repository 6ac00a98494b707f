"""The viewer's own style sheet: what is drawn once for everyone and used by one.

A partial that is broadcast never asks who is looking. It carries the controls of every viewer, hidden by base.css:

* `class="own"`: for the author, named by `data-author="5"` on the control itself or, failing that, on what contains it;
* `class="not-own"`: for everybody else than that author;
* `class="for-leads"`: for whoever leads the group (and staff), inside an element with `data-group="3"`;
* `class="for-staff"`: for staff;
* `.face[data-member="5"]` and `.mention[data-member="5"]` are told apart as the viewer's own.

This sheet shows a viewer theirs. It only shows: the server still asks the policy of every deed.
"""

from collections import defaultdict

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from community.http import public
from community.members import policy
from community.members.models import Distance, Member
from groups.models import LEADING, Group, Membership
from groups.threads.models import Mask

SHOWN = "{display:revert-layer}"
FOLDED = [  # what carries its author, what of it is folded, and what says so
    ("li", ".post>:not(.post-head,.face)", ".post>.post-head"),
    (".say", ".body>:not(.say-head)", ".body"),
    (".comment", ":not(.post-head,.answers)", ".post-head"),
]
MASKED = 200  # rules for the latest of them; older ones are edited by their address


@public
@require_safe
@conditional_page
def me(request: HttpRequest) -> HttpResponse:
    """Kept by the viewer's browser alone, asked again each time; empty for whoever may not come in."""
    rules = _rules(request.user) if request.user.is_authenticated and policy.come_in(request.user) else []
    response = HttpResponse(f"@layer states{{{''.join(rules)}}}\n", content_type="text/css; charset=utf-8")
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _rules(member: Member) -> list[str]:
    pk = member.pk
    rules = [
        f'.own[data-author="{pk}"],[data-author="{pk}"] .own:not([data-author]){SHOWN}',
        f'[data-author="{pk}"] .not-own{{display:none}}',
        f'.face[data-member="{pk}"]{{background:var(--ink);color:var(--paper)}}',
        f'.mention[data-member="{pk}"]{{background:var(--mark);color:var(--ink)}}',
    ]
    for post, thread, number in _masked(member):
        rules.append(f"#post-{post} .own{SHOWN}")
        if number == 1:
            rules.append(f'.own[href*="/threads/{thread}/"]{SHOWN}')
    rules += _folded(member)
    if member.is_staff:
        return [*rules, f":root .for-leads,:root .for-staff{SHOWN}"]
    return [*rules, *(f'[data-group="{group}"] .for-leads{SHOWN}' for group in _led_by(member))]


def _masked(member: Member) -> list[tuple[int, int, int]]:
    """The latest posts that the member wrote without their name, each with its thread and number there.

    Nothing in them says whose they are.
    """
    rows = Mask.objects.mine(member).order_by("-pk")
    return list(rows.values_list("post", "post__thread", "post__number")[:MASKED])


def _folded(member: Member) -> list[str]:
    """What muted people wrote, until it is gone to or tabbed into; but not where they lead the group, or are staff."""
    others = list(Distance.objects.visible_to(member).filter(other__is_staff=False).values_list("other", flat=True))
    led = defaultdict(list)
    leading = Membership.objects.visible_to(member).leading().filter(member__in=others)
    for group, other in leading.values_list("group", "member") if others else ():
        led[other].append(f'[data-group="{group}"] *')
    words = str(_("Folded: you muted them. Go to it to read it.")).replace('"', "”").replace("\\", "")
    rules = []
    for other in others:
        rest = f":not({','.join([':target', ':focus-within', *led[other]])})"
        for thing, text, head in FOLDED:
            whole = f'{thing}[data-author="{other}"]{rest}>'
            rules.append(f"{whole}{text}{{display:none}}")
            rules.append(f'{whole}{head}::after{{content:"{words}";color:var(--ink-3);flex-basis:100%}}')
    return rules


def _led_by(member: Member) -> list[int]:
    leading = member.memberships.in_force().filter(role__in=LEADING).values("group")
    return [group.pk for group in Group.objects.visible_to(member).filter(pk__in=leading) if not group.is_read_only]
