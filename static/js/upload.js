"use strict";

// Files may be dropped anywhere on the form; without this script the field takes them.
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
