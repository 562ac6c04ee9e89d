// The search box: opens with a key, a click or `?q=` in the address, asks while somebody types, and can be used
// with the keyboard alone. The index and what reads it are loaded when somebody first wants to search.

const BASE = new URL("..", import.meta.url);
const PAGE = 6; // results shown at once; more come on request
const PAUSE = 80; // milliseconds without a key before a query is asked
const LONG_PAUSE = 300; // the same for a single letter, which finds nearly everything and is seldom meant

const toggle = document.querySelector("[data-md-toggle=search]");
const box = document.querySelector(".md-search");
const form = box.querySelector("form");
const input = form.elements.q;
const output = box.querySelector(".md-search__output");
const status = box.querySelector(".search-status");
const remark = box.querySelector(".search-remark");
const filter = box.querySelector(".search-filter");
const facets = box.querySelector(".search-facets");
const choices = [...facets.querySelectorAll("select")];
const list = box.querySelector(".md-search-result__list");
const more = box.querySelector(".search-more");

const links = () => [...list.querySelectorAll("a")];

// ---- Asking -------------------------------------------------------------------------------------------------

let parts = null;

/** The index, and the functions that read and show what it finds. */
function loaded() {
  parts ??= Promise.all([import("./search-answers.js"), import("./search-results.js")])
    .then(async ([answers, results]) => ({ index: await answers.openIndex(BASE), shown: answers.shown, results }))
    .catch((fault) => {
      parts = null; // the next query tries again
      throw fault;
    });
  return parts;
}

let turn = 0;
let answered = Promise.resolve();

/** Asks what stands in the box, after a pause, and shows the answer unless something else was asked meanwhile. */
function ask({ verbatim = false, pause = 0 } = {}) {
  const mine = ++turn;
  answered = answer(verbatim, pause, () => mine !== turn).catch((fault) => {
    console.error(fault);
    if (mine !== turn) return;
    clear("Search could not be loaded. ", allPapers());
  });
}

async function answer(verbatim, pause, stale) {
  const query = input.value.trim();
  const filters = Object.fromEntries(choices.filter(({ value }) => value).map(({ name, value }) => [name, value]));
  if (!query && !Object.keys(filters).length) return clear("Titles, authors, acronyms, ids and the full text");
  const [{ index, shown, results }] = await Promise.all([loaded(), new Promise((done) => setTimeout(done, pause))]);
  if (stale()) return;
  const found = await index.ask(query, { filters, verbatim });
  if (stale()) return;
  const read = (some) => Promise.all(some.map((record) => shown(record, found.words)));
  const all = [...found.found, ...found.partly];
  const first = await read(all.slice(0, PAGE));
  if (stale()) return;
  status.replaceChildren(...results.count(found), ...(all.length ? [] : [" ", allPapers()]));
  remark.replaceChildren(...results.remark(found, query, () => ask({ verbatim: true })));
  list.replaceChildren(...results.items(first, found.found.length));
  output.firstElementChild.scrollTop = 0;
  results.offer(choices, found);
  more.hidden = all.length <= PAGE;
  more.onclick = async () => {
    const start = list.querySelectorAll("a").length;
    const next = await read(all.slice(start, start + PAGE));
    list.append(...results.items(next, found.found.length - start));
    more.hidden = all.length <= start + PAGE;
    links()[start].focus();
  };
}

function clear(...said) {
  status.replaceChildren(...said);
  remark.replaceChildren();
  list.replaceChildren();
  more.hidden = true;
}

function allPapers() {
  const link = document.createElement("a");
  link.href = new URL("papers/", BASE).href;
  link.textContent = "All papers";
  return link;
}

input.addEventListener("input", () => ask({ pause: input.value.trim().length > 1 ? PAUSE : LONG_PAUSE }));
form.addEventListener("reset", () =>
  setTimeout(() => {
    // Only after this event is the box empty.
    input.focus();
    ask();
  }),
);
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  await answered;
  links()[0]?.click();
});

filter.addEventListener("click", async () => {
  facets.hidden = !facets.hidden;
  filter.setAttribute("aria-expanded", String(!facets.hidden));
  if (facets.hidden) return;
  const { index, results } = await loaded();
  results.offer(choices, await index.facets());
  ask();
});
facets.addEventListener("change", () => {
  const chosen = choices.filter(({ value }) => value).length;
  filter.textContent = chosen ? `Filter (${chosen})` : "Filter";
  ask();
});

// ---- Opening and closing ------------------------------------------------------------------------------------

let before = null; // what had the focus when a key opened the box

/** The state is Material's checkbox: its style sheet shows the box by it, and its script locks scrolling by it. */
function setOpen(open) {
  if (toggle.checked !== open) toggle.click();
}

toggle.addEventListener("change", () => {
  output.inert = !toggle.checked;
  if (toggle.checked) {
    if (document.activeElement !== input) input.focus();
    return;
  }
  if (box.contains(document.activeElement)) document.activeElement.blur();
  before?.focus({ preventScroll: true });
  before = null;
  const address = new URL(location.href);
  if (!address.searchParams.has("q")) return;
  address.searchParams.delete("q");
  history.replaceState(history.state, "", address);
});

input.addEventListener("focus", () => {
  setOpen(true);
  if (!status.hasChildNodes()) ask();
  loaded().catch(() => {}); // a fault is told when something is asked
});
box.addEventListener("focusout", ({ relatedTarget }) => {
  if (relatedTarget && relatedTarget !== toggle && !box.contains(relatedTarget)) {
    before = null; // the focus goes where it was sent
    setOpen(false);
  }
});
box.addEventListener("click", ({ target }) => {
  if (target.closest("a")) setOpen(false);
});

const linked = new URL(location.href).searchParams.get("q");
if (linked) {
  input.value = linked;
  input.focus();
  ask();
}

// ---- Keys ---------------------------------------------------------------------------------------------------

const FIELDS = "input:not([type=radio]), select, textarea, [contenteditable]";

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (toggle.checked) whileOpen(event);
  else if (["/", "s", "f"].includes(event.key) && !event.target.closest(FIELDS)) {
    event.preventDefault();
    before = document.activeElement;
    input.focus();
    input.select();
  }
});

function whileOpen(event) {
  const { key, target } = event;
  if (key === "Escape") {
    event.preventDefault();
    setOpen(false);
  } else if (target.closest("select")) return;
  else if (key === "ArrowDown") move(event, 1);
  else if (key === "ArrowUp") move(event, -1);
  // Who types on while a result has the focus goes on with the query.
  else if ((key.length === 1 && key !== " ") || key === "Backspace") input.focus();
}

function move(event, step) {
  const stops = [input, ...links(), ...(more.hidden ? [] : [more])];
  const at = Math.max(stops.indexOf(document.activeElement), 0);
  stops[(at + step + stops.length) % stops.length].focus();
  event.preventDefault();
}
