// Counts words while one types; the server counts again when the section is saved.
const words = (text) => text.split(/\s+/u).filter(Boolean).length;

for (const area of document.querySelectorAll("textarea[data-words]")) {
  const hint = document.getElementById(`${area.id}_helptext`);
  if (!hint) continue;
  const limit = Number(area.dataset.words);
  const told = document.createElement("output");
  told.htmlFor = area.id;
  hint.append(" ", told);
  const count = () => {
    const now = words(area.value);
    told.textContent = `${now} / ${limit}`;
    told.className = now > limit ? "field__errors" : "num";
  };
  area.addEventListener("input", count);
  count();
}
