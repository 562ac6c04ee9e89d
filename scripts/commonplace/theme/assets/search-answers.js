// Answers queries: asks Pagefind's index, mends what was misspelt, and adds what holds only some of the words.
// Knows no page.

import { fold, Vocabulary } from "./search-spelling.js";

// What a match in each field adds to the rank of the text. The fields of weight 0 are found and shown, but rank
// by others in which no word counts twice. A year or a kind only narrows.
const RANKING = {
  metaWeights: {
    title: 0,
    authors: 0,
    names: 0,
    name: 0,
    called: 0,
    also_called: 0,
    begun: 0,
    identifiers: 0,
    ranked_title: 5,
    ranked_names: 6,
    ranked_lesser_names: 5,
    ranked_path: 1,
    ranked_authors: 4,
    ranked_first_author: 1,
    topics: 1,
    kind: 0.5,
    sorts: 0.5,
    year: 0.5,
  },
};
const NAMING = new Set(["title", "names", "name", "called", "also_called", "identifiers"]);
const WHOLE_NAMES = new Set(["name", "called", "also_called", "begun"]);
const WHOLE = "‿"; // ends each name that is indexed as one word
const PASSAGE = 30; // words of a passage, as Pagefind cuts it
const BEGUN = 1.25; // what a rank is multiplied by where a name begins with the query
const TOGETHER = 1; // what it gains, times itself, where all neighbours in the query are neighbours in the record
const MANY = 500; // results above which neighbours are not looked for: it takes as long as the square of their number
const TIERS = { name: 3, called: 3, also_called: 2, begun: 0 }; // by the field that holds the whole query as a name
const UNNAMED = { tier: 0, factor: 1 };
const NOTHING = { found: [], counts: {}, totals: {} };
const FEW = 8; // results below which those that hold only some of the words are added

const LITTLE = new Set(
  "a about al an and are as at be by can do does et for from how i in is it of on or that the this to vs was what when which who why with".split(
    " ",
  ),
);

// What is said beside a name: `the lora paper`.
const SORTS = new Set("article blog code github paper post talk video".split(" "));

const ARXIV_ID = /(?<!\d)(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?\/\d{7})(?:v\d+)?(?:\.pdf)?$/;
const DOI_ADDRESS = /^https?:\/\/(?:dx\.)?doi\.org\//;

/** A pasted address, or an id with its version, as the bare id that the index holds. */
function identified(word) {
  const id = word.match(ARXIV_ID);
  return id ? id[1] : word.replace(DOI_ADDRESS, "");
}

/** The words of a query: `low-rank` is two, but `4-bit` is one. */
function wordsOf(query) {
  return query
    .split(/\s+/)
    .map(identified)
    .flatMap((word) => {
      const parts = word.split(/[\p{Pd}_]/u).filter(fold);
      return parts.length === 2 && parts.some((part) => fold(part).length === 1) ? [word] : parts;
    });
}

/** The names that a query may be, folded: all of it, what tells in it, and that without the sort of work. */
function namesIn(meant, telling) {
  const named = telling.filter((word) => !SORTS.has(fold(word)));
  return [...new Set([meant, telling.join(""), named.join("")].map(fold).filter(Boolean))];
}

/** The neighbours in a query, where both tell something. */
function pairsIn(mended) {
  const tells = (word) => word !== null && !LITTLE.has(fold(word));
  return mended.slice(1).flatMap((word, at) => ([mended[at], word].every(tells) ? [[mended[at], word]] : []));
}

/** Where each record stands by its names, by its id: it may bear one that begins so, or the whole. */
function standingOf(begun, whole) {
  const standing = new Map();
  const raise = (id, tier) => standing.set(id, { tier: Math.max(tier, standing.get(id)?.tier ?? 0), factor: BEGUN });
  for (const { id, matchedMetaFields: fields = [] } of begun) {
    if (fields.some((field) => WHOLE_NAMES.has(field))) raise(id, fields.includes("name") ? 1 : 0);
  }
  for (const { id, matchedMetaFields: fields = [] } of whole) raise(id, TIERS[fields[0]] ?? 0);
  return standing;
}

