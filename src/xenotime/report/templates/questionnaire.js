(() => {
  "use strict";
  const one = (query, from = document) => from.querySelector(query);
  const read = (id) => JSON.parse(one(id).textContent);
  const safe = (text) => (/^[\s']*[=+\-@＝＋－＠\t\r]/.test(text) && !/^'*[+-]?\d+(\.\d+)?$/.test(text) ? "'" + text : text);
  const cell = (text) => '"' + text.replace(/[\r\n]+/g, " ").replace(/"/g, '""') + '"';

  function filled() {
    const grid = read("#grid"), at = read("#places");
    for (const name of ["by", "position", "day"]) grid[at[name] - 1][1] = safe(one("#" + name).value.trim());
    document.querySelectorAll("[data-row]").forEach((box) => {
      const row = grid[at.head + Number(box.dataset.row)];
      for (const name of ["answer", "rests", "remarks"]) row[at[name]] = safe(one("." + name, box).value.trim());
    });
    const wide = grid[at.head - 1].length;
    grid.forEach((row) => { while (row.length < wide) row.push(""); });
    return "\ufeff" + grid.map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
  }

  one("#save").addEventListener("click", () => {
    const form = one("#form");
    if (!form.reportValidity()) return;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([filled()], { type: "text/csv" }));
    link.download = form.dataset.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });
})();
