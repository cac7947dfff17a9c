"use strict";

// On every page of the admin: what this tab holds of forms that were not stored (see
// drafts.js) is forgotten once the site has stored it, and when the user signs out.
(() => {
  const forget = (isOver) => {
    for (const name of Object.keys(sessionStorage)) {
      if (name.startsWith("draft:") && isOver(sessionStorage.getItem(name))) {
        sessionStorage.removeItem(name);
      }
    }
  };
  const stored = document.cookie.match(/(?:^|; )draft_stored=(\w+)/);
  if (stored) {
    forget((typed) => new URLSearchParams(typed).get("draft_token") === stored[1]);
    const root = location.pathname.split("/")[1];
    document.cookie = `draft_stored=; Max-Age=0; Path=/${root}/`;
  }
  document.addEventListener("submit", (event) => {
    if (event.target.action.endsWith("/logout/")) forget(() => true);
  });
})();
