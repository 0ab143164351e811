// n and p, or two buttons, walk the matches of a passage.
export function walk() {
  const marks = [...document.querySelectorAll("[data-matches] .here mark")];
  const status = document.querySelector(".matches .count");
  let at = -1;
  if (!marks.length) return;

  function go(step) {
    marks[at]?.classList.remove("current");
    at = at < 0 && step < 0 ? marks.length - 1 : (at + step + marks.length) % marks.length;
    const mark = marks[at];
    mark.classList.add("current");
    mark.tabIndex = -1;
    mark.focus({ preventScroll: true });
    mark.scrollIntoView({ block: "center" });
    if (status) status.textContent = `match ${at + 1} of ${marks.length}`;
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    const step = { n: 1, p: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    go(step);
  });
  for (const button of document.querySelectorAll("button[data-step]")) button.addEventListener("click", () => go(Number(button.dataset.step)));
}
