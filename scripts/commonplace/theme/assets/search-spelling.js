// Finds the word that a misspelt one was meant to be: words and edit distances, no page and no network.

const ACCENTS = /\p{M}/gu;
const NEITHER_LETTER_NOR_DIGIT = /[^\p{L}\p{N}]+/gu;

/** A word as the index holds it: without case, accents and punctuation. */
export function fold(word) {
  return word.toLowerCase().normalize("NFKD").replace(ACCENTS, "").replace(NEITHER_LETTER_NOR_DIGIT, "");
}

/** How many slips a word of this length may hold; of three letters only two may have changed places. */
function allowance(length) {
  if (length < 3) return 0;
  return length < 7 ? 1 : length < 10 ? 2 : 3;
}

/**
 * The number of insertions, deletions, substitutions and swaps of neighbours that lead from one word to the
 * other, or Infinity where there are more than `most`.
 */
export function distance(from, to, most) {
  if (Math.abs(from.length - to.length) > most) return Infinity;
  let beforeLast = [];
  let last = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const same = from[i - 1] === to[j - 1];
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1));
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      if (swapped) row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
    }
    if (Math.min(...row) > most) return Infinity;
    [beforeLast, last] = [last, row];
  }
  return last[to.length] <= most ? last[to.length] : Infinity;
}

const letters = (word) => [...word].sort().join("");

/** The words by which works are called, as `words.pack` holds them: each number of works with its words. */
export class Vocabulary {
  #counts;

  constructor(packed) {
    const entries = Object.entries(packed);
    this.#counts = new Map(entries.flatMap(([count, words]) => words.split(" ").map((word) => [word, Number(count)])));
  }

  /**
   * The word that `written` was most likely meant to be, or null. The fewest slips win; then the same letters in
   * another order, the same first and last letter, which are seldom wrong, and the word of most works.
   */
  closest(written) {
    const most = allowance(written.length);
    let best = null;
    for (const [word, count] of most ? this.#counts : []) {
      const slips = distance(written, word, most);
      if (slips === Infinity) continue;
      const reordered = letters(word) === letters(written);
      if (written.length === 3 && !reordered) continue;
      const ends = (word[0] === written[0]) + (word.at(-1) === written.at(-1));
      const merits = [-slips, Number(reordered), ends, count];
      if (!best || compare(merits, best.merits) > 0) best = { word, merits };
    }
    return best && best.word;
  }
}

function compare(one, other) {
  const at = one.findIndex((merit, index) => merit !== other[index]);
  return at < 0 ? 0 : one[at] - other[at];
}
