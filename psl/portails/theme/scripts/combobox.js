// A WAI-ARIA combobox with a list of suggestions (APG, "editable combobox with list autocomplete") on each [data-combobox].
// The field keeps the text, the hidden field the code of the chosen commune; a suggestion that has an address is opened.
// Without script, the button asks the server. A list that the page already holds (a datalist) is searched here, and takes its place.
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().match(/[\p{L}\p{N}]+/gu)?.join(" ") ?? "";
for (const group of document.querySelectorAll("[data-combobox]")) {
  const box = group.querySelector(".psl-combobox");
  const input = box.querySelector("input:not([type=hidden])");
  const code = box.querySelector("input[type=hidden]") ?? {};
  const list = document.createElement("ul");
  const status = document.createElement("p");
  const held = group.querySelector("datalist");
  const entries = held && [...held.options].map(({ value }) => ({ texte: value, folded: fold(value) }));
  let options = [], active = -1, timer = 0, asked = 0, chosen = code.value ? input.value : null;

  Object.assign(list, { id: `${input.id}-liste`, className: "psl-combobox__liste", hidden: true, role: "listbox" });
  list.setAttribute("aria-label", group.querySelector("label").textContent.trim());
  status.className = "fr-sr-only";
  status.setAttribute("role", "status");
  for (const button of box.querySelectorAll(".psl-combobox__chercher")) button.hidden = true;
  box.append(list, status);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id, autocomplete: "off" }))
    input.setAttribute(name, value);

  if (held) {
    input.removeAttribute("list");
    held.remove();
  }

  const close = () => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const mark = (rank) => {
    active = (rank + options.length) % options.length;
    [...list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === active)));
    input.setAttribute("aria-activedescendant", list.children[active].id);
    list.children[active].scrollIntoView({ block: "nearest" });
  };
  const choose = (rank) => {
    const commune = options[rank];
    if (commune.url) return location.assign(commune.url);
    input.value = chosen = commune.texte;
    code.value = commune.code;
    close();
    status.textContent = commune.texte;
  };
  const show = (found) => {
    options = found;
    list.replaceChildren(...found.map((commune, rank) => {
      const item = document.createElement("li");
      Object.assign(item, { id: `${list.id}-${rank}`, role: "option", textContent: commune.texte });
      item.setAttribute("aria-selected", "false");
      if (commune.precision) item.append(Object.assign(document.createElement("small"), { textContent: ` ${commune.precision}` }));
      return item;
    }));
    list.hidden = !found.length;
    active = -1;
    input.setAttribute("aria-expanded", String(found.length > 0));
    input.removeAttribute("aria-activedescendant");
    const { aucune, une, plusieurs } = group.dataset;
    status.textContent = found.length === 0 ? aucune : found.length === 1 ? une : plusieurs.replace("{n}", found.length);
  };
  const near = (wanted) => entries
    .filter(({ folded }) => wanted.split(" ").every((word) => ` ${folded}`.includes(` ${word}`)))
    .sort((a, b) => b.folded.startsWith(wanted) - a.folded.startsWith(wanted))
    .slice(0, 10);
  const ask = async () => {
    const text = input.value.trim(), mine = ++asked;
    if (text.length < (entries ? 1 : 2)) return close();
    if (entries) return show(near(fold(text)));
    try {
      const answer = await fetch(`${group.dataset.combobox}?q=${encodeURIComponent(text)}`, { headers: { Accept: "application/json" } });
      const given = answer.ok ? await answer.json() : {};
      const found = given.communes ?? given.suggestions ?? [];
      if (mine === asked && document.activeElement === input) show(found);
    } catch {
      close();
    }
  };
  input.addEventListener("input", () => {
    if (input.value !== chosen) code.value = "";
    for (const other of group.querySelectorAll("input[type=radio]")) other.checked = false;
    clearTimeout(timer);
    timer = setTimeout(ask, 150);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const opened = !list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (opened) mark(event.key === "ArrowDown" ? active + 1 : active < 0 ? -1 : active - 1);
      else ask();
    } else if (event.key === "Enter" && opened && active >= 0) {
      event.preventDefault();
      choose(active);
    } else if (event.key === "Escape" && (opened || input.value)) {
      event.preventDefault();
      if (!opened) input.value = code.value = "";
      close();
    } else if (event.key === "Tab" && opened && active >= 0) choose(active);
  });
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const item = event.target.closest("li");
    if (item) choose([...list.children].indexOf(item));
  });
  input.addEventListener("blur", () => {
    clearTimeout(timer);
    asked++;
    close();
  });
}
