"use strict";

/* The editor of an expression: a tree of choices instead of JSON, with the
   checker's answer while typing. Only the text field below it is sent. */

(() => {
  const PAUSE = 400;

  /** A new element with properties, data attributes and children; text is never HTML. */
  function make(name, properties = {}, ...children) {
    const element = document.createElement(name);
    const { data = {}, ...others } = properties;
    Object.assign(element, others);
    Object.assign(element.dataset, data);
    element.append(
      ...children.filter((child) => child !== null && child !== undefined),
    );
    return element;
  }

  /** Run `work` once a moment has passed without another call. */
  function later(work, pause = PAUSE) {
    let timer = 0;
    return (...given) => {
      clearTimeout(timer);
      timer = setTimeout(() => work(...given), pause);
    };
  }

  class Expression {
    constructor(root) {
      this.root = root;
      this.form = root.closest("form");
      this.text = root.querySelector("textarea");
      this.tree = root.querySelector("[data-tree]");
      this.panel = root.querySelector(".expression-result");
      this.status = root.querySelector("[data-status]");
      this.result = root.querySelector("[data-result]");
      this.formula = this.form.elements.formula;
      this.vocabulary = JSON.parse(
        root.querySelector("#expression-vocabulary").textContent,
      );
      this.words = this.vocabulary.words;
      this.operations = new Map(
        this.vocabulary.groups.flatMap((group) =>
          group.operations.map((operation) => [operation.op, operation]),
        ),
      );
      this.serial = 0;
      this.asked = 0;
      this.names = new Map();
      this.look = later(() => this.ask());
      root.querySelector("[data-text]").open = false;
      this.node = this.parse();
      this.draw();
      this.listen();
      this.ask();
    }

    parse() {
      try {
        return JSON.parse(this.text.value || "null");
      } catch {
        return null;
      }
    }

    listen() {
      const deciding = new Set(this.root.dataset.deciding.split(" "));
      const onChange = (event) => {
        if (event.target === this.text) {
          this.node = this.parse();
          this.draw();
        }
        if (!deciding.has(event.target.name)) return;
        if (event.target === this.formula) this.draw();
        this.look();
      };
      this.form.addEventListener("input", onChange);
      this.form.addEventListener("change", onChange);
      // Select2 announces its choices to jQuery only.
      const jquery = window.django?.jQuery;
      if (jquery) jquery(this.form).on("change", "select", () => this.look());
    }

    get hasFormula() {
      return Boolean(this.formula?.value.trim());
    }

    /** Write the tree into the text field that is sent. */
    keep() {
      this.text.value = this.node ? JSON.stringify(this.node, null, 1) : "";
      this.look();
    }

    /** Redraw the whole tree and focus the part that was changed. */
    redraw(node) {
      this.keep();
      this.draw();
      this.focus(node);
    }

    focus(node) {
      const field = [...this.tree.querySelectorAll("fieldset")].find(
        (fieldset) => fieldset.node === node,
      );
      field?.querySelector("select").focus();
    }

    draw() {
      const parts = [];
      if (this.hasFormula) {
        parts.push(make("p", {}, this.words.byFormula));
        const adopt = this.button(this.words.adopt, () => {
          this.formula.value = "";
          this.redraw(this.node);
        });
        parts.push(make("p", {}, adopt));
      }
      parts.push(
        this.part(this.node, this.words.whole, 1, (node) => {
          this.node = node;
        }),
      );
      if (this.node && !this.hasFormula) {
        parts.push(
          make(
            "p",
            {},
            this.button(this.words.clear, () => {
              this.node = null;
              this.redraw(null);
            }),
          ),
        );
      }
      this.tree.replaceChildren(...parts);
      if (this.hasFormula) {
        for (const field of this.tree.querySelectorAll("fieldset")) {
          field.disabled = true;
        }
      }
    }

    button(label, onClick, description = "") {
      const button = make("button", { type: "button" }, label);
      if (description) button.setAttribute("aria-label", description);
      button.addEventListener("click", onClick);
      return button;
    }

    /** A node as a group of fields; `put` replaces it in its parent. */
    part(node, label, depth, put, remove = null) {
      const operation = node && this.operations.get(this.choice(node));
      const row = make("div", { className: "expression-row" });
      row.append(this.chooser(node, depth, put));
      if (operation?.fields) row.append(...this.fields(node, operation.fields));
      if (operation?.details?.length) row.append(this.details(node, operation.details));
      if (operation?.arguments) row.append(...this.extras(node));
      if (node && depth < this.vocabulary.depth) {
        row.append(
          this.button(
            this.words.wrap,
            () => {
              const around = { op: "diff", args: [node, null] };
              put(around);
              this.redraw(around);
            },
            `${this.words.wrap}: ${label}`,
          ),
        );
      }
      if (remove) {
        row.append(
          this.button(this.words.remove, remove, `${this.words.remove}: ${label}`),
        );
      }
      const group = make(
        "fieldset",
        { className: "expression-node" },
        make("legend", {}, label),
        row,
      );
      group.node = node;
      if (operation?.arguments) group.append(this.list(node, operation, depth));
      return group;
    }

    /** The operation to show for a node: a value may be named by its code. */
    choice(node) {
      return node.op === "value" && ("code" in node || !("indicator" in node))
        ? "code"
        : node.op;
    }

    chooser(node, depth, put) {
      const select = make("select", {});
      select.append(make("option", { value: "" }, this.words.choose));
      for (const group of this.vocabulary.groups) {
        const options = make("optgroup", { label: group.label });
        for (const operation of group.operations) {
          const isDeep = Boolean(operation.arguments) && depth >= this.vocabulary.depth;
          options.append(
            make(
              "option",
              {
                value: operation.op,
                disabled: isDeep,
                title: isDeep ? this.words.deep : "",
              },
              operation.label,
            ),
          );
        }
        select.append(options);
      }
      select.value = node ? this.choice(node) : "";
      select.addEventListener("change", () => {
        const changed = this.changed(node, select.value);
        put(changed);
        this.redraw(changed);
      });
      return make("label", {}, this.words.operation, select);
    }

    /** The node for a newly chosen operation, with the parts of the old one that fit. */
    changed(node, op) {
      if (!op) return null;
      const operation = this.operations.get(op);
      if (operation.arguments) {
        const [fewest, most] = this.vocabulary.limits[op];
        const old = node?.args ?? (node ? [node] : []);
        const args = old.slice(0, most);
        while (args.length < Math.max(fewest, operation.arguments.length)) {
          args.push(null);
        }
        return { op, args };
      }
      const kept = { op: op === "code" ? "value" : op };
      for (const name of [...operation.fields, ...operation.details]) {
        if (node && name in node && op !== "const") kept[name] = node[name];
        else if (name === "regions" && node?.region) kept.regions = [node.region];
        else if (name === "region" && node?.regions) {
          kept.region = node.regions[0] ?? "";
        } else if (
          ["code", "value", "indicator", "region", "period", "from", "to"].includes(
            name,
          )
        ) {
          kept[name] = "";
        }
      }
      return kept;
    }

    list(node, operation, depth) {
      const list = make("ol", {});
      const [fewest, most] = this.vocabulary.limits[node.op];
      if (!Array.isArray(node.args)) node.args = [];
      node.args.forEach((child, index) => {
        const label =
          operation.arguments[index] ?? `${this.words.argument} ${index + 1}`;
        const remove =
          node.args.length > fewest
            ? () => {
                node.args.splice(index, 1);
                this.redraw(node);
              }
            : null;
        list.append(
          make(
            "li",
            {},
            this.part(
              child,
              label,
              depth + 1,
              (changed) => {
                node.args[index] = changed;
              },
              remove,
            ),
          ),
        );
      });
      if (node.args.length < most) {
        list.append(
          make(
            "li",
            {},
            this.button(this.words.add, () => {
              node.args.push(null);
              this.keep();
              this.draw();
              const groups = [...this.tree.querySelectorAll("fieldset")];
              const parent = groups.find((group) => group.node === node);
              const last = parent.querySelector(":scope > ol > li:nth-last-child(2)");
              last?.querySelector("select").focus();
            }),
          ),
        );
      }
      return list;
    }

    extras(node) {
      const change = (name, value) => {
        if (value === "" || value === undefined) delete node[name];
        else node[name] = value;
        this.keep();
      };
      if (node.op === "cagr") {
        return [
          this.input("years", node.years ?? "", (value) =>
            change("years", /^\d+$/.test(value) ? Number(value) : value),
          ),
        ];
      }
      if (node.op === "rank") {
        return [
          this.select("order", this.vocabulary.orders, node.order ?? "desc", (value) =>
            change("order", value),
          ),
        ];
      }
      if (node.op !== "count") return [];
      const test = this.select(
        "test",
        this.vocabulary.tests,
        node.test ?? "",
        (value) => {
          change("test", value);
          if (!value) change("than", "");
          this.redraw(node);
        },
      );
      if (!node.test) return [test];
      return [
        test,
        this.input("than", node.than ?? "", (value) => change("than", value)),
      ];
    }

    fields(node, names) {
      const required = ["code", "indicator", "region", "period", "from", "to", "value"];
      return names.map((name) => {
        const set = (value) => {
          if (name === "regions") {
            node.regions = value.split(/[\s,，、]+/).filter(Boolean);
            if (!node.regions.length) delete node.regions;
          } else if (value || required.includes(name)) node[name] = value;
          else delete node[name];
          this.keep();
        };
        const value =
          name === "regions" ? (node.regions ?? []).join(" ") : (node[name] ?? "");
        if (name === "unit") {
          return this.select(name, this.vocabulary.units, value, set);
        }
        return node.op === "const"
          ? this.input(name, value, set)
          : this.finder(node, name, value, set);
      });
    }

    /** What narrows a series further, folded until needed. */
    details(node, names) {
      const isUsed = names.some((name) => node[name]);
      return make(
        "details",
        { open: isUsed },
        make("summary", {}, this.words.more),
        make("div", { className: "expression-row" }, ...this.fields(node, names)),
      );
    }

    input(name, value, set, list = "") {
      const input = make("input", { type: "text", value, autocomplete: "off" });
      if (list) input.setAttribute("list", list);
      input.dataset.part = name;
      input.addEventListener("input", () => set(input.value.trim()));
      return make("label", {}, this.vocabulary.fields[name], input);
    }

    select(name, choices, value, set) {
      const select = make("select", {});
      select.dataset.part = name;
      for (const [choice, label] of choices) {
        select.append(make("option", { value: choice }, label));
      }
      select.value = value;
      select.addEventListener("change", () => set(select.value));
      return make("label", {}, this.vocabulary.fields[name], select);
    }

    /** A field that proposes stored rows, and shows below it what was chosen. */
    finder(node, name, value, set) {
      const id = `expression-choices-${this.serial++}`;
      const label = this.input(name, value, set, id);
      const input = label.querySelector("input");
      const choices = make("datalist", { id });
      const shown = make("span", { className: "expression-name" });
      const key = (text) => `${name === "regions" ? "region" : name}:${text}`;
      const say = () => {
        shown.textContent = this.names.get(key(input.value.trim())) ?? "";
      };
      const find = async () => {
        const query = new URLSearchParams({
          field: name,
          q: input.value.trim().split(/\s+/).pop(),
          indicator: node.indicator ?? "",
          region: name === "region" ? "" : (node.region ?? ""),
        });
        try {
          const response = await fetch(`${this.root.dataset.lookup}?${query}`);
          if (!response.ok) return;
          const found = (await response.json()).choices;
          choices.replaceChildren(
            ...found.map(([choice, text]) => {
              this.names.set(key(choice), text);
              return make("option", {
                value: choice,
                label: text ? `${choice} ${text}` : choice,
              });
            }),
          );
          say();
        } catch {
          // Without proposals the code can still be typed.
        }
      };
      const soon = later(find, 200);
      input.addEventListener("input", () => {
        say();
        soon();
      });
      input.addEventListener("focus", find, { once: false });
      if (value && !this.names.has(key(value)) && name !== "regions") find();
      say();
      label.append(choices, shown);
      return label;
    }

    /** Ask the checker; a late answer to an older request is dropped. */
    async ask() {
      const number = ++this.asked;
      const fields = new FormData();
      for (const name of [
        ...this.root.dataset.deciding.split(" "),
        "csrfmiddlewaretoken",
      ]) {
        const field = this.form.elements[name];
        if (field) fields.set(name, field.value);
      }
      let answer;
      try {
        const response = await fetch(this.root.dataset.check, {
          method: "POST",
          body: fields,
        });
        answer = response.ok ? await response.json() : null;
      } catch {
        answer = null;
      }
      if (number === this.asked) this.show(answer);
    }

    show(answer) {
      if (!answer) {
        this.panel.dataset.verdict = "error";
        this.announce([make("p", {}, this.words.failed)]);
        this.result.replaceChildren();
        return;
      }
      if (this.hasFormula && !answer.errors.formula) {
        this.node = answer.expression;
        this.text.value = JSON.stringify(this.node, null, 1);
        this.draw();
      }
      const { errors, outcome } = answer;
      const wrong = Object.entries(errors).flatMap(([name, texts]) =>
        texts.map((text) => make("li", {}, `${this.labelOf(name)}${text}`)),
      );
      const parts = wrong.length
        ? [make("ul", { className: "expression-errors" }, ...wrong)]
        : [];
      if (outcome) parts.push(this.verdict(outcome));
      if (!parts.length) {
        const isFinding = Boolean(this.form.elements.finding?.value);
        parts.push(make("p", {}, isFinding ? this.words.finding : this.words.choose));
      }
      this.panel.dataset.verdict = outcome
        ? outcome.verdict
        : wrong.length
          ? "error"
          : "";
      this.announce(parts);
      this.result.replaceChildren(...(outcome ? [this.outcome(outcome)] : []));
    }

    /** What a screen reader announces, once for every change. */
    announce(parts) {
      const fresh = make("div", {}, ...parts);
      if (fresh.textContent !== this.status.textContent) {
        this.status.replaceChildren(...fresh.childNodes);
      }
    }

    verdict(outcome) {
      const { stored } = this.root.dataset;
      const before = stored
        ? ` (${this.words.now.replace("%(verdict)s", stored)})`
        : "";
      return make(
        "p",
        { className: "expression-verdict" },
        `${this.words.verdict}: ${outcome.label}${before}`,
      );
    }

    labelOf(name) {
      const field = this.form.elements[name];
      const label = field?.id && this.form.querySelector(`label[for="${field.id}"]`);
      return label ? `${label.textContent.trim().replace(/\s*\*$/, "")}: ` : "";
    }

    outcome(outcome) {
      const list = make("dl", {});
      const add = (term, ...descriptions) => {
        if (!descriptions.some(Boolean)) return;
        list.append(make("dt", {}, term), make("dd", {}, ...descriptions));
      };
      add(this.words.computed, outcome.value);
      add(this.words.interval, outcome.interval);
      const inLanguage = (language) => {
        const parts = [outcome.computation[language], outcome.why[language]];
        return make(
          "span",
          { lang: language === "en" ? "en" : "zh-Hans" },
          ...parts
            .filter(Boolean)
            .flatMap((text, index) => (index ? [make("br"), text] : [text])),
        );
      };
      add(this.words.chinese, inLanguage("zh-hans"));
      add(this.words.english, inLanguage("en"));
      if (outcome.inputs.length) {
        const items = outcome.inputs.map((input) =>
          make(
            "li",
            {},
            make(
              "a",
              { href: input.url, target: "_blank", rel: "noopener" },
              input.name,
            ),
            ` ${input.value}`,
            input.is_published ? "" : ` (${this.words.draft})`,
          ),
        );
        if (outcome.more) {
          items.push(
            make("li", {}, this.words.andMore.replace("%(count)s", outcome.more)),
          );
        }
        add(this.words.inputs, make("ul", {}, ...items));
      }
      return list;
    }
  }

  for (const root of document.querySelectorAll("[data-expression]")) {
    new Expression(root);
  }
})();
