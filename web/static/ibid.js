// What script adds to pages that work without it.
import { suggest } from "./suggest.js";
import { live } from "./live.js";
import { walk } from "./walk.js";
import { copyButtons } from "./copy.js";
import { tableFinders } from "./find.js";
import { noteCards } from "./notes.js";

document.documentElement.classList.add("script");

for (const input of document.querySelectorAll("input[type=search][name=q]")) suggest(input);
live(document.querySelector("form[data-live]"));
walk();
copyButtons(document);
tableFinders(document);
noteCards();

// "/" goes to the search box, as on many sites for readers.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const box = document.querySelector("#q, #top-q");
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
});
