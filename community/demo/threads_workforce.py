"""Threads of Workforce."""

from __future__ import annotations

from community.demo.script import Said, Talk

TALKS = [
    Talk(
        "workforce",
        "question",
        "How are you filling upper-strings vacancies for January?",
        11,
        "09:25",
        "service-head-north",
        """We have two upper-strings posts open from January, both 0.6, both rural. Advertised twice, four enquiries, no appointment. 63 pupils are waiting.

I am not looking for sympathy (though it is welcome). I would like to know what *worked* for you in the last twelve months.""",
        [
            Said(
                "workforce-chair",
                "2h",
                """We filled two of three. What changed between the advert that failed and the one that did not:

| | Failed | Worked |
| --- | --- | --- |
| Hours | 0.6 over four days | 0.6 over **three** days |
| Travel | "must be willing to travel" | a named cluster of four schools within 25 minutes |
| Pay | "according to experience" | the scale printed, with an example month |
| First line | about us | about the pupils |

The third post is still open. It is the one where we could not fix the travel.""",
            ),
            Said(
                "ivc-chair",
                "1d",
                """Two things from the east.

- **Grow one.** A violinist from our own youth orchestra is training with us two days a week. It takes a year and it lasts twenty.
- **Share one.** We employ a viola teacher jointly with the neighbouring service. One contract, one line manager, two timetables. The paperwork was three pages.""",
            ),
            Said("hub-lead-coast", "5h", """Jointly sounds good until somebody is ill. Who arranges cover?"""),
            Said("ivc-chair", "1h", """The one whose day it is. It is written down, which is the whole trick."""),
            Said(
                "mat-music-lead",
                "1d",
                """From a school's side: we would rather have a *brilliant* teacher every second week, with a good plan for the week between, than a different person every week. Ask your schools before you assume that weekly is sacred.""",
            ),
            Said(
                "arweinydd-cymru",
                "2d",
                """We advertise in both languages and say plainly that Welsh can be learned on the job, with lessons in paid time. Applications doubled. Most of the new ones were *not* Welsh speakers; they only liked being told what would happen.""",
            ),
            Said(
                "student-member",
                "4h",
                """A view from the other end: nobody at college told us that this job exists. We had one session on "portfolio careers" and it was about function bands. If any of you came for an hour in February I could fill the room.""",
            ),
            Said(
                "workforce-chair",
                "3h",
                """@student-member I will take you up on that. Other heads: who would come along? It might be the cheapest recruitment we do this year.""",
            ),
            Said(
                "service-head-north",
                "1d",
                """I would. And thank you: we are re-advertising as **three days, one cluster, scale printed**. I will report back whether it worked.""",
            ),
            Said(
                "brass-peri",
                "6h",
                """Please also say in the advert whether there is somewhere warm to eat lunch. I am only half joking.""",
            ),
            Said(
                "workforce-chair",
                "1d",
                """It is in ours now, @brass-peri, word for word: *somewhere warm to eat lunch, sitting*. First application this morning mentions it.""",
            ),
            Said(
                "hub-lead-coast",
                "1d",
                """For the joint post: our finance people and Saltmarsh's have agreed on three pages. I will put a version without names into Documents next week.""",
            ),
        ],
    ),
    Talk(
        "workforce",
        "discussion",
        "Paid planning time for visiting teachers: what is realistic?",
        73,
        "13:10",
        "brass-peri",
        """I am paid for contact time. I plan in the evening, like everybody. Whole-class lessons need more planning than one-to-one ever did, and what I plan is used by schools after I have gone.

I do not want to start a fight. I would like to know what is *realistic*: what do services actually pay, per hour of teaching, and how do they account for it?""",
        [
            Said(
                "service-head-north",
                "1d",
                """We pay **ten minutes per hour** of whole-class teaching and none for small groups. It costs us 3.8 % of the teaching budget. It is not enough, and it was the most popular thing we did that year.

How: it is in the timetable as "planning", with a place. Once it has a place it cannot quietly vanish.""",
            ),
            Said(
                "workforce-chair",
                "3h",
                """Three models I know of, without naming anyone:

1. A percentage on top of every contact hour (8 to 12 %).
2. Planning days: five a year, together, in one room. Cheaper, and people share their plans.
3. Nothing, with a higher hourly rate that is *said* to include it. Nobody believes this one, including the people who wrote it.""",
            ),
            Said(
                "woodwind-peri",
                "5h",
                """Number 2 changed my life. I stopped inventing lessons that a colleague five miles away had already invented better.""",
            ),
            Said(
                "mat-music-lead",
                "2d",
                """School teachers have a tenth of their timetable for planning by contract. If visiting teachers teach *classes*, why would the same work need less? That is the sentence I would use with a head teacher.""",
            ),
            Said(
                "hub-lead-coast",
                "4h",
                """And the sentence a finance director will answer with: then buy fewer hours. So bring the second sentence too: *unplanned hours are the expensive ones*.""",
            ),
            Said(
                "lapsed-member",
                "1d",
                """For what it is worth, we had it and lost it in the first round of savings, precisely because it was not in the timetable but in a "goodwill" line. Put it in the contract.""",
            ),
            Said(
                "ivc-chair",
                "2d",
                """Summary so far, for those who arrive by search next year:

- 8 to 12 % or ten minutes per hour is what is paid where anything is paid.
- Planning **days together** are liked more than minutes alone.
- It survives if it has a place in the timetable and a line in the contract.

We did not discuss rates, and please let us keep it so.""",
            ),
        ],
    ),
    Talk(
        "workforce",
        "resource",
        "Induction checklist for new tutors, version 3",
        29,
        "10:00",
        "workforce-chair",
        """Version 3 of the induction checklist is in Documents. What is new:

- a **first day** page that a school can hand over without us
- safeguarding: who to tell, at *this* school, on a card that fits in a wallet
- voice and hearing: one paragraph each, with who to ask
- the buddy is named before day one, or day one moves

Please use it with the next person you start and tell me what you crossed out.""",
        [
            Said(
                "deputy-curriculum",
                "4h",
                """Used it on Monday. Crossed out: "tour of the building" (there were five buildings). Added: "which car park, and will they tow you".""",
            ),
            Said(
                "brass-peri",
                "1d",
                """Add the wi-fi. I have stood in four schools with a lovely plan on a tablet that could not load it. *Ask before the day, print it anyway.*""",
            ),
            Said("workforce-chair", "2h", """Both in. It will be 3.1 by Friday."""),
            Said(
                "org-contact-saltmarsh",
                "2d",
                """From the office: the line "leaver's accounts closed on the last day" is gold. Could the *joiner's* part say the same, that they are added here before they start?""",
            ),
            Said(
                "woodwind-peri",
                "1d",
                """I have been in post for nine years and went through it for fun. I could not answer six of the questions. Perhaps there is a version for the rest of us.""",
            ),
        ],
    ),
    Talk(
        "workforce",
        "discussion",
        "Teacher-training bursary: evidence for our joint letter, by Friday",
        5,
        "08:40",
        "workforce-chair",
        """We are writing to the department about the bursary for training music teachers. We need evidence, not adjectives, **by Friday 17:00**.

Please give, for your area:

- secondary music posts advertised since January, and how many were filled by a specialist
- one consequence in a sentence, without naming the school
- whether we may quote you as "a service in the North East" or the like

The draft letter is in Documents. Comments on the wording are welcome here; comments on the politics are not.""",
        [
            Said(
                "service-head-north",
                "3h",
                """North East. 14 posts, 6 filled by a specialist, 5 by someone with some music, 3 not at all.

Consequence: two schools now offer no music after Year 8, and our youth orchestra has no oboes from that valley. Quote us as you like.""",
            ),
            Said(
                "ivc-chair",
                "4h",
                """East of England. 19 posts, 9 specialists. In one school a supply teacher with a drama degree has taught all the music for two terms, rather well, and nobody has told him that he is allowed to stop.""",
            ),
            Said(
                "mat-music-lead",
                "1d",
                """East Midlands, two secondaries. 3 posts, 1 filled. We appointed a newly qualified teacher from a *different* bursary subject who plays cello. Please do not quote the cello.""",
            ),
            Said(
                "arweinydd-cymru",
                "2h",
                """Wales has its own incentive, so please write "in England" where you mean England. I am happy with a line that says that the shortage does not stop at the border. Six posts, two filled.""",
            ),
            Said(
                "hub-lead-coast",
                "5h",
                """Yorkshire and the Humber: 11 posts, 5 specialists, one re-advertised four times. I will send the figures by area this afternoon.""",
            ),
            Said(
                "workforce-chair",
                "1d",
                """45 posts, 22 specialists so far. That is **under half**, in four regions. One more region and it becomes hard to argue with.

@deputy-curriculum, could you read the second paragraph as someone who has never heard of us?""",
            ),
            Said(
                "deputy-curriculum",
                "2h",
                """Read. It is good. I would move the sentence about the valley without oboes to the top and let the numbers come second. Ministers have numbers; they do not have oboes.""",
            ),
        ],
    ),
    Talk(
        "workforce",
        "question",
        "Mileage rates and “car lunch” breaks: what does your policy say?",
        131,
        "17:35",
        "woodwind-peri",
        """Two small questions with large feelings attached.

1. When you drive from school A to school B at noon: is that **travel time**, **lunch** or both?
2. Is mileage counted from home, from the first school or from the office you never go to?

I ask what the *policy* says, not what people do.""",
        [
            Said(
                "brass-peri",
                "3h",
                """What people do: eat a sandwich on a dual carriageway. What ours says since last year: a lunch break is thirty minutes **in one place, parked**. Travel between sites is working time. My Tuesday, drawn by our rota person.""",
                picture="rota",
                alt="A bar for one tutor's Tuesday: teaching, travel and lunch, with four hours fifty-five"
                " minutes with pupils, one hour twenty in the car and thirty minutes for lunch.",
            ),
            Said(
                "service-head-north",
                "1d",
                """The wording we settled on, free to copy:

> Travel between places of work during the working day is working time. A break of at least 30 minutes is taken at a place where one can sit, warm, not at the wheel.

Mileage: from the first school to the last, and from home only if it is further than home to base. We use the approved rate so that nobody has to report anything to the tax office.

It cost less than we feared, because the rota person started to *route* people.""",
            ),
            Said(
                "hub-lead-coast",
                "2d",
                """We do "base is the first school of the day". It is simple, and unfair to whoever lives at the far end. We pay a rural supplement instead of arguing. Nobody loves it; nobody appeals.""",
            ),
            Said(
                "org-contact-saltmarsh",
                "3h",
                """Please could all policies say **by when** claims are due. I get September in February.""",
            ),
            Said(
                "dei-chair",
                "1d",
                """A note from an island authority, where "parked" means "on the ferry". Policies written for roads do not fit. We write *time away from base* and leave the vehicle out of it.""",
                key="ferry",
            ),
            Said(
                "workforce-chair",
                "5h",
                """Collected wording from six policies is now in Documents as *Tutor terms comparison*, aggregated, without names or rates. Thank you, all. Please do not turn this into a comparison of hourly fees: we may not, and would not want to.""",
            ),
            Said(
                "lapsed-member",
                "2d",
                """Ask Ms P at the upper school in our area about this, she lost her post over exactly this claim and has been off ill since. Happy to pass on her number.""",
                key="private",
            ),
            Said(
                "woodwind-peri",
                "1d",
                """I now have a policy, a heated staff room at school B and a new sandwich box. Thank you.""",
            ),
        ],
    ),
    Talk(
        "workforce",
        "announcement",
        "Termly CPD day: programme and booking",
        19,
        "09:00",
        "staff-facilitator",
        """The CPD day for this term is online, 10:00 to 15:30, with a proper hour for lunch.

| Time | Session | For |
| --- | --- | --- |
| 10:00 | Behaviour without a whistle | everyone |
| 11:15 | Whole-class woodwind, week by week | tutors |
| 11:15 | Contracts in plain words | managers |
| 13:30 | Hearing: yours and theirs | everyone |
| 14:30 | Bring a lesson that went wrong | everyone |

Book on the members' site by Thursday. Freelance tutors: your service can claim the fee for your time back; ask me how.""",
        [
            Said("woodwind-peri", "4h", """Booked. I have a lesson that went wrong ready since March."""),
            Said("brass-peri", "1d", """Will "Hearing" be recorded? I teach on CPD days, as everybody does."""),
            Said(
                "staff-facilitator",
                "2h",
                """Yes, the two sessions for everyone are recorded, with captions, and stay up for a year. "A lesson that went wrong" is not, for reasons you can imagine.""",
            ),
            Said(
                "arweinydd-cymru",
                "1d",
                """Diolch. Is there live captioning in Welsh for the first one? If not, we will watch together and stop it now and then.""",
            ),
            Said("staff-facilitator", "5h", """Not this time, I am sorry. I have asked for a quote for the spring."""),
        ],
    ),
    Talk(
        "workforce",
        "discussion",
        "Employed, zero-hours or freelance: three models compared",
        205,
        "14:00",
        "hub-lead-coast",
        """We inherited all three from the services that became our hub. I have a board that would like *one*. Before I write the paper: what are the real differences, as you found them, for the tutor, the pupils and the service?

Please: models, not rates.""",
        [
            Said(
                "workforce-chair",
                "1d",
                """What we found after moving from freelance to employed:

| | Employed | Zero-hours | Freelance |
| --- | --- | --- | --- |
| Turnover in a year | 6 % | 19 % | 22 % |
| Cover when ill | we arrange | nobody | the tutor, somehow |
| CPD taken up | 90 % | 35 % | 20 % |
| Office work | much | much | little |
| Tutor with three employers | loses flexibility | keeps it | keeps it |

It was the right thing for *us*. Two excellent people left because of it and I still miss them.""",
            ),
            Said(
                "brass-peri",
                "2d",
                """I have been all three, twice at the same time. Employed: I sleep. Freelance: I choose. Zero-hours: neither.""",
            ),
            Said(
                "mat-music-lead",
                "1d",
                """Schools do not see the model, they see the person. If the change means that our person changes, say it a year ahead.""",
            ),
            Said(
                "service-head-north",
                "3d",
                """Whatever you choose, take proper advice on status before you write the paper. What a contract *says* and what a tribunal *finds* are two different things.""",
            ),
            Said(
                "deputy-curriculum@saltmarsh",
                "1d",
                """Saltmarsh keeps a mixed model on purpose: employed core, freelance for rare instruments. It works because the second group is asked every year whether they would like to change sides. About one in five does.""",
            ),
            Said(
                "lapsed-member",
                "6d",
                """We were freelance throughout. When the trust closed there was nobody to consult, because on paper nobody worked there. Think about that one too.""",
            ),
        ],
    ),
]
