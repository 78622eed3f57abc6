// The workshop: shows the page again when the démarche being written changed. Loaded only while one is followed.
const atelier = document.querySelector("[data-atelier]");
const look = async () => {
  const marque = await fetch("/atelier").then((reponse) => reponse.text(), () => atelier.dataset.atelier);
  if (marque === atelier.dataset.atelier) setTimeout(look, 1000);
  else location.assign(location.pathname + location.search);
};
if (atelier) setTimeout(look, 1000);
