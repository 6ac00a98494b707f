"""Threads of the other groups: all members, Wales, early years, the consultation, the leads' room."""

from __future__ import annotations

from community.demo.script import Said, Talk

IDEAS = [
    ("brass-peri", "2h", "**Silence drills and other ways to be heard.** Thirty minutes, practical, bring nothing."),
    ("service-head-north", "1h", "**How to read a council budget in twenty minutes.** With a real one, anonymised."),
    ("inclusion-lead", "3h", "**The cupboard tour.** I bring every adapted instrument we own, and you try them."),
    ("singing-lead", "2h", "**Getting a staff meeting to sing.** It works in six minutes, I promise."),
    ("data-chair", "1d", "**64 words that ruin an annual return.** A quiz, with a bell."),
    ("mat-music-lead", "3h", "**What head teachers wish you would not say.** I have asked eleven of them."),
    ("woodwind-peri", "5h", "**A lesson that went wrong.** Open stage, five minutes each, no slides, no judgement."),
    (
        "arweinydd-cymru",
        "1d",
        "**Dwy iaith, un gân.** Teaching one song in two languages, with a room that speaks one.",
    ),
    (
        "early-years-tutor",
        "2h",
        "**Twelve minutes is a long session.** Early years for people who teach the other end.",
    ),
    ("school-lead-special", "4h", "**Came in, stayed, made something.** Evidence that is not a grade."),
    (
        "hub-lead-coast",
        "1d",
        "**Partnership agreements people still read after signing.** Bring yours, we cut it in half.",
    ),
    ("student-member", "3h", "**What college did not tell us.** Five students, ten minutes, and please be kind."),
    ("strings-peri", "1d", "**Three employers, one car.** How self-employed tutors plan a week, with the sums."),
    (
        "school-lead-primary",
        "2h",
        "**One side of paper.** Everything a class teacher needs from you, and what they do not.",
    ),
    ("workforce-chair", "6h", "**The advert that worked.** We rewrite three live vacancies in the room."),
    ("dei-chair", "1d", "**After a year.** What a repertoire audit changed and what it did not."),
    ("data-manager-east", "4h", "**Small numbers.** How not to publish a child by accident. With a spreadsheet."),
    ("deputy-curriculum", "1d", "**Week 1 beats week 39.** Continuation, with the chart."),
    ("ivc-chair", "5h", "**Repair afternoon, live.** Sixty ukuleles, four tables, tea."),
    ("org-contact-saltmarsh", "1d", "**Who works here?** Joiners, movers and leavers without tears."),
    ("safeguarding-lead", "3h", "**The question you hope never to be asked.** Small group, no recording."),
    ("brass-peri@ashgrove-lane", "2d", "**Friday band at 12:30.** With biscuits. I can bring the band."),
    ("singing-lead", "4h", "Seconding the repair afternoon, and offering a song to repair by."),
    (
        "service-head-north",
        "1d",
        "Could *After a year* and *Week 1* go next to each other? They are about the same thing.",
    ),
    ("staff-facilitator", "2h", "They could. Keep them coming; twenty-two so far."),
    ("woodwind-peri", "1d", "A quiet room on both days, please, with the light off."),
    ("inclusion-lead", "1h", "And step-free to the *stage*, not only to the seats."),
    ("staff-facilitator", "5h", "Both are in the contract with the venue. I checked this afternoon."),
    ("student-member", "1d", "Is there a student price?"),
    ("staff-facilitator", "1h", "Students come free on day two, and help with the chairs on day one."),
    (
        "mat-music-lead",
        "2d",
        "May schools send two people on one ticket, one each day? Cover is the problem, not the fee.",
    ),
    ("staff-facilitator", "3h", "Yes. Write both names on the form."),
    ("early-years-tutor", "1d", "A crèche would bring you ten more speakers."),
    ("hub-lead-coast", "2h", "Seconded. Ours stayed at home last year because of exactly that."),
    ("staff-facilitator", "1d", "I have asked for a quote. It would be the first time, and it is overdue."),
    ("dei-chair", "4h", "Thank you. That is what I would call a session idea."),
    (
        "arweinydd-cymru",
        "1d",
        "Cyfieithu ar y pryd? / Simultaneous translation for one session, as a test? We bring the interpreter.",
    ),
    ("staff-facilitator", "2h", "Yes please. Let us make it *Dwy iaith, un gân*."),
    ("data-chair", "2d", "For the record: sessions with slides last year 31, without 9. Ratings: without won."),
    ("brass-peri", "3h", "No slides, then. I never had any."),
    ("school-lead-primary", "5h", "A session that *ends on time* would be innovative."),
    ("woodwind-peri", "1h", "I would attend that twice."),
    ("workforce-chair", "1d", "Could recordings be cut into ten-minute pieces? Nobody watches an hour in a car park."),
    ("staff-facilitator", "4h", "Good. They will be, with captions."),
    ("trustee-observer", "1d", "A trustee's wish: one slot in which members tell *us* what to stop doing."),
    ("service-head-north", "2h", "I will chair that one for nothing."),
    ("strings-peri", "1d", "Please put the travel times from the station into the programme. Walking, with a viola."),
    ("staff-facilitator", "3h", "Eleven minutes, flat. I will walk it with a viola to be sure."),
    ("singing-lead", "2d", "Closing song on day two? I can teach it over lunch."),
    ("ivc-chair", "4h", "If it has a shout in it."),
    ("singing-lead", "20m", "It has a shout in it."),
    (
        "staff-facilitator",
        "1d",
        "**That is 24 sessions and a song.** The call stays open until the end of the month. Thank you, all.",
    ),
]

