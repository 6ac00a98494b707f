"""Who is here: organisations, people, and the ties between them. Days are counted back from today."""

from __future__ import annotations

from typing import NamedTuple


class Body(NamedTuple):
    """An organisation; its slug gives the addresses of its people."""

    slug: str
    name: str
    category: str
    nation: str
    region: str = ""
    sponsor: str = ""


class Person(NamedTuple):
    """A member, by handle; `ties` are organisations with the job there, and "+" before a contact's."""

    handle: str
    title: str
    ties: dict[str, str]
    pronouns: str = ""
    bio: str = ""
    is_staff: bool = False


ORGANISATIONS = [
    Body("music-mark", "Music Mark", "staff", "uk"),
    Body("northmoor", "Northmoor Music Service", "music-service", "england", "North East"),
    Body("saltmarsh", "Saltmarsh County Music", "music-service", "england", "East of England"),
    Body("harrowdale", "Harrowdale Music Trust", "hub-lead", "england", "Yorkshire and the Humber"),
    Body("cwm-eithin", "Cwm Eithin Music Service", "music-service", "wales"),
    Body("glenfarrow", "Glenfarrow Instrumental Service", "music-service", "scotland"),
    Body("lough-corran", "Lough Corran Music", "music-service", "northern-ireland"),
    Body("pennacre", "Pennacre Music Trust", "hub-partner", "england", "South West"),
    Body("tidewater", "Tidewater Strings", "education", "england", "South East"),
    Body("bellweather", "Bellweather Instruments", "industry", "uk"),
    Body("hollowmere", "Hollowmere Learning Trust", "trust", "england", "East Midlands"),
    Body("aldermoor", "Aldermoor College of Music", "higher", "england", "West Midlands"),
    Body("ashgrove-lane", "Ashgrove Lane Primary", "school", "england", "North East", sponsor="northmoor"),
    Body("thornybeck", "Thornybeck School", "school", "england", "East of England", sponsor="saltmarsh"),
]
IN_GRACE = {"tidewater": 9}  # its membership ended so many days ago
LAPSED = {"pennacre": 95}

