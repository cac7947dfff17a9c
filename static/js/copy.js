"use strict";

/* Buttons that copy the text before them, also after a chart was redrawn. */

(() => {
  if (!navigator.clipboard) return;
  const show = () => {
    for (const button of document.querySelectorAll(".cite-copy")) button.hidden = false;
  };
  document.addEventListener("click", async ({ target }) => {
    const button = target.closest?.(".cite-copy");
    if (!button) return;
    await navigator.clipboard.writeText(button.previousElementSibling.textContent);
    button.textContent = button.dataset.done;
  });
  document.addEventListener("chart-replaced", show);
  show();
})();
