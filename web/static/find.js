// A field above a long table that shows only the rows with what is typed.
const long = 12;

export function tableFinders(root) {
  for (const table of root.querySelectorAll("table[data-find]")) {
    const rows = [...table.tBodies[0].rows];
    if (rows.length < long) continue;
    const label = document.createElement("label");
    label.textContent = `Find in ${table.dataset.find} `;
    const find = document.createElement("input");
    find.type = "search";
    const found = document.createElement("span");
    found.className = "count";
    found.setAttribute("role", "status");
    find.addEventListener("input", () => {
      const want = find.value.trim().toLowerCase();
      let shown = 0;
      for (const row of rows) {
        const gap = row.classList.contains("gap");
        row.hidden = want !== "" && (gap || !row.textContent.toLowerCase().includes(want));
        if (!row.hidden && !gap) shown++;
      }
      found.textContent = want ? ` ${shown} ${shown === 1 ? "row" : "rows"}` : "";
    });
    label.append(find);
    table.closest("section, main").querySelector(".table-find").append(label, found);
  }
}
