// Makes the table of all papers sortable and filterable; without it the table is whole and in order of title.

const FILTERS = ["Topic", "Year", "Venue", "Kind", "Status"];

const text = (row, column) => row.cells[column].textContent.trim();

const collator = new Intl.Collator("en", { numeric: true });

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** The values of a column, each once; a cell may list several, as links. */
function values(row, column) {
  const links = row.cells[column].querySelectorAll("a");
  return links.length ? [...links].map((link) => link.textContent.trim()) : [text(row, column)];
}

function sortable(table, rows, headings) {
  headings.forEach((heading, column) => {
    const button = element("button", { type: "button" }, ...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => {
      const ascending = heading.getAttribute("aria-sort") !== "ascending";
      headings.forEach((other) => other.removeAttribute("aria-sort"));
      heading.setAttribute("aria-sort", ascending ? "ascending" : "descending");
      const sign = ascending ? 1 : -1;
      rows.sort((a, b) => sign * collator.compare(text(a, column), text(b, column)));
      table.tBodies[0].append(...rows);
    });
  });
}

function filterable(container, rows, headings) {
  const shown = element("output", {});
  const chosen = new Map();
  const needle = element("input", { type: "search", placeholder: "Title or author" });
  needle.setAttribute("aria-label", "Filter by title or author");

  const apply = () => {
    const word = needle.value.trim().toLowerCase();
    let count = 0;
    for (const row of rows) {
      const fits =
        [...chosen].every(([column, value]) => !value || values(row, column).includes(value)) &&
        (!word || row.textContent.toLowerCase().includes(word));
      row.hidden = !fits;
      count += fits;
    }
    shown.value = `${count} of ${rows.length}`;
  };

  const controls = element("div", { className: "controls" }, needle);
  for (const name of FILTERS) {
    const column = headings.findIndex((heading) => heading.textContent.trim() === name);
    const choices = [...new Set(rows.flatMap((row) => values(row, column)))].filter(Boolean).sort(collator.compare);
    const select = element("select", {}, element("option", { value: "" }, `Any ${name.toLowerCase()}`));
    select.append(...choices.map((choice) => element("option", { value: choice }, choice)));
    select.setAttribute("aria-label", name);
    select.addEventListener("change", () => {
      chosen.set(column, select.value);
      apply();
    });
    controls.append(select);
  }
  needle.addEventListener("input", apply);
  controls.append(shown);
  container.prepend(controls);
  apply();
}

const container = document.querySelector(".works");
const table = container?.querySelector("table");
if (table) {
  const headings = [...table.tHead.rows[0].cells];
  const rows = [...table.tBodies[0].rows];
  filterable(container, rows, headings);
  sortable(table, rows, headings);
}
