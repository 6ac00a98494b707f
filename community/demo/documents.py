"""What stands in the libraries: real files with something in them, in versions, with rights and review dates."""

from __future__ import annotations

from community.demo.script import Copy, Pack, Paper, Scrutiny

TERMS = """## What this group is for

{purpose}

## Who is in it

Members join for their organisation. Two leads at least; each leads for two years and hands over in writing.

## How we work

- One meeting a term, online, two hours; papers five working days before.
- Between meetings we work in discussions. A question is answered within two working days.
- Decisions are taken by agreement. Where we cannot agree, each organisation has one voice.

## What we do not do

{never}

## Review

These terms are looked at once a year, at the summer meeting."""


def _terms(group: str, purpose: str, never: str, by: str, review: int) -> Paper:
    text = TERMS.format(purpose=purpose, never=never)
    copy = Copy(372, by, "First version, agreed at the founding meeting", f"terms-of-reference-{group}.pdf", text)
    summary = "What the group is for, who is in it, how it decides."
    return Paper(f"terms-{group}", group, "terms", "Terms of reference", summary, [copy], review=review)


CHECKLIST = """## Before the first day

- Contract signed, right to work and enhanced check seen by a named person
- Added to Ensemble by the organisation contact; account works
- Buddy named. If there is no buddy, the first day moves
- Timetable with addresses, car parks and who to ask for

## First day, at each school

- Who is the safeguarding lead here, and where is their door
- Fire exit from the room you teach in
- Where you may eat your lunch, sitting, warm
- Key, wi-fi, photocopier, toilets

## First month

- Two lessons watched, one by the buddy and one of the buddy's
- Hearing: sound level looked up for your rooms, protection offered
- Voice: who to ask if you lose it
- Pay slip checked together

## {more}"""

RETURN = """Fill the white cells only. Paste values, never formats.

| Column | What | Changed in 2.1 |
| A to C | School name, number, kind | no |
| D to I | Pupils taught, by year group | no |
| J | Carried on from last year: Year 4 | yes |
| K | Carried on from last year: Year 5 (fills itself) | yes |
| L | Carried on from last year: Year 6 | yes |
| M | Carried on: later years together | yes |

| School | Kind | Pupils taught | Carried on |
| Example Primary | primary | 84 | 21 |
| Example Special | special | 40 | 33 |
| Example Secondary | secondary | 132 | 58 |"""

SCHEME = """## Session 1

Silence drill. One note together. A song with a rest in the wrong place.

## Session 2

Stations: play, buzz, clap. Move on every seven minutes.

## Session 3

Two notes. Children make a question; the others answer.

## Sessions 4 to 6

| Layer | What | Who is ready |
| 1 | drone | everyone |
| 2 | rhythm | most |
| 3 | tune | some |
| 4 | lead the others | everybody, once |

## Sessions 7 to 9

Make a piece of three parts. Record it, listen, change one thing.

## Session 10

Play to the class next door. Instruments go home."""

