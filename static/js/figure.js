"use strict";

/* Makes a chart interactive. The picture is in the page already; Chart.js is loaded
   on request and draws the marks that the picture lists, so that the two cannot
   differ. Colours come from the style sheet. */

(() => {
  const source = document.currentScript.dataset.chart;
  const isDark = window.matchMedia("(prefers-color-scheme: dark)");
  const charts = new Map();
  let library = null;

  /* An invisible element resolves light-dark() and var() to the colour in use. */
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

  /* The brackets of the page's language. */
  const isChinese = document.documentElement.lang.startsWith("zh");
  const [open, close] = isChinese ? "（）" : [" (", ")"];
  const bracketed = (words) => (words ? `${open}${words}${close}` : "");
  const withUnit = ({ title, unit }) => `${title}${bracketed(unit)}`;

  /* The scene as described in the picture: series in order, each with its marks. */
  function readScene(svg) {
    return {
      svg,
      isShare: "share" in svg.dataset,
      moments: [...svg.querySelectorAll("[data-moment]")].map((moment) => ({
        number: moment.dataset.moment,
        x: Number(moment.dataset.x),
      })),
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
          fill: mark.getAttribute("fill"),
        })),
      })),
    };
  }

  /* The tile of the picture's own pattern, so that patterns mean the same in both. */
  function tile(svg, mark, colour) {
    const found = /^url\(#(.+)\)$/.exec(mark.fill);
    const pattern = found && svg.querySelector(`#${CSS.escape(found[1])}`);
    if (!pattern) return colour;
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 8;
    const pen = canvas.getContext("2d");
    pen.fillStyle = token("--surface");
    pen.fillRect(0, 0, 8, 8);
    const path = pattern.querySelector("path");
    if (path) {
      pen.strokeStyle = colour;
      pen.lineWidth = Number(path.getAttribute("stroke-width"));
      pen.stroke(new Path2D(path.getAttribute("d")));
    }
    return pen.createPattern(canvas, "repeat");
  }

  function dataset(series, { svg, isShare }) {
    const colour = token(`--chart-${series.colour}`);
    const isLine = ["line", "step"].includes(series.kind);
    const point = (mark) =>
      isShare
        ? { x: mark.value, y: mark.period, ...named(mark) }
        : { x: mark.x, y: mark.value, ...named(mark) };
    return {
      label: withUnit(series),
      data: series.marks.map(point),
      type: isLine ? "line" : "bar",
      stepped: series.kind === "step" ? "before" : false,
      segment: {
        borderColor: (part) => (isGap(series, part) ? "transparent" : undefined),
      },
      borderColor: colour,
      backgroundColor: isLine
        ? colour
        : series.marks.map((mark) => tile(svg, mark, colour)),
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

  /* The width of a text in letters; a Chinese character counts twice. */
  const lettersOf = (text) =>
    text.length + (text.match(/[\u2e80-\uffef]/g) ?? []).length;

  /* Breaks long texts into lines that fit on a phone. */
  function inLines(text) {
    const lines = [""];
    for (const word of text.split(/(?<= )|(?<=[\u3000-\u9fff])/)) {
      const line = lines.at(-1) + word;
      if (lines.at(-1) && lettersOf(line) > 34) lines.push(word);
      else lines[lines.length - 1] = line;
    }
    return lines;
  }

  const named = (mark) => {
    const { value, label, period, status, meaning, note, former, pattern, run } = mark;
    return { value, label, period, status, meaning, note, former, pattern, run };
  };

  /* No line across periods without a value. */
  const isGap = (series, part) =>
    series.marks[part.p0DataIndex].run !== series.marks[part.p1DataIndex].run;

  function write(pen, text, x, y) {
    pen.strokeText(text, x, y);
    pen.fillText(text, x, y);
  }

  /* Policies and events: a thin line for each, with its number in the list below. */
  const moments = {
    id: "moments",
    beforeDatasetsDraw(chart) {
      const { ctx: pen, chartArea: area, scales } = chart;
      pen.save();
      pen.strokeStyle = pen.fillStyle = token("--muted");
      pen.font = `12px ${Chart.defaults.font.family}`;
      pen.textAlign = "center";
      pen.setLineDash([2, 4]);
      // Events close to each other share a line, as in the picture.
      const groups = [];
      for (const { x: time, number } of chart.options.moments) {
        const x = scales.x.getPixelForValue(time);
        if (x < area.left || x > area.right) continue;
        const last = groups.at(-1);
        if (last && x - last.x < 34) last.numbers.push(number);
        else groups.push({ x, numbers: [number] });
      }
      for (const { x, numbers } of groups) {
        pen.beginPath();
        pen.moveTo(x, area.top);
        pen.lineTo(x, area.bottom);
        pen.stroke();
        const text = numbers[1] ? `${numbers[0]}–${numbers.at(-1)}` : numbers[0];
        pen.fillText(text, x, area.top - 2);
      }
      pen.restore();
    },
  };

  /* All values of the period nearest to the pointer, wherever in the plot it is. */
  function registerMode() {
    Chart.Interaction.modes.period ??= (chart, event, options, useFinalPosition) => {
      const axis = chart.options.indexAxis;
      const nearest = Chart.Interaction.modes.nearest(
        chart,
        event,
        { ...options, axis, intersect: false },
        useFinalPosition,
      );
      if (!nearest.length) return [];
      const { datasetIndex, index } = nearest[0];
      return samePeriod(chart, chart.data.datasets[datasetIndex].data[index].period);
    };
  }

  const samePeriod = (chart, period) =>
    chart.data.datasets.flatMap((set, datasetIndex) =>
      set.data.flatMap((point, index) =>
        point.period === period
          ? [
              {
                element: chart.getDatasetMeta(datasetIndex).data[index],
                datasetIndex,
                index,
              },
            ]
          : [],
      ),
    );

  /* A value in words: its series, its certainty, and its former value. */
  function inWords({ label, note, meaning, former }, name) {
    const certainty = [note, meaning].filter(Boolean).join(", ");
    const value = `${label}${bracketed(certainty)}`;
    return [`${name}: ${value}`, ...(former ? [`(r) ${former} → ${label}`] : [])];
  }

  const meet = (one, other) =>
    one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];

  const around = ({ x, y }) => [x - 6, y - 6, x + 6, y + 6];

  /* Whether the line from a to b passes through a box: what is left of the line
     between the box's sides, and then between its top and bottom. */
  function passes([left, top, right, bottom], [a, b]) {
    let [from, to] = [0, 1];
    for (const [start, way, low, high] of [
      [a.x, b.x - a.x, left, right],
      [a.y, b.y - a.y, top, bottom],
    ]) {
      if (way === 0 && (start < low || start > high)) return false;
      if (way === 0) continue;
      const ends = [(low - start) / way, (high - start) / way];
      from = Math.max(from, Math.min(...ends));
      to = Math.min(to, Math.max(...ends));
    }
    return from <= to;
  }

  /* The straight lines that join the points of a series, without its gaps. */
  function joins(chart, number) {
    const { data: marks, type } = chart.getDatasetMeta(number);
    if (type !== "line") return [];
    const { stepped, data } = chart.data.datasets[number];
    return marks.slice(1).flatMap((b, index) => {
      const a = marks[index];
      if (data[index].run !== data[index + 1].run) return [];
      const corner = { x: b.x, y: a.y };
      const path = stepped ? [a, corner, b] : [a, b];
      return path.slice(1).map((end, at) => [path[at], end]);
    });
  }

  /* Where a value may be written, the best place first: its middle and its baseline
     from its mark. */
  function besideMark({ isShare, isLine, half }) {
    if (isShare) return [[6 + half, 4]];
    if (!isLine) return [[0, -9]];
    const aside = half + 9;
    const besides = [-4, 14].flatMap((down) => [
      [-aside, down],
      [aside, down],
    ]);
    return [[0, -9], [0, 20], ...besides];
  }

  /* Writes each value at its mark, in the colour of its line, if there is room: on no
     other value, point or line. What a bar's value grew by stands below the value. */
  const valueLabels = {
    id: "valueLabels",
    afterDatasetsDraw(chart) {
      const pen = chart.ctx;
      const written = (chart.written = []);
      const sets = chart.data.datasets;
      const lines = sets.flatMap((_, number) => joins(chart, number));
      const points = sets.flatMap((_, number) => {
        const { data, type } = chart.getDatasetMeta(number);
        return type === "line" ? data : [];
      });
      pen.save();
      pen.font = `600 12px ${Chart.defaults.font.family}`;
      pen.lineJoin = "round";
      pen.lineWidth = 4;
      pen.strokeStyle = token("--surface");
      const isShare = chart.options.indexAxis === "y";
      pen.textAlign = "center";
      sets.forEach((set, number) => {
        const isLine = set.type === "line";
        chart.getDatasetMeta(number).data.forEach((mark, index) => {
          const { label, status = "", note } = set.data[index];
          const texts = [`${label} ${status}`.trim()];
          if (note && !isLine && !isShare) texts.push(note);
          const widths = texts.map((text) => pen.measureText(text).width);
          const half = Math.max(...widths) / 2;
          for (const [right, down] of besideMark({ isShare, isLine, half })) {
            const x = Math.min(Math.max(mark.x + right, half), chart.width - half);
            const y = mark.y + down - 14 * (texts.length - 1);
            const box = [x - half, y - 11, x + half, mark.y + down + 3];
            const isFree =
              !written.some((other) => meet(box, other.box)) &&
              !lines.some((line) => passes(box, line)) &&
              !points.some((point) => meet(box, around(point)));
            if (!isFree) continue;
            const colour = isLine ? set.borderColor : token("--ink");
            written.push({ box, texts, colour });
            texts.forEach((text, line) => {
              pen.fillStyle = line ? token("--muted") : colour;
              write(pen, text, x, y + 14 * line);
            });
            break;
          }
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
        maxRotation: 0,
        autoSkipPadding: 8,
        callback: (value) => texts.get(value),
      },
      afterBuildTicks: (axis) => {
        axis.ticks = places.map((value) => ({ value }));
      },
    };
  }

  function valueScale(scene) {
    return {
      beginAtZero: true,
      grace: "15%",
      max: scene.isShare ? 100 : undefined,
      ticks: { color: token("--muted"), maxTicksLimit: 6 },
      grid: { color: token("--line") },
      border: { display: false },
    };
  }

  function configuration(scene) {
    const value = valueScale(scene);
    const category = { type: "category", grid: { display: false } };
    category.ticks = { color: token("--muted") };
    return {
      type: "bar",
      data: {
        labels: scene.isShare ? scene.ticks.map((tick) => tick.text) : undefined,
        datasets: scene.series.map((series) => dataset(series, scene)),
      },
      plugins: [moments, valueLabels],
      options: {
        moments: scene.moments,
        indexAxis: scene.isShare ? "y" : "x",
        scales: scene.isShare
          ? { x: value, y: category }
          : { x: timeScale(scene), y: value },
        animation: false,
        responsive: true,
        maintainAspectRatio: false,
        interaction: { mode: "period", intersect: false },
        layout: { padding: { top: 16, right: scene.isShare ? 60 : 0 } },
        plugins: {
          // The names are above, as in the picture.
          legend: { display: false },
          tooltip: {
            callbacks: {
              title: ([item]) => item.raw.period,
              label: (item) => inWords(item.raw, item.dataset.label).flatMap(inLines),
            },
          },
        },
      },
    };
  }

  /* Arrow keys go from value to value, Home and End to the ends; each is announced. */
  function followKeys(canvas) {
    const spoken = canvas.closest(".panel").querySelector("[aria-live]");
    let at = -1;
    canvas.addEventListener("keydown", (event) => {
      const chart = charts.get(canvas);
      if (!chart) return;
      const all = chart.data.datasets.flatMap((set, datasetIndex) =>
        set.data.map((_, index) => ({ datasetIndex, index })),
      );
      const next = {
        ArrowRight: Math.min(at + 1, all.length - 1),
        ArrowLeft: Math.max(at - 1, 0),
        Home: 0,
        End: all.length - 1,
      }[event.key];
      if (next === undefined) return;
      event.preventDefault();
      at = next;
      const { datasetIndex, index } = all[at];
      const { x, y } = chart.getDatasetMeta(datasetIndex).data[index];
      chart.setActiveElements([all[at]]);
      chart.tooltip.setActiveElements([all[at]], { x, y });
      chart.update();
      const set = chart.data.datasets[datasetIndex];
      const point = set.data[index];
      const more = [point.note, point.meaning].filter(Boolean);
      spoken.textContent = [`${point.period}: ${point.label}`, ...more, set.label].join(
        ", ",
      );
    });
  }

  /* The legend: each series by name, in its colour, with its mark. */
  function nameSeries(list, scene) {
    const signs = { bar: "▮", part: "▮" };
    const points = ["●", "◆", "▲", "■"];
    list.replaceChildren(
      ...scene.series.map(({ title, unit, kind, colour }) => {
        const name = document.createElement("li");
        const mark = signs[kind] ?? points[colour - 1];
        name.className = `chart-colour-${colour}`;
        name.textContent = `${mark} ${withUnit({ title, unit })}`;
        return name;
      }),
    );
  }

  function draw(canvas) {
    charts.get(canvas)?.destroy();
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    Chart.defaults.font.size = 12;
    registerMode();
    const panel = canvas.closest(".panel");
    const scene = readScene(panel.querySelector(".picture-wide svg"));
    nameSeries(panel.querySelector(".chart-names"), scene);
    charts.set(canvas, new Chart(canvas, configuration(scene)));
  }

  async function play(figure, button) {
    const isPlaying = button.getAttribute("aria-pressed") === "true";
    if (!isPlaying) await load();
    for (const panel of figure.querySelectorAll(".panel")) {
      const canvas = panel.querySelector("canvas");
      panel.querySelector(".picture").hidden = !isPlaying;
      panel.querySelector(".play-panel").hidden = isPlaying;
      if (!isPlaying) draw(canvas);
    }
    button.setAttribute("aria-pressed", String(!isPlaying));
  }

  /* The table as spreadsheets and documents paste it: cells separated by tabs. */
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

  /* The values nearest to the pointer, for readers who have not switched to the
     interactive chart. */
  function followPointer(picture) {
    const told = document.createElement("p");
    told.className = "chart-hover";
    told.hidden = true;
    told.setAttribute("aria-hidden", "true");
    picture.append(told);
    picture.addEventListener("pointermove", (event) => {
      const svg = event.target.closest("svg");
      const marks = svg ? [...svg.querySelectorAll("[data-value]")] : [];
      if (!marks.length) return;
      const isShare = "share" in svg.dataset;
      const far = (mark) => {
        const box = mark.getBoundingClientRect();
        return isShare
          ? Math.abs(box.top + box.height / 2 - event.clientY)
          : Math.abs(box.left + box.width / 2 - event.clientX);
      };
      const nearest = marks.reduce((one, two) => (far(two) < far(one) ? two : one));
      const { period } = nearest.dataset;
      const same = marks.filter((mark) => mark.dataset.period === period);
      const lines = same.flatMap((mark) => {
        return inWords(mark.dataset, withUnit(mark.parentElement.dataset));
      });
      told.replaceChildren(
        ...[period, ...lines].map((line, number) => {
          const part = document.createElement(number ? "span" : "strong");
          part.textContent = line;
          return part;
        }),
      );
      told.hidden = false;
      const frame = picture.getBoundingClientRect();
      const x = event.clientX - frame.left;
      const left = x > frame.width / 2 ? x - told.offsetWidth - 14 : x + 14;
      told.style.left = `${Math.min(Math.max(left, 0), Math.max(frame.width - told.offsetWidth, 0))}px`;
      told.style.top = `${Math.max(event.clientY - frame.top - told.offsetHeight - 8, 0)}px`;
    });
    picture.addEventListener("pointerleave", () => {
      told.hidden = true;
    });
    // One tooltip is enough: the browser's own would cover it.
    picture.addEventListener("pointerenter", () => {
      picture.removeAttribute("title");
      for (const title of picture.querySelectorAll("svg title")) title.remove();
    });
  }

  function prepare(figure) {
    const copy = figure.querySelector(".chart-copy");
    if (copy && navigator.clipboard) {
      copy.hidden = false;
      copy.addEventListener("click", () => copyTable(figure, copy));
    }
    figure.querySelectorAll(".picture").forEach(followPointer);
    const button = figure.querySelector(".chart-play");
    if (!button) return;
    button.hidden = false;
    button.addEventListener("click", () => play(figure, button));
    figure.querySelectorAll("canvas").forEach(followKeys);
  }

  document.querySelectorAll("[data-figure]").forEach(prepare);
  document.addEventListener("chart-replaced", () => {
    const wasPlaying = charts.size > 0;
    charts.forEach((chart) => chart.destroy());
    charts.clear();
    for (const figure of document.querySelectorAll("[data-play] [data-figure]")) {
      prepare(figure);
      const button = figure.querySelector(".chart-play");
      if (wasPlaying && button) play(figure, button);
    }
  });
  isDark.addEventListener("change", () => [...charts.keys()].forEach(draw));
})();
