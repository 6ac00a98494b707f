"""What a group offers to start from until its leads have words of their own."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Wording:
    """A name, a text in Markdown, and the kind of discussion it suits, if one."""

    name: str
    body: str
    kind: str = ""
    key: str = ""


def starters() -> list[Wording]:
    """The three that come with every group."""
    return [
        Wording(_("Question"), _question(), "question", "question"),
        Wording(_("Minutes"), _minutes(), "discussion", "minutes"),
        Wording(_("Case study"), _case_study(), "discussion", "case-study"),
    ]


def _question() -> str:
    return _("""**What I would like to know**

(one question, as you would ask a colleague)

**Where it comes up**

(ages, instrument or voice, one-to-one or whole class, how many)

**What we have tried so far**

(what helped, what did not)

**When an answer would help most**

(a date, or: no hurry)""")


def _minutes() -> str:
    return _("""**Date, time and place:**

**Present:**

**Apologies:**

**Minutes of the last meeting:** agreed, or what to correct

### 1. First item

What was said, in two or three lines.

**Decided:**

### 2. Second item

**Decided:**

### Actions

| What | Who | By when |
| --- | --- | --- |
| First action | Name | Date |

**Any other business:**

**Next meeting:**""")


def _case_study() -> str:
    return _("""### In one sentence

(what changed, and for whom)

### Where and with whom

(the setting, ages, instruments or voices, how many took part, how long; no names of children)

### What we wanted to change

(what was not working, and how you knew)

### What we did

(step by step, so that somebody else could do it)

### What it needed

(time, people, instruments, money)

### What came of it

(what pupils, teachers and families noticed; figures, if there are any)

### What we would do differently

(what to know before starting)""")
