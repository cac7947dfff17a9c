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

  function addButtons(panel) {
    for (const code of panel.querySelectorAll("code[data-number]")) {
      const label = code.closest("[data-bind-label]").dataset.bindLabel;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "desk-small-button";
      button.textContent = label;
      button.setAttribute("aria-label", `${label}: ${code.textContent}`);
      button.addEventListener("click", () => bind(code.dataset, code.textContent));
      code.after(" ", button);
    }
    for (const button of panel.querySelectorAll("[data-bind-all]")) {
      button.hidden = false;
      button.addEventListener("click", () => {
        // From the end of each text, so that what comes before stays where it is.
        const sure = [...panel.querySelectorAll("code[data-sure]")].reverse();
        for (const { dataset, textContent } of sure) {
          bind({ ...dataset, number: dataset.phrase }, textContent);
        }
      });
    }
    // submit() tells nobody, so the page goes on warning of what is not saved.
    for (const button of panel.querySelectorAll("button[data-preview]")) {
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
  }

  const panels = [...document.querySelectorAll("[data-numbers]")];
  const both = document.querySelector('[data-numbers="both"]');
  panels.forEach(addButtons);

  // What was typed is read anew after each pause; a late answer is left alone.
  let asked = 0;
  let timer;
  async function refresh() {
    const turn = ++asked;
    const body = new FormData(both.closest("form"));
    body.set("item", both.dataset.item);
    const found = await fetch(both.dataset.url, { method: "POST", body })
      .then((answer) => (answer.ok ? answer.json() : null))
      .catch(() => null);
    if (turn !== asked) return;
    if (!found) {
      tell(both.dataset.failed);
      return;
    }
    for (const panel of document.querySelectorAll("[data-numbers]")) {
      const read = new DOMParser().parseFromString(
        found[panel.dataset.numbers],
        "text/html",
      );
      panel.replaceChildren(...read.body.firstElementChild.childNodes);
      addButtons(panel);
    }
  }

  function tell(words) {
    const note = both.querySelector("[role=alert]") ?? document.createElement("p");
    note.setAttribute("role", "alert");
    note.className = "desk-bad";
    note.textContent = words;
    both.prepend(note);
  }

  if (both) {
    both.closest("form").addEventListener("input", (event) => {
      if (!(event.target instanceof HTMLTextAreaElement)) return;
      if (!event.target.dataset.bindsNumbers) return;
      clearTimeout(timer);
      timer = setTimeout(refresh, 400);
    });
  }
})();
