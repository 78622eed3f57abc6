// The place of the browser, asked only when the button is pressed, rounded to about a kilometre, sent in the body of a form.
for (const form of document.querySelectorAll(".psl-guichets__place")) {
  if (!navigator.geolocation) continue;
  const status = form.querySelector("[role=status]");
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    status.textContent = form.dataset.attente;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        form.elements.lon.value = coords.longitude.toFixed(2);
        form.elements.lat.value = coords.latitude.toFixed(2);
        form.submit();
      },
      () => (status.textContent = form.dataset.refus),
      { timeout: 10000, maximumAge: 600000 },
    );
  });
}
