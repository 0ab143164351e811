// A field to find a value in a long facet.
const long = 12;

export function facetFinders(form) {
  for (const fieldset of form.querySelectorAll(".facets fieldset")) {
    const more = fieldset.querySelector(".more");
    const labels = fieldset.querySelectorAll("label.check");
    if (!more || labels.length < long || fieldset.querySelector(".facet-find")) continue;
    const name = fieldset.querySelector("legend").textContent;
    const find = document.createElement("input");
    find.type = "search";
    find.className = "facet-find";
    find.placeholder = "Find";
    find.setAttribute("aria-label", `Find in ${name}`);
    find.addEventListener("input", () => {
      const want = find.value.trim().toLowerCase();
      for (const label of labels) label.hidden = want !== "" && !label.textContent.toLowerCase().includes(want);
    });
    find.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
    more.querySelector("summary").after(find); // inside, so that nothing moves when it comes
  }
}
