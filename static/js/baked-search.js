"use strict";

/* Searches a copy of the site that is opened from a disk. The index is in script
   files that call the functions of `bakedSearch`, since a page on a disk may run
   scripts but read no other files. Folding, terms and pieces are those of
   cbec_site/base/search_index; hits and their order are those of the site's own
   search. */

globalThis.bakedSearch = (() => {
  const MIN_LENGTH = 2;
  const MAX_LENGTH = 100;
  const MAX_TERMS = 8;
  const AT_ONCE = 25;
  const MOST_FILES = 4096;

  const loaded = new Map();
  const arrived = new Map();
  const place = document.querySelector("[data-baked-search]");
  const simplified = new Map();
  let index = null;

  /* Loads a file of the index once; the file passes its content to a call. */
  function load(name, key) {
    if (!loaded.has(key)) {
      loaded.set(
        key,
        new Promise((resolve, reject) => {
          const script = document.createElement("script");
          script.src = `${place.dataset.root}${name}.js`;
          script.onload = () => resolve(arrived.get(key));
          script.onerror = () => reject(new Error(name));
          document.head.append(script);
        }),
      );
    }
    return loaded.get(key);
  }

  const JOINING = /[\p{Ps}\p{Pe}\p{Pi}\p{Pf}\p{Pd}\p{Mn}\p{Me}\p{Cf}'"`´]/u;
  const KEPT = /[\p{L}\p{M}\p{N}\p{S}.%_/&]/u;
  const LONG_DASHES = /[—―⸺⸻]/u;

  function foldPlain(part) {
    if (JOINING.test(part)) return "";
    return KEPT.test(part) ? part : " ";
  }

  /* With toUpperCase first, so that ß becomes ss. */
  function foldCharacter(character) {
    if (LONG_DASHES.test(character)) return " ";
    const plain = character.normalize("NFKD").toUpperCase().toLowerCase();
    return [...plain].map((part) => foldPlain(simplified.get(part) ?? part)).join("");
  }

  const fold = (text) =>
    [...text].map(foldCharacter).join("").split(/\s+/u).filter(Boolean).join(" ");

  const OPEN = "[\\[【(〔［（﹝]";
  const CLOSE = "[\\]】)〕］）﹞]";
  const NUMBERS = [
    new RegExp(
      `^([^\\d\\[【(〔［（﹝]+?)\\s*${OPEN}\\s*(\\d{4})\\s*年?\\s*${CLOSE}\\s*第?\\s*0*([1-9]\\d*)\\s*号$`,
      "u",
    ),
    /^(\D+?)\s*(\d{4})\s*年\s*第?\s*0*([1-9]\d*)\s*号$/u,
  ];

  /* A document number as authorities print it; other text as it is. */
  function officialForm(text) {
    const plain = text.replace(/\p{Nd}/gu, (digit) => digit.normalize("NFKC")).trim();
    const [bracketed, dated] = NUMBERS.map((pattern) => pattern.exec(plain));
    if (bracketed) return `${bracketed[1].trim()}〔${bracketed[2]}〕${bracketed[3]}号`;
    return dated ? `${dated[1].trim()}${dated[2]}年第${dated[3]}号` : text;
  }

  function splitTerms(text) {
    const words = [...text]
      .slice(0, MAX_LENGTH)
      .join("")
      .replace(/(?<=\p{L}{2})[-‐‑](?=\p{L}{2})/gu, " ")
      .split(/\s+/u);
    const terms = words
      .flatMap((word) => fold(word).split(" "))
      .map((term) => term.replace(/^[./]+|[./]+$/gu, ""));
    return [...new Set(terms.filter(Boolean))].slice(0, MAX_TERMS);
  }

  const isAscii = (characters) => characters.every((one) => one <= "\x7f");

  /* Like term_pieces: pairs from everywhere, triples side by side. */
  function termPieces(term) {
    const characters = [...term];
    const pieces = new Set();
    let covered = 0;
    for (let start = 0; start < characters.length - 1; start += 1) {
      const three = characters.slice(start, start + 3);
      const isThree = three.length === 3 && isAscii(three);
      const isLast =
        !isAscii(characters.slice(start + 1, start + 4)) ||
        start + 3 >= characters.length;
      if (isThree && (start >= covered || isLast)) {
        pieces.add(three.join(""));
        covered = start + 3;
      } else if (!isThree && covered < start + 2) {
        pieces.add(three.slice(0, 2).join(""));
      }
    }
    return [...pieces];
  }

  function hashOf(piece) {
    let number = 0;
    for (let unit = 0; unit < piece.length; unit += 1) {
      number = (Math.imul(number, 31) + piece.charCodeAt(unit)) >>> 0;
    }
    return number % MOST_FILES;
  }

  function fromSteps(steps) {
    let last = 0;
    return steps.map((step) => (last += step));
  }

  /* The documents that have all pieces: anywhere, and in the title. */
  async function candidates(terms) {
    const pieces = [...new Set(terms.flatMap(termPieces))];
    if (!pieces.length) {
      const all = Array.from({ length: index.documents }, (_, number) => number);
      return [all, new Set(all)];
    }
    const lists = await Promise.all(
      pieces.map(async (piece) => {
        const file = hashOf(piece) % index.files;
        const held = await load(`pieces-${file}`, `pieces ${file}`);
        return Object.hasOwn(held, piece) ? held[piece].map(fromSteps) : [[], []];
      }),
    );
    const common = (part) =>
      lists
        .map((list) => list[part])
        .sort((one, other) => one.length - other.length)
        .reduce((found, list) => {
          const has = new Set(list);
          return found.filter((number) => has.has(number));
        });
    return [common(0), new Set(common(1))];
  }

  /* Hits in order: kinds as the site shows them, and within a kind those with all terms
     in the title first. Texts are loaded only if the pieces cannot decide. */
  async function* hits(terms) {
    const [found, inTitle] = await candidates(terms);
    const unsure = terms.filter((term) => [...term].length !== 2);
    const has = (text) => unsure.every((term) => text.includes(term));
    const language = place.dataset.language;
    let kind = null;
    let later = [];
    for (const number of found) {
      const file = Math.floor(number / index.perFile);
      const spot = number % index.perFile;
      let isInTitle = inTitle.has(number);
      if (unsure.length) {
        const [title, text] = (await load(`texts-${file}`, `texts ${file}`))[spot];
        if (!has(text)) continue;
        isInTitle &&= has(title);
      }
      const names = await load(`names-${language}-${file}`, `names ${file}`);
      const hit = names[spot];
      if (hit[0] !== kind) {
        yield* later;
        later = [];
        [kind] = hit;
      }
      if (isInTitle) yield hit;
      else later.push(hit);
    }
    yield* later;
  }

  /* A title with the searched words marked, in whatever spelling it has them. */
  function marked(title, terms) {
    const characters = [...title];
    const folded = characters.map(foldCharacter);
    const spots = folded.flatMap((part, spot) => [...part].map(() => spot));
    const text = folded.join("");
    const isMarked = new Set();
    for (const term of terms) {
      const length = [...term].length;
      let from = text.indexOf(term);
      while (from >= 0) {
        const start = [...text.slice(0, from)].length;
        for (let spot = spots[start]; spot <= spots[start + length - 1]; spot += 1) {
          isMarked.add(spot);
        }
        from = text.indexOf(term, from + term.length);
      }
    }
    const line = document.createDocumentFragment();
    let mark = null;
    characters.forEach((character, spot) => {
      if (!isMarked.has(spot)) {
        mark = null;
        line.append(character);
      } else {
        if (!mark) line.append((mark = document.createElement("mark")));
        mark.append(character);
      }
    });
    return line;
  }

  function resultOf([, href, code, title, tag], terms) {
    const item = document.createElement("li");
    if (code) {
      const name = document.createElement("span");
      name.className = "code";
      name.textContent = code;
      item.append(name, " ");
    }
    const link = document.createElement("a");
    link.href = `${place.dataset.up}${href}`;
    link.lang = tag;
    link.append(marked(title, terms));
    item.append(link);
    return item;
  }

  function say(text) {
    const line = document.createElement("p");
    line.setAttribute("role", "status");
    line.textContent = text;
    place.append(line);
  }

  /* Adds the next hits below those shown, each kind under its name. */
  async function showNext(found, terms, shown) {
    const labels = JSON.parse(place.dataset.kinds);
    for (let count = 0; count < AT_ONCE; count += 1) {
      const { value: hit, done } = await found.next();
      if (done) return;
      if (!shown.count) say(place.dataset.some);
      if (hit[0] !== shown.kind) {
        const heading = document.createElement("h2");
        heading.textContent = labels[hit[0]];
        shown.list = document.createElement("ol");
        shown.list.className = "claim-list";
        place.append(heading, shown.list);
        [shown.kind] = hit;
      }
      shown.list.append(resultOf(hit, terms));
      shown.count += 1;
    }
    const more = document.createElement("button");
    more.type = "button";
    more.textContent = place.dataset.more;
    more.addEventListener("click", () => {
      more.remove();
      showNext(found, terms, shown);
    });
    place.append(more);
  }

  async function search(text) {
    const terms = splitTerms(officialForm(text));
    place.replaceChildren();
    if (!text.trim()) return;
    if (terms.join("").length < MIN_LENGTH) {
      say(place.dataset.short);
      return;
    }
    const shown = { count: 0, kind: null, list: null };
    await showNext(hits(terms), terms, shown);
    if (!shown.count) say(place.dataset.none);
  }

  async function begin() {
    index = await load("index", "index");
    const characters = [...index.fold];
    for (let spot = 0; spot < characters.length; spot += 2) {
      simplified.set(characters[spot], characters[spot + 1]);
    }
    const asked = new URLSearchParams(location.search).get("q") ?? "";
    for (const field of document.querySelectorAll('input[name="q"]')) {
      field.value = asked;
    }
    await search(asked);
    place.dataset.done = asked;
  }

  if (place) begin();

  const keep = (name) => (file, held) => arrived.set(`${name} ${file}`, held);
  return {
    index: (held) => arrived.set("index", held),
    pieces: keep("pieces"),
    texts: keep("texts"),
    names: keep("names"),
  };
})();
