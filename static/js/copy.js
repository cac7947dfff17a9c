"use strict";

/* Buttons that copy the text before them. */

(() => {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll(".cite-copy")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.previousElementSibling.textContent);
      button.textContent = button.dataset.done;
    });
  }
})();
