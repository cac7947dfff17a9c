"use strict";

/* Beside a text in the admin: binds a number with one press, or all certain ones at
   once; marks one as no statistic and undoes that; previews in a new tab. Without it
   the proposals are there to copy. */

(() => {
  const both = document.querySelector('[data-numbers="both"]');
  // Where no numbers are looked for: bound ones, addresses, code and list numbers.
  const MARKED = new RegExp(
    [
      /\[[^\]]*\]\((?:(?:claim|obs):[\w.-]{1,64}|not:statistic)\)/,
      /\]\([^)\s]*\)/,
      /<https?:[^>\s]*>/,
      /`[^`]*`/,
      /^ *\d+[.)] /,
    ]
      .map(({ source }) => source)
      .join("|"),
    "gm",
  );
  const DISMISSED = /\[([^\]]*)\]\(not:statistic\)/g;

  // Of the same length, so that positions stay the same.
  const withoutMarked = (text) =>
    text.replace(MARKED, (found) => "\0".repeat(found.length));

  function replace(area, markdown, start, length) {
    area.focus({ preventScroll: true });
    area.setRangeText(markdown, start, start + length, "select");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function bind({ text, number, nth }, markdown) {
    const area = document.getElementById(text);
    const plain = withoutMarked(area.value);
    let at = plain.indexOf(number);
    for (let n = 0; n < Number(nth) && at >= 0; n++) at = plain.indexOf(number, at + 1);
    if (at >= 0) replace(area, markdown, at, number.length);
  }

  // A number marked as no statistic is one again.
  function undo({ text, nth }) {
    const area = document.getElementById(text);
    const found = [...area.value.matchAll(DISMISSED)][Number(nth)];
    if (found) replace(area, found[1], found.index, found[0].length);
  }

  // Values without a code get theirs from the server before the text names them.
  async function bindAll(codes) {
    const unnamed = codes.filter(({ dataset }) => dataset.observation);
    const given = unnamed.length ? await codesFor(unnamed) : {};
    if (!given) return;
    for (const { dataset, textContent } of codes) {
      const { text, nth, observation } = dataset;
      const code = observation && given[observation];
      if (observation && !code) continue;
      const markdown = code
        ? textContent.replace(/\(obs:[^)]*\)$/, `(obs:${code})`)
        : textContent;
      bind({ text, nth, number: dataset.number ?? dataset.phrase }, markdown);
    }
  }

  async function codesFor(codes) {
    const form = both.closest("form");
    const body = new FormData();
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    for (const { dataset } of codes) body.append("observation", dataset.observation);
    const found = await fetch(both.dataset.codesUrl, { method: "POST", body })
      .then((answer) => answer.json())
      .catch(() => ({}));
    if (!found.codes) tell(found.message ?? both.dataset.failed);
    return found.codes;
  }

  function addButton(code, label, act) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "admin-small-button";
    button.textContent = label;
    button.setAttribute("aria-label", `${label}: ${code.textContent}`);
    button.addEventListener("click", act);
    code.after(" ", button);
  }

  function addButtons(panel) {
    const labels = panel.querySelector("[data-bind-label]")?.dataset;
    for (const code of panel.querySelectorAll("code[data-number]")) {
      const { dataset, textContent } = code;
      if ("dismiss" in dataset) {
        addButton(code, labels.dismissLabel, () => bind(dataset, textContent));
      } else {
        addButton(code, labels.bindLabel, () => bindAll([code]));
      }
    }
    for (const code of panel.querySelectorAll("code[data-undo]")) {
      addButton(code, labels.undoLabel, () => undo(code.dataset));
    }
    for (const box of panel.querySelectorAll("input[type=checkbox]")) {
      box.hidden = false;
    }
    for (const button of panel.querySelectorAll("[data-bind-all]")) {
      button.hidden = false;
      button.addEventListener("click", () => {
        // From the end of each text, so that earlier positions stay the same.
        const chosen = [...panel.querySelectorAll("code[data-sure]")].reverse();
        bindAll(chosen.filter((code) => code.parentElement.control.checked));
      });
    }
    // submit() fires no event, so the page still warns about unsaved changes.
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

  document.querySelectorAll("[data-numbers]").forEach(addButtons);

  // The text is checked again after each pause in typing; a late answer is ignored.
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
    note.className = "admin-bad";
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
    // On return from another tab, where a value or claim may have been added.
    let left = false;
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) left = true;
      else if (left) refresh();
    });
  }
})();
