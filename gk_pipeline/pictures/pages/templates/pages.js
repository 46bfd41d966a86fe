"use strict";
// Everything is readable without this; it switches the language, points at cells and narrows lists.
(() => {
  const root = document.documentElement;
  const kept = (key, value) => {
    try { return value === undefined ? localStorage.getItem(key) : localStorage.setItem(key, value); } catch { return null; }
  };
  const title = document.querySelector("title");
  const labelled = [...document.querySelectorAll("[data-label-en]")];
  for (const one of labelled) one.dataset.labelZh = one.getAttribute("aria-label");
  const speak = (lang) => {
    root.lang = lang;
    title.textContent = title.dataset[lang];
    for (const one of labelled) one.setAttribute("aria-label", lang === "en" ? one.dataset.labelEn : one.dataset.labelZh);
  };
  if (root.lang === "en" || kept("gk-lang") === "en") speak("en");
  const button = document.getElementById("switch");
  button.hidden = false;
  button.addEventListener("click", () => { speak(root.lang === "en" ? "zh" : "en"); kept("gk-lang", root.lang); });

  // the list of reports, narrowed by name, year and what is wrong
  const list = document.getElementById("list");
  if (list) {
    const [q, y, only] = ["q", "y", "only"].map((id) => document.getElementById(id));
    const rows = [...list.tBodies[0].rows].map((row) => {
      const name = row.querySelector("a").textContent.trim().toLowerCase();
      const [year, ...counts] = [...row.querySelectorAll("td")].map((one) => one.textContent.trim());
      const [open, corrected, broken, sentences, notices] = counts.map((text) => text !== "·");
      return { row, name, year, open, corrected, broken, sentences, notices };
    });
    const narrow = () => {
      const words = q.value.trim().toLowerCase().split(/\s+/);
      let found = 0;
      for (const one of rows) {
        const fits = words.every((word) => one.name.includes(word)) && (!y.value || one.year === y.value) && (!only.value || one[only.value]);
        one.row.hidden = !fits;
        found += fits;
      }
      document.getElementById("found").textContent = found;
      document.getElementById("none").hidden = found > 0;
    };
    const ask = () => {
      const asked = new URLSearchParams(location.hash.slice(1));
      for (const control of [q, y, only]) if (asked.has(control.id)) control.value = asked.get(control.id);
      narrow();
    };
    for (const control of [q, y, only]) control.addEventListener("input", narrow);
    window.addEventListener("hashchange", ask);
    document.getElementById("search").hidden = false;
    ask();
  }
  const name_options = () => document.querySelectorAll("option[data-zh]").forEach((one) => { one.textContent = one.dataset[root.lang]; });
  name_options();
  button.addEventListener("click", name_options);

  // a broken law shows its cells with the signs that spell it
  const unmark = () => document.querySelectorAll("td[data-sign]").forEach((td) => td.removeAttribute("data-sign"));
  const mark = (law) => {
    unmark();
    if (!law) return;
    for (const member of law.dataset.cells.split(" ")) {
      document.getElementById(member.slice(0, -1))?.setAttribute("data-sign", member.slice(-1));
    }
  };
  const laws = [...document.querySelectorAll("button.law")];
  const pinned = () => laws.find((law) => law.getAttribute("aria-pressed") === "true");
  for (const law of laws) {
    law.addEventListener("mouseenter", () => mark(law));
    law.addEventListener("focus", () => mark(law));
    for (const event of ["mouseleave", "blur"]) law.addEventListener(event, () => mark(pinned()));
    law.addEventListener("click", () => {
      const was = law.getAttribute("aria-pressed") === "true";
      laws.forEach((other) => other.setAttribute("aria-pressed", "false"));
      law.setAttribute("aria-pressed", String(!was));
      mark(law);
      const first = document.getElementById(law.dataset.cells.split(" ")[0].slice(0, -1));
      if (!was && first) first.scrollIntoView({ block: "center", inline: "nearest" });
    });
  }

  // where a cell comes from; it is told aloud, so the place for it is there before there is anything to tell
  const inspector = document.createElement("div");
  inspector.id = "inspector";
  inspector.setAttribute("role", "status");
  document.body.append(inspector);
  const told = (td) => {
    const heads = [...td.closest("tbody").querySelectorAll(".heads th[data-c]")];
    const head = heads.find((th) => th.dataset.c === td.dataset.c);
    const row = [...td.parentElement.querySelectorAll("th")].pop();
    const name = [row?.textContent, head?.dataset.over, head?.textContent].filter(Boolean).map((text) => text.trim()).join(" · ");
    const chip = document.querySelector(`.legend .chip.${td.classList[0]}`);
    const at = (td.dataset.at || "").split("|")[root.lang === "en" ? 1 : 0] || "";
    const bold = document.createElement("b");
    const link = td.querySelector("a.see");
    const copy = td.cloneNode(true);
    copy.querySelectorAll(".vh").forEach((one) => one.remove());
    bold.textContent = copy.textContent.trim();
    const note = link ? document.getElementById(link.getAttribute("href").slice(1)) : null;
    const parts = [name, "  ", bold, "  ", chip ? chip.innerText.trim() : "", at ? "  ·  " + at : ""];
    inspector.replaceChildren(...parts);
    if (note) inspector.append("  ·  " + note.innerText.replace(/\s+/g, " ").slice(0, 160));
  };
  const cell = (event) => event.target.closest?.("table.form td[data-c]");
  for (const event of ["mouseover", "focusin", "click"]) {
    document.addEventListener(event, (happened) => {
      const td = cell(happened);
      if (td) told(td); else if (event !== "click") inspector.replaceChildren();
    });
  }

  // with the arrow keys from cell to cell of a table, which is one stop of the tabulator key
  for (const table of document.querySelectorAll("table.form")) {
    const rows = [...table.rows].map((row) => [...row.querySelectorAll("td[data-c]")]).filter((cells) => cells.length);
    const cells = rows.flat();
    if (!cells.length) continue;
    table.setAttribute("role", "grid");
    table.setAttribute("aria-readonly", "true");
    const stop = (td) => cells.forEach((one) => { one.tabIndex = one === td ? 0 : -1; });
    stop(cells[0]);
    table.addEventListener("focusin", (event) => { if (cells.includes(event.target)) stop(event.target); });
    table.addEventListener("keydown", (event) => {
      const at = event.target;
      const down = rows.findIndex((row) => row.includes(at));
      if (down < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
      const row = rows[down], across = row.indexOf(at);
      const within = (cells_of) => cells_of && cells_of[Math.min(across, cells_of.length - 1)];
      const next = {
        ArrowRight: () => row[across + 1], ArrowLeft: () => row[across - 1], Home: () => row[0], End: () => row[row.length - 1],
        ArrowDown: () => within(rows[down + 1]), ArrowUp: () => within(rows[down - 1]),
      }[event.key];
      if (event.key === "Enter") at.querySelector("a.see")?.click();
      else if (event.key === "Escape") inspector.replaceChildren();
      else if (next) { event.preventDefault(); next()?.focus(); }
    });
  }

  // the ticks of an audit: kept while they are made, and saved as the file that `gk audit --ticks` reads
  const audit = document.getElementById("audit");
  if (audit) {
    const kept_as = `gk-audit-${audit.dataset.draw}`; // names the drawn cells too: ticks of another lake are not these
    const before = JSON.parse(kept(kept_as) || "{}");
    const ticks = {};
    const count = () => { document.getElementById("ticked").textContent = Object.keys(ticks).length; };
    for (const radio of audit.querySelectorAll("input[type=radio]")) {
      radio.checked = before[radio.name] === radio.value;
      if (radio.checked) ticks[radio.name] = radio.value;
      radio.addEventListener("change", () => { ticks[radio.name] = radio.value; kept(kept_as, JSON.stringify(ticks)); count(); });
    }
    count();
    audit.addEventListener("submit", (event) => {
      event.preventDefault();
      const told = JSON.stringify({ ...JSON.parse(audit.dataset.draw), ticks }, null, 1);
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([told], { type: "application/json" }));
      link.download = "ticks.json";
      link.click();
    });
  }
})();