TALKS = [
    Talk(
        "all-members",
        "announcement",
        "Annual conference: call for session ideas",
        32,
        "09:00",
        "staff-facilitator",
        """The conference is two days next November, in person, with most sessions recorded. We build it from what *you* offer, so here is the call.

Send an idea in **one or two sentences** as a reply: what would people be able to do afterwards that they could not before? You do not have to run it yourself.

Practical beats impressive. Twenty minutes beats an hour. If you have never spoken at a conference, we would especially like to hear from you; someone will help.""",
        [Said(by, after, body) for by, after, body in IDEAS],
        is_pinned=True,
    ),
    Talk(
        "all-members",
        "announcement",
        "Welcome to the new place for our groups",
        390,
        "09:00",
        "staff-facilitator",
        """From today our groups meet here. In short:

- **Discussions** keep their answers. Look before you ask; someone usually has.
- **Documents** have one current version. What came by e-mail is not it.
- The **live room** is for meetings and quick questions, on weekdays.

You belong here through your organisation. If you change jobs, nothing is lost: what you wrote stays, with the name of where you were at the time.

Rules are short and at the foot of every page. If something is wrong, use *Report* on the thing itself. If you are worried about a child, do **not** write it here; ring the person at your organisation, or 999.""",
        [
            Said("ivc-chair", "1h", "Hello, everyone. Clarinet, choirs, grids. Ask me anything but budgets."),
            Said("service-head-north", "40m", "Hello from the north. Ask me about budgets."),
            Said(
                "brass-peri",
                "3h",
                "Hello from a car park. It loads on a phone with two bars, which is two more than I expected.",
            ),
            Said("arweinydd-cymru", "1d", "Helo bawb! Is there a Welsh version of the rules?"),
            Said("staff-facilitator", "2h", "In the making; I would be glad of your eyes on it, @arweinydd-cymru."),
            Said("early-years-tutor", "1d", "Hello! Is there a group for the very small?"),
            Said(
                "staff-facilitator",
                "1h",
                "There is: Early years network, open to all. You are its first lead, if you like.",
            ),
            Said("lapsed-member", "2d", "Hello from the south-west, and from four county ensembles."),
        ],
    ),
    Talk(
        "cymru",
        "announcement",
        "Cyfarfod nesaf / Next meeting",
        8,
        "10:00",
        "arweinydd-cymru",
        """**Cymraeg**

Annwyl aelodau, cynhelir ein cyfarfod nesaf ar-lein am ddwy awr. Croeso i bawb gyfrannu yn Gymraeg neu yn Saesneg.

1. Croeso a chyflwyniadau
2. Y cynllun cenedlaethol: beth sydd wedi newid
3. Gŵyl ganu: y pennill Cymraeg
4. Hyfforddiant i diwtoriaid newydd
5. Unrhyw fater arall

---

**English**

Dear members, our next meeting is online, for two hours. Everybody is welcome to speak in Welsh or in English.

1. Welcome and introductions
2. The national plan: what has changed
3. Festival of singing: the verse in Welsh
4. Training for new tutors
5. Any other business""",
        [
            Said(
                "inclusion-lead",
                "3h",
                "Diolch. Ga i ychwanegu eitem am offerynnau addas? / May I add an item on adapted instruments? Ten minutes.",
            ),
            Said("arweinydd-cymru", "1h", "Cei, wrth gwrs. / Of course: it becomes item 4, and training becomes 5."),
            Said("staff-facilitator", "1d", "I will come, and try my Welsh. Please be slow."),
            Said("arweinydd-cymru", "2h", "Yn araf, ac yn garedig. / Slowly, and kindly."),
        ],
        is_pinned=True,
    ),
    Talk(
        "early-years",
        "question",
        "Twelve children, one shaker each: how do you ever stop?",
        16,
        "11:00",
        "early-years-tutor",
        """New setting, twelve two- and three-year-olds, a box of shakers that everybody loves. Starting is easy. Stopping takes four minutes and usually somebody cries.

What is your way of putting instruments *away*?""",
        [
            Said(
                "singing-lead",
                "3h",
                "Put them to **bed**. A blanket in the middle, a lullaby, each shaker is carried to sleep. It takes as long as it takes, and it *is* the music.",
            ),
            Said(
                "school-lead-primary",
                "1d",
                "We pass the box round during a song that only has as many verses as children. By the last verse the box is full.",
            ),
            Said(
                "early-years-tutor",
                "2d",
                "The blanket. I have no words. One of them whispered *goodnight* to a maraca.",
            ),
            Said(
                "inclusion-lead",
                "4h",
                "For children who cannot bear to let go: swap, do not take. A scarf for a shaker. Scarves are silent.",
            ),
            Said("brass-peri", "1d", "I am taking the lullaby to Year 6."),
        ],
    ),
    Talk(
        "consultation-curriculum",
        "consultation",
        "Draft 4: what is still open",
        15,
        "09:20",
        "ivc-chair",
        """Draft 4 is in Documents. Three things are still open; everything else is frozen.

One voice for each organisation, please. Write "agree", or a sentence that we could print. After the day named above these three freeze as well, and I write draft 5.""",
        [
            Said(
                "singing-lead",
                "4h",
                "Harrowdale: **daily**. It is what we want; let others be moderate.",
                section=1,
            ),
            Said(
                "school-lead-primary",
                "1d",
                "Ashgrove Lane: regularly. I agree with daily in my heart and not in my timetable.",
                section=1,
            ),
            Said(
                "arweinydd-cymru",
                "3h",
                "Cwm Eithin, as a friendly observer from a nation with its own curriculum: ours says what it is *for*. Consider that.",
            ),
            Said(
                "school-lead-special",
                "1d",
                "Thornybeck: keep the example, but change the child in it. Ours never look like that one.",
                section=3,
            ),
            Said(
                "deputy-curriculum",
                "2d",
                "Northmoor: name it. *Two days a year, paid.* If it is not a figure it is a wish.",
                section=2,
            ),
            Said("dei-chair", "4h", "Glenfarrow: agree with daily.", section=1),
            Said("dei-chair", "5m", "Glenfarrow: agree with Thornybeck.", section=3),
            Said(
                "mat-music-lead",
                "2d",
                "Hollowmere: *daily in primary, regularly after*. May I offer that as the bridge?",
                section=1,
            ),
            Said(
                "ivc-chair",
                "5h",
                "It is a good bridge. Unless someone objects by Friday I will cross it.",
                to=8,
                section=1,
            ),
        ],
    ),
    Talk(
        "leads",
        "discussion",
        "What should every group’s first page say?",
        34,
        "16:30",
        "staff-facilitator",
        """A newcomer should understand a group in three minutes. I looked at ours and timed myself; the shortest took seven.

What must be on a group's first page, and what can go?""",
        [
            Said(
                "workforce-chair",
                "3h",
                "What it is *for* in one sentence; who leads; when we meet. Then the one document that everybody needs. That is all.",
            ),
            Said(
                "ivc-chair",
                "1d",
                'And one thing that we do **not** do. "No scanned music" has saved me more time than any welcome.',
            ),
            Said(
                "data-chair", "2h", 'Ours begins with "no pupil data". Somebody called it unfriendly. I have kept it.'
            ),
            Said(
                "dei-chair",
                "1d",
                "An invitation to disagree. If it is not written down, new people assume that it is not wanted.",
            ),
            Said(
                "arweinydd-cymru",
                "5h",
                "The language question. Say at once that both are welcome, or only one will be used.",
            ),
            Said("early-years-tutor", "2d", "A name to say hello to. Not a role. *Ask her.*"),
            Said(
                "staff-facilitator",
                "1d",
                """Thank you. Then the pattern is:

1. One sentence, and one thing that we do not do.
2. Who to say hello to.
3. One document, and the next meeting.

I will rewrite two of them this week and ask the newest members to time me.""",
            ),
        ],
    ),
]
