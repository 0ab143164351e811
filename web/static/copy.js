// A button beside each citation that copies it.
export function copyButtons(root) {
  for (const text of root.querySelectorAll("#cite-note, #cite-search, #permanent, .cite pre code")) {
    const holder = text.closest("pre") ?? text;
    if (holder.parentElement.querySelector(`button[data-copies="${text.id}"]`)) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.dataset.copies = text.id;
    const name = holder.getAttribute("aria-label") ?? (text.id === "permanent" ? "the address" : "the citation");
    button.setAttribute("aria-label", `Copy ${name}`);
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(text.textContent.trim());
        button.textContent = "Copied";
        button.setAttribute("aria-label", `Copied ${name}`);
      } catch {
        getSelection().selectAllChildren(text); // not allowed: leave it selected
        button.textContent = "Selected";
        button.setAttribute("aria-label", `Selected ${name}`);
      }
    });
    holder.after(button); // the style sheet keeps room for it
  }
}
