"""What applicants ask for and why: invented, in the words of people who ask for something."""

# what is asked for, why
NEEDS: tuple[tuple[str, str], ...] = (
    (
        "A room I can reach without stairs, and help with the move between semesters.",
        "I use a wheelchair since an accident in 2019. I move about alone where there is a lift.",
    ),
    (
        "Lecture notes beforehand, and a loop or captions in large halls.",
        "I am hard of hearing on both sides and wear aids. In a seminar room I follow well.",
    ),
    (
        "A screen reader for the laboratory computers, and more time in written examinations.",
        "My sight is about a tenth of the usual. I read with magnification, but slowly.",
    ),
    (
        "Insulin that has to travel with me, and a refrigerator of my own in the residence.",
        "I have had type 1 diabetes since childhood. It does not keep me from anything else.",
    ),
    (
        "Somebody to assist me for two hours a day.",
        "A muscular illness; I write and cook with help. A letter of the hospital is attached.",
    ),
    (
        "A quiet room for examinations.",
        "I would rather explain it in person.",
    ),
)
REFUSED = (
    "What you ask for is arranged by the hosts without support: their libraries lend the equipment. "
    "Write to me if that does not work, and ask again here."
)
APPROVED = "Assistance and adapted transport for the four semesters."
SEEN = "The disability service of the sending university showed me the certificate."
