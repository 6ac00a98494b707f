"""Threads of Data and impact."""

from __future__ import annotations

from community.demo.script import Said, Talk

TALKS = [
    Talk(
        "data",
        "question",
        "Annual return: does a four-week taster count as whole-class?",
        62,
        "09:05",
        "data-manager-east",
        """Question from three of our schools, so probably from yours as well.

A **four-week taster**, whole class, weekly, with a visiting teacher. Does it go into the return as *whole-class ensemble teaching*, or not at all? Last year's guidance says "substantial", which is not a number.""",
        [
            Said(
                "data-chair",
                "1h",
                """Our dictionary, entry 14, agreed at the June meeting:

> **Whole-class programme**: every pupil in a class learns to play or sing together, led by a specialist, for at least **one term** (ten sessions). Shorter is a *taster* and is counted in the column for workshops.

So: not whole-class. Count it in workshops, with sessions and pupils. It does not disappear, it only stops pretending.""",
            ),
            Said(
                "service-head-north",
                "3h",
                """We asked the funder's drop-in last Tuesday and got the same answer in other words: ten sessions. They said that it will be in the questions and answers next week.""",
            ),
            Said(
                "hub-lead-coast",
                "1d",
                """What about ten sessions of twenty minutes, because the bus is late every week? I am serious. It is one school, and it is every week.""",
            ),
            Said(
                "data-chair",
                "2h",
                """Ten sessions planned is ten sessions. Put the bus into the narrative question; that is what it is for.""",
            ),
            Said(
                "ivc-chair",
                "4h",
                """And please let nobody *start* calling tasters whole-class because a neighbour does. If we all count the same, the low figure is an argument. If we do not, it is an embarrassment.""",
            ),
            Said(
                "data-manager-east",
                "5d",
                """Confirmed in the published questions and answers, number 31. I have added the reference to the dictionary. Closing with thanks.""",
            ),
        ],
        is_closed=True,
    ),
    Talk(
        "data",
        "announcement",
        "Template re-issued: use version 2.1, cells J–M changed",
        54,
        "16:10",
        "data-chair",
        """The funder re-issued the template this afternoon. **Use version 2.1** in Documents. Versions 1 and 2.0 are in its history; do not go on with them.

What changed:

- columns **J to M** on the school sheet: continuation is now split by year
- the cell that turned red for special schools no longer does
- pasting *values* is safe again; pasting *formats* still breaks the locked cells

If you have begun: copy columns A to I as values, then fill J to M anew. It took us eleven minutes.""",
        [
            Said(
                "data-manager-east",
                "40m",
                """Eleven minutes confirmed. Trap: the school type list is sorted differently now. Do not drag it down.""",
            ),
            Said(
                "org-contact-saltmarsh",
                "2h",
                """Thank you. I had three versions in my mail this week, two of them called *final*.""",
            ),
            Said("hub-lead-coast", "1d", """For two hub areas: is it one template each, or one with two sheets?"""),
            Said("data-chair", "1h", """One each. Same file, two copies, and the area code in the file name."""),
            Said(
                "mat-music-lead",
                "2d",
                """Schools asked me what they have to do: nothing. I have posted that sentence in eleven staff rooms.""",
            ),
        ],
        is_pinned=True,
    ),
    Talk(
        "data",
        "discussion",
        "Measuring progress without measuring pupils to death",
        88,
        "11:20",
        "ivc-chair",
        """Teachers in my area spend, by their own reckoning, **four minutes per pupil per term** entering progress that nobody reads. With 2,100 pupils that is 140 hours a term.

I would like us to agree the *least* we could collect that would still tell us something true. Proposal to shoot at:

1. Still making music? (yes / no / elsewhere)
2. Which step of the grid feels secure? (1 to 5)
3. One thing this pupil can do now that they could not in September. (free text, optional)""",
        [
            Said(
                "data-chair",
                "1d",
                """I like 1 and 2. With 3 I worry about names in free text. If we keep it, keep it at the school and collect only *whether* it was filled in.""",
            ),
            Said(
                "mat-music-lead",
                "3h",
                """Number 3 is the only one a class teacher will thank you for. Keep it at the school, yes.""",
            ),
            Said(
                "dei-chair",
                "2d",
                """Break number 1 down by what you can influence: price, travel, timetable. "Stopped" is not information. "Stopped because the bus changed" is.""",
            ),
            Said(
                "service-head-north",
                "1d",
                """We tried sampling instead of counting: 200 pupils, drawn each year, asked properly. Same trends, a tenth of the work, and the tutors *talked* to the pupils.""",
            ),
            Said(
                "data-manager-east",
                "4h",
                """As the person with the spreadsheet: sampling is fine if the sample is drawn by me and not by whoever is in the corridor.

| Approach | Hours a term (2,100 pupils) | Would I trust it? |
| --- | --- | --- |
| Everyone, everything | 140 | no, people guess |
| Everyone, two questions | 35 | yes |
| Sample of 200, five questions | 20 | yes, for trends |
| Sample of whoever is there | 5 | no |""",
            ),
            Said(
                "ivc-chair",
                "3d",
                """Then let us pilot **everyone, two questions** in four areas until Easter, and compare with Northmoor's sample. Who is in?""",
            ),
            Said("service-head-north", "2h", "In."),
            Said("hub-lead-coast", "1d", "Both our areas, in."),
            Said("mat-music-lead", "2h", "In, with the three schools that asked."),
            Said(
                "data-chair",
                "1d",
                """That is four. I will write one page on what we promise *not* to do with it, and put that first.""",
            ),
        ],
    ),
    Talk(
        "data",
        "resource",
        "Data dictionary: 64 terms, agreed at the June meeting",
        150,
        "10:30",
        "data-chair",
        """The dictionary is final for this year: 64 terms, each with a definition, an example, a counter-example and who decided. It is a workbook, so that you can filter it.

The ten that caused the most trouble, and now should not: *whole-class programme, taster, session, pupil (head count), pupil (places), continuation, ensemble, remission, delivery partner, school engaged*.

If you disagree with a definition: use it anyway this year, and write here. We change it once a year, in June, together.""",
        [
            Said("data-manager-east", "1d", """"School engaged" finally says *engaged in what*. I could cry."""),
            Said("mat-music-lead", "2d", """Please add "peripatetic". New teachers think that it is a condition."""),
            Said(
                "hub-lead-coast",
                "3d",
                """A disagreement, for June: *ensemble* at "four or more" excludes our folk trios, which are the only thing growing in two of our valleys.""",
            ),
            Said(
                "data-chair",
                "5h",
                """Noted for June with your name on it. Until then a trio is a *group lesson with an audience*, I fear.""",
            ),
            Said(
                "org-contact-saltmarsh",
                "12d",
                """We printed the ten and put them above the photocopier. Calls are down.""",
            ),
        ],
    ),
    Talk(
        "data",
        "question",
        "Privacy-notice wording for school-level data sharing",
        37,
        "15:00",
        "org-contact-saltmarsh",
        """We share figures with our hub at the level of a *school*: pupils learning, by year and instrument. Small schools mean small numbers: one bassoon is one child.

Does anyone have wording for the privacy notice that a parent would understand, and a rule for the small numbers?""",
        [
            Said(
                "data-chair",
                "2h",
                """Ours, which our data-protection officer has approved and which you may copy:

> We tell our partners how many pupils learn in each school, and which instruments. We never pass on names. Where fewer than ten pupils would be counted, we say "fewer than ten".

The rule is in the last sentence. It has to be in the *spreadsheet* as well, not only in the notice.""",
            ),
            Said(
                "data-manager-east",
                "1h",
                """In ours the export does it: anything from 1 to 9 leaves as "<10", and totals are rounded so that nobody can subtract their way back. Ask me for the formula.""",
            ),
            Said(
                "service-head-north",
                "1d",
                """Do not forget the obvious one: in a village with one bassoon everyone knows already. It still should not come from us.""",
            ),
            Said(
                "org-contact-saltmarsh",
                "3d",
                """Copied, approved here as well, and translated for our notice board. Thank you.""",
            ),
        ],
    ),
    Talk(
        "data",
        "discussion",
        "Benchmarking fee remissions: share bands, not names",
        12,
        "14:25",
        "hub-lead-coast",
        """Our board wants to know if our remissions are generous or mean. I do not want to compare *fees*; we may not, and it would mislead. I do want to compare **how many families get help, and how they ask for it**.

Proposal: everyone sends a band (0 to 5 %, 5 to 10 %, 10 to 20 %, more) to @data-chair, who publishes only how many are in each.""",
        [
            Said(
                "data-chair",
                "2h",
                """Happy to collect. Conditions: at least eight answers before I publish anything, bands only, no fees, no notes. I delete the answers after publication.""",
            ),
            Said(
                "service-head-north",
                "1d",
                """In. The more interesting half of the question is *how they ask*. We moved from a form to a tick box on the enrolment page, and the share of families with help went up by half in one term. Nothing else had changed.""",
            ),
            Said(
                "dei-chair",
                "5h",
                """Same here after free tuition came: cost had been the smaller barrier. **Asking** was the larger.""",
            ),
            Said(
                "workforce-chair",
                "1d",
                """A caution for the record: bands of *remission* are fine. The moment someone writes down a price, stop and call a lead. I would rather be tedious than explain it to a regulator.""",
            ),
            Said("data-manager-east", "2d", """Sent mine. Six so far, I hear."""),
        ],
    ),
]
