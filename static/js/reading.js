"use strict";

/* On an article: a number that is pointed at or focused highlights its values in the
   charts and tables of the page, and the table of contents marks the section being
   read. */
(() => {
  const TURNED = "is-turned";

  const idsOf = (number) => {
    const note = document.getElementById(number.getAttribute("popovertarget"));
    return note
      ? [...note.querySelectorAll("[data-observation]")].map(
          (input) => input.dataset.observation,
        )
      : [];
  };

  const marksOf = (cell) => {
    const row = cell.closest("tr").querySelector("th").textContent.trim();
    return [
      ...cell.closest("[data-figure]").querySelectorAll(".picture [data-value]"),
    ].filter(
      (mark) =>
        mark.dataset.value === cell.dataset.value &&
        (mark.dataset.period || "").trim() === row,
    );
  };

  const turn = (number) => {
    for (const id of idsOf(number)) {
      for (const cell of document.querySelectorAll(
        `[data-figure] td[data-observation="${CSS.escape(id)}"]`,
      )) {
        for (const part of [cell, ...marksOf(cell)]) part.classList.add(TURNED);
      }
    }
  };

  const turnBack = () => {
    for (const part of document.querySelectorAll(`.${TURNED}`)) {
      part.classList.remove(TURNED);
    }
  };

  for (const number of document.querySelectorAll("button.bound")) {
    for (const begin of ["pointerenter", "focus", "click"]) {
      number.addEventListener(begin, () => {
        turnBack();
        turn(number);
      });
    }
    number.addEventListener("pointerleave", turnBack);
    number.addEventListener("blur", turnBack);
  }

  const links = new Map();
  for (const link of document.querySelectorAll(".toc a")) {
    const part = document.getElementById(link.hash.slice(1));
    if (part) links.set(part, link);
  }
  const parts = [...links.keys()];
  const showPosition = () => {
    const line = innerHeight / 4;
    const read = parts.filter((part) => part.getBoundingClientRect().top <= line);
    const current = read.at(-1) || parts[0];
    for (const [part, link] of links) {
      if (part === current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  let isAsked = false;
  addEventListener(
    "scroll",
    () => {
      if (isAsked) return;
      isAsked = true;
      requestAnimationFrame(() => {
        isAsked = false;
        showPosition();
      });
    },
    { passive: true },
  );
  if (parts.length) showPosition();
})();
