"use strict";

// The browser labels a file field in its own language, not in that of the page.
for (const field of document.querySelectorAll("input[type=file][data-button]")) {
  const button = document.createElement("button");
  const name = document.createElement("span");
  button.type = "button";
  button.className = "admin-choose";
  button.textContent = field.dataset.button;
  name.textContent = field.dataset.none;
  const row = document.createElement("div");
  row.className = "admin-file";
  row.append(button, name);
  field.after(row);
  field.classList.add("visually-hidden");
  field.tabIndex = -1;
  button.addEventListener("click", () => field.click());
  field.addEventListener("change", () => {
    name.textContent = field.files[0]?.name ?? field.dataset.none;
  });
}

// Files may be dropped anywhere on the form; without this script, on the field.
for (const form of document.querySelectorAll("form[data-drop]")) {
  const field = form.querySelector("input[type=file]");
  const isFile = (event) => event.dataTransfer?.types.includes("Files");

  form.addEventListener("dragover", (event) => {
    if (isFile(event)) {
      event.preventDefault();
      form.dataset.drop = "over";
    }
  });
  form.addEventListener("dragleave", () => {
    form.dataset.drop = "";
  });
  form.addEventListener("drop", (event) => {
    form.dataset.drop = "";
    if (isFile(event) && event.target !== field) {
      event.preventDefault();
      field.files = event.dataTransfer.files;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
  });
}
