"use strict";

/* Tells the page that embeds this chart how high it is. */

(() => {
  if (window.parent === window) return;
  const tell = () => {
    const chartHeight = Math.ceil(document.body.getBoundingClientRect().height);
    window.parent.postMessage({ chartHeight }, "*");
  };
  new ResizeObserver(tell).observe(document.body);
})();
