// Keys on the review screen: j and k change the dossier, figures mark, c comments, Ctrl+Enter submits.
// An improvement only: every key is a shortcut for something on the page. Never acts while one types.

const form = document.getElementById("review");
const keys = document.getElementById("keys");
const scales = form ? [...form.querySelectorAll("fieldset.scale")] : [];

const types = (element) =>
  element instanceof HTMLElement &&
  (element.isContentEditable ||
    element.matches("textarea, select, input:not([type=radio], [type=checkbox])"));

const scaleOf = (element) => (element instanceof Element ? element.closest("fieldset.scale") : null);

const firstOpen = () => scales.find((scale) => !scale.querySelector(":checked")) ?? scales[0];

function mark(figure) {
  const scale = scaleOf(document.activeElement) ?? firstOpen();
  const radio = scale?.querySelector(`input[value="${figure}"]`);
  if (!radio) return false;
  radio.checked = true;
  radio.dispatchEvent(new Event("input", { bubbles: true }));
  const next = scales[scales.indexOf(scale) + 1];
  (next?.querySelector(":checked, input") ?? form.elements.comment).focus();
  return true;
}

function follow(key) {
  const link = document.querySelector(`a[data-key="${key}"]`);
  link?.click();
  return Boolean(link);
}

function comment() {
  form?.elements.comment.focus();
  return Boolean(form);
}

function help() {
  if (keys) keys.hidden = !keys.hidden;
  return Boolean(keys);
}

function submit() {
  form?.requestSubmit(form.querySelector('button[value="submit"]'));
  return Boolean(form);
}

const acts = { j: () => follow("j"), k: () => follow("k"), c: comment, "?": help };

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.altKey || event.metaKey) return;
  if (event.ctrlKey) {
    if (event.key === "Enter" && form?.contains(document.activeElement) && submit()) {
      event.preventDefault();
    }
    return;
  }
  if (types(event.target)) return;
  const act = /^[0-9]$/.test(event.key) ? () => mark(event.key) : acts[event.key];
  if (act?.()) event.preventDefault();
});

// Nobody loses what they typed by a key or a link: the browser asks first.
let typed = false;
let leaving = false;
form?.addEventListener("input", () => (typed = true));
form?.addEventListener("submit", () => (leaving = true));
addEventListener("beforeunload", (event) => {
  if (typed && !leaving) event.preventDefault();
});

// The frame opens by itself when a paper is chosen for it.
for (const link of document.querySelectorAll('a[target="paper"]')) {
  link.addEventListener("click", () => {
    const frame = document.querySelector(".papers__frame");
    if (frame) frame.open = true;
  });
}

if (keys) {
  const hint = document.createElement("p");
  const key = document.createElement("kbd");
  key.textContent = "?";
  hint.className = "hint no-print";
  hint.append(key, ` ${keys.dataset.title}`);
  keys.before(hint);
}