/** Opens the index of the site at `base`, a URL that ends in a slash. */
export async function openIndex(base) {
  const pagefind = await import(new URL("pagefind/pagefind.js", base).href);
  // A query takes milliseconds at thousands of notes; a worker would load the program a second time.
  await pagefind.options({ baseUrl: base.pathname, excerptLength: PASSAGE, ranking: RANKING, noWorker: true });
  await pagefind.init();
  return new Index(pagefind, new URL("pagefind/words.pack", base));
}

class Index {
  #pagefind;
  #wordsAddress;
  #vocabulary = null;

  constructor(pagefind, wordsAddress) {
    this.#pagefind = pagefind;
    this.#wordsAddress = wordsAddress;
  }

  /** Loads the facets, and gives the number of records for each value; from now on answers have such counts too. */
  async facets() {
    const counts = await this.#pagefind.filters();
    return { counts, totals: counts };
  }

  /**
   * The answer to a query under filters: what was `found`, what holds only part of it (`partly`), the `corrected`
   * query where another was meant than written, and the words that are `missing` from every record. `verbatim`
   * corrects nothing.
   */
  async ask(query, { filters = {}, verbatim = false } = {}) {
    const written = wordsOf(query);
    const quoted = /^\s*".+"\s*$/.test(query);
    const mended = await Promise.all(
      written.map(async (word) => (quoted || LITTLE.has(fold(word)) ? word : this.#mended(word, verbatim))),
    );
    const meant = mended.map((word, at) => word ?? written[at]).join(" ");
    const known = mended.filter((word) => word !== null);
    const telling = known.filter((word) => !LITTLE.has(fold(word)));
    const words = telling.length ? telling : known;
    const asked = { query: quoted ? query : words.join(" "), names: namesIn(meant, telling), pairs: pairsIn(mended) };
    const answer = written.length && !words.length ? NOTHING : await this.#found(asked, filters);
    return {
      ...answer,
      words,
      partly: answer.found.length < FEW && words.length > 1 && !quoted ? await this.#partly(words, answer, filters) : [],
      corrected: meant === written.join(" ") ? null : meant,
      missing: written.filter((_, at) => mended[at] === null),
    };
  }

  /**
   * What holds the `query`: first what bears one of the `names`, then what the book names by a word that begins so,
   * then the rest, by its rank. Without a query all that the filters let through.
   */
  async #found({ query, names, pairs }, filters) {
    const [answer, ...whole] = await Promise.all([
      this.#pagefind.search(query || null, { filters }),
      ...names.map((name) => this.#pagefind.search(`"${name}${WHOLE}"`)),
    ]);
    // Of a single word it is known already in which fields something begins so.
    const begun = query.includes(" ") ? [] : answer.results;
    const standing = standingOf(begun, whole.flatMap(({ results }) => results));
    const shares = answer.results.length > MANY ? new Map() : await this.#shares(pairs);
    const ranked = answer.results.map((result) => {
      const { tier, factor } = standing.get(result.id) ?? UNNAMED;
      return { result, tier, worth: result.score * factor * (1 + TOGETHER * (shares.get(result.id) ?? 0)) };
    });
    ranked.sort((a, b) => b.tier - a.tier || b.worth - a.worth);
    return { found: ranked.map(({ result }) => result), counts: answer.filters, totals: answer.totalFilters };
  }

  /** The share of these pairs of words that each record holds side by side, by its id. */
  async #shares(pairs) {
    const shares = new Map();
    const answers = await Promise.all(pairs.map((pair) => this.#pagefind.search(`"${pair.join(" ")}"`)));
    for (const { id } of answers.flatMap(({ results }) => results)) {
      shares.set(id, (shares.get(id) ?? 0) + 1 / pairs.length);
    }
    return shares;
  }

  /** The records that hold some of the words, those that hold more of them first. */
  async #partly(words, { found }, filters) {
    const answers = await Promise.all(words.map((word) => this.#pagefind.search(word, { filters })));
    const seen = new Set(found.map(({ id }) => id));
    const merged = new Map();
    for (const result of answers.flatMap(({ results }) => results)) {
      if (seen.has(result.id)) continue;
      const { held, score } = merged.get(result.id) ?? { held: 0, score: 0 };
      merged.set(result.id, { result, held: held + 1, score: score + result.score });
    }
    const ordered = [...merged.values()].sort((a, b) => b.held - a.held || b.score - a.score);
    return ordered.slice(0, FEW).map(({ result }) => result);
  }

  /** The word where some record holds it or one that begins so, else the one that was meant, else null. */
  async #mended(word, verbatim) {
    const folded = fold(word);
    if ((await this.#holds(folded)) || (await this.#begins(folded))) return word;
    return verbatim ? null : (await this.#words()).closest(folded);
  }

  /** Whether some record holds the word; in quotes Pagefind takes no other word that begins alike. */
  async #holds(word) {
    return (await this.#pagefind.search(`"${word}"`)).unfilteredResultCount > 0;
  }

  /** Whether what Pagefind finds for a word begins with it; where nothing does, Pagefind takes a part of the word. */
  async #begins(word) {
    const { results } = await this.#pagefind.search(word);
    if (!results.length) return false;
    const { content, meta } = await results[0].data();
    const text = content.split(/\s+/);
    const metadata = Object.entries(meta).flatMap(([field, words]) => (WHOLE_NAMES.has(field) ? [] : words.split(" ")));
    return [...results[0].words.map((at) => text[at] ?? ""), ...metadata].some((written) => {
      const parts = written.split(/\p{P}/u).filter(Boolean);
      // `p-tuning` is also one word, but `llm-as-a-judge` does not make `llma` the beginning of one.
      const readings = parts.length > 2 ? parts : [written, ...parts];
      return readings.some((reading) => fold(reading).startsWith(word));
    });
  }

  #words() {
    this.#vocabulary ??= fetch(this.#wordsAddress)
      .then((response) => new Response(response.body.pipeThrough(new DecompressionStream("gzip"))).json())
      .then((packed) => new Vocabulary(packed));
    return this.#vocabulary;
  }
}

/** What is shown of a found record: texts in pieces, of which those that match the words are marked. */
export async function shown(found, words) {
  const data = await found.data();
  const { title, kind, year, authors } = data.meta;
  const [first, ...others] = authors ? authors.split(", ") : [];
  const best = bestSection(data);
  const inTextOnly = best && !found.matchedMetaFields?.some((field) => NAMING.has(field));
  return {
    page: data.url,
    url: inTextOnly ? best.url : data.url,
    title: marked(title, words),
    facts: [kind, year, others.length ? `${first} et al.` : first].filter(Boolean),
    passage: passage(best ?? data, data.content),
  };
}

/** The section of which a passage matches most. */
function bestSection({ sub_results: sections }) {
  const ranked = sections.map((section) => ({ section, worth: density(section.weighted_locations) }));
  return ranked.sort((a, b) => b.worth - a.worth)[0]?.section;
}

/** What matches are worth together where they stand closest: within a passage of as many words as are shown. */
function density(matches) {
  const worth = ({ location: start }) =>
    matches.reduce((sum, { location, balanced_score: score }) => {
      const within = location >= start && location < start + PASSAGE;
      return within ? sum + score : sum;
    }, 0);
  return Math.max(...matches.map(worth));
}

/** A title in pieces, those marked that begin with a word of the query. */
function marked(title, words) {
  const starts = words.map(fold);
  return title
    .split(/([\s\p{P}]+)/u)
    .map((text) => ({ text, mark: starts.some((start) => fold(text).startsWith(start)) }));
}

const plain = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">");

/** Pagefind's excerpt in pieces. It is HTML in which only `mark` is a tag and only angle brackets are escaped. */
function passage({ excerpt, plain_excerpt: unmarked, anchor }, content) {
  const heading = anchor ? `${anchor.text}. ` : "";
  const atHeading = Boolean(heading) && excerpt.startsWith(heading);
  const pieces = excerpt
    .slice(atHeading ? heading.length : 0)
    .split(/(<mark>.*?<\/mark>)/)
    .flatMap((text) => (text.startsWith("<mark>") ? core(plain(text.slice(6, -7))) : { text: plain(text), mark: false }));
  if (!atHeading && !content.startsWith(plain(unmarked))) pieces.unshift({ text: "… ", mark: false });
  if (!content.endsWith(plain(unmarked))) pieces.push({ text: " …", mark: false });
  return pieces;
}

/** A marked word with the punctuation around it left out of the mark. */
function core(text) {
  const [, before, word, after] = text.match(/^(\P{L}*?)([\p{L}\p{N}].*?)(\p{P}*)$/u) ?? [null, "", text, ""];
  return [
    { text: before, mark: false },
    { text: word, mark: true },
    { text: after, mark: false },
  ];
}
