// The timeline as one control: drag from the first column to the last, or move
// with the arrow keys, extend with Shift, and choose with Enter. Without script
// each column is a link.
export function timeline(form, go, address) {
  const figure = form.querySelector("[data-timeline]");
  if (!figure) return;
  const svg = figure.querySelector("svg");
  const columns = [...svg.querySelectorAll("[data-from]")];
  if (!columns.length) return;
  let start = -1;
  let end = -1;

  function touched() {
    if (start < 0 || Math.abs(end - start) < 6) return [];
    const [low, high] = [Math.min(start, end), Math.max(start, end)];
    return columns.filter((column) => {
      const box = column.querySelector(".catch").getBoundingClientRect();
      return box.right >= low && box.left <= high;
    });
  }

  function show(chosen) {
    for (const column of columns) column.classList.toggle("chosen", chosen.includes(column));
  }

  function choose(chosen) {
    const data = new URLSearchParams(address().split("?")[1] ?? "");
    data.set("from", chosen[0].dataset.from);
    data.set("to", chosen[chosen.length - 1].dataset.to);
    go(`/?${data}`);
  }

  svg.addEventListener("dragstart", (event) => event.preventDefault());
  figure.addEventListener("pointerdown", (event) => {
    if (event.button === 0 && event.target.closest("svg") === svg) start = end = event.clientX;
  });
  figure.addEventListener("pointermove", (event) => {
    if (start < 0) return;
    end = event.clientX;
    if (touched().length && !figure.hasPointerCapture(event.pointerId)) figure.setPointerCapture(event.pointerId);
    show(touched());
  });
  figure.addEventListener("pointercancel", () => { start = end = -1; show([]); });
  figure.addEventListener("pointerup", () => {
    const chosen = touched();
    start = end = -1;
    if (!chosen.length) return; // a click: the link does it
    figure.addEventListener("click", (event) => { event.preventDefault(); event.stopPropagation(); }, { capture: true, once: true });
    choose(chosen);
  });

  // Keys: one stop for all columns, as in a toolbar.
  let anchor = 0;
  let at = 0;
  columns.forEach((column, i) => column.setAttribute("tabindex", i === 0 ? "0" : "-1"));
  const between = () => columns.slice(Math.min(anchor, at), Math.max(anchor, at) + 1);
  svg.addEventListener("focusin", (event) => {
    const i = columns.indexOf(event.target.closest("[data-from]"));
    if (i >= 0 && i !== at) anchor = at = i;
  });
  svg.addEventListener("keydown", (event) => {
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: columns.length - 1 }[event.key];
    if (next !== undefined) {
      columns[at].setAttribute("tabindex", "-1");
      at = Math.max(0, Math.min(columns.length - 1, next));
      if (!event.shiftKey) anchor = at;
      columns[at].setAttribute("tabindex", "0");
      columns[at].focus();
      show(anchor === at ? [] : between());
    } else if (event.key === "Enter" && anchor !== at) {
      choose(between());
    } else if (event.key === "Escape" && anchor !== at) {
      anchor = at;
      show([]);
    } else return;
    event.preventDefault();
  });
}
