// Pages with a form: the error summary takes the focus where `autofocus` is unknown, a form is sent once. Without this script both still work, less well.
if (!("autofocus" in HTMLElement.prototype)) document.getElementById("erreurs")?.focus();
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.parti) {
    event.preventDefault();
    return;
  }
  form.dataset.parti = "1";
  event.submitter?.setAttribute("aria-busy", "true");
  setTimeout(() => delete form.dataset.parti, 8000);
});
addEventListener("pageshow", () => document.querySelectorAll("form[data-parti]").forEach((form) => delete form.dataset.parti));
