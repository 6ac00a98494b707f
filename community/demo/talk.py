"""What was said in the live rooms: a side chat, a drop-in, quick questions over several days."""

from __future__ import annotations

from community.demo.script import Chatter

CHATTER = [
    Chatter(
        "all-members",
        13,
        "11:00",
        [
            (
                "staff-facilitator",
                0,
                "Good morning! This is the side chat of the Big Meet. Slides are in Documents, the call is in your calendar.",
            ),
            ("brass-peri", 1, "Morning. Listening from the car, so if I vanish it is a hill."),
            ("service-head-north", 1, "Morning all."),
            ("arweinydd-cymru", 0, "Bore da!"),
            ("hub-lead-coast", 4, "Question for later: is the capital money by area or by lead organisation?"),
            ("staff-facilitator", 2, "Noted, @hub-lead-coast, I will ask it at the end."),
            ("strings-peri", 6, "The sound is gone for me. Only me?"),
            ("woodwind-peri", 0, "Fine here."),
            ("strings-peri", 1, "Back. It was the school’s wi-fi, not you."),
            ("data-chair", 8, "What she says about definitions: **exactly**. I shall frame it."),
            ("singing-lead", 3, "Can we have that slide about the three towns?"),
            ("staff-facilitator", 1, "It will be in Documents by four."),
            (
                "mat-music-lead",
                9,
                "Our trust did this without any money at all, by moving one lunchtime. Happy to say more.",
            ),
            ("service-head-north", 1, "Please do!"),
            ("staff-facilitator", 12, "Answer for @hub-lead-coast: by area. So with two areas you apply twice."),
            ("hub-lead-coast", 1, "Twice the forms. Thank you."),
            ("staff-facilitator", 6, "We are closing. Thank you, ninety-one of you. The recording is up tomorrow."),
            ("brass-peri", 0, "I only lost you twice. Well done, hill."),
        ],
    ),
    Chatter(
        "teaching",
        5,
        "12:32",
        [
            (
                "brass-peri",
                0,
                "Quick one: does anybody have a tune on **three notes** that Year 4 does not find babyish?",
            ),
            ("woodwind-peri", 2, "Anything with a rest in the wrong place. Make the rest the joke."),
            ("singing-lead", 1, "Write the words *with* them. Three notes, their own words, never babyish."),
            ("brass-peri", 3, "Both. Trying it at 13:10, will report."),
            ("brass-peri", 72, "Report: a song about chips. They asked to do it again. Twice."),
            ("school-lead-primary", 4, "I can hear it in my classroom. I can hear it in my *sleep*."),
            ("ivc-chair", 9, "Please write it down for the library. Your own words, your own tune, rights: own work."),
        ],
    ),
    Chatter(
        "teaching",
        1,
        "09:20",
        [
            ("school-lead-primary", 0, "The curtains are up. The hall sounds like a cupboard. It is wonderful."),
            ("brass-peri", 6, "How high do they go? If there is a gap at the top, close it first."),
            ("school-lead-primary", 3, "To the ceiling, which as you know is not far."),
            (
                "deputy-curriculum",
                41,
                "Working on the guidance note. Does anybody object to *80 dB(A) as a daily average* as the line?",
            ),
            ("service-head-north", 12, "No, but say whose average: the tutor’s day, not the lesson’s."),
            ("deputy-curriculum", 2, "Good catch. Changed."),
            ("ivc-chair", 38, "I will read it tonight."),
        ],
    ),
    Chatter(
        "workforce",
        2,
        "13:00",
        [
            (
                "workforce-chair",
                0,
                "Agenda run-through for next week, ten minutes. Item 3 needs someone to introduce it.",
            ),
            ("hub-lead-coast", 2, "I can take 3 if I may have five minutes and no slides."),
            ("workforce-chair", 0, "You may."),
            (
                "service-head-north",
                2,
                "Item 5: may we have the bursary letter *before* the meeting? I would like my chair to see it.",
            ),
            ("workforce-chair", 1, "Thursday. It is in Documents already as draft 2."),
            ("woodwind-peri", 3, "Could we move the car-park item up? I have to leave at three. For a car park."),
            ("brass-peri", 1, "Seconded by everyone who has ever parked."),
            ("mat-music-lead", 5, "Some people in this group seem to do nothing but moan about parking.", "moan"),
            ("workforce-chair", 2, "Let us keep it kind. It moves to item 2."),
        ],
    ),
    Chatter(
        "data",
        7,
        "14:30",
        [
            ("data-chair", 0, "Return drop-in is open. Ask anything; I have version 2.1 in front of me."),
            ("org-contact-saltmarsh", 1, "Cell K7 is locked for us. Is it for you?"),
            ("data-manager-east", 1, "Yes, on purpose. It fills itself from J."),
            ("hub-lead-coast", 4, "Two areas: I put shared schools into both, is that right?"),
            ("data-chair", 2, "Into the one where the *teaching* happens. Entry 22 in the dictionary."),
            ("service-head-north", 6, "And a school that closed in March?"),
            ("data-chair", 1, "It was open on census day, so it counts. Sad but simple."),
            ("org-contact-saltmarsh", 9, "Done, then. First time ever before the last week."),
            ("data-manager-east", 1, "I shall tell nobody, they would expect it again."),
            ("data-chair", 14, "Closing. Three new questions went to the thread, with answers."),
        ],
    ),
    Chatter(
        "data",
        0,
        "08:10",
        [
            ("data-chair", 0, "Seven answers for the remission bands. One more and I may publish."),
            ("workforce-chair", 11, "Ours comes today."),
        ],
    ),
    Chatter(
        "inclusion",
        4,
        "16:00",
        [
            (
                "inclusion-lead",
                0,
                "Is anyone free to read two pages of the language guide before it goes out? I am too close to it.",
            ),
            ("singing-lead", 7, "Me. Tonight."),
            ("school-lead-special", 3, "Me, tomorrow at eight."),
            ("inclusion-lead", 1, "Thank you both. Be merciless with the second page."),
            ("dei-chair", 25, "Mercilessly: it is two pages and a half."),
        ],
    ),
    Chatter(
        "early-years",
        3,
        "10:05",
        [
            (
                "early-years-tutor",
                0,
                'The blanket song now has a *second verse*. They wrote it. It is only the word "maraca".',
            ),
            ("singing-lead", 14, "That is a better second verse than most."),
            ("school-lead-primary", 3, "May I use it with reception?"),
            ("early-years-tutor", 2, "They would be honoured. I asked."),
        ],
    ),
    Chatter(
        "cymru",
        2,
        "09:30",
        [
            ("arweinydd-cymru", 0, "Bore da. Ydy pawb wedi gweld yr agenda? / Morning. Has everyone seen the agenda?"),
            ("inclusion-lead", 5, "Ydw, diolch."),
            ("staff-facilitator", 9, "Ydw! (I looked it up.)"),
            ("arweinydd-cymru", 1, "Da iawn ti."),
        ],
    ),
    Chatter(
        "consultation-curriculum",
        3,
        "15:10",
        [
            (
                "ivc-chair",
                0,
                "Does *daily in primary, regularly after* survive a sentence test? Read it aloud, please.",
            ),
            ("mat-music-lead", 4, "It does. I would lose the comma."),
            ("deputy-curriculum", 2, "It survives. So does the comma."),
        ],
    ),
    Chatter(
        "leads",
        12,
        "17:00",
        [
            ("staff-facilitator", 0, "Briefing in ten minutes, thirty minutes long, and then you may all go home."),
            ("data-chair", 6, "I am home. That is the trouble."),
            ("dei-chair", 1, "Same."),
        ],
    ),
]
