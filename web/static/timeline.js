// Drag over the timeline to choose a range: from the first column touched to the
// last. Without script each column is a link.
export function timeline(form, go, address) {
  const figure = form.querySelector("[data-timeline]");
  if (!figure) return;
  const svg = figure.querySelector("svg");
  const columns = [...svg.querySelectorAll("[data-from]")];
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

  function show() {
    const chosen = touched();
    for (const column of columns) column.classList.toggle("chosen", chosen.includes(column));
  }

  svg.addEventListener("dragstart", (event) => event.preventDefault());
  figure.addEventListener("pointerdown", (event) => {
    if (event.button === 0 && event.target.closest("svg")) start = end = event.clientX;
  });
  figure.addEventListener("pointermove", (event) => {
    if (start < 0) return;
    end = event.clientX;
    if (touched().length && !figure.hasPointerCapture(event.pointerId)) figure.setPointerCapture(event.pointerId);
    show();
  });
  figure.addEventListener("pointercancel", () => { start = end = -1; show(); });
  figure.addEventListener("pointerup", () => {
    const chosen = touched();
    start = end = -1;
    if (!chosen.length) return; // a click: the link does it
    figure.addEventListener("click", (event) => { event.preventDefault(); event.stopPropagation(); }, { capture: true, once: true });
    const data = new URLSearchParams(address().split("?")[1] ?? "");
    data.set("from", chosen[0].dataset.from);
    data.set("to", chosen[chosen.length - 1].dataset.to);
    go(`/?${data}`);
  });
}
