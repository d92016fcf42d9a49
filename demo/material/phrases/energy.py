"""Statement parts of the energy-materials master. Slots are filled by `demo.material.texts`."""

from demo.material.phrases import parts

OPENINGS = parts("""
- I grew up in a street of {city} where the power went off most evenings, and we learned to do
  our homework before six.
- My first battery was a lemon with two nails in it. It lit nothing, and I wanted to know why.
- I study {field} because it is the part of physics I can hold in my hand.
- In the second year of my degree in {field} I broke the only potentiostat of our laboratory.
  Repairing it took five weeks and taught me more than the lectures had.
- My uncle repairs electric rickshaws in {city}. He replaces the cells every nine months and
  sells the old ones by weight.
- I come to energy materials from {field}, and I come late: I had planned to be a teacher.
- When a solar cooperative opened near {city} I was hired for a summer to clean panels. I kept a
  notebook of which ones failed first.
- Nobody in my family had been to a university before me, so I chose {field} almost by chance. I
  would choose it again.
- There is a closed mine an hour from {city}. Our class measured its water, and that is how I
  first heard the words cathode material.
- I like questions that end in a measurement. This is the short reason for my application; the
  longer one follows.
- During my degree in {field} I was the person who stayed to find out why the numbers did not
  agree.
- A bus line in {city} was switched to electric buses while I was a student, and half of them
  stood still in the cold week of the first winter.
""")
STUDIES = parts("""
- At {university} I enjoyed {course_a} most and struggled with {course_b}, which I took twice
  and now teach to younger students on Saturdays.
- The courses that shaped me were {course_a} and {course_b}. In both we had a laboratory with
  more students than stools, so I learned to prepare before I came.
- My marks are good in {course_a} and ordinary in {course_b}; I understood the second subject
  only when I needed it for my project.
- Of {years} years at {university} I remember {course_a} best, because the lecturer began every
  hour with an experiment that could go wrong.
- I took {course_a} as an option outside my programme and it changed the direction of my final
  year. {course_b} then gave me the tools.
- {university} is small. That meant few instruments, and a professor of {course_a} who read
  every report to the end.
- I had to interrupt my studies for a term to work. I returned with a better sense of time and
  finished {course_a} and {course_b} in the same summer.
- What I can do well comes from {course_a}: preparing samples slowly, writing down everything,
  and doubting the first result.
""")
PROJECTS = parts("""
- For my project I prepared {number} samples of a sodium manganese oxide and cycled the best one
  {cycles} times. It kept {percent} per cent of its capacity.
- I spent {months} months on a binder made from cassava starch. It cracked above {percent}
  degrees until we dried it overnight at a lower temperature.
- My thesis compares two ways of drying graphite electrodes. The difference was {percent} per
  cent in adhesion and almost nothing in capacity, which surprised my supervisor.
- With two classmates I built a cell tester from a microcontroller. It measured {number} cells
  at once and cost less than one commercial channel.
- I measured the impedance of {number} used telephone batteries and tried to predict which of
  them would last another {cycles} cycles. I was right about two thirds of the time.
- We made a zinc-air cell with a catalyst from rice husk. The first {number} cells leaked; the
  next ones ran for {months} days.
- In an internship I sorted {number} returned solar lamps by fault. In {percent} per cent of
  them only a connector was broken.
- My task was the X-ray diffraction of {number} powders. I wrote a short script that found the
  wrong labels, and there were {months} of them.
- I modelled heat in a pack of {number} cells. The model was {percent} per cent off until I
  included the glue between the cells.
- For {months} months I followed the corrosion of current collectors in salt water, weighing
  {number} strips of aluminium every Friday.
- I worked on hydrogen storage in magnesium powder and learned to respect an open glove box
  after {months} failed series.
- Our group coated separators with alumina. I coated {number} by hand before we dared to use the
  machine.
""")
LESSONS = parts("""
- What stayed with me is that a negative result is cheap if it is written down and expensive if
  it is not.
- I learned to ask for help on the second day and not in the second month.
- The work was not elegant. It was repeatable, and a student of the next class did repeat it.
- I presented it at a student day in front of people who make tiles for a living. Their
  questions about cost were better than mine.
- I would do it differently today: fewer samples, and a control from the beginning.
- It also showed me what I lack, above all a proper training in electrochemical methods.
- My supervisor calls me patient with instruments and impatient with forms. Both are true.
- Since then I keep a laboratory book that somebody else could read.
- I found out that I like to explain results almost as much as to produce them.
""")
REASONS = parts("""
- I apply to this master because a cell is made of many materials and no single department I
  know teaches all of them.
- Starting with the whole class in one place and then moving on together seems to me the right
  order: first a common language, then the differences.
- I am attracted by the third semester in {host_a}, where the courses come closest to the
  questions of my project; {host_b} would be my second choice.
- I have read what the laboratories in {host_a} work on and could imagine a thesis there. I have
  also learned that plans change, so I rank {host_b} almost as high.
- I want to see how several countries treat the same problem. The price of a kilowatt hour is
  political, and so is the place where a battery ends.
- A joint degree means that five groups of teachers had to agree on what matters. I trust that
  more than a long list of options.
- At home I could continue in {field}, but the nearest group with a dry room is a two-day
  journey away.
- Moving every semester will cost me some comfort. I have moved often and I make friends by
  cooking, which works in any kitchen.
- I could not pay for such a programme without a scholarship, and I say so plainly. If I receive
  one I will use every week of it.
""")
PLANS = parts("""
- Afterwards I hope to do a doctorate on solid electrolytes and then to teach in {country}.
- In ten years I would like to run a workshop in {country} that gives a second life to used
  cells, with tests that a customer can trust.
- I do not know yet whether I belong in a laboratory or in a factory. The thesis semester will
  tell me, and I am curious about the answer.
- My plan is to work in the recycling of cathode materials, in Europe first and later in
  {country}, where most of the old batteries arrive in the end.
- I want to write standards one day. Somebody has to decide what a safe battery is, and few of
  those people come from {country}.
- The national grid company of {country} has begun to buy storage and has nobody who can test
  it. That is the job I have in mind.
- I would like to come back to {university} with a method, a network and the right to order the
  chemicals we could never get.
- After the master I want to join a company that makes cells for buses, and stay long enough to
  see one of its products grow old.
- I hope to work on storage for clinics and schools that have panels on the roof and no light at
  night.
""")
CLOSINGS = (
    "Thank you for reading a long file among many others.",
    "I would be glad to explain any of this in an interview.",
    "If I am placed on the reserve list I will wait, and go on measuring.",
    "I am ready to begin in September.",
    "I know that many good people apply, and I am grateful for a careful reading.",
    "Whatever you decide, I thank you for your time.",
    "I bring a used laboratory coat and a great deal of curiosity.",
)
HOSTS = ("Amiens", "Bilbao", "Ljubljana")
