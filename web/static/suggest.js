// Suggestions under a search box: a combobox with a listbox, as the ARIA
// Authoring Practices describe it.
let boxes = 0;

export function suggest(input) {
  const id = `suggestions-${++boxes}`;
  const list = document.createElement("ul");
  list.className = "suggestions";
  list.id = id;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  list.hidden = true;
  input.parentElement.append(list);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", id], ["aria-expanded", "false"]]) {
    input.setAttribute(name, value);
  }

  let chosen = -1;
  let asked = null;
  let timer = 0;

  function close() {
    clearTimeout(timer);
    asked?.abort();
    list.hidden = true;
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function choose(i) {
    const items = list.children;
    items[chosen]?.setAttribute("aria-selected", "false");
    chosen = (i + items.length) % items.length;
    items[chosen].setAttribute("aria-selected", "true");
    input.setAttribute("aria-activedescendant", items[chosen].id);
  }

  function take(item) {
    input.value = item.dataset.query;
    close();
    input.form.requestSubmit();
  }

  function show(suggestions) {
    list.replaceChildren(...suggestions.map((s, i) => {
      const item = document.createElement("li");
      item.id = `${id}-${i}`;
      item.dataset.query = s.query || s.text;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      const text = document.createElement("span");
      text.textContent = s.text;
      if (s.label) {
        const label = document.createElement("span");
        label.className = "aside";
        label.textContent = ` ${s.label}`;
        text.append(label);
      }
      const about = document.createElement("span");
      about.className = "aside";
      about.textContent = s.count ? `${s.kind} · ${s.count}` : s.kind;
      item.append(text, about);
      item.addEventListener("pointerdown", (event) => { event.preventDefault(); take(item); });
      return item;
    }));
    chosen = -1;
    input.removeAttribute("aria-activedescendant");
    list.hidden = suggestions.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
  }

  async function ask() {
    const q = input.value.trim();
    if (q.length < 2) return close();
    asked?.abort();
    asked = new AbortController();
    try {
      const answer = await fetch(`/api/v1/suggest?q=${encodeURIComponent(q)}`, { signal: asked.signal });
      if (answer.ok && document.activeElement === input) show((await answer.json()).suggestions);
    } catch (error) {
      if (error.name !== "AbortError") close(); // offline: the box works without
    }
  }

  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 120); });
  input.addEventListener("blur", close);
  input.form.addEventListener("submit", close);
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") choose(chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen < 0 ? -1 : chosen - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && chosen >= 0) take(list.children[chosen]);
    else return;
    event.preventDefault();
  });
}
