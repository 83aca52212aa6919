(() => {
  "use strict";
  const all = (query, from = document) => [...from.querySelectorAll(query)];
  const one = (query) => document.querySelector(query);
  document.documentElement.classList.add("js");
  const table = one("#legs"), box = one("#find"), shown = one("#shown");
  const picked = new Set();
  const rows = table ? all("tbody tr", table) : [];
  rows.forEach((row) => { row.words = row.textContent.toLowerCase(); });

  function sift() {
    const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    let left = 0;
    rows.forEach((row) => {
      const keep = (!picked.size || picked.has(row.dataset.o)) && words.every((word) => row.words.includes(word));
      row.hidden = !keep;
      left += keep ? 1 : 0;
    });
    shown.textContent = shown.dataset.say.replace("0", left);
    all(".chip[data-f]").forEach((chip) => chip.setAttribute("aria-pressed", picked.has(chip.dataset.f)));
  }

  function sort(button) {
    const head = button.closest("th"), place = [...head.parentNode.children].indexOf(head);
    const down = head.getAttribute("aria-sort") === "ascending";
    all("th[aria-sort]", table).forEach((other) => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const key = (row) => row.children[place].dataset.s ?? row.children[place].textContent;
    const order = new Intl.Collator(undefined, { numeric: true });
    rows.sort((a, b) => order.compare(key(a), key(b)) * (down ? -1 : 1));
    table.tBodies[0].append(...rows);
  }

  function copy(button) {
    const text = button.previousElementSibling.textContent, label = button.innerHTML;
    const done = () => { button.textContent = "✓"; setTimeout(() => { button.innerHTML = label; }, 1200); };
    if (navigator.clipboard) { navigator.clipboard.writeText(text).then(done, () => {}); return; }
    getSelection().selectAllChildren(button.previousElementSibling);
    if (document.execCommand("copy")) done();
  }

  function offer() {
    const page = location.hash ? document.getElementById(decodeURIComponent(location.hash.slice(1))) ?? document.getElementById(location.hash.slice(1)) : one("#overview");
    const near = page && page.closest(".page");
    if (!near) return;
    all(".a", near).forEach((code) => {
      if (code.nextElementSibling && code.nextElementSibling.className === "cp") return;
      const button = document.createElement("button");
      button.className = "cp";
      button.type = "button";
      button.title = document.body.dataset.copy;
      button.setAttribute("aria-label", document.body.dataset.copy);
      button.innerHTML = '<svg aria-hidden="true"><use href="#i-copy"/></svg>';
      code.after(button);
    });
    if (page.tagName === "DETAILS") page.open = true;
  }

  document.addEventListener("click", (event) => {
    const at = (query) => event.target.closest(query);
    if (at(".cp")) { event.preventDefault(); copy(at(".cp")); }
    else if (at("th button")) sort(at("th button"));
    else if (at(".chip[data-f]")) {
      const name = at(".chip").dataset.f;
      if (!picked.delete(name)) picked.add(name);
      sift();
    } else if (at("[data-pick]") && box) {
      picked.clear();
      at("[data-pick]").dataset.pick.split(" ").filter(Boolean).forEach((name) => picked.add(name));
      box.value = at("[data-pick]").dataset.find ?? "";
      sift();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && box && event.target.tagName !== "INPUT") { event.preventDefault(); location.hash = "shipments"; box.focus(); }
  });
  document.addEventListener("change", (event) => {
    const plan = event.target.closest(".plan");
    const frame = plan && plan.querySelector(".scroll"), asked = plan && plan.querySelector(".ow-asked");
    if (!asked) return;
    const here = asked.getBoundingClientRect(), room = frame.getBoundingClientRect();
    frame.scrollBy(here.left + here.width / 2 - room.left - room.width / 2, here.top + here.height / 2 - room.top - room.height / 2);
  });
  if (box) { box.addEventListener("input", sift); sift(); }
  addEventListener("hashchange", offer);
  addEventListener("beforeprint", () => all("details:not(.raw)").forEach((each) => { if (!each.open) { each.open = true; each.dataset.was = ""; } }));
  addEventListener("afterprint", () => all("details[data-was]").forEach((each) => { each.open = false; delete each.dataset.was; }));
  offer();
})();
