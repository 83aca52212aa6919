// Only comfort: every page works without it.
document.addEventListener("submit", (event) => {
  const form = event.target, said = form.dataset.busy;
  if (!said || event.defaultPrevented) return;
  const place = form.querySelector("[data-said]");
  if (place) place.textContent = said;
  form.setAttribute("aria-busy", "true");
});
// The summary of what is wrong takes the focus, so that it is read first.
document.addEventListener("DOMContentLoaded", () => {
  const fault = document.getElementById("fault");
  if (fault) fault.focus();
});
