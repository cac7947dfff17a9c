"use strict";

/* What a reader chooses for a chart is in the address: the server draws the chart,
   and this script fetches the answer and puts it in place, so that "back" and a
   shared link show the same. Without it the form and its links reload the page. */

(() => {
  const section = document.querySelector("[data-play]");
  if (!section) return;
  let latest = 0;

  /* Announces what the new chart shows; it is not replaced with the chart. */
  const spoken = document.createElement("p");
  spoken.className = "visually-hidden";
  spoken.setAttribute("role", "status");
  section.after(spoken);

  const isUsed = ([name, value]) => value && !(name === "view" && value === "chart");

  function addressOf(form) {
    const query = new URLSearchParams([...new FormData(form)].filter(isUsed));
    return `${location.pathname}${query.size ? `?${query}` : ""}`;
  }

  /* Where the reader is in the form, to return there in the new one. */
  function place() {
    const { name, value, type } = document.activeElement ?? {};
    const open = [...section.querySelectorAll("details")].map(
      (details) => details.open,
    );
    return { name, value: type === "checkbox" ? value : null, open };
  }

  function restore({ name, value, open }) {
    section.querySelectorAll("details").forEach((details, index) => {
      if (index < open.length) details.open ||= open[index];
    });
    if (!name) return;
    const same = [...section.querySelectorAll(`[name="${CSS.escape(name)}"]`)];
    same.find((field) => value === null || field.value === value)?.focus();
  }

  /* The links to the page in other languages keep the state too. */
  function follow(page) {
    const links = (root) => [...root.querySelectorAll("header a[hreflang]")];
    const found = links(page);
    links(document).forEach((link, index) => {
      if (found[index]) link.href = found[index].getAttribute("href");
    });
  }

  async function show(address) {
    const number = (latest += 1);
    section.setAttribute("aria-busy", "true");
    try {
      const response = await fetch(address, { headers: { accept: "text/html" } });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      if (number !== latest) return;
      const made = page.querySelector("[data-play]");
      if (!made || response.redirected) {
        location.assign(response.redirected ? response.url : address);
        return;
      }
      const before = place();
      section.replaceChildren(...made.childNodes);
      follow(page);
      prepare();
      restore(before);
      const refused = section.querySelector(".play-form .errorlist");
      const told = refused ?? section.querySelector(".chart-says");
      spoken.textContent = told?.textContent ?? "";
      document.dispatchEvent(new CustomEvent("chart-replaced"));
    } catch {
      location.assign(address);
    } finally {
      section.removeAttribute("aria-busy");
    }
  }

  function go(address) {
    history.pushState(null, "", address);
    show(address);
  }

  /* Every choice is shown at once; the button is for pages without scripts. */
  function prepare() {
    const button = section.querySelector(".play-form button");
    if (button) button.hidden = true;
  }

  section.addEventListener("change", ({ target }) => {
    if (target.form?.matches(".play-form")) go(addressOf(target.form));
  });
  section.addEventListener("submit", (event) => {
    event.preventDefault();
    go(addressOf(event.target));
  });
  section.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-state]");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    go(link.getAttribute("href"));
  });
  window.addEventListener("popstate", () => show(location.href));
  prepare();
})();
