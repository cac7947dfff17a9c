"use strict";

// Keeps what an editor types: on the server as a private draft, and in this tab what
// could not be sent. Shows the public page that the form would make.
(() => {
  const panel = document.querySelector("[data-draft-preview]");
  if (!panel) return;
  const texts = panel.dataset;
  const form = panel.closest("#content-main").querySelector("form");
  const status = form.querySelector("[data-draft-kept]");
  const frame = panel.querySelector("iframe");
  const key = `draft:${texts.user}:${texts.kind}:${texts.row || "new"}`;
  const EVERY = 3000;
  let sent = serialized();
  let draft = texts.draft;
  let language = document.documentElement.lang.startsWith("zh") ? "zh-hans" : "en";
  let busy = false;
  let leaving = false;

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

  async function keep() {
    const typed = serialized();
    if (busy || leaving || typed === sent) return draft;
    busy = true;
    sessionStorage.setItem(key, typed);
    say(texts.saving);
    const body = new URLSearchParams(typed);
    body.set("draft_kind", texts.kind);
    body.set("draft_row", texts.row);
    const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
    try {
      const answer = await fetch(texts.keep, {
        method: "POST",
        headers: { "X-CSRFToken": csrf() || token },
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
    busy = false;
    return draft;
  }

  // A new sign-in in another tab brings a new token with it.
  function csrf() {
    const match = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    return match && match[1];
  }

  async function show() {
    await keep();
    if (!draft) return;
    const address = texts.preview.replace("/0/", `/${draft}/`);
    frame.hidden = false;
    frame.src = `${address}?language=${language}`;
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
    if ("width" in button.dataset) {
      frame.style.maxWidth = button.dataset.width ? `${button.dataset.width}px` : "";
    }
    show();
  });
  form.addEventListener("submit", () => {
    leaving = true;
    sessionStorage.removeItem(key);
  });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "s") {
      event.preventDefault();
      form.querySelector("[name=_draft]").click();
    }
  });
  window.addEventListener("online", keep);
  offer();
  setInterval(keep, EVERY);
})();
