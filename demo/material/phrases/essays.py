"""Essay topics: a title, an opening, arguments of which some are chosen, and a last word."""

from typing import NamedTuple

from demo.material.phrases import parts


class Topic(NamedTuple):
    """One essay topic."""

    title: str
    opening: str
    arguments: tuple[str, ...]
    ending: str


ENERGY = (
    Topic(
        "Who should own a used battery?",
        "A battery leaves a car when it can still do years of easier work, and the question is "
        "who decides about those years.",
        parts("""
- The maker knows its chemistry but not its life; the driver knows its life but not its
  chemistry.
- A record that travels with the pack would settle most quarrels, if somebody pays for keeping
  it.
- Testing a pack costs time, and time is what makes second use dearer than it looks.
- Workshops without such records guess, and a wrong guess can burn a house.
- If the maker stays the owner, it will build packs that open with a screwdriver.
- If the driver is the owner, the oldest cells travel to the places with the fewest rules.
"""),
        "I would leave ownership with the maker and the right to use with everybody else.",
    ),
    Topic(
        "Sodium instead of lithium",
        "Sodium is everywhere, heavy and a little clumsy, and for many uses this is enough.",
        parts("""
- A store beside a wind turbine does not mind its own weight.
- Hard carbon can be made from waste, but not every waste gives the same carbon twice.
- The current collector may be aluminium on both sides, which saves money and copper.
- Lower energy density means more casing, more cable and more transport for each unit.
- A new chemistry has to be better than the future price of the old one, not than today's.
- Places that have salt and no lithium could make more than the box around the cell.
"""),
        "Sodium will not replace lithium; it will take the work that lithium is too good for.",
    ),
    Topic(
        "Light for clinics",
        "A vaccine does not care about annual averages. It needs the refrigerator to run "
        "tonight.",
        parts("""
- A panel and a battery are quickly installed and slowly maintained.
- Most failures I have seen were connectors, rust and ants.
- Spare parts need a budget line, and a gift seldom has one.
- A nurse who can read three lamps on a box is worth more than a remote dashboard.
- Oversizing the panel is often cheaper than oversizing the battery.
- Heat ages a cell faster than use does, so shade belongs to the design.
"""),
        "I would judge every project by how it works in its fourth year.",
    ),
    Topic(
        "Hydrogen, where it belongs",
        "Hydrogen is a good answer to a few questions and an expensive answer to most others.",
        parts("""
- Making it from electricity loses a part, and using it loses another.
- Steel and fertiliser need the molecule itself, and no cable can carry that.
- A tank is cheap beside a battery when energy has to wait for a season.
- Membranes and catalysts decide whether an electrolyser can follow the wind.
- Water is not scarce for the plant, but it may be scarce for its neighbours.
- Pipelines built for gas do not forgive a smaller molecule.
"""),
        "Let it go first where nothing else works.",
    ),
    Topic(
        "The mine and the cell",
        "Every clean kilometre begins with a hole in the ground somewhere.",
        parts("""
- A cathode with less cobalt changes a price list and a village.
- Certificates help when a buyer may visit without telephoning first.
- Small mines feed many families, and closing the door on them closes it on the families.
- Recycling cannot feed a growing market until the first big generation of cells comes back.
- Designing for recovery means fewer glues and fewer kinds of screws.
- Chemists choose elements; they should know where the elements live.
"""),
        "I would teach one hour of geology in every course on batteries.",
    ),
    Topic(
        "How safe is safe enough?",
        "A test with a nail tells us how a cell dies when it is attacked by a nail.",
        parts("""
- Most fires begin with something smaller: a fold, a particle, a bad charger.
- A solid electrolyte removes the liquid and keeps the energy.
- Standards written for telephones were stretched to buses and then to houses.
- A battery in a cellar has to be safe for those who do not know it is there.
- Openly shared accident reports made flying safer; cells deserve the same.
- A slower charge is the cheapest safety device we have.
"""),
        "Enough is what we would accept under our own bedroom.",
    ),
    Topic(
        "Storing heat",
        "Half of what people call energy is warmth, and warmth is easily kept.",
        parts("""
- Sand, stone and water are cheap and stay patient for days.
- Salts that melt at the right temperature hold much heat in a small room.
- A brickworks can charge a store at night and bake by day.
- Good insulation is a material problem that nobody films.
- Old district pipes decide which temperature is useful.
- Converting the heat back to power is possible and rarely the best idea.
"""),
        "Before we build a battery we should ask whether a hot stone would do.",
    ),
    Topic(
        "Measuring what fades",
        "A cell loses capacity slowly, then quickly, and the bend is what we want to see "
        "coming.",
        parts("""
- Full tests take months, and months are longer than a thesis.
- The voltage while resting says more than we used to think.
- Models fitted to laboratory cycles fail on Mondays, when people really drive.
- Data from buses exist and belong to somebody.
- Two cells of one batch may age like brothers, alike and then not.
- A simple model that states its error is worth more than a precise one that does not.
"""),
        "I would rather predict the bend badly than the first year perfectly.",
    ),
)  # fmt: skip  # a table, read by its rows

