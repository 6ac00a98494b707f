"""Pages that leads write in the browser, in versions."""

from __future__ import annotations

from typing import NamedTuple

from community.demo.script import Copy, Paper, Scrutiny

PAGE = ""  # in place of a file's name

LOUD = """**For whoever teaches whole-class brass in a hall.** One side, to be read on a telephone five minutes before.

## Before the lesson

- Chairs in three stations, bells towards the curtains.
- Practice mutes on the chairs for the first half-term.
- The door to the dining hall is shut.

## In the lesson

1. Silence drill before the first note.
2. Never more than ten minutes of everybody at once.
3. One measurement, at the back, in the second lesson.

## How loud is too loud?

| Average over the lesson | What to do |
|---|---|
| up to 80 dB(A) | Go on |
| 80 to 85 dB(A) | Protection is offered to whoever wants it |
| above 85 dB(A) | Protection is worn; split the class |

Ask @brass-peri for the sound meter."""

LOUDER = LOUD.replace(
    "Practice mutes on the chairs for the first half-term.",
    "Practice mutes on the chairs, all year in rooms with a low ceiling.",
).replace(
    "Ask @brass-peri for the sound meter.",
    "Ask @brass-peri for the sound meter. Write “loud” into the booking, so that nobody sits a test next door.",
)

PAGES = [
    Paper(
        "loud",
        "teaching",
        "guidance",
        "Loud lessons in small halls",
        "One side for whole-class brass: mutes, stations, and when to wear protection.",
        [
            Copy(16, "ivc-chair", "From the discussion about the low ceiling", PAGE, LOUD),
            Copy(6, "ivc-chair", "What the second lesson taught us", PAGE, LOUDER),
        ],
        review=-200,
        reviews=[
            Scrutiny(3, "ivc-chair", ["brass-peri", "deputy-curriculum"], -4, "Is it short enough to be read?", [])
        ],
    ),
]


class Remark(NamedTuple):
    """What `by` says of a document, perhaps of a passage; `after` its last version, and what is answered to it."""

    about: str
    after: str
    by: str
    words: str
    passage: str = ""
    answers: list[tuple[str, str, str]] = []  # who, after how long, what
    settled_by: str = ""


REMARKS = [
    Remark(
        "loud",
        "3h",
        "woodwind-peri",
        "Is that enough with **two** year groups in the hall? Mine were at 88 after six minutes.",
        "Never more than ten minutes of everybody at once.",
        [("ivc-chair", "1h", "Then it is five. I shall change it before it is agreed.")],
    ),
    Remark("loud", "4h", "school-lead-primary", "“Dinning hall” in the first list.", settled_by="ivc-chair"),
    Remark("loud", "1d", "brass-peri", "The sound meter is with @woodwind-peri until Friday."),
]
