// The agents' list at the keyboard: j and k move from one dossier to the next, Enter opens. Each agent may switch it off (RGAA 12.10).
const table = document.querySelector("[data-bannette]");
const aide = document.querySelector("[data-clavier]");
if (table && aide) {
  const bouton = aide.querySelector("button");
  const liens = [...table.querySelectorAll("tbody th a")];
  let actifs = localStorage.getItem("clavier") !== "non";
  const show = () => bouton.setAttribute("aria-pressed", String(actifs));
  aide.hidden = false;
  show();
  bouton.addEventListener("click", () => {
    actifs = !actifs;
    localStorage.setItem("clavier", actifs ? "oui" : "non");
    show();
  });
  document.addEventListener("keydown", (event) => {
    const pas = { j: 1, k: -1 }[event.key];
    if (!actifs || !pas || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
    const ici = liens.indexOf(document.activeElement);
    liens[Math.min(Math.max(ici + pas, 0), liens.length - 1)]?.focus();
    event.preventDefault();
  });
}
