"""Statement parts of the arts consortium. Slots are filled by `demo.material.texts`."""

from demo.material.phrases import parts

OPENINGS = parts("""
- My grandmother kept a theatre curtain from {city} in a cupboard, and I learned to sew by
  mending it.
- I came to {field} through the back door of a cinema in {city}, where I sold tickets for two
  winters.
- I make work about rooms that are about to disappear. {city} has given me many.
- In my degree in {field} I was always between two studios, and I have stopped apologising for
  it.
- The first museum I entered was a school bus with drawings on its windows.
- I am a maker who likes archives. People in {field} find this odd, and people in archives find
  it odder.
- When the puppet theatre of {city} closed, its puppets were put into plastic bags. I was one of
  the students who took them out again.
- I have learned {field} from people who never called it that: my mother, who paints signs, and
  a neighbour who tunes pianos.
- I started with {field} because drawing was the only subject in which silence was allowed.
- A performance I saw in {city} lasted four minutes and needed no stage. I am still answering
  it.
""")
STUDIES = parts("""
- At {university} I took {course_a} and {course_b} side by side, which made both of them
  stranger and better.
- My marks are best in {course_a}. In {course_b} I was slow, because I wanted to know who had
  paid for every picture.
- The school has no store and no lift. For {years} years we carried everything, and so I think
  about weight when I think about a work.
- {course_a} gave me words, {course_b} gave me habits, and the canteen gave me a collective of
  five.
- I chose {university} for {course_a} and stayed for the evenings when every studio was open to
  the street.
- I left for a year to work in a print shop and came back to {course_a} with steadier hands.
- Our teacher of {course_a} asked for one page each week that nobody would ever mark. I still
  write it.
""")
PROJECTS = parts("""
- For my graduation I recorded {number} doors of one street and played them back in an empty
  shop. {percent} people came on the first evening.
- With a group of seamstresses I made a curtain of {number} pieces. It took {months} months, and
  every piece has a name on its back.
- I catalogued {number} costumes of an amateur company. {percent} of them had been altered by at
  least three hands.
- I curated a small exhibition in a laundry that stayed open. We changed the works every
  {months} days and nobody lost a sock.
- My film follows a cinema projector across {number} villages. It is {months} minutes long and
  has no commentary.
- We staged a play in a market hall with {number} neighbours. I was responsible for the light,
  which meant for the sun.
- I restored {number} glass negatives under the eyes of a conservator who let me fail on broken
  ones first.
- I drew maps with people who are new in the city. After {months} months we had {number} maps
  and not one of them agreed.
- I built an instrument from {number} water pipes for a courtyard. The caretaker plays it better
  than I do.
- In an internship I wrote {number} labels for a regional museum, none of them longer than
  {percent} words.
""")
LESSONS = (
    "I learned that an invitation is a material like any other and can be made badly.",
    "What I lack is method: how to document, how to budget, how to leave a work to others.",
    "The audience was not who I had expected, and the work was better for it.",
    "I would do it again with half the objects and twice the time.",
    "It taught me to agree about money before anybody agrees about colour.",
    "Since then I photograph everything before I touch it.",
    "A visitor corrected a date, and I printed the label again the same night.",
)
REASONS = parts("""
- I apply because this master treats making and keeping as one craft, and I have so far been
  taught them in separate buildings.
- The term in {host_a} is the reason I opened the page; {host_b} is the reason I read it to the
  end.
- I want to work in a language that is not mine, in {host_a} or in {host_b}, and to be slow in
  public for a while.
- Three schools with three habits will give me something to disagree with. I miss that.
- I need teachers who ask what remains of a performance when the chairs are stacked.
- The travelling group matters to me. I have worked alone for long enough.
- In {country} there is no programme that would let me stay in {field} and study collections.
""")
PLANS = parts("""
- Afterwards I would like to open a lending archive of stage objects in {country}.
- I hope to become the person in a small museum who can also hang the lamp.
- I want to return to {university} and teach a course that does not exist there yet.
- My plan is modest: a studio, a partner organisation, and three years on one question.
- I would like to write about makers in {country} whose names are missing from every catalogue.
- In the long run I want to produce festivals that leave their place cleaner than they found it.
- I see myself between an archive and a rehearsal room, carrying things from one to the other.
""")
CLOSINGS = (
    "My portfolio shows the rest.",
    "Thank you for looking slowly.",
    "I would be glad to talk about it, with my hands if necessary.",
    "I can bring the curtain to the interview.",
    "Thank you for your time, whatever you decide.",
    "I am ready to pack in September.",
)
HOSTS = ("Porto", "Tampere", "Kraków")