ARTS = (
    Topic(
        "What remains of a performance",
        "A performance ends, and then the question of its things begins.",
        parts("""
- A recording keeps the front and loses the smell.
- Costumes remember bodies better than photographs do.
- Some makers wish their work to end, and an archive has to be able to say yes.
- A score allows another version, which is a way of keeping by letting go.
- The people who built the stage are witnesses nobody asks.
- An empty box with a good label is honest.
"""),
        "I would keep less and describe it better.",
    ),
    Topic(
        "A museum for those who live next door",
        "Many museums know their tourists by number and their neighbours not at all.",
        parts("""
- An entrance fee is a sentence, and everybody can read it.
- Opening hours tell us for whom a house is meant.
- A collection of everyday things needs the people who used them to name them.
- Lending an object out is a risk, and so is keeping it in the dark.
- Labels in the second language of a street change who stays.
- A guard who may talk is a teacher for free.
"""),
        "I would begin with a bench in front of the door.",
    ),
    Topic(
        "Mending as a form",
        "A mended thing shows two times at once: when it broke and when somebody cared.",
        parts("""
- Invisible repair is a skill, visible repair is a statement, and both can be vain.
- Dyes and threads of today will be the mistake of tomorrow.
- A manual written by many hands is a kind of literature.
- Schools teach design and seldom teach undoing.
- To mend something together is slow and needs no common language.
- Markets prefer the new; households often do not have the choice.
"""),
        "I would hang the broken half beside the mended one.",
    ),
    Topic(
        "Sound in public space",
        "A square has a sound before an artist arrives, and it is not empty.",
        parts("""
- Loudness is a claim to land.
- People who work at night hear another city.
- A recording takes something away that nobody signed for.
- Bells, engines and calls to prayer already share a score.
- An installation that can be switched off by a neighbour is better than one that cannot.
- Listening walks cost nothing and change planning meetings.
"""),
        "The best work may be to turn one thing down.",
    ),
    Topic(
        "Craft and the machine",
        "A loom was a machine long before the word made anybody afraid.",
        parts("""
- A digital pattern can travel without the person who drew it.
- Speed moves the work to a different place; it does not remove it.
- A tool that cannot be opened makes its user a guest.
- The hand knows tolerances that nobody wrote down.
- Copies have always paid for originals.
- An apprentice learns by standing near, and a screen has no near.
"""),
        "I would buy the machine together with the years of the one who repairs it.",
    ),
    Topic(
        "Whose archive?",
        "An archive is a house with rules, and the rules were written by somebody.",
        parts("""
- A name in a catalogue may be the name that others gave.
- Digital access from far away is generous and is not a return.
- Families keep papers that no institution would accept, for good reasons.
- A finding aid is an opinion with numbers.
- Silence in a file may be a decision to protect.
- Communities can hold the key without holding the building.
"""),
        "I would ask first who should be allowed to forget.",
    ),
)  # fmt: skip  # a table, read by its rows
