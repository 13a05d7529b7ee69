
"use strict";
(() => {
const data = JSON.parse(document.getElementById("data").textContent);
const form = document.getElementById("filters");
if (!form) return;
const W = data.words;
const SEVERITIES = ["error", "warning", "info"];
const AHEAD = 6; // rows drawn above and below what is seen
const PRINTED = 300; // findings that are printed
const [POST, RULE, SEVERITY, LINE, COLUMN, MESSAGE, FIX, FIX_MESSAGE, SOURCE, CHANGE, MORE, IMPACT] =
  Array.from({ length: 12 }, (_, at) => at);
const findings = data.findings;
const list = document.getElementById("list");
const shown = document.getElementById("shown");
const active = document.getElementById("active");

const say = (name, values) => W[name].replace(/\{(\w+)\}/g, (all, key) => values[key] ?? all);
const number = value => value.toLocaleString("en-US");
const folderOf = path => path.slice(0, path.lastIndexOf("/") + 1);

function make(name, properties, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties || {})) {
    if (key === "class") element.className = value;
    else if (key in element) element[key] = value;
    else element.setAttribute(key, value);
  }
  element.append(...children.filter(child => child !== null && child !== undefined));
  return element;
}

// What the findings are filtered and sorted by: the address says it, so that it can be passed on.
const EMPTY = { text: "", rule: "", impact: "", folder: "", section: null, site: null, month: "", post: "",
  severity: SEVERITIES, sort: "severity" };

function read() {
  const said = new URLSearchParams(location.hash.includes("=") ? location.hash.slice(1) : "");
  const state = { ...EMPTY };
  for (const key of ["text", "rule", "impact", "folder", "section", "site", "month", "post", "sort"])
    if (said.has(key)) state[key] = said.get(key);
  if (said.has("severity"))
    state.severity = SEVERITIES.filter(one => said.get("severity").split(",").includes(one));
  return state;
}

function write(state) {
  const said = new URLSearchParams();
  for (const [key, value] of Object.entries(state)) {
    if (key === "severity") { if (value.length < 3) said.set(key, value.join(",")); }
    else if (value !== EMPTY[key]) said.set(key, value);
  }
  const hash = String(said) ? "#" + said : "#";
  history.replaceState(null, "", hash === "#" ? location.pathname + location.search : hash);
}

let state = read();
let rows = [];
const open = new Map(); // the finding, how much higher than a closed one it is

const lower = [];
function words(at) {
  if (lower[at] === undefined) {
    const one = findings[at];
    const source = one[SOURCE].map(line => line.slice(1).join("")).join("\n");
    lower[at] = [data.posts[one[POST]][0], data.rules[one[RULE]].join(" "), one[MESSAGE], source]
      .join("\n").toLowerCase();
  }
  return lower[at];
}

function fits(wanted, without) {
  const rule = data.rules.findIndex(one => one[0] === wanted.rule);
  const impact = data.impacts.indexOf(wanted.impact);
  const asked = wanted.text.toLowerCase().split(/\s+/).filter(Boolean);
  const severities = new Set(wanted.severity.map(one => SEVERITIES.indexOf(one)));
  const posts = data.posts.map(([path, place, month]) =>
    (!wanted.folder || path.startsWith(wanted.folder)) &&
    (!wanted.post || path === wanted.post) &&
    (!wanted.month || month.startsWith(wanted.month)) &&
    (wanted.section === null || data.places[place][0] === wanted.section) &&
    (wanted.site === null || data.places[place][1] === wanted.site));
  return at => {
    const one = findings[at];
    return posts[one[POST]] && (!wanted.rule || one[RULE] === rule) &&
      (!wanted.impact || one[IMPACT] === impact) &&
      (without === "severity" || severities.has(one[SEVERITY])) &&
      asked.every(word => words(at).includes(word));
  };
}

