"""Threads of Instrumental, vocal and curriculum."""

from __future__ import annotations

from community.demo.script import Said, Talk

TALKS = [
    Talk(
        "teaching",
        "question",
        "Whole-class brass in a hall with a low ceiling: hearing and volume",
        6,
        "15:20",
        "school-lead-primary",
        """We start whole-class brass in January: 28 children, Year 4, a hall with a 2.4 metre ceiling and a tiled floor. At the taster everyone was shouting after ten minutes and I went home with ringing ears.

The tutor is lovely and will have the same ears on five days a week. I would like to get this right before the first lesson, not after the first complaint.

What has worked for you?""",
        [
            Said(
                "brass-peri",
                "2h",
                """I teach in a dining hall like that on Tuesdays. Three things made the difference, in this order:

1. **Stations.** Split the class in three. One station plays, one buzzes on mouthpieces, one claps rhythm cards. Move on every seven minutes.
2. **Practice mutes** on the playing station for the first half-term. They feel silly for one lesson and normal after that.
3. **Face the curtains**, never the windows. Glass gives everything back to you.

I stand between stations one and two with my back to the soft wall. My own ears thank me.""",
                picture="stations",
                alt="Three boxes in a row: play with ten children at full sound, buzz with nine on"
                " mouthpieces, clap with nine on rhythm cards. Move on every seven minutes.",
            ),
            Said(
                "school-lead-primary@ashgrove-lane",
                "1h",
                """Thank you, that is exactly what I needed. Here is our hall. Windows along the top, curtains along the bottom, stage at the east end. Where would you put the playing station?""",
                picture="hall",
                alt="Floor plan of a hall twelve by eight metres: windows along the north side, curtains"
                " along the south side, a stage at the east end, four rows of seven places.",
                to=2,
            ),
            Said(
                "brass-peri",
                "40m",
                """South-west corner, bells towards the curtains. Keep the stage curtain drawn as well, it is the best absorber you have and it is free.""",
                to=3,
            ),
            Said(
                "service-head-north",
                "15h",
                """Please also measure it. We lend a sound level meter to schools, and I have stopped arguing about who finds what loud.

| Set-up | Loudest minute | Average over the lesson |
| --- | --- | --- |
| 28 playing, no mutes | 103 dB(A) | 94 dB(A) |
| Three stations, no mutes | 96 dB(A) | 88 dB(A) |
| Three stations, mutes on | 87 dB(A) | 80 dB(A) |

Same hall, same class, three Tuesdays. Above 80 as a daily average the employer has to act, and a tutor who does this four times a day is the one who is exposed, more than any child.

Whoever employs the tutor owns the risk assessment, whoever owns the hall owns the curtains. Put both names on one sheet.""",
            ),
            Said(
                "inclusion-lead",
                "1h",
                """May I add the children who will not say that it hurts. Two in every class we teach find this level of sound distressing rather than loud.

- Ear defenders on a hook by the door, no permission needed.
- The clapping station is a place one can stay at. Nobody asks why.
- Tell families beforehand what the first lesson sounds like. A ten-second recording of an **empty** hall with one adult playing is enough.""",
                key="defenders",
            ),
            Said(
                "ivc-chair",
                "3h",
                """This has become the best answer we have on the subject. I will write it up as a one-side guidance note for the library unless someone beats me to it, with the table from @service-head-north and the stations drawing.

Before I do: has anyone used **plastic** instruments for the first term only? I hear two opposite stories about volume.""",
            ),
            Said(
                "woodwind-peri",
                "2h",
                """I am married to someone who sells these, so discount what I say accordingly.

Plastic is not quieter. It is *lighter*, which means children hold it up for longer, which means it points at you for longer. If volume is the worry, spend the money on mutes.""",
                key="declared",
                to=7,
            ),
            Said(
                "deputy-curriculum",
                "1d",
                """Agreed with the above. We ran two parallel classes last year, plastic and metal, with the same tutor. No difference on the meter. A large difference in how many were dropped without consequences.""",
                to=7,
            ),
            Said(
                "brass-peri",
                "2h",
                """One more from today, because I had exactly this lesson. Start with **silence drills**: instruments on knees, eight counts, up, one note, down. Children love it, and a class that can stop is a class that can be quiet.

> At the taster everyone was shouting after ten minutes

That was not the brass. That was thirty people trying to hear an instruction. If you can stop them in two seconds you never need to shout.""",
            ),
            Said(
                "school-lead-primary",
                "4h",
                """Update: the caretaker found four old stage curtains in the loft. They are going up on the north side this week. I have booked the meter for the second lesson and will post our numbers here.

Thank you all. I had half decided to move it to the playground.""",
            ),
            Said(
                "woodwind-peri",
                "5h",
                """Please do not move it to the playground. I have done recorders in a playground. You can hear *everything* except the recorders.""",
                to=11,
            ),
            Said(
                "ivc-chair",
                "1d",
                """The write-up has begun: @deputy-curriculum drafts, I tidy. @brass-peri, may we use your stations drawing, with your name under it?

And a question to everyone who answered: **what would you tell the person who books the hall?** They are never in these discussions, and they decide about the curtains.""",
            ),
            Said(
                "mat-music-lead",
                "3h",
                """For whoever books: not the dining hall between 11:30 and 13:30, not under the staff room, and please write "loud" into the booking. Three of my schools now have a sign for the door.""",
                to=13,
            ),
            Said(
                "service-head-north",
                "16h",
                """And tell the *office next door*. @brass-peri will remember why.""",
                to=14,
            ),
        ],
        is_pinned=True,
    ),
    Talk(
        "teaching",
        "discussion",
        "After whole-class: why do so few carry on, and what helped?",
        96,
        "10:15",
        "deputy-curriculum",
        """Every service I know has the same curve. A year of whole-class teaching, a lovely concert, and by November one in ten is still playing.

We looked at 41 schools over two years and sorted them by what the *school* did at the end of the year, not by what we did. The result is below. I am not claiming that one causes the other, but I have stopped writing letters home.

What is your number, and what moved it?""",
        [
            Said(
                "deputy-curriculum",
                "20m",
                """Here is the chart I meant to attach. 41 schools, both years together. "Band in week 1" means that a band rehearsed in the first week of the new school year and everyone was simply in it.""",
                picture="carry-on",
                alt="Bar chart of pupils still learning a term after whole-class: nothing more 9 per"
                " cent, letter home 12, instrument stays 27, band in week one 38, both 51.",
            ),
            Said(
                "brass-peri@ashgrove-lane",
                "3h",
                """At Ashgrove Lane we do both, so I can say how it feels from inside. The instruments go home on the last day of Year 4 **before** anyone decides anything. In September the band meets on the first Friday at 12:30 with biscuits.

Nobody signs up. One signs *out*, and it takes a conversation. We went from 3 to 14 out of 28.""",
            ),
            Said(
                "hub-lead-coast",
                "1d",
                """The money question, then. Letting 28 instruments go home over the summer instead of counting them back in: what did it cost you in losses?""",
                to=3,
            ),
            Said("brass-peri@ashgrove-lane", "2h", """One mouthpiece, and a tuba-shaped dent in a family car.""", to=4),
            Said(
                "school-lead-special",
                "1d",
                """In our school "carrying on" is the wrong measure. Some pupils need the same first term three times and get something new from it each time. If the funder counts only those who move up a level, we look like failure.

Could we have a measure that counts *still making music* and lets the place of it differ?""",
            ),
            Said(
                "ivc-chair",
                "4h",
                """Yes. That belongs in the data group as well: I have put a note in *Measuring progress without measuring pupils to death*.

For here, three things I take from your answers so far:

- What the school does in **week 1** matters more than what we do in week 39.
- Opting out beats opting in, if leaving is easy and kind.
- "Still making music" is worth counting on its own.""",
                to=6,
            ),
            Said(
                "mat-music-lead",
                "6d",
                """Late to this. We tried the band in week 1 across eleven schools. It worked in eight. In the three where it did not, the band clashed with football or with choir. Before you copy this: look at the lunchtime rota first.""",
            ),
            Said(
                "singing-lead",
                "1d",
                """Can I be annoying? In two of our towns the children who "dropped out" of trumpet were all in the choir the next term. They had not stopped. We had only stopped looking.""",
            ),
            Said(
                "data-chair",
                "3h",
                """Not annoying at all, that is the definition problem in one sentence. We count starts by instrument and stops by child.""",
                to=9,
            ),
            Said(
                "lapsed-member",
                "2d",
                """When we still had county ensembles we ran a training band that took anyone with five notes. It was the noisiest hour of the week and the best recruiter we ever had. If your area still has something like it, guard it.""",
            ),
            Said(
                "deputy-curriculum",
                "21d",
                """A small thing worth passing on now that I have changed services: the *new* place had never seen the chart, and the old one had stopped using it. I am posting it wherever I work.""",
            ),
        ],
    ),
    Talk(
        "teaching",
        "resource",
        "Progression grid, beginner to grade-3 standard, all families",
        142,
        "09:40",
        "ivc-chair",
        """The grid is in Documents: one page for each family, five steps, written as *can do* and not as *has passed*. It names no exam board and no syllabus on purpose.

How to use it:

1. Find the step where a pupil is **secure**, not where the book is.
2. Look one column to the right for the next three weeks.
3. Ignore the column headings if the pupil does. Nobody progresses in straight lines.

Comments until the end of half-term, then I publish version 2.""",
        [
            Said(
                "woodwind-peri",
                "5h",
                """Flute step 2 says "plays across the break". Flutes have no break in the sense that clarinets do. Suggest: "moves between first and second octave with a steady sound".""",
            ),
            Said(
                "ivc-chair",
                "1h",
                """Fixed, thank you. This is what happens when a clarinettist writes about flutes.""",
                to=2,
            ),
            Said(
                "brass-peri",
                "1d",
                """Brass step 1: please lose "plays a scale of five notes". Many of mine play five notes beautifully and could not name a scale. *Plays five neighbouring notes in any order, by ear or from notation.*""",
            ),
            Said(
                "inclusion-lead",
                "2d",
                """Could each page have a line for adapted technique? Not a separate grid. If a pupil plays a one-handed recorder, step 3 is still step 3.

> Ignore the column headings if the pupil does.

I will be quoting this for the rest of the year.""",
            ),
            Said(
                "mat-music-lead",
                "6d",
                """Class teachers here asked for a sixth page: **voice**. If singing is not in the grid it will not be in the report.""",
            ),
            Said("singing-lead", "3h", """I will write it. Give me until Friday week.""", to=6),
            Said(
                "ivc-chair",
                "16d",
                """Version 2 is up: voice added, adapted technique on every page, flutes restored to dignity. Version 1 stays in the history.""",
            ),
        ],
    ),
    Talk(
        "teaching",
        "question",
        "Can we put licensed photocopies on our shared drive?",
        58,
        "12:05",
        "woodwind-peri",
        """Our service holds the licence for photocopying printed music. Two questions that I cannot answer for my colleagues:

1. May copies made under it sit on our own shared drive?
2. May I share them *here*, with tutors from other services who hold the same licence?""",
        [
            Said(
                "ivc-chair",
                "2h",
                """Short answer, checked with the people who administer it:

| Where | Allowed? |
| --- | --- |
| Your own service's **secure** network, for your own staff | Yes |
| A public cloud folder with a link | No |
| This library, or any other service's drive | **No**, even if both hold the licence |
| After the licence lapses | Copies are destroyed |

The licence belongs to one organisation and stays inside it.""",
            ),
            Said(
                "woodwind-peri",
                "30m",
                """That is clear, if not what I hoped. So what do we share with each other?""",
                to=2,
            ),
            Said(
                "ivc-chair",
                "1h",
                """Our own arrangements of tunes nobody owns, with the rights stated. Catalogue numbers. Links to where one can buy or hire. And words: *how* you teach a piece travels better than the piece.""",
                to=3,
            ),
            Said(
                "hub-lead-coast",
                "1d",
                """Worth saying aloud for anyone who inherits a cupboard: "we have always had it" is not a licence. We found four filing cabinets with no receipts when we moved. It took a summer, and it is a relief.""",
            ),
            Said(
                "service-head-north",
                "3h",
                """We put one line at the top of every shared folder: *what is this, who made it, who may use it*. Three questions, thirty seconds. It stopped the problem within a term.""",
            ),
        ],
        is_closed=True,
    ),
    Talk(
        "teaching",
        "consultation",
        "Curriculum draft: section 4, composing and technology",
        19,
        "08:50",
        "mat-music-lead",
        """The response group would like your view of section 4 before it freezes. The draft says that every pupil should compose *with technology* from Year 3.

Please comment on each of the three sections, briefly, with your nation and kind of setting. "Nothing to add" is an answer too.""",
        [
            Said(
                "school-lead-primary",
                "9h",
                """England, one-form primary. Year 3 is right **if** "technology" may mean a tablet and headphones, wrong if it means a suite.""",
                section=1,
            ),
            Said(
                "school-lead-primary",
                "10m",
                """A second tablet for every pair, and two afternoons of training, paid. We have 15 tablets for 210 children, shared with maths.""",
                section=2,
            ),
            Said(
                "school-lead-special",
                "4h",
                """England, special. Technology is how most of our pupils compose at all: eye-gaze, switches, motion. So: earlier than Year 3, and never written as an *extra*. Suggested text: "using voices, instruments and technology as suits the pupil".""",
                section=3,
            ),
            Said(
                "dei-chair",
                "1d",
                """Scotland, so not my curriculum, but a warning from ours: the moment the document names a *kind* of software, schools buy that software and nothing else for ten years. Name what pupils do, not what they click.""",
                section=3,
            ),
            Said(
                "deputy-curriculum",
                "2d",
                """England, service. I would keep Year 3 and fight for the training line. We offered a twilight on composing with loops; 61 teachers came, and the question was always the same: *how do I mark it?*

Suggested text: "pupils make and revise a piece, and can say what they changed and why". That is markable.""",
                section=2,
            ),
            Said(
                "singing-lead",
                "5h",
                """England, hub. Please let the word **voice** into the sentence. A phone that records a round sung three times is composing with technology, and it needs no budget.""",
                section=3,
            ),
            Said(
                "mat-music-lead",
                "3d",
                """Thank you. My summary for the drafting group:

1. Keep Year 3; say *as suits the pupil*.
2. Name actions, not products.
3. Put "revise, and say why" in as the assessable part.
4. Ask for training time, with the figure of 61 teachers as evidence.

Draft 4 in the consultation group has this in. What you add before the day named above still counts.""",
            ),
            Said(
                "early-years-tutor",
                "2d",
                """Scotland, early years. Only to cheer. Our three-year-olds compose with a doorbell.""",
                section=1,
            ),
        ],
    ),
    Talk(
        "teaching",
        "announcement",
        "Festival of massed singing: expressions of interest",
        47,
        "09:00",
        "ivc-chair",
        """We are planning a day of massed singing in early summer, in four places at once, with one piece in common and the rest chosen locally.

**We need to know by the end of term:**

- roughly how many singers, and their ages
- whether you could host 400 people, sitting, with toilets
- one song that your children never get tired of

Nothing is promised by answering. Costs will be shared; travel bursaries are being sought from the funder.""",
        [
            Said(
                "singing-lead",
                "2h",
                """Harrowdale: about 260 singers from nine primaries, Years 3 to 6. We can host: a hall for 600, step-free, parking for nine coaches if the market is not on.

Song they never tire of: anything with a shout in it.""",
            ),
            Said(
                "arweinydd-cymru",
                "1d",
                """Cwm Eithin: tua 120. About 120, half of them in Welsh-medium schools. Could the common piece have a verse in Welsh from the start, not added later? We will write it.""",
            ),
            Said(
                "ivc-chair",
                "2h",
                """Yes, from the start. @arweinydd-cymru, may I send you the tune before the text is fixed?""",
                to=3,
            ),
            Said(
                "school-lead-special",
                "1d",
                """Thornybeck: 40, many of them signing and not singing. Please plan a place in front where the signers can be **seen**, and a quiet room. Then we come.""",
            ),
            Said(
                "dei-chair",
                "3d",
                """Glenfarrow: early summer is after our exams and before our holidays in the last week of June, so anything before the 20th suits. Around 90.""",
            ),
            Said(
                "ivc-chair",
                "4d",
                """So far 510 singers, two hosts offered, one verse in Welsh and a signing platform. That is already a festival. List stays open until the last day of term.""",
            ),
            Said(
                "service-head-north",
                "5h",
                """Before I say yes for Northmoor: how does anyone pay for *coaches* now? Our last quote for one school was more than its music budget for the year.""",
            ),
            Said(
                "singing-lead",
                "2h",
                """We share. One coach collects from two or three small schools, and the seats are booked by the hub. It halves the bill and the waiting in the car park.""",
                to=8,
            ),
        ],
    ),
    Talk(
        "teaching",
        "announcement",
        "Festival of massed singing: the four places and the song",
        1,
        "16:30",
        "ivc-chair",
        """It is settled: four places, one afternoon in the second week of June, 13:15 to 14:45.

| Where | Hall | Singers |
| --- | --- | --- |
| Harrowdale | Market Hall | 260 |
| Saltmarsh | Corn Exchange | 210 |
| Cwm Eithin | Neuadd y Dref / Town Hall | 120 |
| Glenfarrow | Town House | 90 |

The song has its verse in Welsh from the start, a shout in the third line, and a place in front where signers are seen. Each hall has a quiet room.

Coaches are booked by the hubs, three schools to a coach. Say here by the end of the month if yours is not on the list.""",
        [],
    ),
    Talk(
        "teaching",
        "discussion",
        "Adapting schemes of work for mixed-age rural classes",
        178,
        "16:45",
        "service-head-north",
        """A third of our schools teach Years 3 to 6 in one room. Every scheme I am sent assumes thirty nine-year-olds.

We have stopped rewriting schemes and started writing **layers**: one song, one tune, one drone, one rhythm. Everyone does the drone; whoever is ready adds the next layer. Nobody needs to know which year they are in.

How do you plan for it? In particular: how do you stop the same child doing the drone for four years?""",
        [
            Said(
                "arweinydd-cymru",
                "1d",
                """Same here, with two languages in the room as well. We keep a card for each child with the layers they have *led*, not only done. In four years everybody leads everything once.""",
            ),
            Said(
                "early-years-tutor",
                "2d",
                """We use the oldest as conductors for the youngest. It costs you ten minutes of chaos in September and pays back until June.""",
            ),
            Said(
                "deputy-curriculum@saltmarsh",
                "1d",
                """A two-year cycle, A and B, with *composers* changing and *skills* repeating. The trap: someone joins mid-cycle and meets the hard year first. We put the gentlest unit first in both years.""",
            ),
            Said(
                "school-lead-primary",
                "6d",
                """As the class teacher in this story: please send the layers as **one page**. I will print one page. I will not print four.""",
            ),
            Said("service-head-north", "2d", """One page it is. Template will be in Documents by Monday."""),
        ],
    ),
    Talk(
        "teaching",
        "question",
        "Instrument stock: who repairs 200 ukuleles?",
        15,
        "11:30",
        "hub-lead-coast",
        """We took over a stock of 214 ukuleles from three schools that merged. About half are playable. A repairer quoted more than they cost new, which is not surprising and not an answer either, because I do not want to throw 100 instruments away.

Has anyone organised repairs *themselves*? What is worth doing by hand, and what is not?""",
        [
            Said(
                "woodwind-peri",
                "3h",
                """Strings and pegs are worth it, cracks are not. We tag them by fault, and then one person does one fault all afternoon. You get very fast.""",
                picture="labels",
                alt="Four coloured tags: green for a new string, yellow for a peg that slips, purple for"
                " a crack or bridge, grey for beyond repair.",
            ),
            Said(
                "brass-peri",
                "1d",
                """The upper school's design and technology department did 60 of ours as a project. Pupils learned to glue a bridge; we got 52 back. The other eight taught them what happens if you do not clamp it.""",
            ),
            Said(
                "industry-guest",
                "4h",
                """Full stock of BW-200 concert ukuleles this month only, **30 % off for schools**, free delivery over 20! Order through our site and quote FORUM30. We also do trumpets.""",
                key="advert",
            ),
            Said(
                "service-head-north",
                "2h",
                """Repair afternoons for us: four volunteers, one technician paid for the day, tea. 118 instruments in two afternoons. Cost per instrument came to less than a set of strings.

Do keep a list of what was done to which number. The same peg slips again.""",
            ),
            Said(
                "student-member", "1d", "Aldermoor students would do this for the experience and a sandwich. I can ask."
            ),
            Said(
                "hub-lead-coast",
                "3h",
                """@brass-peri @service-head-north this is wonderful. Plan: technician for the day, the sixth form, and two boxes of strings. I will post numbers in the new year.""",
            ),
            Said(
                "school-lead-primary",
                "6d",
                """Ours arrived back yesterday with tags still on. A child asked what grey meant. I said "it is helping the others now".""",
            ),
        ],
    ),
    Talk(
        "teaching",
        "question",
        "Ukulele pegs: where from, and which size?",
        4,
        "09:10",
        "arweinydd-cymru",
        """Forty ukuleles in three valleys, and the pegs slip on half of them. Which pegs do you buy, and does one size fit all?""",
        [
            Said(
                "woodwind-peri",
                "4h",
                """Measure the hole before you order: there are two sizes, and ours were mixed within one class set. Friction pegs only need a turn of the screw at the back, try that first.""",
                to=1,
            ),
            Said(
                "hub-lead-coast",
                "3h",
                """The repairs discussion has a drawing of the tags we use. These two belong together.""",
            ),
        ],
    ),
]
