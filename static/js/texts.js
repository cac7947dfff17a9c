"use strict";

/* Beside a text in the admin: bind a number with one press, preview in a new tab.
   Without it the proposals are there to copy. */

(() => {
  // The same length, so that positions stay those of the text.
  const withoutBound = (text) =>
    text.replace(/\[[^\]]*\]\((?:claim|obs):[\w.-]{1,64}\)/g, (found) =>
      "\0".repeat(found.length),
    );

  function bind({ text, number, nth }, markdown) {
    const area = document.getElementById(text);
    const plain = withoutBound(area.value);
    let at = plain.indexOf(number);
    for (let n = 0; n < Number(nth) && at >= 0; n++) at = plain.indexOf(number, at + 1);
    if (at < 0) return false;
    area.focus();
    area.setRangeText(markdown, at, at + number.length, "select");
    area.dispatchEvent(new Event("input", { bubbles: true }));
    return true;
  }

  for (const code of document.querySelectorAll("code[data-number]")) {
    const label = code.closest("[data-bind-label]").dataset.bindLabel;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "desk-small-button";
    button.textContent = label;
    button.setAttribute("aria-label", `${label}: ${code.textContent}`);
    button.addEventListener("click", () => bind(code.dataset, code.textContent));
    code.after(" ", button);
  }

  // submit() tells nobody, so the page goes on warning of what is not saved.
  for (const button of document.querySelectorAll("button[data-preview]")) {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      const { form } = button;
      const before = [form.getAttribute("action"), form.getAttribute("target")];
      form.action = button.formAction;
      form.target = "_blank";
      HTMLFormElement.prototype.submit.call(form);
      ["action", "target"].forEach((name, index) =>
        before[index] === null
          ? form.removeAttribute(name)
          : form.setAttribute(name, before[index]),
      );
    });
  }
})();