function orders(kind) {
  const month = at => data.posts[findings[at][POST]][2];
  const path = (a, b) => findings[a][POST] - findings[b][POST] || a - b;
  const code = at => data.rules[findings[at][RULE]][0];
  const dated = turn => (a, b) => {
    const [x, y] = [month(a), month(b)];
    if (x === y) return path(a, b);
    if (!x || !y) return x ? -1 : 1;
    return x < y ? -turn : turn;
  };
  return {
    severity: (a, b) => findings[a][SEVERITY] - findings[b][SEVERITY] || path(a, b),
    path,
    rule: (a, b) => code(a) === code(b) ? path(a, b) : code(a) < code(b) ? -1 : 1,
    newest: dated(-1),
    oldest: dated(1),
  }[kind] || path;
}

// A row has one height; an open one is as much higher as was measured.
let height = 104;
function top(index) {
  let sum = index * height;
  for (const [at, extra] of open) { const place = rank.get(at); if (place !== undefined && place < index) sum += extra; }
  return sum;
}
let rank = new Map(); // where an open finding stands among those shown
function ranks() {
  rank = new Map();
  if (open.size) rows.forEach((at, index) => { if (open.has(at)) rank.set(at, index); });
}
function indexAt(offset) {
  let low = 0, high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (top(middle + 1) <= offset) low = middle + 1; else high = middle;
  }
  return low;
}

const drawn = new Map();
const sizes = new ResizeObserver(entries => {
  let changed = false;
  for (const entry of entries) {
    const at = Number(entry.target.dataset.at);
    const extra = entry.target.offsetHeight - height;
    if (open.has(at) && Math.abs(open.get(at) - extra) >= 1) { open.set(at, extra); changed = true; }
  }
  if (changed) draw();
});

let printing = false;
function draw() {
  const total = top(rows.length);
  list.style.height = printing ? "auto" : total + "px";
  const above = -list.getBoundingClientRect().top;
  const first = printing ? 0 : Math.max(0, indexAt(above) - AHEAD);
  const last = printing ? Math.min(rows.length, PRINTED)
    : Math.min(rows.length, indexAt(above + innerHeight) + 1 + AHEAD);
  const wanted = new Map();
  for (let index = first; index < last; index++) wanted.set(rows[index], index);
  const focused = document.activeElement?.closest?.(".finding");
  for (const [at, element] of drawn) {
    if (wanted.has(at)) continue;
    if (element === focused && rows.includes(at)) { wanted.set(at, rows.indexOf(at)); continue; }
    sizes.unobserve(element);
    element.remove();
    drawn.delete(at);
  }
  let before = null;
  for (const [at, index] of [...wanted].sort((a, b) => a[1] - b[1])) {
    let element = drawn.get(at);
    if (!element) {
      element = row(at);
      drawn.set(at, element);
      if (open.has(at)) sizes.observe(element);
    }
    element.style.transform = printing ? "" : `translateY(${top(index)}px)`;
    element.setAttribute("aria-posinset", index + 1);
    element.setAttribute("aria-setsize", rows.length);
    const next = before ? before.nextSibling : list.firstChild;
    if (next !== element) list.insertBefore(element, next);
    before = element;
  }
}

let waiting = false;
function later() {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => { waiting = false; draw(); });
}

function marked(parts) {
  return parts.map((part, at) => at % 2 ? make("mark", {}, part) : part);
}

function firstLine(one) {
  const line = one[SOURCE].find(line => line.length > 2 || line[0] === one[LINE]) || one[SOURCE][0];
  if (!line) return null;
  const [, before = "", mark = "", after = ""] = line;
  const kept = before.length > 40 ? "…" + before.slice(-38) : before.trimStart();
  return make("div", { class: "line" }, kept, make("mark", {}, mark), after);
}