PEOPLE = [
    Person(
        "service-head-north",
        "Head of music service",
        {"northmoor": "+Head of service"},
        "she/her",
        "Runs a service of 74 tutors across 118 schools, most of them small and far apart. Former oboist. Ask me about"
        " rotas, rural travel and how to read a council budget.",
    ),
    Person(
        "hub-lead-coast",
        "Hub lead, two areas",
        {"harrowdale": "Hub lead"},
        "he/him",
        "Leads a hub that covers a city and a long stretch of coast. Interested in partnership agreements that people"
        " still read after signing them.",
    ),
    Person(
        "deputy-curriculum",
        "Deputy head, curriculum",
        {"northmoor": "Deputy head, curriculum"},
        "they/them",
        "Moved north this summer. Whole-class programmes, schemes of work, and what happens in the year after.",
    ),
    Person(
        "inclusion-lead",
        "Inclusion lead",
        {"cwm-eithin": "Inclusion lead"},
        "she/her",
        "SEND access, adaptive instruments, alternative provision. Keeps a cupboard of one-handed recorders.",
    ),
    Person(
        "data-manager-east",
        "Data and business manager",
        {"saltmarsh": "Data manager"},
        "",
        "Spreadsheets from August to October, everything else after that. Will answer definitions questions by phone.",
    ),
    Person(
        "brass-peri",
        "Brass tutor",
        {"northmoor": "Visiting brass tutor", "ashgrove-lane": "Band leader, Fridays"},
        "he/him",
        "Five schools, two bands and a boot full of mutes. Learned to teach whole classes by getting it wrong in a"
        " dining hall.",
    ),
    Person(
        "strings-peri",
        "Upper strings tutor",
        {"tidewater": "Violin and viola tutor"},
        "she/her",
        "Violin and viola, beginners to youth orchestra. Self-employed, three employers, one car.",
    ),
    Person(
        "early-years-tutor",
        "Early years music tutor",
        {"glenfarrow": "Early years instructor"},
        "she/her",
        "Music from birth to five, in nurseries, libraries and one very patient community hall.",
    ),
    Person(
        "school-lead-primary",
        "Music lead and Year 4 teacher",
        {"ashgrove-lane": "+Music lead"},
        "she/her",
        "Class teacher first, music lead on Thursday afternoons. Grateful for anything that fits on one side of paper.",
    ),
    Person(
        "school-lead-special",
        "Head of creative arts",
        {"thornybeck": "Head of creative arts"},
        "he/him",
        "An all-through special school with 142 pupils. Music every day, timetabled.",
    ),
    Person(
        "mat-music-lead",
        "Trust music lead",
        {"hollowmere": "Music lead, eleven schools"},
        "she/her",
        "Eleven primaries and two secondaries. Curriculum writing, assessment that teachers do not hate.",
    ),
    Person(
        "workforce-chair",
        "Director of workforce",
        {"harrowdale": "+Director of workforce"},
        "she/her",
        "Chairs the Workforce group. Former brass teacher, now mostly contracts.",
    ),
    Person(
        "dei-chair",
        "Head of service",
        {"glenfarrow": "+Head of instrumental service"},
        "he/him",
        "Chairs Diversity, equity and inclusion. Believes in small changes that are still there a year later.",
    ),
    Person(
        "ivc-chair",
        "Head of learning",
        {"saltmarsh": "Head of learning"},
        "she/her",
        "Chairs Instrumental, vocal and curriculum. Clarinet, choirs and far too many progression grids.",
    ),
    Person(
        "data-chair",
        "Operations and impact manager",
        {"lough-corran": "+Operations manager"},
        "he/him",
        "Chairs Data and impact. Counts things once and then tries to use them.",
    ),
    Person(
        "staff-facilitator",
        "Membership and groups manager",
        {"music-mark": "Groups manager"},
        "she/her",
        "Looks after all the groups. If you do not know whom to ask, ask me.",
        is_staff=True,
    ),
    Person(
        "duty-moderator",
        "Duty moderator this week",
        {"music-mark": "Duty moderator"},
        "",
        "Reads the desk on working days, 8 to 18.",
        is_staff=True,
    ),
    Person(
        "safeguarding-lead",
        "Safeguarding lead",
        {"music-mark": "Safeguarding lead"},
        "she/her",
        "For worries about a child or an adult. In an emergency ring 999 first.",
        is_staff=True,
    ),
    Person("trustee-observer", "Trustee", {"music-mark": "Trustee"}, "", "Reads, and asks questions at the meeting."),
    Person(
        "industry-guest",
        "Education partnerships",
        {"bellweather": "Education partnerships"},
        "he/him",
        "We make and repair school instruments. I say so whenever it matters to what I write.",
    ),
    Person(
        "student-member",
        "Student, second year",
        {"aldermoor": "Student, trombone and education"},
        "they/them",
        "Trombone and music education. Would like to teach whole classes and is told that this is unusual.",
    ),
    Person(
        "org-contact-saltmarsh",
        "Business support officer",
        {"saltmarsh": "+Organisation contact"},
        "",
        "Keeps the list of who works for us and who no longer does.",
    ),
    Person(
        "lapsed-member",
        "Ensembles co-ordinator",
        {"pennacre": "Ensembles co-ordinator"},
        "he/him",
        "Ran the county ensembles until the trust closed them in the summer.",
    ),
    Person(
        "arweinydd-cymru",
        "Pennaeth gwasanaeth / Head of service",
        {"cwm-eithin": "+Head of service"},
        "hi/she",
        "Arwain gwasanaeth cerdd dwyieithog. I lead a bilingual music service and the group for Wales.",
    ),
    Person(
        "woodwind-peri",
        "Woodwind tutor",
        {"saltmarsh": "Visiting woodwind tutor"},
        "he/him",
        "Flute, clarinet, sax. Six schools a week, home by six if the ferry runs.",
    ),
    Person(
        "singing-lead",
        "Singing strategy lead",
        {"harrowdale": "Singing lead"},
        "she/her",
        "Choirs, massed singing and the quiet art of getting thirty teachers to sing in a staff meeting.",
    ),
]

# Who came from somewhere else: the organisation of before, and how many days ago they moved.
MOVED = {"deputy-curriculum": ("saltmarsh", "Curriculum lead", 118)}