PAPERS = [
    _terms(
        "workforce",
        "Recruiting, training, paying and keeping the people who teach, lead and support music.",
        "We never agree rates, fees or terms between organisations.",
        "workforce-chair",
        -20,
    ),
    _terms(
        "inclusion",
        "Who gets to make music, who gets to teach it, and what we change next.",
        "We do not discuss an identifiable child, parent or colleague.",
        "dei-chair",
        -20,
    ),
    _terms(
        "teaching",
        "What and how we teach: whole-class, small-group, singing, ensembles, curriculum.",
        "We do not share printed music that is not ours.",
        "ivc-chair",
        -20,
    ),
    _terms(
        "data", "Counting what matters, once, and using it.", "No pupil data, and no counts below ten.", "data-chair", 8
    ),
    Paper(
        "minutes-autumn",
        "workforce",
        "minutes",
        "Minutes, autumn meeting (draft)",
        "Draft until agreed at the spring meeting. Corrections in the discussion, please.",
        [
            Copy(
                17,
                "service-head-north",
                "Draft for comment",
                "minutes-autumn-draft.docx",
                """Present: 19 members from 14 organisations. Apologies: 4.

## 1 Vacancies

Upper strings and double reeds are the hardest to fill. Members compared adverts. Agreed: a shared page of adverts that worked.

## 2 Planning time

Three models were compared. Rates were not discussed.

## 3 Bursary letter

A first draft was read. Evidence from at least five regions is wanted before it goes.

## Actions

| What | Who | By |
| Page of adverts | workforce-chair | end of term |
| Evidence from five regions | service-head-north | Friday |
| Talk to a college about visiting | student-member | February |""",
            )
        ],
    ),
    Paper(
        "minutes-summer",
        "workforce",
        "minutes",
        "Minutes, summer meeting (agreed)",
        "Agreed without changes at the autumn meeting.",
        [
            Copy(
                158,
                "service-head-north",
                "Draft",
                "minutes-summer.docx",
                "Present: 22 members from 16 organisations.\n\n"
                "## 1 Induction\n\nVersion 2 of the checklist was gone through line by line.\n\n## 2 Access rider\n\nTo be sent"
                " with every contract, blank, by choice.",
            ),
            Copy(
                40,
                "service-head-north",
                "Agreed at the autumn meeting",
                "minutes-summer-agreed.pdf",
                "Present: 22 members"
                " from 16 organisations.\n\n## 1 Induction\n\nVersion 2 of the checklist was gone through line by line. First"
                " day page to be written.\n\n## 2 Access rider\n\nTo be sent with every contract, blank, by choice.\n\n## 3 Next"
                " meeting\n\nAutumn, online, two hours.",
            ),
        ],
    ),
    Paper(
        "actions",
        "workforce",
        "actions",
        "Action log",
        "Everything that somebody said they would do. One is overdue.",
        [
            Copy(
                40,
                "workforce-chair",
                "After the autumn meeting",
                "action-log.xlsx",
                """Open first, then done.

| What | Who | Due | State |
| Evidence for the bursary letter | service-head-north | this Friday | open |
| Page of adverts that worked | workforce-chair | last Friday | overdue |
| Talk to a college about visiting | student-member | February | open |
| Checklist 3.1 | workforce-chair | last month | done |""",
            ),
            Copy(
                4,
                "workforce-chair",
                "Checklist done; adverts still not",
                "action-log.xlsx",
                """Open first, then done.

| What | Who | Due | State |
| Page of adverts that worked | workforce-chair | two weeks ago | overdue |
| Evidence for the bursary letter | service-head-north | this Friday | open |
| Talk to a college about visiting | student-member | February | open |
| Checklist 3.1 | workforce-chair | last month | done |""",
            ),
        ],
    ),
    Paper(
        "induction",
        "workforce",
        "toolkit",
        "Induction checklist for visiting teachers",
        "Before the first day, the first day at each school, the first month. Use it with the next person you start.",
        [
            Copy(
                330,
                "workforce-chair",
                "First version",
                "induction-checklist.docx",
                CHECKLIST.format(more="To be added"),
            ),
            Copy(
                190,
                "workforce-chair",
                "Shorter; buddy added",
                "induction-checklist-v2.docx",
                CHECKLIST.format(more="First term"),
            ),
            Copy(
                29,
                "workforce-chair",
                "First day page; hearing and voice; wallet card",
                "induction-checklist-v3.docx",
                CHECKLIST.format(more="First term")
                + "\n\n- A lesson that went wrong, told to somebody kind\n- What should be"
                " crossed out of this list",
            ),
        ],
        is_pinned=True,
        review=-300,
    ),
    Paper(
        "job",
        "workforce",
        "template",
        "Job description: whole-class instrumental teacher",
        "With the parts that candidates asked for: cluster, days, scale, lunch.",
        [
            Copy(
                205,
                "hub-lead-coast",
                "First version",
                "job-description-whole-class.odt",
                """## The work

You teach whole classes to play and sing, with the class teacher in the room, in a named cluster of schools no more than 25 minutes apart.

## The week

- Three days, of which one has planning time in a room with colleagues
- Travel between schools is working time
- Thirty minutes for lunch, parked

## You bring

- An instrument you play well and others you play well enough
- Ways to be heard without shouting
- Curiosity about children who do not do it the usual way

## We bring

- A printed scale and an example month
- A buddy, an induction, and five planning days a year
- A record that is checked, kept up and paid for by us""",
            )
        ],
        review=-160,
    ),
    Paper(
        "terms-compared",
        "workforce",
        "paper",
        "Tutor terms comparison (aggregated)",
        "Wording from six policies on travel, lunch, cover and claims. No names, no rates.",
        [
            Copy(
                122,
                "workforce-chair",
                "From the discussion on mileage",
                "tutor-terms-aggregated.xlsx",
                """Six organisations answered. Models, not rates.

| Subject | Wording | How many of six |
| Travel between schools | working time | 5 |
| Travel between schools | unpaid | 1 |
| Lunch | 30 minutes, parked | 3 |
| Lunch | not mentioned | 3 |
| Claims due | within two months | 4 |
| Cover | arranged by the service | 4 |""",
            )
        ],
        review=31,
    ),
    Paper(
        "recruitment",
        "workforce",
        "guidance",
        "Safer-recruitment checklist",
        "Seven steps and who signs each. It does not replace your own policy or your nation’s guidance.",
        [
            Copy(
                240,
                "org-contact-saltmarsh",
                "First version",
                "safer-recruitment-checklist.pdf",
                """Use it beside your own policy. Guidance differs in England, Scotland, Wales and Northern Ireland.

## Seven steps

- The advert says that checks are made
- Two people shortlist; gaps in history are noted
- References are asked for before the interview, and read
- One question in the interview is about boundaries
- Identity, right to work and qualifications are seen as originals
- The enhanced check is back before the first lesson, or the first lesson waits
- The induction names the safeguarding lead at every school

## Signed

Each step by a named person, on the day.""",
            )
        ],
        review=45,
    ),
    Paper(
        "letter",
        "workforce",
        "letter",
        "Joint letter on the teacher-training bursary",
        "Draft 2, for the evidence of this week. Goes to the department on Monday.",
        [
            Copy(
                8,
                "workforce-chair",
                "Draft 1",
                "bursary-letter-draft-1.docx",
                "To the department\n\nWe write as services"
                " and schools in four regions.\n\nUnder half of the posts advertised were filled by a specialist.",
            ),
            Copy(
                4,
                "workforce-chair",
                "Oboes first, numbers second",
                "bursary-letter-draft-2.docx",
                "To the department\n\nIn"
                " one valley there are no oboes any more.\n\nWe write as services and schools in four regions. Of 45 music"
                " posts advertised since January, 22 were filled by a specialist.\n\n## What we ask\n\n- Restore the bursary"
                " for music\n- Publish vacancies by subject\n- Pay trainees who mentor in their second year",
            ),
        ],
        reviews=[
            Scrutiny(
                8,
                "workforce-chair",
                ["hub-lead-coast", "deputy-curriculum"],
                5,
                "Would you sign this?",
                [("hub-lead-coast", "1d", False, "Begin with the oboes. Nobody reads a second paragraph of numbers.")],
            )
        ],
        state="draft",
    ),
    Paper(
        "language",
        "inclusion",
        "guidance",
        "Inclusive-language guide",
        "Two pages and a half. What to say, what to ask, and how to put it right.",
        [
            Copy(
                300,
                "inclusion-lead",
                "First version",
                "inclusive-language-guide.docx",
                "## Ask, then say\n\nPeople know what they are called.",
            ),
            Copy(
                60,
                "inclusion-lead",
                "Examples from schools; shorter",
                "inclusive-language-guide-v2.pdf",
                """## Ask, then say

People know what they are called. Ask once, write it down, use it.

## Say what is there

- "A pupil who uses a wheelchair", not "confined to"
- "Plays with one hand", not "can only use one hand"
- "English as an additional language", not "no English"

## When you get it wrong

Put it right in one sentence and go on. A long apology makes the other person look after you.""",
            ),
        ],
        is_pinned=True,
        review=-90,
        reviews=[
            Scrutiny(
                58,
                "inclusion-lead",
                ["dei-chair", "school-lead-special"],
                44,
                "Does anything in it still talk about people instead of with them?",
                [
                    ("school-lead-special", "5h", True, ""),
                    ("dei-chair", "3d", True, "Two pages and a half, as promised. Agreed."),
                ],
            )
        ],
    ),
    Paper(
        "rider",
        "inclusion",
        "template",
        "Access rider template",
        "One page on what you need to do your job well. Three invented examples.",
        [
            Copy(
                115,
                "inclusion-lead",
                "First version",
                "access-rider.docx",
                "## To do my job well I need\n\n- a room\n- light",
            ),
            Copy(
                107,
                "inclusion-lead",
                "Line for communication added",
                "access-rider-v2.docx",
                """## To do my job well I need

- The room:
- The light and the sound:
- Time between lessons:
- To communicate: ring, write, or come and find me

## Please do not

- ask for proof
- pass this on without asking me

## Example (invented)

A chair with a back, a room I can find without asking three people, no flickering light. Write to me; I do not hear well on the telephone.""",
            ),
        ],
        review=-250,
    ),
    Paper(
        "assessment",
        "inclusion",
        "toolkit",
        "EDI self-assessment workbook",
        "Score what is, not what is planned. Nobody sees your scores but you.",
        [
            Copy(
                375,
                "dei-chair",
                "Last year’s",
                "edi-self-assessment.xlsx",
                "Do it with three people.\n\n| Question | 0 to 4 |\n| We know who applies for our posts | 0 |",
            ),
            Copy(
                10,
                "dei-chair",
                "For the window in January; the double negative is gone",
                "edi-self-assessment-v2.xlsx",
                """Do it with three people from different jobs.

| Question | Now (0 to 4) | Planned (0 to 4) |
| We know who applies for our posts, and who gets them | 0 | 0 |
| Players choose a part of what they play | 0 | 0 |
| An adapted instrument is here before the pupil is | 0 | 0 |
| Families can ask for help with fees in one tick | 0 | 0 |
| Our venues are step-free to the stage | 0 | 0 |
| Holy days are in our calendar before the dates are fixed | 0 | 0 |""",
            ),
        ],
        is_pinned=True,
        review=-365,
    ),
    Paper(
        "case-study",
        "inclusion",
        "case-study",
        "Case-study template",
        "Four paragraphs in your own words. Ask everyone who could recognise themselves.",
        [
            Copy(
                80,
                "dei-chair",
                "First version",
                "case-study-template.odt",
                """## What it was like before

Where, how many, what was missing. No names.

## What we did

In the order in which we did it, with what it cost.

## What changed

Say how you know. One figure and one sentence that somebody said, with their permission.

## What we would do differently

This is the paragraph that others read first.""",
            )
        ],
        {"rights": "open", "rights_note": "Creative Commons, attribution"},
        review=-280,
    ),
    Paper(
        "grid",
        "teaching",
        "toolkit",
        "Progression grid, beginner to grade-3 standard",
        "Five steps for each family and for voice, written as can-do. Names no exam board.",
        [
            Copy(
                145,
                "ivc-chair",
                "For comment",
                "progression-grid.pdf",
                "## Brass\n\n| Step | Can |\n| 1 | plays a scale of five notes |",
            ),
            Copy(
                116,
                "ivc-chair",
                "Voice added; adapted technique; flutes corrected",
                "progression-grid-v2.pdf",
                """Find the step where a pupil is secure. Look one row down for the next three weeks.

## Brass

| Step | Can |
| 1 | plays five neighbouring notes in any order, by ear or from notation |
| 2 | starts and stops together with others; plays softly on purpose |
| 3 | plays an octave; knows three rhythms well enough to lead them |
| 4 | tunes to another player without being told |
| 5 | prepares a piece alone in two weeks |

## Woodwind

| Step | Can |
| 1 | holds a steady sound for eight counts |
| 2 | moves between first and second octave with a steady sound |
| 3 | tongues and slurs on purpose |

## Voice

| Step | Can |
| 1 | joins in and stops with others |
| 2 | holds a tune against a drone |
| 3 | holds a part in a round |

## Adapted technique

The steps are the same for every technique. Step 3 is step 3 with one hand, with a stand, with a switch.""",
            ),
        ],
        {"rights": "open", "rights_note": "Creative Commons, attribution, non-commercial"},
        is_pinned=True,
        review=-220,
    ),
    Paper(
        "scheme",
        "teaching",
        "toolkit",
        "Whole-class first-term scheme of work",
        "Ten sessions of an hour for any family, in layers, for classes of one age or four.",
        [
            Copy(
                170,
                "deputy-curriculum",
                "First version",
                "first-term-scheme.odt",
                SCHEME,
            ),
            Copy(
                84,
                "deputy-curriculum",
                "One page for mixed-age classes added",
                "first-term-scheme-v2.odt",
                """## One page for mixed ages

One song, one drone, one rhythm, one tune. Everyone does the drone; whoever is ready adds the next layer. In four years everybody leads everything once.

"""
                + SCHEME,
            ),
            Copy(
                3,
                "deputy-curriculum",
                "Hearing care added; lesson 1 shorter",
                "first-term-scheme-v3.odt",
                """## One page for mixed ages

One song, one drone, one rhythm, one tune. Everyone does the drone; whoever is ready adds the next layer. In four years everybody leads everything once.

## Hearing care

Keep full sound to eight minutes at a time and a third of the class at once. Ask each child who uses a hearing aid, and their family, what works for them.

"""
                + SCHEME,
            ),
        ],
        is_pinned=True,
        review=-150,
        reviews=[
            Scrutiny(
                82,
                "deputy-curriculum",
                ["ivc-chair", "school-lead-primary"],
                70,
                "Is one page enough for classes of four ages?",
                [
                    ("school-lead-primary", "1d", True, "It is what we needed. The drone idea alone is worth it."),
                    ("ivc-chair", "2d", True, ""),
                ],
            ),
            Scrutiny(
                2,
                "deputy-curriculum",
                ["inclusion-lead", "school-lead-special", "ivc-chair"],
                -3,
                "The page about hearing care is new: is it right, and short enough to be read?",
                [
                    ("inclusion-lead", "3h", True, ""),
                    ("school-lead-special", "1d", True, "“Ask the family” is the best line in it. Keep."),
                ],
            ),
        ],
    ),
    Paper(
        "risk",
        "teaching",
        "template",
        "Concert and trips risk assessment",
        "A worked example and an empty one. Sound levels are on it.",
        [
            Copy(
                260,
                "service-head-north",
                "First version",
                "risk-assessment-concerts.docx",
                """| What could happen | Who | What we do | By |
| Too loud for too long | players, tutor | stations, mutes, breaks | tutor |
| Someone is lost on the coach | pupils | count on, count off, two adults | trip lead |
| A stand falls | audience | front row two metres back | stage |
| Heat | everyone | water, jackets off, shorter set | conductor |

## Who is told what

The school's safeguarding lead has the list of adults before the day.""",
            )
        ],
        review=12,
    ),
    Paper(
        "loan-old",
        "teaching",
        "template",
        "Instrument loan agreement (last year’s)",
        "Replaced: the insurance part was too hard to read.",
        [
            Copy(
                350,
                "service-head-north",
                "First version",
                "instrument-loan-agreement.docx",
                "The borrower, hereinafter"
                " the Borrower, undertakes to insure the instrument, hereinafter the Instrument.",
            )
        ],
        review=90,
        replaced_by="loan",
    ),
    Paper(
        "loan",
        "teaching",
        "template",
        "Instrument loan agreement",
        "One page, plain words, reading age of eleven. Also for the summer at home.",
        [
            Copy(
                100,
                "service-head-north",
                "New text in plain words",
                "instrument-loan-agreement-plain.docx",
                """## What you get

An instrument with a number, a case, and someone to ring if it breaks.

## What we ask

- Play it. Keep it warm and dry.
- Do not mend it; we like doing that.
- Bring it back, or tell us that you are still playing.

## If something happens

Tell us. You pay nothing for the first accident.""",
            )
        ],
        {"rights": "open", "rights_note": "Creative Commons, attribution"},
        review=-260,
    ),
    Paper(
        "warm-ups",
        "teaching",
        "toolkit",
        "Warm-ups for whole-class brass",
        "Nine pages of warm-ups.",
        [
            Copy(
                50,
                "woodwind-peri",
                "First version",
                "warm-ups.pdf",
                "## Warm-up 1\n\nBreathe in for four, out for eight.\n\n## Warm-up 2\n\nBuzz a siren.",
            )
        ],
        {"rights": "permission", "rights_note": "Our service’s licence"},
    ),
    Paper(
        "template",
        "data",
        "template",
        "Annual-return template",
        "Use this one and no other: version 2.1, re-issued by the funder. Change note inside.",
        [
            Copy(96, "data-chair", "As first issued", "annual-return-template-1.xlsx", RETURN.replace("yes", "no")),
            Copy(
                75, "data-chair", "2.0: special schools", "annual-return-template-2.0.xlsx", RETURN.replace("yes", "no")
            ),
            Copy(
                54,
                "data-chair",
                "2.1: cells J to M changed; see the change note on the first sheet",
                "annual-return-template-2.1.xlsx",
                RETURN,
            ),
        ],
        {"rights": "permission", "rights_note": "The funder’s own template, shared with their permission"},
        is_pinned=True,
        review=-120,
    ),
    Paper(
        "dictionary",
        "data",
        "guidance",
        "Data dictionary: 64 terms",
        "Each with a definition, an example, a counter-example and who decided. Final for this year.",
        [
            Copy(
                153,
                "data-chair",
                "Agreed at the June meeting",
                "data-dictionary.xlsx",
                """Agreed at the June meeting. Changed once a year. These are the ten that caused most trouble.

| Number | Term | Definition | Not this |
| 14 | Whole-class programme | every pupil in a class learns together, led by a specialist, for at least ten sessions | a four-week taster |
| 15 | Taster | the same, shorter; counted with workshops | a concert |
| 18 | Session | planned teaching of any length, once | a term |
| 22 | Place of teaching | the school where the teaching happens | the school on the register |
| 27 | Pupil (head count) | a child counted once | places added up |
| 28 | Pupil (places) | each thing a child takes part in | head count |
| 33 | Continuation | still making music with us a term later | the same instrument |
| 41 | Ensemble | four or more who rehearse at least six times | a lesson with an audience |
| 47 | Remission | help with fees, of any size | a discount for siblings |
| 52 | School engaged | a school with at least one of: teaching, ensemble, training, loan | a school that opened a letter |""",
            ),
            Copy(
                56,
                "data-manager-east",
                "Entry 14: reference to the published answer 31",
                "data-dictionary-1.1.xlsx",
                """Entry 14 now names the funder's published answer 31.

| Number | Term | Definition |
| 14 | Whole-class programme | every pupil in a class learns together, led by a specialist, for at least ten sessions (published answer 31) |
| 15 | Taster | the same, shorter; counted with workshops |""",
            ),
        ],
        is_pinned=True,
        review=-200,
    ),
    Paper(
        "impact",
        "data",
        "template",
        "Impact-report template",
        "Four pages that a governor reads. Two figures, two voices, one thing that did not work.",
        [
            Copy(
                180,
                "data-chair",
                "First version",
                "impact-report-template.docx",
                """## One: what we set out to do

In two sentences, with last year's promise quoted.

## Two: two figures

| Figure | Last year | This year | How we know |
| Still making music |  |  |  |
| Families who got help |  |  |  |

## Three: two voices

With permission, without names.

## Four: one thing that did not work

And what we do instead.""",
            )
        ],
        review=-30,
    ),
    Paper(
        "drop-in",
        "data",
        "recording",
        "Recording: return drop-in",
        "Fifty minutes with captions. The answers are in the discussion as well.",
        [
            Copy(
                30,
                "data-manager-east",
                "With corrected captions",
                "https://recordings.music-mark.example/return-drop-in",
            )
        ],
        {"rights": "link"},
        review=-60,
    ),
    Paper(
        "response",
        "consultation-curriculum",
        "consultation",
        "Consultation response: curriculum (draft 4)",
        "The membership’s response, section by section. Sections 2, 4 and 6 are still open.",
        [
            Copy(
                57,
                "ivc-chair",
                "Draft 1: outline",
                "consultation-response-draft-1.docx",
                "## Section 1\n\nTo be written.",
            ),
            Copy(
                44,
                "ivc-chair",
                "Draft 2: sections 1 to 3",
                "consultation-response-draft-2.docx",
                "## Section 2\n\nEvery pupil sings.",
            ),
            Copy(
                30,
                "mat-music-lead",
                "Draft 3: sections 4 to 6",
                "consultation-response-draft-3.docx",
                "## Section 4\n\nPupils compose.",
            ),
            Copy(
                16,
                "ivc-chair",
                "Draft 4: three questions open, the rest frozen",
                "consultation-response-draft-4.docx",
                """## Section 2: Singing

Every pupil sings, daily in primary school and regularly after.

## Section 4: Composing and technology

Pupils make and revise a piece, using voices, instruments and technology as suits the pupil, and can say what they changed and why. Teachers are given time to learn how: two days a year, paid.

## Section 6: Assessment

Name what pupils do, not what they click. One example, with a pupil in it whom our schools would recognise.

## Who answered

Eight organisations in three nations, named with their consent in the final version.""",
            ),
        ],
        is_pinned=True,
    ),
    Paper(
        "agenda-cymru",
        "cymru",
        "agenda",
        "Agenda: cyfarfod nesaf / next meeting",
        "Dwyieithog / bilingual. Two hours, online.",
        [
            Copy(
                8,
                "arweinydd-cymru",
                "Fersiwn cyntaf / first version",
                "agenda-cymru.pdf",
                """## Cymraeg

- Croeso a chyflwyniadau
- Y cynllun cenedlaethol: beth sydd wedi newid
- Gŵyl ganu: y pennill Cymraeg
- Offerynnau addas
- Hyfforddiant i diwtoriaid newydd

## English

- Welcome and introductions
- The national plan: what has changed
- Festival of singing: the verse in Welsh
- Adapted instruments
- Training for new tutors""",
            )
        ],
        {"language": "cy", "nation": "wales"},
    ),
    Paper(
        "songs",
        "early-years",
        "toolkit",
        "Twelve songs for putting things away",
        "Our own words and tunes. The blanket song is number one.",
        [
            Copy(
                11,
                "early-years-tutor",
                "First version",
                "putting-away-songs.odt",
                """## 1 The blanket song

Goodnight shaker, goodnight bell, close your eyes and all is well.

## 2 Round the box

Into the box goes a shaker, shaker, who is the next to bring?

## How to use them

As slowly as it takes. The putting away is the music.""",
            )
        ],
        {"rights": "open", "rights_note": "Creative Commons, attribution"},
        is_pinned=True,
        review=-340,
    ),
]

PACKS = [
    Pack(
        "teaching",
        "Start here",
        "New in the group? Read these in this order; it takes an hour and saves a term.",
        [
            ("terms-teaching", "What we are for, and what we are not for."),
            ("scheme", "The first ten sessions. Version 2 is agreed; version 3 is nearly there."),
            ("grid", "Where it leads."),
            ("language", "From our neighbours in the inclusion group. Two pages and a half."),
        ],
    ),
    Pack(
        "data",
        "Annual return pack",
        "Everything you need between now and the day the return is due.",
        [
            ("template", "The one to fill in. Nothing that came by e-mail."),
            ("dictionary", "What the words in it mean. Look here before you ask."),
            ("impact", ""),
        ],
    ),
]
