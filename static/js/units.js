"use strict";

// Offers the units that fit the indicator of a value, with the indicator's own
// preselected.
(() => {
  const indicator = document.getElementById("id_indicator");
  const unit = document.getElementById("id_unit");
  if (!indicator || !unit || !unit.dataset.units) return;

  async function narrow() {
    let fitting = null;
    if (indicator.value) {
      const address = `${unit.dataset.units}?indicator=${indicator.value}`;
      const answer = await fetch(address).catch(() => null);
      if (answer && answer.ok) fitting = await answer.json();
    }
    for (const option of unit.options) {
      const fits = !fitting || !option.value || fitting.units.includes(option.value);
      option.hidden = option.disabled = !fits;
    }
    if (fitting && !fitting.units.includes(unit.value)) unit.value = fitting.unit;
  }

  window.django.jQuery(indicator).on("change", narrow);
  narrow();
})();
