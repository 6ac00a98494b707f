"""How people looked after discussions: summaries, posts and discussions put where they belong, thanks and bookmarks."""

from __future__ import annotations

from community.demo.script import Care

BRASS = "Whole-class brass in a hall with a low ceiling: hearing and volume"
CARRY_ON = "After whole-class: why do so few carry on, and what helped?"
FESTIVAL = "Festival of massed singing: expressions of interest"
PEGS = "Ukulele pegs: where from, and which size?"
UKULELES = "Instrument stock: who repairs 200 ukuleles?"
COMPLAINT = "Handling a parent complaint about inclusive repertoire"
LICENCE = "Can we put licensed photocopies on our shared drive?"
TASTER = "Annual return: does a four-week taster count as whole-class?"
NOTICE = "Privacy-notice wording for school-level data sharing"
RECORDER = "One-handed recorder for a Year 4 whole-class group: loan or buy?"
SHAKERS = "Twelve children, one shaker each: how do you ever stop?"
WINDOW = "Self-assessment window opens 5 January"
MILEAGE = "Mileage rates and “car lunch” breaks: what does your policy say?"
COACHES = "Coaches for a festival day: who is safe, on time and affordable?"

CARE = [
    Care(
        f"{BRASS} 9",
        "summary",
        "ivc-chair",
        "1h",
        """**So far:** three stations, practice mutes for the first half-term, bells towards the curtains. Measure the second lesson. Plastic instruments are lighter, not quieter.

**Open:** what do we tell the person who books the hall?""",
    ),
    Care(
        f"{BRASS} 14",
        "summary",
        "ivc-chair",
        "30m",
        """**What has worked:** three stations, practice mutes for the first half-term, bells towards the curtains, and silence drills before the first note. With all of it the same hall went from 94 to 80 dB(A) on average.

**For whoever books the hall:** not beside the dining hour, not under the staff room, and write "loud" into the booking.

**Next:** @deputy-curriculum drafts a one-side guidance note. The new curtains are measured in the second lesson.""",
    ),
    Care(f"{FESTIVAL} 9", "split", "ivc-chair", "12h", COACHES, (8, 9)),
    Care(
        COACHES,
        "reply",
        "school-lead-special",
        "1d",
        "Ask for the driver who knows your pupils, by school and not by name. Ours waits with the engine off, and that"
        " is half of a good day.",
    ),
    Care(f"{PEGS} 3", "merge", "ivc-chair", "1h", UKULELES),
    Care(f"{BRASS} 2", "say", "school-lead-primary", "2h", "helpful"),
    Care(f"{BRASS} 2", "say", "ivc-chair", "1h", "helpful"),
    Care(f"{BRASS} 2", "say", "student-member", "3h", "helpful"),
    Care(f"{BRASS} 2", "say", "mat-music-lead", "2h", "thanks"),
    Care(f"{BRASS} 5", "say", "brass-peri", "1h", "helpful"),
    Care(f"{BRASS} 5", "say", "ivc-chair", "1h", "helpful"),
    Care(f"{BRASS} 5", "say", "deputy-curriculum", "1h", "agree"),
    Care(f"{BRASS} 6", "say", "school-lead-special", "2h", "thanks"),
    Care(f"{BRASS} 6", "say", "early-years-tutor", "2h", "agree"),
    Care(f"{BRASS} 10", "say", "school-lead-primary", "1h", "helpful"),
    Care(f"{BRASS} 11", "say", "brass-peri", "1h", "bravo"),
    Care(f"{BRASS} 11", "say", "woodwind-peri", "1h", "bravo"),
    Care(f"{BRASS} 14", "say", "brass-peri", "1h", "agree"),
    Care(f"{CARRY_ON} 2", "say", "hub-lead-coast", "2h", "helpful"),
    Care(f"{CARRY_ON} 3", "say", "mat-music-lead", "5h", "same"),
    Care(f"{CARRY_ON} 6", "say", "inclusion-lead", "4h", "agree"),
    Care(f"{CARRY_ON} 9", "say", "data-chair", "2h", "same"),
    Care(f"{UKULELES} 5", "say", "hub-lead-coast", "1h", "thanks"),
    Care(f"{FESTIVAL} 7", "say", "singing-lead", "1h", "bravo"),
    Care(f"{COMPLAINT} 4", "say", "singing-lead", "2h", "agree"),
    Care(f"{COMPLAINT} 8", "say", "dei-chair", "2h", "bravo"),
    Care(f"{BRASS} 2", "accept", "school-lead-primary", "4d", ""),
    Care(f"{LICENCE} 2", "accept", "woodwind-peri", "1d", ""),
    Care(f"{TASTER} 2", "accept", "data-manager-east", "6d", ""),
    Care(f"{NOTICE} 2", "accept", "org-contact-saltmarsh", "5d", ""),
    Care(f"{RECORDER} 2", "accept", "brass-peri", "12d", ""),
    Care(f"{SHAKERS} 2", "accept", "early-years-tutor", "4d", ""),
    Care(f"{BRASS} 13", "mark", "ivc-chair", "10m", "decision"),
    Care(f"{MILEAGE} 7", "mark", "workforce-chair", "5m", "note"),
    Care(WINDOW, "acknowledge", "inclusion-lead", "1h", ""),
    Care(WINDOW, "acknowledge", "service-head-north", "3h", ""),
    Care(WINDOW, "acknowledge", "singing-lead", "1d", ""),
    Care(WINDOW, "acknowledge", "school-lead-special", "3d", ""),
    Care("Welcome to the new place for our groups", "archive", "staff-facilitator", "330d", ""),
    Care(f"{BRASS} 5", "save", "brass-peri", "3h", "The table, for the heads’ meeting", (5,)),
    Care(f"{UKULELES} 5", "save", "brass-peri", "1d", ""),
]
