"use strict";

// Saves what an editor types: on the server as a private draft, and in this tab what
// could not be sent. Previews the public page that the form would make.
(() => {
  const panel = document.querySelector("[data-draft-preview]");
  if (!panel) return;
  const texts = panel.dataset;
  const form = panel.closest("#content-main").querySelector("form");
  const status = document.querySelector("[data-draft-kept]");
  const box = panel.querySelector(".draft-frame");
  const frame = box.querySelector("iframe");
  const key = `draft:${texts.user}:${texts.kind}:${texts.row || "new"}`;
  const EVERY = 3000;
  const PAUSE = 600;
  let sent = serialized();
  let draft = texts.draft;
  let language = document.documentElement.lang.startsWith("zh") ? "zh-hans" : "en";
  let pending = null;
  let leaving = false;
  let width = 0;
  let shown = "";
  let timer = 0;

  function serialized() {
    const data = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string" && name !== "csrfmiddlewaretoken") {
        data.append(name, value);
      }
    }
    return data.toString();
  }

  function say(text, link) {
    status.textContent = text;
    if (link) {
      const anchor = document.createElement("a");
      anchor.href = texts.login;
      anchor.target = "_blank";
      anchor.textContent = texts.signIn;
      status.append(" ", anchor);
    }
  }

  // Sends what has not been sent yet, one after the other; returns the draft it is
  // saved as.
  async function keep() {
    if (leaving || serialized() === sent) return draft;
    pending ||= send(serialized()).finally(() => (pending = null));
    await pending;
    return draft;
  }

  async function send(typed) {
    sessionStorage.setItem(key, typed);
    say(texts.saving);
    const body = new URLSearchParams(typed);
    body.set("draft_kind", texts.kind);
    body.set("draft_row", texts.row);
    body.set("draft_user", texts.user);
    // A new sign-in in another tab comes with a new token.
    const token = form.querySelector("[name=csrfmiddlewaretoken]");
    token.value = csrf() || token.value;
    try {
      const answer = await fetch(texts.keep, {
        method: "POST",
        headers: { "X-CSRFToken": token.value },
        body,
        redirect: "manual",
      });
      if (answer.ok) {
        const found = await answer.json();
        draft = found.draft;
        sent = typed;
        sessionStorage.removeItem(key);
        say(`${texts.saved} ${found.at}`);
      } else {
        say(texts.signedOut, true);
      }
    } catch {
      say(texts.offline);
    }
  }

  function csrf() {
    const match = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    return match && match[1];
  }

  // Shows the page that the form would make now, scrolled to where the editor was.
  async function show(again) {
    await keep();
    // Send what was typed meanwhile.
    await keep();
    const wanted = `${sent} ${language}`;
    if (!again && wanted === shown) return;
    shown = wanted;
    // If nothing was typed, nothing is saved: the page is that of the stored row.
    const address = draft
      ? `${texts.preview.replace("/0/", `/${draft}/`)}?`
      : `${texts.stored}?kind=${texts.kind}&row=${texts.row}&`;
    const seen = frame.contentWindow?.scrollY || 0;
    frame.addEventListener(
      "load",
      () => {
        frame.contentWindow.scrollTo(0, seen);
        box.setAttribute("aria-busy", "false");
      },
      { once: true },
    );
    box.hidden = false;
    box.setAttribute("aria-busy", "true");
    panel.parentElement.classList.add("draft-beside");
    resize();
    frame.contentWindow.location.replace(`${address}language=${language}`);
  }

  // A page of the width of a screen is scaled down to fit beside the form.
  function resize() {
    const room = box.clientWidth;
    const wanted = width || room;
    const scale = Math.min(1, room / wanted);
    frame.style.width = `${wanted}px`;
    frame.style.height = `${box.clientHeight / scale}px`;
    frame.style.transform = scale < 1 ? `scale(${scale})` : "";
  }

  function mark() {
    for (const button of panel.querySelectorAll("button")) {
      const isChosen = button.dataset.language
        ? button.dataset.language === language
        : Number(button.dataset.width) === width;
      button.setAttribute("aria-pressed", String(isChosen && !box.hidden));
    }
  }

  function offer() {
    const unsent = sessionStorage.getItem(key);
    if (!unsent || unsent === sent) return;
    say(texts.restore);
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = texts.restoreButton;
    button.addEventListener("click", () => restore(unsent));
    status.append(" ", button);
  }

  function restore(unsent) {
    const data = new URLSearchParams(unsent);
    for (const field of form.elements) {
      if (!field.name || field.type === "hidden" || !data.has(field.name)) continue;
      if (field.type === "checkbox") field.checked = true;
      else if (field.tagName === "SELECT" && field.multiple) {
        const chosen = data.getAll(field.name);
        for (const option of field.options) {
          option.selected = chosen.includes(option.value);
        }
      } else field.value = data.get(field.name);
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    keep();
  }

  panel.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.language) language = button.dataset.language;
    if (button.dataset.width) {
      const chosen = Number(button.dataset.width);
      width = chosen === width ? 0 : chosen;
    }
    show(true).then(() => {
      resize();
      mark();
    });
  });
  form.addEventListener("input", () => {
    clearTimeout(timer);
    if (!box.hidden) timer = setTimeout(() => show(), PAUSE);
  });
  window.addEventListener("resize", resize);
  form.addEventListener("submit", () => {
    leaving = true;
    sessionStorage.removeItem(key);
  });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "s") {
      event.preventDefault();
      document.querySelector("#submit-row [name=_draft]").click();
    }
  });
  // Signing out leaves nothing in the browser.
  document.addEventListener("submit", (event) => {
    if (!event.target.action.endsWith("/logout/")) return;
    for (const name of Object.keys(sessionStorage)) {
      if (name.startsWith("draft:")) sessionStorage.removeItem(name);
    }
  });
  window.addEventListener("online", () => keep());
  // Focus a part that was just added, to be filled in.
  document.addEventListener("formset:added", (event) => {
    setTimeout(() => event.target.querySelector("h3.cursor-pointer")?.click());
  });
  form.classList.add("draft-form");
  offer();
  setInterval(() => keep(), EVERY);
})();
