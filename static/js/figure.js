"use strict";

/* Lets readers explore a chart. The picture stands in the page already; Chart.js is
   loaded when it is asked for and draws the marks that the picture names, so that the
   two cannot differ. Colours come from the style sheet. */

(() => {
  const source = document.currentScript.dataset.chart;
  const isDark = window.matchMedia("(prefers-color-scheme: dark)");
  const charts = new Map();
  let library = null;

  /* A probe resolves light-dark() and var() to the colour in use. */
  const probe = document.createElement("span");
  probe.hidden = true;
  document.body.append(probe);
  function token(name) {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  }

  function load() {
    library ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = source;
      script.onload = resolve;
      script.onerror = reject;
      document.head.append(script);
    });
    return library;
  }

  /* The scene as the picture tells it: series in order, each with its marks. */
  function readScene(svg) {
    return {
      isShare: "share" in svg.dataset,
      ticks: [...svg.querySelectorAll("[data-tick]")].map((tick) => ({
        value: Number(tick.dataset.tick),
        text: tick.dataset.text,
      })),
      series: [...svg.querySelectorAll("g[data-kind]")].map((group) => ({
        ...group.dataset,
        marks: [...group.querySelectorAll("[data-value]")].map((mark) => ({
          ...mark.dataset,
          x: Number(mark.dataset.x),
          value: Number(mark.dataset.value),
          run: Number(mark.dataset.run),
        })),
      })),
    };
  }

  /* The picture's hatching, for bars that come from official publications. */
  function hatch(colour, isFaint) {
    const tile = document.createElement("canvas");
    tile.width = tile.height = 8;
    const pen = tile.getContext("2d");
    pen.fillStyle = token("--surface");
    pen.fillRect(0, 0, 8, 8);
    pen.strokeStyle = colour;
    pen.lineWidth = isFaint ? 1 : 2.5;
    pen.beginPath();
    for (const x of [-8, 0, 8]) {
      pen.moveTo(x, isFaint ? 0 : 8);
      pen.lineTo(x + 8, isFaint ? 8 : 0);
    }
    pen.stroke();
    return pen.createPattern(tile, "repeat");
  }

  function dots(colour) {
    const tile = document.createElement("canvas");
    tile.width = tile.height = 8;
    const pen = tile.getContext("2d");
    pen.fillStyle = token("--surface");
    pen.fillRect(0, 0, 8, 8);
    pen.fillStyle = colour;
    pen.fillRect(2, 1, 2, 2);
    pen.fillRect(6, 5, 2, 2);
    return pen.createPattern(tile, "repeat");
  }

  function fill(series, mark, colour) {
    if ("unused" in mark) return hatch(colour, true);
    if ("official" in series) return hatch(colour, false);
    return mark.pattern ? dots(colour) : colour;
  }

  function dataset(series, isShare) {
    const colour = token(`--chart-${series.colour}`);
    const isLine = ["line", "step"].includes(series.kind);
    const point = (mark) =>
      isShare
        ? { x: mark.value, y: mark.period, ...named(mark) }
        : { x: mark.x, y: mark.value, ...named(mark) };
    return {
      label: series.unit ? `${series.title} (${series.unit})` : series.title,
      data: series.marks.map(point),
      type: isLine ? "line" : "bar",
      stepped: series.kind === "step" ? "before" : false,
      segment: {
        borderColor: (part) => (isGap(series, part) ? "transparent" : undefined),
      },
      borderColor: colour,
      backgroundColor: isLine
        ? colour
        : series.marks.map((mark) => fill(series, mark, colour)),
      pointBackgroundColor: series.marks.map((mark) =>
        mark.pattern === "derived" ? token("--surface") : colour,
      ),
      borderWidth: isLine ? 2.5 : 1.5,
      borderDash: isLine && "official" in series ? [7, 4] : [],
      pointStyle: isLine
        ? ["circle", "rectRot", "triangle", "rect"][series.colour - 1]
        : "rect",
      pointRadius: series.marks.map((mark) => ("unused" in mark ? 3 : 5)),
      pointHoverRadius: 8,
      maxBarThickness: 44,
      order: isLine ? 0 : 1,
    };
  }

  /* Long names in lines that fit beside each other on a phone. */
  function inLines(text) {
    const lines = [""];
    for (const word of text.split(/(?<= )|(?<=[\u3000-\u9fff])/)) {
      const line = lines.at(-1) + word;
      if (lines.at(-1) && line.length > 36) lines.push(word);
      else lines[lines.length - 1] = line;
    }
    return lines;
  }

  const named = (mark) => ({
    value: mark.value,
    label: mark.label,
    period: mark.period,
  });

  /* No line across periods without a value. */
  const isGap = (series, part) =>
    series.marks[part.p0DataIndex].run !== series.marks[part.p1DataIndex].run;

  /* Writes each value at its mark where there is room for it. */
  const valueLabels = {
    id: "valueLabels",
    afterDatasetsDraw(chart) {
      const pen = chart.ctx;
      const taken = [];
      pen.save();
      pen.font = `600 12px ${Chart.defaults.font.family}`;
      pen.lineJoin = "round";
      pen.lineWidth = 4;
      pen.strokeStyle = token("--surface");
      pen.fillStyle = token("--ink");
      const isShare = chart.options.indexAxis === "y";
      pen.textAlign = isShare ? "left" : "center";
      chart.data.datasets.forEach((set, number) => {
        chart.getDatasetMeta(number).data.forEach((mark, index) => {
          const text = set.data[index].label;
          const half = pen.measureText(text).width / 2;
          const x = isShare ? mark.x + 6 : mark.x;
          const y = isShare ? mark.y + 4 : mark.y - 9;
          const box = [x - half, y - 12, x + half, y + 3];
          const isTaken = taken.some(
            (other) =>
              box[0] < other[2] &&
              other[0] < box[2] &&
              box[1] < other[3] &&
              other[1] < box[3],
          );
          if (isTaken) return;
          taken.push(box);
          pen.strokeText(text, x, y);
          pen.fillText(text, x, y);
        });
      });
      pen.restore();
    },
  };

  function timeScale(scene) {
    const places = scene.ticks.map((tick) => tick.value);
    const texts = new Map(scene.ticks.map((tick) => [tick.value, tick.text]));
    const gaps = places.slice(1).map((place, index) => place - places[index]);
    const margin = Math.min(1, ...gaps) / 2;
    return {
      type: "linear",
      min: Math.min(...places) - margin,
      max: Math.max(...places) + margin,
      offset: false,
      grid: { display: false },
      ticks: {
        color: token("--muted"),
        callback: (value) => texts.get(value),
      },
      afterBuildTicks: (axis) => {
        axis.ticks = places.map((value) => ({ value }));
      },
    };
  }

  function valueScale(scene, unit) {
    return {
      beginAtZero: true,
      grace: "15%",
      max: scene.isShare ? 100 : undefined,
      title: { display: Boolean(unit), text: unit, color: token("--muted") },
      ticks: { color: token("--muted"), maxTicksLimit: 6 },
      grid: { color: token("--line") },
      border: { display: false },
    };
  }

  function configuration(scene) {
    const value = valueScale(scene, scene.series[0].unit);
    const category = { type: "category", grid: { display: false } };
    category.ticks = { color: token("--muted") };
    return {
      type: "bar",
      data: {
        labels: scene.isShare ? scene.ticks.map((tick) => tick.text) : undefined,
        datasets: scene.series.map((series) => dataset(series, scene.isShare)),
      },
      plugins: [valueLabels],
      options: {
        indexAxis: scene.isShare ? "y" : "x",
        scales: scene.isShare
          ? { x: value, y: category }
          : { x: timeScale(scene), y: value },
        animation: false,
        responsive: true,
        maintainAspectRatio: false,
        interaction: { mode: "nearest", intersect: false },
        layout: { padding: { top: 16, right: scene.isShare ? 60 : 0 } },
        plugins: {
          legend: {
            display: true,
            position: "bottom",
            align: "start",
            labels: {
              color: token("--ink"),
              usePointStyle: true,
              generateLabels: (chart) =>
                Chart.defaults.plugins.legend.labels
                  .generateLabels(chart)
                  .map((item) => ({ ...item, text: inLines(item.text) })),
            },
          },
          tooltip: {
            callbacks: {
              title: ([item]) => item.raw.period,
              label: (item) => `${item.dataset.label}: ${item.raw.label}`,
            },
          },
        },
      },
    };
  }

  /* Arrow keys go from value to value; each is shown and spoken. */
  function followKeys(canvas) {
    const spoken = canvas.parentElement.querySelector("[aria-live]");
    let at = -1;
    canvas.addEventListener("keydown", (event) => {
      const chart = charts.get(canvas);
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!chart || !step) return;
      event.preventDefault();
      const all = chart.data.datasets.flatMap((set, datasetIndex) =>
        set.data.map((_, index) => ({ datasetIndex, index })),
      );
      at = Math.min(Math.max(at + step, 0), all.length - 1);
      const { datasetIndex, index } = all[at];
      const { x, y } = chart.getDatasetMeta(datasetIndex).data[index];
      chart.setActiveElements([all[at]]);
      chart.tooltip.setActiveElements([all[at]], { x, y });
      chart.update();
      const set = chart.data.datasets[datasetIndex];
      const point = set.data[index];
      spoken.textContent = `${point.period}: ${point.label}, ${set.label}`;
    });
  }

  function draw(canvas) {
    charts.get(canvas)?.destroy();
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    Chart.defaults.font.size = 12;
    const svg = canvas.closest(".panel").querySelector(".picture-wide svg");
    charts.set(canvas, new Chart(canvas, configuration(readScene(svg))));
  }

  async function play(figure, button) {
    const isPlaying = button.getAttribute("aria-pressed") === "true";
    if (!isPlaying) await load();
    for (const panel of figure.querySelectorAll(".panel")) {
      const canvas = panel.querySelector("canvas");
      panel.querySelector(".picture").hidden = !isPlaying;
      canvas.parentElement.hidden = isPlaying;
      if (!isPlaying) draw(canvas);
    }
    button.setAttribute("aria-pressed", String(!isPlaying));
  }

  /* The table as spreadsheets and documents paste it: cells divided by tabs. */
  async function copyTable(figure, button) {
    const rows = [...figure.querySelectorAll("table tr")].map((row) =>
      [...row.children].map((cell) =>
        "value" in cell.dataset
          ? cell.dataset.value
          : cell.textContent.replace(/\s+/g, " ").trim(),
      ),
    );
    await navigator.clipboard.writeText(rows.map((row) => row.join("\t")).join("\n"));
    figure.querySelector(".chart-copied").textContent = button.dataset.done;
  }

  for (const figure of document.querySelectorAll("[data-figure]")) {
    const copy = figure.querySelector(".chart-copy");
    if (copy && navigator.clipboard) {
      copy.hidden = false;
      copy.addEventListener("click", () => copyTable(figure, copy));
    }
    const button = figure.querySelector(".chart-play");
    if (!button) continue;
    button.hidden = false;
    button.addEventListener("click", () => play(figure, button));
    figure.querySelectorAll("canvas").forEach(followKeys);
  }
  for (const details of document.querySelectorAll(".figure-table")) {
    details.open = false;
  }
  isDark.addEventListener("change", () => [...charts.keys()].forEach(draw));
})();
