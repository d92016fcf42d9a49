"""Parts of reference letters and reviewer comments, from weak (first) to strong (last)."""

from demo.material.phrases import parts

LETTER_OPENINGS = parts("""
- I have known {name} since {year}, first as a student in my course on {course} and later in my
  group.
- {name} asked me for this letter, and I write it gladly. I taught {course} to a class of
  {number} in which {name} took part.
- I was the supervisor of the final project of {name} at {institution}.
- As head of the laboratory course at {institution} I have seen {name} at work for {months}
  months.
- {name} worked with me as a student assistant for {months} months.
- I met {name} in {year} in my lectures on {course}.
""")
LETTER_VIEWS = (
    (
        "I can say that {name} attended regularly. The results were modest.",
        "The written work was handed in late more than once and needed a good deal of correction.",
        "{name} passed the course. I did not have the occasion to see independent work.",
    ),
    (
        "{name} belongs to the middle of the class and works steadily.",
        "The project was done with care, though the conclusions went further than the data.",
        "Given clear instructions {name} does reliable work and asks before breaking things.",
    ),
    (
        "{name} was among the best third of the class and improved every term.",
        "The report was clear, and the discussion of errors was better than usual.",
        "Others in the group came to {name} with questions, which I take as a good sign.",
    ),
    (
        "{name} is one of the three strongest students I have taught in ten years.",
        "The thesis contains a result that we are going to publish, and the idea was not mine.",
        "I have seldom seen such calm in front of an experiment that refuses to work.",
    ),
)
LETTER_SCENES = parts("""
- One evening a pump failed. {name} stayed, wrote a note for the morning shift and took the pump
  apart on the next day.
- In a seminar {name} corrected a sign in one of my slides, politely and rightly.
- {name} organised the open day of the department and kept to a very small budget.
- When a classmate fell ill, {name} finished the shared task without mentioning it.
- I remember a long discussion about a wrong hypothesis that {name} gave up with good grace.
- {name} reads beyond the reading list and sometimes forgets the list.
- Working in English was difficult in the beginning and is no difficulty now.
""")
LETTER_LIMITS = parts("""
- I would advise more courage in speaking before a large group.
- Planning is the weak side: too many things are begun at once.
- Some gaps in mathematics remain; they can be closed in a semester.
- Practical experience with modern equipment is limited, which is our fault more than the
  student's.
- {name} could accept sooner that a result is good enough.
""")
LETTER_CLOSINGS = parts("""
- I cannot judge how {name} compares with your other applicants.
- I support the application.
- I recommend {name} warmly.
- I recommend {name} without reservation and would be sorry and proud to see this student go.
""")
COMMENTS: dict[int, tuple[str, ...]] = {
    1: (
        "The preparation does not cover the subjects the first semester builds on.",
        "The statement could be sent to any master; nothing in it concerns this one.",
        "Marks fall over the last two years and no reason is given.",
        "The transcript is hard to read, and what can be read is not convincing.",
        "I see no sign of laboratory or studio work of any length.",
        "Large parts of the text read as if no person had written them.",
    ),
    2: (
        "The basis is there, but most results are just above the pass mark.",
        "Motivation is stated and not shown.",
        "The project is described in general words; own contribution unclear.",
        "Letters are short and say little beyond attendance.",
        "The choice of tracks does not fit the stated interests.",
        "English would make the first semester hard.",
    ),
    3: (
        "A solid file without a peak.",
        "Good marks in the core subjects, weaker ones at the edges.",
        "The essay has one good idea and repeats it.",
        "The internship is relevant, although short.",
        "Knows what the programme offers and says what is missing in the own training.",
        "One letter is specific, the other is a form.",
    ),
    4: (
        "Strong results, and the difficult courses are among the best ones.",
        "The project is described so that one could repeat it.",
        "Honest about a failed series and clear about what came of it.",
        "Both letters describe the same person, from different sides.",
        "The plan for the third semester is thought through.",
        "Writes plainly and well.",
    ),
    5: (
        "One of the best files in my batch.",
        "Original work, carefully told, with numbers and their errors.",
        "The letters compare with earlier students of ours and do so in detail.",
        "Excellent marks on a scale that rarely gives them.",
        "I would take this person into my own group.",
        "The essay changed my mind on a detail.",
    ),
}
DOUBTS = (
    "Conversion of the grade should be checked.",
    "An interview would settle the question of English.",
    "I could not open one of the documents.",
    "Would do well in any of the three tracks.",
    "The degree is not complete yet; condition needed.",
    "I hesitated between this mark and the next one.",
    "See also the additional information.",
)
JOBS = (
    "Laboratory assistant for {months} months: preparing solutions, keeping the stock list.",
    "I have taught mathematics at an evening school for {months} months.",
    "Part-time work in a repair shop in {city} since my second year.",
    "Internship of {months} weeks at a small company in {city}; I wrote their test protocol.",
    "Family business, mostly bookkeeping and deliveries, throughout my studies.",
    "I have not been employed so far.",
    "Volunteer guide at the city museum of {city}, {months} months.",
)
REMARKS = (
    "My diploma will be issued in July; the certificate of marks is complete.",
    "My name is spelled in two ways in my documents. Both refer to me.",
    "My university does not rank its students.",
    "I was ill for one term in the second year, which explains the gap.",
    "My passport expires in spring and I have asked for a new one.",
    "One of my referees is on leave and answers at the weekend.",
)
