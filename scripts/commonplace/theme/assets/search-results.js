// Makes the elements that show an answer. What was found is set as text and never read as HTML.

const MOST_CHOICES = 100; // values that a facet offers: those of most results

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** How much was found, in words. */
export function count({ found, partly }) {
  if (found.length) return [`${found.length.toLocaleString("en")} ${found.length === 1 ? "result" : "results"}`];
  return [partly.length ? "Nothing holds all of these words; these hold some." : "Nothing found."];
}

/** What was read otherwise than written, with a way to insist. */
export function remark({ corrected, missing, words }, query, insist) {
  const said = [];
  if (corrected) {
    const instead = element("button", { type: "button", onclick: insist }, query);
    said.push("Showing results for ", element("strong", {}, corrected), "; search instead for ", instead, ".");
  }
  if (missing.length && words.length) {
    said.push(said.length ? " " : "", `Left out, as nothing holds it: ${missing.join(", ")}.`);
  }
  return said;
}

/** The results as list items; before the one at `whole` a line says that the rest holds only some of the words. */
export function items(records, whole) {
  const made = records.map(item);
  if (whole > 0 && whole < records.length) {
    made.splice(whole, 0, element("li", { className: "search-divider" }, "Holding only some of the words"));
  }
  return made;
}

function item({ url, title, facts, passage }) {
  const article = element(
    "article",
    { className: "md-search-result__article" },
    element("p", { className: "search-title" }, ...pieces(title)),
    element("p", { className: "search-facts" }, facts.join(" · ")),
    element("p", { className: "search-passage" }, ...pieces(passage)),
  );
  const link = element("a", { className: "md-search-result__link", href: url }, article);
  return element("li", { className: "md-search-result__item" }, link);
}

function pieces(parts) {
  return parts.map(({ text, mark }) => (mark ? element("mark", {}, text) : text));
}

/** Fills each facet with its values and the number of results that have them. */
export function offer(choices, { counts, totals }) {
  for (const select of choices) {
    // The other facets narrow what one offers; its own choice does not, or it could not be changed.
    const values = (select.value ? totals : counts)[select.name];
    if (values) fill(select, values);
  }
}

function fill(select, values) {
  const chosen = select.value;
  const present = Object.entries(values).filter(([value, number]) => number || value === chosen);
  const offered = present.sort(([a, m], [b, n]) => n - m || a.localeCompare(b)).slice(0, MOST_CHOICES);
  if (select.name === "year") offered.sort(([a], [b]) => b - a);
  if (chosen && !offered.some(([value]) => value === chosen)) offered.push([chosen, 0]);
  const options = offered.map(([value, number]) => element("option", { value }, `${value} (${number})`));
  select.replaceChildren(element("option", { value: "" }, "any"), ...options);
  select.value = chosen;
}
