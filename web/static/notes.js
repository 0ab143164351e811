// A footnote is shown beside its number while the pointer rests there or the
// number has the focus. The number stays a link to the note.
export function noteCards() {
  if (!document.querySelector("sup.caller a")) return;
  const card = document.createElement("div");
  card.className = "note-card";
  card.hidden = true;
  card.setAttribute("aria-hidden", "true"); // the link leads to the very words
  document.body.append(card);

  function show(link) {
    const note = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!note) return;
    const copy = note.cloneNode(true);
    copy.querySelectorAll(".go").forEach((node) => node.remove());
    card.replaceChildren(document.createTextNode(copy.textContent.trim()));
    card.hidden = false;
    const at = link.getBoundingClientRect();
    const left = Math.max(16, Math.min(at.left, document.documentElement.clientWidth - card.offsetWidth - 16));
    const below = at.bottom + card.offsetHeight + 8 < innerHeight;
    card.style.left = `${left + scrollX}px`;
    card.style.top = `${(below ? at.bottom + 6 : at.top - card.offsetHeight - 6) + scrollY}px`;
  }

  const hide = () => { card.hidden = true; };
  for (const link of document.querySelectorAll("sup.caller a")) {
    link.addEventListener("pointerenter", (event) => { if (event.pointerType === "mouse") show(link); });
    link.addEventListener("pointerleave", hide);
    link.addEventListener("focus", () => { if (link.matches(":focus-visible")) show(link); });
    link.addEventListener("blur", hide);
    link.addEventListener("click", hide);
  }
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
}
