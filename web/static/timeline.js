// Drag over the timeline to choose a range. Without script each bar is a link.
export function timeline(form, go, address) {
  const figure = form.querySelector("[data-timeline]");
  if (!figure) return;
  const svg = figure.querySelector("svg");
  const columns = [...svg.querySelectorAll("[data-from]")];
  let start = -1;
  let end = -1;

  function columnAt(x) {
    const box = svg.getBoundingClientRect();
    const i = Math.floor(((x - box.left) / box.width) * columns.length);
    return Math.max(0, Math.min(columns.length - 1, i));
  }

  function show() {
    const [low, high] = [Math.min(start, end), Math.max(start, end)];
    columns.forEach((column, i) => column.classList.toggle("chosen", start >= 0 && i >= low && i <= high));
  }

  svg.addEventListener("dragstart", (event) => event.preventDefault());
  svg.addEventListener("pointerdown", (event) => {
    if (event.button === 0) start = end = columnAt(event.clientX);
  });
  svg.addEventListener("pointermove", (event) => {
    if (start < 0) return;
    const now = columnAt(event.clientX);
    if (now !== start && !svg.hasPointerCapture(event.pointerId)) svg.setPointerCapture(event.pointerId);
    end = now;
    if (start !== end) show();
  });
  svg.addEventListener("pointercancel", () => { start = end = -1; show(); });
  svg.addEventListener("pointerup", () => {
    const [low, high] = [Math.min(start, end), Math.max(start, end)];
    const dragged = start >= 0 && low !== high;
    start = end = -1;
    if (!dragged) return; // a click: the link does it
    svg.addEventListener("click", (event) => { event.preventDefault(); event.stopPropagation(); }, { capture: true, once: true });
    const data = new URLSearchParams(address().split("?")[1] ?? "");
    data.set("from", columns[low].dataset.from);
    data.set("to", columns[high].dataset.to);
    go(`/?${data}`);
  });
}
