"use strict";

/* While a reader types into a search box, shows links to pages with the words in
   their title. In keyboard order they follow the box; without this script the form
   searches as usual. */

(() => {
  const WAIT = 200;
  const LEAST = 2;

  function prepare(form) {
    const field = form.elements.q;
    const { suggestions: address, suggestionsLabel: label } = form.dataset;
    const list = document.createElement("ul");
    list.className = "suggestions";
    list.hidden = true;
    list.setAttribute("aria-label", label);
    const spoken = document.createElement("span");
    spoken.className = "visually-hidden";
    spoken.setAttribute("role", "status");
    field.after(list, spoken);
    field.parentElement.classList.add("has-suggestions");
    field.autocomplete = "off";
    let timer = 0;
    let latest = 0;

    function close() {
      latest += 1;
      clearTimeout(timer);
      list.hidden = true;
      spoken.textContent = "";
    }

    function itemOf({ url, code, title, lang }) {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = url;
      if (code) {
        const name = document.createElement("span");
        name.className = "code";
        name.textContent = code;
        link.append(name, " ");
      }
      const text = document.createElement("span");
      text.lang = lang;
      text.textContent = title;
      link.append(text);
      item.append(link);
      return item;
    }

    async function ask(text) {
      const number = (latest += 1);
      const query = new URLSearchParams({ q: text });
      const found = await fetch(`${address}?${query}`)
        .then((answer) => (answer.ok ? answer.json() : { suggestions: [] }))
        .catch(() => ({ suggestions: [] }));
      if (number !== latest || !form.contains(document.activeElement)) return;
      list.replaceChildren(...found.suggestions.map(itemOf));
      list.hidden = !found.suggestions.length;
      spoken.textContent = list.hidden ? "" : `${label}: ${found.suggestions.length}`;
    }

    field.addEventListener("input", () => {
      const text = field.value.trim();
      if (text.length < LEAST) {
        close();
        return;
      }
      clearTimeout(timer);
      timer = setTimeout(() => ask(text), WAIT);
    });
    form.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        close();
        field.focus();
      }
      if (list.hidden || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
      const stops = [field, ...list.querySelectorAll("a")];
      const step = event.key === "ArrowDown" ? 1 : -1;
      const place = stops.indexOf(document.activeElement) + step;
      event.preventDefault();
      stops.at(place % stops.length).focus();
    });
    form.addEventListener("focusout", ({ relatedTarget }) => {
      if (!form.contains(relatedTarget)) close();
    });
    form.addEventListener("submit", close);
  }

  for (const form of document.querySelectorAll("form[data-suggestions]")) {
    prepare(form);
  }
})();
