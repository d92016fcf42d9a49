// Dragging in an order of wishes. An improvement only: what is dropped goes out by the same form as a
// button, the arrow keys on a handle press the buttons, and the page that comes back keeps the focus.

const box = document.querySelector("[data-ranks]");
const form = box?.closest("form");
const list = box?.querySelector("ol.ranks");
const live = box?.querySelector("[role=status]");
const kept = `ranks:${location.pathname}`;
const cards = form ? [...form.querySelectorAll("li[data-code]")] : [];
const ranked = () => [...(list?.querySelectorAll("li[data-code]") ?? [])];

const words = (name, values) =>
  box.dataset[name].replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");

const say = (name, values) => (live.textContent = words(name, values));

const keep = (code, verb) => sessionStorage.setItem(kept, JSON.stringify({ code, verb }));

function send(code, move) {
  keep(code, "");
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name: "move", value: move });
  form.append(field);
  form.requestSubmit();
}

// -- dragging

const gap = document.createElement("li");
gap.className = "ranks__gap";
gap.ariaHidden = "true";

// How many others stand above the pointer; -1 where a card that is not ranked is not over the order.
function placeAt(y, card) {
  const others = ranked().filter((each) => each !== card);
  const under = (list ?? box).getBoundingClientRect();
  if (card.parentElement !== list && y > under.bottom) return -1;
  return others.filter((each) => {
    const { top, height } = each.getBoundingClientRect();
    return top + height / 2 < y;
  }).length;
}

function show(place, card) {
  const others = ranked().filter((each) => each !== card);
  if (place < 0) gap.remove();
  else if (list) list.insertBefore(gap, others[place] ?? null);
  else box.append(gap);
}

function lift(event, card) {
  if (event.button !== 0) return;
  event.preventDefault();
  const name = card.dataset.name;
  const start = ranked().indexOf(card);
  const stop = new AbortController();
  const { signal } = stop;
  let place = start;

  const put = (isWanted) => {
    stop.abort();
    gap.remove();
    card.classList.remove("is-lifted");
    if (isWanted && place >= 0 && place !== start) send(card.dataset.code, `put:${card.dataset.code}:${place}`);
    else say("back", { name });
  };
  const move = ({ clientY }) => {
    const edge = 48;
    if (clientY < edge) scrollBy(0, -edge / 4);
    if (clientY > innerHeight - edge) scrollBy(0, edge / 4);
    const now = placeAt(clientY, card);
    if (now === place) return;
    place = now;
    show(place, card);
    const of = ranked().length + (start < 0 ? 1 : 0);
    if (place >= 0) say("over", { name, n: place + 1, of });
  };

  card.classList.add("is-lifted");
  say("lifted", { name });
  document.addEventListener("pointermove", move, { signal });
  document.addEventListener("pointerup", () => put(true), { signal });
  document.addEventListener("pointercancel", () => put(false), { signal });
  document.addEventListener("keydown", ({ key }) => key === "Escape" && put(false), { signal });
}

// -- keys: an arrow presses the button that does the same

const arrows = { ArrowUp: ["up", "add"], ArrowDown: ["down"] };

function press(event, card) {
  const verbs = arrows[event.key] ?? [];
  const button = verbs.map((verb) => buttonOf(card, verb)).find((each) => each && !each.disabled);
  if (!verbs.length) return;
  event.preventDefault();
  if (!button) return;
  keep(card.dataset.code, "");
  form.requestSubmit(button);
}

const buttonOf = (card, verb) =>
  [...card.querySelectorAll("button[name=move]")].find(
    (each) => each.value === `${verb}:${card.dataset.code}`,
  );

for (const card of cards) {
  const handle = document.createElement("button");
  Object.assign(handle, { type: "button", className: "ranks__handle" });
  handle.ariaLabel = words("handle", { name: card.dataset.name });
  handle.addEventListener("pointerdown", (event) => lift(event, card));
  handle.addEventListener("keydown", (event) => press(event, card));
  card.querySelector(".cluster").append(handle);
}

form?.addEventListener("submit", ({ submitter }) => {
  const [verb, ...code] = submitter?.name === "move" ? submitter.value.split(":") : [];
  if (verb && !sessionStorage.getItem(kept)) keep(code.join(":"), verb);
});

// -- after the page has come back: the focus where it was, and what became of it in words

function resume({ code, verb }) {
  const card = cards.find((each) => each.dataset.code === code);
  if (!card || document.querySelector("main [role=alert]")) return;
  const button = verb && buttonOf(card, verb);
  (button && !button.disabled ? button : card.querySelector(".ranks__handle")).focus();
  const n = card.querySelector(".num")?.textContent;
  say(n ? "now" : "out", { name: card.dataset.name, n });
}

const last = JSON.parse(sessionStorage.getItem(kept) ?? "null");
sessionStorage.removeItem(kept);
// Later than the browser goes to the fragment of the address, which takes the focus.
if (last) addEventListener("load", () => setTimeout(resume, 0, last));
