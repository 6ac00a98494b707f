"""The groups, who is in them, and who would like to be. The four development groups are data, like all the others."""

from __future__ import annotations

from typing import Any, NamedTuple


class Place(NamedTuple):
    """A group and its people: leads first, then members; observers with the days until (or since) their last day."""

    slug: str
    name: str
    facts: dict[str, Any]
    purpose: str
    welcome: str
    lead: str
    co_lead: str
    members: str = ""
    observers: dict[str, int] = {}


class Change(NamedTuple):
    """A lead gives someone another role, until so many days ahead (or since so many behind)."""

    group: str
    by: str
    handle: str
    days_ago: int
    until: int


class Wish(NamedTuple):
    """Someone asks to join. An `answer` of "" is still waiting."""

    group: str
    by: str
    days_ago: int
    note: str
    answer: str = ""


PLACES = [
    Place(
        "workforce",
        "Workforce",
        {"mark": "W", "hue": "amber", "joining": "request"},
        "Recruiting, training, paying and keeping the people who teach, lead and support music.",
        """We share what works in finding and keeping tutors, and we write to those who can change the rest.

Three things before you post. Compare models, not named people. Say which nation you are in: pay scales differ. We never agree fees or rates between organisations; bands and ranges that are already public are fine.

New here? Read the induction checklist, then say hello in any thread. We meet once a term online for two hours.""",
        "workforce-chair",
        "service-head-north",
        "hub-lead-coast deputy-curriculum brass-peri woodwind-peri mat-music-lead ivc-chair org-contact-saltmarsh"
        " lapsed-member arweinydd-cymru dei-chair student-member staff-facilitator",
        {"trustee-observer": 120},
    ),
    Place(
        "inclusion",
        "Diversity, equity and inclusion",
        {"mark": "DEI", "hue": "plum", "joining": "request", "mail_privacy": "link", "allows_masked": True},
        "Who gets to make music, who gets to teach it, and what we change next.",
        """This group talks about real places and real people without naming them. Letters from here carry only a link, because council mailboxes are read by others.

If you would rather not ask under your own name, tick “Post without my name to the group” below your text.

Start with the self-assessment workbook and the inclusive-language guide. Disagreement is welcome; be as kind as you would be in a staff room.""",
        "dei-chair",
        "inclusion-lead",
        "school-lead-special brass-peri workforce-chair mat-music-lead singing-lead woodwind-peri service-head-north"
        " staff-facilitator",
    ),
    Place(
        "teaching",
        "Instrumental, vocal and curriculum",
        {"mark": "IVC", "hue": "teal", "joining": "open", "mail_privacy": "full"},
        "What and how we teach: whole-class, small-group, singing, ensembles, curriculum.",
        """Practical questions first: what do you do on Monday morning with thirty children, a hall and an hour?

Share your own work, or say who gave permission. Scanned music does not belong here, not even under your service’s licence: it covers your own secure network only.

Start with the progression grid and the first-term scheme of work. Anyone may open a thread; a lead answers every question within two working days.""",
        "ivc-chair",
        "deputy-curriculum",
        "brass-peri woodwind-peri school-lead-primary school-lead-special mat-music-lead singing-lead"
        " early-years-tutor inclusion-lead service-head-north hub-lead-coast lapsed-member dei-chair data-chair"
        " arweinydd-cymru student-member industry-guest",
    ),
    Place(
        "data",
        "Data and impact",
        {"mark": "D&I", "hue": "violet", "joining": "request", "refuses_pupil_data": True},
        "Counting what matters, once, and using it.",
        """The annual return, what its words mean, and what we could do with the answers.

No pupil data, ever: no names, no numbers that belong to one child, not in a post and not inside a spreadsheet. Aggregates of fewer than ten stay at home too.

Which template is current? The newest version in Documents, and nothing that came by e-mail.""",
        "data-chair",
        "data-manager-east",
        "hub-lead-coast ivc-chair brass-peri mat-music-lead service-head-north org-contact-saltmarsh dei-chair workforce-chair",
        {"trustee-observer": 120},
    ),
    Place(
        "all-members",
        "All members",
        {
            "mark": "All",
            "hue": "slate",
            "joining": "automatic",
            "visibility": "open",
            "kind": "announcement",
            "mail_privacy": "full",
        },
        "News and calls from Music Mark staff.",
        "Everyone belongs here. Staff announce; you are welcome to reply, ask and add.",
        "staff-facilitator",
        "duty-moderator",
    ),
    Place(
        "consultation-curriculum",
        "Consultation: curriculum programmes of study",
        {"mark": "Con", "hue": "brick", "joining": "invite", "kind": "task", "seats": 1},
        "Drafting the membership’s response. One seat for each organisation; ends 31 January.",
        """We write one response for the whole membership, section by section, and finish in January.

One voice for each organisation: bring what your colleagues think, not only what you think. Draft 4 is in Documents. Each section has its own discussion and a date by which it freezes.""",
        "ivc-chair",
        "mat-music-lead",
        "deputy-curriculum singing-lead dei-chair arweinydd-cymru school-lead-primary school-lead-special",
    ),
    Place(
        "cymru",
        "Wales / Cymru",
        {"mark": "Cym", "hue": "moss", "joining": "request", "kind": "network"},
        "Members working in Wales. Aelodau sy’n gweithio yng Nghymru.",
        """Croeso! Ysgrifennwch yn Gymraeg neu yn Saesneg, fel y mynnwch.

Welcome! Write in Welsh or in English, as you like. Agendas and announcements come in both. If your Welsh is new, try it here: nobody marks it.""",
        "arweinydd-cymru",
        "inclusion-lead",
        "staff-facilitator",
    ),
    Place(
        "early-years",
        "Early years network",
        {
            "mark": "EY",
            "hue": "sea",
            "joining": "open",
            "visibility": "open",
            "kind": "network",
            "mail_privacy": "full",
        },
        "Music from birth to five.",
        "Songs, settings, and how to explain to a funder why twelve minutes is a long session. All members can read"
        " along; join to write.",
        "early-years-tutor",
        "school-lead-primary",
        "singing-lead inclusion-lead brass-peri",
    ),
    Place(
        "leads",
        "Group leads’ room",
        {
            "mark": "L",
            "hue": "slate",
            "joining": "invite",
            "visibility": "hidden",
            "kind": "private",
            "mail_privacy": "link",
            "is_confidential": True,
        },
        "For the people who chair.",
        "How do you get papers out on time, and what do you do when nobody replies? Ask here. Nothing leaves.",
        "staff-facilitator",
        "workforce-chair",
        "dei-chair ivc-chair data-chair arweinydd-cymru early-years-tutor",
    ),
]

BEGAN = {"consultation-curriculum": 62, "leads": 300}  # days ago; the others at the very beginning

CHANGES = [Change("teaching", "ivc-chair", "industry-guest", 9, -2)]  # to observer, and by now expired

WISHES = [
    Wish(
        "inclusion",
        "student-member",
        41,
        "I am writing my second-year project on who gets to lead ensembles.",
        "Students are welcome at our open session in March. This group talks about colleagues, so we keep it to people"
        " who work in services and schools. Write to me and I will help with the project.",
    ),
    Wish(
        "workforce",
        "strings-peri",
        3,
        "I teach for three employers and would like to hear how others manage"
        " planning time between them. Happy to share what I know about self-employed contracts.",
    ),
    Wish(
        "data", "student-member", 2, "For my dissertation on progression after whole-class teaching. I would only read."
    ),
    Wish(
        "inclusion",
        "early-years-tutor",
        5,
        "We are rewriting our welcome material for families and I would like to do it properly.",
    ),
    Wish("cymru", "singing-lead", 6, "We run a choir weekend on the border and a third of our singers live in Wales."),
]
