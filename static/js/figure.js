"use strict";

/* Draws every chart on the page from the table that stands below it, so that chart
   and table cannot differ. Colours come from the style sheet. */

(() => {
  const isDark = window.matchMedia("(prefers-color-scheme: dark)");
  const charts = [];

  /* A probe resolves light-dark() and var() to the colour in use. */
  const probe = document.createElement("span");
  probe.hidden = true;
  document.body.append(probe);
  function token(name) {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  }

  function readTable(figure) {
    const table = figure.querySelector("table");
    const headings = [...table.querySelectorAll("thead th[data-mark]")];
    const rows = [...table.querySelectorAll("tbody tr")];
    return {
      labels: rows.map((row) => row.querySelector("th").textContent.trim()),
      series: headings.map((heading, index) => ({
        ...heading.dataset,
        values: rows.map((row) => {
          const cell = row.querySelectorAll("td")[index];
          return cell.dataset.value === "" ? null : Number(cell.dataset.value);
        }),
        texts: rows.map((row) => {
          const cell = row.querySelectorAll("td")[index];
          const text = cell.firstChild ? cell.firstChild.textContent.trim() : "";
          return "revised" in cell.dataset ? `${text} r` : text;
        }),
        used: rows.map((row) => "used" in row.querySelectorAll("td")[index].dataset),
      })),
    };
  }

  const palette = () => ["--chart-1", "--chart-2", "--chart-3", "--chart-4"].map(token);

  /* Official values are hatched, so that they differ without colour too. */
  function hatch(colour) {
    const tile = document.createElement("canvas");
    tile.width = tile.height = 8;
    const pen = tile.getContext("2d");
    pen.fillStyle = token("--surface");
    pen.fillRect(0, 0, 8, 8);
    pen.strokeStyle = colour;
    pen.lineWidth = 2.5;
    pen.beginPath();
    for (const x of [-8, 0, 8]) {
      pen.moveTo(x, 8);
      pen.lineTo(x + 8, 0);
    }
    pen.stroke();
    return pen.createPattern(tile, "repeat");
  }

  function dataset(series, index) {
    const colour = palette()[index % 4];
    const isLine = series.mark === "line" || series.mark === "step";
    const isOfficial = series.role === "official";
    /* Where a computation reads some of the points, the others step back. */
    const isMarked = series.used.includes(true);
    const faint = (mark) => (isMarked && !mark ? hatch(colour) : colour);
    return {
      label: series.unit ? `${series.title} (${series.unit})` : series.title,
      data: series.values,
      texts: series.texts,
      type: isLine ? "line" : "bar",
      yAxisID: series.axis === "right" ? "right" : "left",
      stepped: series.mark === "step" ? "middle" : false,
      spanGaps: true,
      borderColor: colour,
      backgroundColor:
        isOfficial && !isLine
          ? hatch(colour)
          : isMarked && !isLine
            ? series.used.map(faint)
            : colour,
      borderWidth: isLine ? 2.5 : isOfficial || isMarked ? 1.5 : 0,
      borderDash: isLine && index % 2 ? [6, 4] : [],
      pointStyle: ["circle", "rectRot", "triangle", "rect"][index % 4],
      pointRadius: isMarked ? series.used.map((mark) => (mark ? 8 : 3)) : 5,
      pointHoverRadius: 7,
      maxBarThickness: 56,
      order: isLine ? 0 : 1,
    };
  }

  /* The table keeps every digit; beside a mark two decimals, rounded, are enough. */
  const twoDecimals = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });
  const shorten = (text) =>
    text.replace(/\d[\d,]*\.\d{3,}/, (digits) =>
      twoDecimals.format(digits.replaceAll(",", "")),
    );

  function write(pen, text, x, y, colour) {
    pen.lineJoin = "round";
    pen.lineWidth = 4;
    pen.strokeStyle = token("--surface");
    pen.strokeText(text, x, y);
    pen.fillStyle = colour;
    pen.fillText(text, x, y);
  }

  /* Writes each value at its mark: nobody has to hover to read a number. */
  const valueLabels = {
    id: "valueLabels",
    afterDatasetsDraw(chart, _args, options) {
      const pen = chart.ctx;
      const bars = chart.data.datasets.filter((set) => set.type === "bar").length;
      const slots =
        chart.data.labels.length * (options.isInside ? 1 : Math.max(bars, 1));
      const isCrowded = chart.chartArea.width / slots < 46;
      pen.save();
      pen.font = `600 12px ${Chart.defaults.font.family}`;
      pen.textAlign = "center";
      chart.data.datasets.forEach((set, number) => {
        const meta = chart.getDatasetMeta(number);
        if (meta.hidden || (isCrowded && set.type === "bar" && number > 0)) return;
        meta.data.forEach((mark, index) => {
          const text = shorten(set.texts[index]);
          if (!text || set.data[index] === null) return;
          if (options.isShare) {
            const isWide = mark.width > 60;
            pen.textAlign = isWide ? "center" : "end";
            const middle = isWide ? mark.x - mark.width / 2 : mark.x;
            const place = isWide ? mark.y + 4 : mark.y - mark.height / 2 - 8;
            write(pen, `${text}%`, middle, place, token("--ink"));
          } else if (options.isInside && set.type === "bar") {
            const isTall = mark.base - mark.y > 16;
            if (isTall) write(pen, text, mark.x, mark.base - 8, token("--ink"));
          } else if (set.type === "line" && number > 0 && !options.isInside) {
            write(pen, text, mark.x, mark.y + 20, set.borderColor);
          } else {
            const extra = options.above && options.above[index];
            const colour = set.type === "line" ? set.borderColor : token("--ink");
            write(pen, text, mark.x, mark.y - (extra ? 25 : 10), colour);
            if (extra) write(pen, extra, mark.x, mark.y - 9, token("--chart-2"));
          }
        });
      });
      pen.restore();
    },
  };

  function axis(position, unit, hasGrid) {
    return {
      position,
      beginAtZero: true,
      grace: "18%",
      title: { display: Boolean(unit), text: unit, color: token("--muted") },
      ticks: { color: token("--muted"), maxTicksLimit: 6 },
      grid: { color: token("--line"), display: hasGrid },
      border: { display: false },
    };
  }

  function timeChart(data, panel) {
    const shown = data.series.filter((series) => Number(series.panel) === panel);
    const drawn = shown.filter((series) => !["none", "label"].includes(series.mark));
    const kept = data.labels
      .map((_label, row) => row)
      .filter((row) => drawn.some((series) => series.values[row] !== null));
    const pick = (series) => ({
      ...series,
      values: kept.map((row) => series.values[row]),
      used: kept.map((row) => series.used[row]),
      texts: kept.map((row) => series.texts[row]),
    });
    const growth = shown.find((series) => series.mark === "label");
    const above = growth
      ? kept.map((row) => {
          const text = growth.texts[row];
          return text
            ? `${text.startsWith("≈") ? "≈" : ""}+${text.replace("≈ ", "")}%`
            : "";
        })
      : null;
    const unit = (side) => (drawn.find((series) => series.axis === side) || {}).unit;
    const scales = {
      x: { ticks: { color: token("--muted") }, grid: { display: false } },
      left: axis("left", unit("left"), true),
    };
    if (drawn.some((series) => series.axis === "right")) {
      scales.right = axis("right", unit("right"), false);
    }
    const isBar = (series) => series.mark === "bar";
    const hasLineOverBars = drawn.some(isBar) && !drawn.every(isBar);
    return {
      type: "bar",
      data: {
        labels: kept.map((row) => data.labels[row].split(" · ")),
        datasets: drawn.map((series, index) => dataset(pick(series), index)),
      },
      options: {
        scales,
        plugins: { valueLabels: { above, isInside: hasLineOverBars } },
      },
    };
  }

  function shareChart(data) {
    const [series] = data.series;
    return {
      type: "bar",
      data: {
        labels: [""],
        datasets: data.labels.map((label, index) => ({
          label: `${label} ${series.texts[index]}%`,
          data: [series.values[index]],
          texts: [series.texts[index]],
          backgroundColor: palette()[index % 4],
          barThickness: 56,
        })),
      },
      options: {
        indexAxis: "y",
        scales: {
          x: {
            stacked: true,
            min: 0,
            max: 100,
            ticks: { color: token("--muted"), callback: (value) => `${value}%` },
            grid: { color: token("--line") },
          },
          y: { stacked: true, display: false },
        },
        plugins: { valueLabels: { isShare: true } },
      },
    };
  }

  /* A list below the chart wraps on a phone, which a legend on canvas does not. */
  function writeLegend(canvas, datasets, isOneOfMany) {
    const list = document.createElement("ul");
    list.className = "legend";
    datasets.forEach((set, index) => {
      const item = document.createElement("li");
      item.className = `swatch-${(index % 4) + 1}`;
      item.classList.toggle("is-line", set.type === "line");
      item.classList.toggle("is-hatched", set.backgroundColor instanceof CanvasPattern);
      item.textContent = set.label;
      list.append(item);
    });
    const wrap = canvas.parentElement;
    if (wrap.nextElementSibling) wrap.nextElementSibling.remove();
    if (datasets.length > 1 || isOneOfMany) wrap.after(list);
  }

  function draw(canvas, data, layout) {
    const config =
      layout === "share"
        ? shareChart(data)
        : timeChart(data, Number(canvas.dataset.panel));
    const datasets = config.data.datasets;
    config.plugins = [valueLabels];
    config.options = {
      ...config.options,
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      layout: { padding: { top: layout === "share" ? 28 : 14 } },
      plugins: {
        ...config.options.plugins,
        legend: { display: false },
        tooltip: {
          callbacks: {
            label: (item) =>
              `${item.dataset.label}: ${item.dataset.texts[item.dataIndex]}`,
          },
        },
      },
    };
    writeLegend(
      canvas,
      datasets,
      canvas.closest("[data-figure]").querySelectorAll("canvas").length > 1,
    );
    return new Chart(canvas, config);
  }

  function drawAll() {
    charts.splice(0).forEach((chart) => chart.destroy());
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    Chart.defaults.font.size = 12;
    for (const figure of document.querySelectorAll("[data-figure]")) {
      const data = readTable(figure);
      for (const canvas of figure.querySelectorAll("canvas")) {
        canvas.parentElement.hidden = false;
        charts.push(draw(canvas, data, figure.dataset.layout));
      }
    }
  }

  drawAll();
  for (const details of document.querySelectorAll(".figure-table")) {
    details.open = false;
  }
  isDark.addEventListener("change", drawAll);
})();
