// The search page without reloading: a ticked box, a chip, a bar or a page of
// results fetches the very page its address gives and puts its contents in
// place, so that address, history and the page without script stay the same.
import { timeline } from "./timeline.js";
import { facetFinders } from "./facets.js";
import { copyButtons } from "./copy.js";

const parts = [".understood", ".chips", ".when", ".columns"];
let asked = null;

export function live(form) {
  if (!form) return;
  prepare(form);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    go(form, address(form), true);
  });
  form.addEventListener("change", (event) => {
    if (event.target.closest(".facets") && event.target.type === "checkbox") go(form, address(form), true);
  });
  form.addEventListener("click", (event) => {
    const link = event.target.closest(".chips a, .sorts a, .views a, .by-date a, .timeline a, .range a, .correction a, .understood a, .pages a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    go(form, link.getAttribute("href"), true);
  });
  addEventListener("popstate", () => go(form, location.href, false));
}

// address is what the form asks for, without its empty fields.
function address(form) {
  const data = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value.trim()) data.append(name, value.trim());
  return data.size ? `/?${data}` : "/";
}

async function go(form, url, push) {
  asked?.abort();
  asked = new AbortController();
  const results = form.querySelector("#results");
  results?.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(url, { signal: asked.signal, headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("form[data-live]");
    if (!answer.ok || !fresh) return location.assign(url);
    const focused = document.activeElement?.id;
    if (push) history.pushState(null, "", url);
    document.title = page.title;
    swap(form, fresh, push);
    prepare(form);
    form.querySelector("#status").textContent = form.querySelector("#results-h").textContent;
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    if (/[?&]cursor=/.test(url)) form.querySelector("#results").scrollIntoView();
  } catch (error) {
    if (error.name !== "AbortError") location.assign(url);
  }
}

// swap replaces what an answer changes; the box keeps its focus and its listeners, and what is
// being typed in it, but for one who goes back.
function swap(form, fresh, typing) {
  const box = form.querySelector("#q");
  if (!typing || document.activeElement !== box) box.value = fresh.querySelector("#q").value;
  form.querySelectorAll(".box input[type=hidden], .box .examples").forEach((node) => node.remove());
  form.querySelector(".box").append(...fresh.querySelectorAll(".box input[type=hidden], .box .examples"));
  const open = [...form.querySelectorAll("details[open] > summary")].map((s) => s.parentElement.dataset.key).filter(Boolean);
  for (const part of parts) form.querySelector(part)?.remove();
  for (const part of parts) {
    const node = fresh.querySelector(part);
    if (node) form.append(node);
  }
  for (const key of open) form.querySelector(`details[data-key="${CSS.escape(key)}"]`)?.setAttribute("open", "");
  const heading = document.querySelector("main > h1");
  const freshHeading = fresh.closest("main").querySelector(":scope > h1");
  heading.className = freshHeading.className;
  heading.textContent = freshHeading.textContent;
  document.querySelector("main > .lede")?.toggleAttribute("hidden", heading.className === "hidden");
}

function prepare(form) {
  timeline(form, (url) => go(form, url, true), () => address(form));
  facetFinders(form);
  copyButtons(form);
}
