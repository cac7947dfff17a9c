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

  // What an editor wrote for readers, without the technical fields of the form.
  function worded(text) {
    const data = new URLSearchParams(text);
    for (const name of [...data.keys()]) {
      if (/^(draft|seen_|_)/.test(name)) data.delete(name);
    }
    return data.toString();
  }

  function isSent() {
    return worded(serialized()) === worded(sent);
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
    if (leaving || isSent()) return draft;
    pending ||= send(serialized()).finally(() => (pending = null));
    await pending;
    return draft;
  }

  async function send(typed) {
    hold(typed);
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

  // Until the server has it, the tab keeps it, across a reload, a sign-in or going back.
  function hold(typed) {
    sessionStorage.setItem(key, typed);
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

  // What the tab kept of this form before it was loaded.
  function offer() {
    const unsent = sessionStorage.getItem(key);
    sessionStorage.removeItem(key);
    if (unsent) {
      const data = new URLSearchParams(unsent);
      const comment = form.elements.draft_comment;
      if (comment) comment.value ||= data.get("draft_comment") || "";
      const isHere = "refused" in texts || worded(unsent) === worded(sent);
      if (!isHere) putAside(unsent);
    }
    // The form has what was typed, but the server does not.
    if ("refused" in texts) sent = "";
    for (const name of Object.keys(sessionStorage)) {
      if (name.startsWith(`${key}:`)) form.prepend(note(name));
    }
  }

  // Offered until the editor restores or discards it.
  function putAside(typed) {
    const data = new URLSearchParams(typed);
    // Under another key, so that it is not deleted with the form that it came from.
    data.set("draft_aside", data.get("draft_token") || "");
    data.delete("draft_token");
    sessionStorage.setItem(`${key}:${Date.now()}`, data.toString());
  }

  function note(name) {
    const line = document.createElement("p");
    line.className = "draft-note";
    line.append(texts.restore);
    const button = (text, act) => {
      const made = document.createElement("button");
      made.type = "button";
      made.className = "draft-button";
      made.textContent = text;
      made.addEventListener("click", act);
      line.append(" ", made);
    };
    button(texts.restoreButton, () => restore(name));
    button(texts.forgetButton, () => {
      sessionStorage.removeItem(name);
      line.remove();
    });
    return line;
  }

  // Through the server, which fills in parts and choices that this page does not have.
  async function restore(name) {
    await keep();
    const data = new URLSearchParams(sessionStorage.getItem(name));
    data.set("draft_token", data.get("draft_aside"));
    data.delete("draft_aside");
    const typed = data.toString();
    await send(typed);
    if (sent !== typed) return;
    sessionStorage.removeItem(name);
    leaving = true;
    location.assign(`${location.pathname}?draft=${draft}`);
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
  // Sent, but perhaps not stored: the network may be gone, or the session. `tab.js`
  // forgets it once the site says that it is stored.
  // Sent, but perhaps not stored: the network may be gone, or the session has ended.
  // `tab.js` forgets it once the site says that it is stored.
  form.addEventListener("submit", (event) => {
    const button = event.submitter?.name;
    if ((button === "_comment" || button === "_send_back") && !isSent()) {
      putAside(serialized());
    }
    leaving = true;
    hold(serialized());
  });
  window.addEventListener("pagehide", () => {
    if (!leaving && !isSent()) hold(serialized());
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) leaving = false;
  });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "s") {
      event.preventDefault();
      document.querySelector("#submit-row [name=_draft]").click();
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