function row(at) {
  const one = findings[at];
  const severity = SEVERITIES[one[SEVERITY]];
  const [code, name] = data.rules[one[RULE]];
  const path = data.posts[one[POST]][0];
  const toggle = make("button", { class: "toggle", type: "button", "aria-expanded": String(open.has(at)) },
    make("span", { class: "code" }, code), make("span", {}, name),
    make("span", { class: "hidden" }, one[MESSAGE]));
  const meta = make("div", { class: "meta" }, toggle, make("span", { class: "tag " + severity }, W[severity]),
    one[FIX] === 1 ? make("span", { class: "tag fix" }, W["fixable mark"]) : null,
    make("span", { class: "where", title: path }, make("bdi", {}, `${path}:${one[LINE]}:${one[COLUMN]}`)));
  const head = make("div", { class: "head" }, meta, make("p", { class: "message", title: one[MESSAGE] }, one[MESSAGE]), firstLine(one));
  const box = make("div", { class: "box" }, head);
  const element = make("div", { class: "finding " + severity, role: "listitem" }, box);
  element.dataset.at = at;
  if (open.has(at) || printing) box.append(detail(at));
  return element;
}

function lines(rows, signs) {
  return make("div", { class: "lines", tabIndex: 0, role: "group", "aria-label": signs ? W.fix : W.source },
    ...rows.map(row => {
      const [sign, line, ...parts] = signs ? row : [" ", ...row];
      const kind = sign === "-" ? "removed" : sign === "+" ? "added" : "";
      return make("div", { class: kind },
        make("span", { class: "number", "aria-hidden": "true" }, line ? String(line) : ""),
        signs ? make("span", { class: "sign", "aria-hidden": "true" }, sign) : null,
        kind ? make("span", { class: "hidden" }, W[kind] + ": ") : null,
        make("span", { class: "text" }, ...marked(parts)));
    }));
}

function detail(at) {
  const one = findings[at];
  const code = data.rules[one[RULE]][0];
  const parts = [];
  parts.push(make("p", { class: "full" }, one[MESSAGE]));
  if (one[SOURCE].length) parts.push(make("h4", {}, W.source), lines(one[SOURCE], false));
  if (one[FIX]) {
    parts.push(make("h4", {}, `${W.fix}: ${one[FIX_MESSAGE]} (${W[one[FIX] === 1 ? "safe" : "unsafe"]})`));
    if (one[CHANGE].length) parts.push(lines(one[CHANGE], true));
    if (one[MORE]) parts.push(make("p", {}, say("more places", { number: number(one[MORE]) })));
  }
  const why = document.getElementById("why-" + code);
  if (why) parts.push(make("h4", {}, W.why), make("div", { class: "why" }, why.content.cloneNode(true)));
  const opener = editorLink(one);
  if (opener) parts.push(make("p", { class: "open" }, make("a", { href: opener }, W.open)));
  const only = (words, change) => {
    const button = make("button", { type: "button" }, words);
    button.addEventListener("click", () => change_to({ ...EMPTY, ...change }));
    return button;
  };
  parts.push(make("div", { class: "links" },
    only(say("same rule", { code }), { rule: code }),
    only(W["same post"], { post: data.posts[one[POST]][0] })));
  return make("div", { class: "detail" }, ...parts);
}

const impactWords = impact => W[impact === "post" ? "post impact" : impact] ?? impact;

// The place of a finding in an editor. A post's path is only ever part of the URL's path or query.
function editorLink(one) {
  const path = data.posts[one[POST]][0];
  if (!data.editor || !data.folder || /^[a-z][a-z0-9+.-]*:\/\//i.test(path)) return null;
  const whole = path.startsWith("/") ? path : data.folder.replace(/\/$/, "") + "/" + path;
  const place = { path: encodeURI(whole).replace(/[?#&]/g, encodeURIComponent), line: one[LINE], column: one[COLUMN] };
  return data.editor.replace(/\{(path|line|column)\}/g, (all, key) => place[key])
    .replace(/^([a-z][a-z0-9+.-]*:\/\/file)\/\//i, "$1/");
}

// The findings that are shown, as a spreadsheet reads them: none is a formula there.
const COLUMNS = "path,line,column,severity,impact,code,name,message,fix";
function csv() {
  const cell = value => {
    const text = String(value);
    const inert = /^[=+\-@\t\r]/.test(text) ? "'" + text : text;
    return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
  };
  const fixes = ["", "safe", "unsafe"];
  const lines = rows.map(at => {
    const one = findings[at];
    const [code, name] = data.rules[one[RULE]];
    return [data.posts[one[POST]][0], one[LINE], one[COLUMN], SEVERITIES[one[SEVERITY]],
      data.impacts[one[IMPACT]], code, name, one[MESSAGE], fixes[one[FIX]]].map(cell).join(",");
  });
  return "\ufeff" + [COLUMNS, ...lines, ""].join("\r\n");
}
document.getElementById("download").addEventListener("click", () => {
  const address = URL.createObjectURL(new Blob([csv()], { type: "text/csv;charset=utf-8" }));
  const link = make("a", { href: address, download: "newslint.csv" });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
});

function toggle(element) {
  const at = Number(element.dataset.at);
  const button = element.querySelector(".toggle");
  if (open.has(at)) {
    open.delete(at);
    sizes.unobserve(element);
    element.querySelector(".detail").remove();
  } else {
    element.querySelector(".box").append(detail(at));
    open.set(at, element.offsetHeight - height);
    sizes.observe(element);
  }
  button.setAttribute("aria-expanded", String(open.has(at)));
  ranks();
  draw();
}

function apply() {
  const fit = fits(state);
  rows = [];
  for (let at = 0; at < findings.length; at++) if (fit(at)) rows.push(at);
  rows.sort(orders(state.sort));
  for (const element of drawn.values()) { sizes.unobserve(element); element.remove(); }
  drawn.clear();
  ranks();
  count();
  draw();
}

function count() {
  const total = number(findings.length);
  shown.textContent = findings.length === 1 && rows.length ? W["shown one"]
    : rows.length === findings.length ? say("shown all", { total })
    : rows.length ? say("shown", { shown: number(rows.length), total }) : W["nothing shown"];
  const others = fits(state, "severity");
  const each = [0, 0, 0];
  for (let at = 0; at < findings.length; at++) if (others(at)) each[findings[at][SEVERITY]]++;
  SEVERITIES.forEach((name, at) => {
    form.querySelector(`[data-count=${name}]`).textContent = number(each[at]);
  });
  for (const key of ["text", "rule", "impact", "folder", "sort"]) form.elements[key].value = state[key];
  for (const box of form.elements.severity) box.checked = state.severity.includes(box.value);
  chips();
}

function chips() {
  const told = { section: W.section, site: W.site, month: W.month, post: W.path, rule: W.rule, impact: W.impact, folder: W.folder, text: W.search };
  const buttons = [];
  for (const [key, name] of Object.entries(told)) {
    if (state[key] === EMPTY[key]) continue;
    const value = key === "impact" ? impactWords(state[key]) : state[key];
    const words = `${name}: ${value || W.none}`;
    const button = make("button", { type: "button", title: words, "aria-label": say("remove", { filter: words }) },
      words + " ×");
    button.addEventListener("click", () => change_to({ ...state, [key]: EMPTY[key] }));
    buttons.push(button);
  }
  if (buttons.length > 1 || state.severity.length < 3 && buttons.length) {
    const clear = make("button", { type: "button" }, W.clear);
    clear.addEventListener("click", () => change_to({ ...EMPTY, sort: state.sort }));
    buttons.push(clear);
  }
  active.replaceChildren(...buttons);
}

function change_to(next) {
  state = next;
  write(state);
  apply();
  if (list.getBoundingClientRect().top < 0) document.getElementById("state").scrollIntoView();
}

// The choices of the filters.
function choices() {
  const rules = new Map(), folders = new Map(), impacts = new Map();
  for (const one of findings) {
    impacts.set(one[IMPACT], (impacts.get(one[IMPACT]) || 0) + 1);
    rules.set(one[RULE], (rules.get(one[RULE]) || 0) + 1);
    const path = data.posts[one[POST]][0];
    for (let at = path.indexOf("/"); at >= 0; at = path.indexOf("/", at + 1)) {
      const folder = path.slice(0, at + 1);
      folders.set(folder, (folders.get(folder) || 0) + 1);
    }
  }
  const option = (value, words, times) => make("option", { value }, `${words} (${number(times)})`);
  form.elements.rule.append(...[...rules].sort((a, b) => data.rules[a[0]][0] < data.rules[b[0]][0] ? -1 : 1)
    .map(([at, times]) => option(data.rules[at][0], data.rules[at].join(" "), times)));
  form.elements.impact.append(...[...impacts].sort((a, b) => a[0] - b[0])
    .map(([at, times]) => option(data.impacts[at], impactWords(data.impacts[at]), times)));
  form.elements.folder.append(...[...folders].sort((a, b) => a[0] < b[0] ? -1 : 1)
    .slice(0, 2000).map(([folder, times]) => option(folder, folder, times)));
}

function measure() {
  const said = parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--row"));
  if (said && said !== height) { height = said; return true; }
  return false;
}

let typing = 0;
form.addEventListener("submit", event => event.preventDefault());
form.addEventListener("input", event => {
  const input = event.target;
  const change = () => {
    const next = { ...state };
    if (input.name === "severity")
      next.severity = [...form.elements.severity].filter(box => box.checked).map(box => box.value);
    else next[input.name] = input.value;
    change_to(next);
  };
  clearTimeout(typing);
  if (input.name === "text") typing = setTimeout(change, 150); else change();
});
list.addEventListener("click", event => {
  const button = event.target.closest(".toggle");
  if (button) toggle(button.closest(".finding"));
});
list.addEventListener("keydown", event => {
  const element = event.target.closest(".finding");
  if (!element || !event.target.classList.contains("toggle")) return;
  const here = rows.indexOf(Number(element.dataset.at));
  const steps = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: rows.length - 1,
    PageDown: here + 10, PageUp: here - 10 };
  if (!(event.key in steps)) return;
  event.preventDefault();
  focus(Math.max(0, Math.min(rows.length - 1, steps[event.key])));
});
function focus(index) {
  const place = list.getBoundingClientRect().top + scrollY + top(index);
  const bar = document.getElementById("state").offsetHeight;
  if (place - bar < scrollY || place + height > scrollY + innerHeight)
    scrollTo(0, Math.max(0, place - innerHeight / 2));
  draw();
  drawn.get(rows[index])?.querySelector(".toggle").focus({ preventScroll: true });
}
addEventListener("hashchange", () => {
  if (location.hash && !location.hash.includes("=")) return;
  state = read();
  apply();
  document.getElementById("findings").scrollIntoView();
});
document.addEventListener("click", event => {
  const column = event.target.closest("[data-filter]");
  if (column) location.hash = column.dataset.filter;
  const link = event.target.closest("a[href^='#']");
  // The same filter again: the address does not change, and the list is where it leads.
  if (link && link.getAttribute("href").includes("=") && decodeURI(location.hash) === decodeURI(link.getAttribute("href") ?? link.href.baseVal))
    document.getElementById("findings").scrollIntoView();
});
addEventListener("scroll", later, { passive: true });
addEventListener("resize", () => { if (measure()) apply(); else later(); });
new ResizeObserver(later).observe(document.querySelector("main"));

function print(now) {
  printing = now;
  for (const element of drawn.values()) { sizes.unobserve(element); element.remove(); }
  drawn.clear();
  shown.dataset.printed = "";
  draw();
  if (now && rows.length > PRINTED)
    shown.textContent = say("printed", { number: number(PRINTED), total: number(rows.length) });
  else count();
}
addEventListener("beforeprint", () => print(true));
addEventListener("afterprint", () => print(false));

form.hidden = false;
document.getElementById("state").hidden = false;
choices();
measure();
apply();
if (rows.length && !location.hash) toggle(drawn.get(rows[0]));
else if (location.hash.includes("=")) document.getElementById("findings").scrollIntoView();
})();
