// Finds releases: lays Pagefind's indexes of periods together, and no more of them than a question needs.
// A question is {q, year, rubric, tag, department, order}, texts all, "" for what is not asked.

const FIRST = 300, NEXT = 1600; // releases that are searched at first, and more of them at a time: a year's
const UNASKED = 1500; // releases that are searched before a reader is asked whether to go on, if nothing is found
const QUARTER = 400; // releases, about
const REGISTER = "register"; // an index whose results are quarters: which of them have a word
const WORDS = 24; // in an excerpt
const EVERY = "ъ"; // a word of each release: without one Pagefind would load all words
const ALIKE = 8; // results that are looked into where no word is found as it was asked

// Pagefind tells of a file that did not come in the console alone, and finds less or waits for ever.
const watchLosses = () =>
  new Promise((_, reject) => {
    const fetched = window.fetch;
    window.fetch = async (...request) => {
      try {
        const answer = await fetched(...request);
        if (!answer.ok) throw new Error(`${answer.status} ${answer.url}`);
        return answer;
      } catch (error) {
        reject(error);
        throw error;
      }
    };
    window.addEventListener("unhandledrejection", (event) => reject(event.reason));
  });

// What a word that stands in one of so many releases weighs (BM25). An index knows no others, so the newest
// release would weigh least where its month has just begun: each is weighed as if it were of a quarter.
const rarity = (count) => Math.log(1 + (count - 0.5) / 1.5);

// Pagefind takes «й» for «и» before it looks for an ending. In the index a last «й» is «ӗ», which it takes for «е»:
// the stem is the same, «городское» for «городской»; so a question has to be spelt. «Музея» and «музей» have two stems.
const spelt = (text) => text.replace(/й(?![\p{L}\p{N}])/giu, "е");
const forms = (word) => {
  if (/^\d{5,}$/.test(word)) return [word, word.replace(/\B(?=(\d{3})+$)/g, " ")];
  const start = /^(.*[аеёиоуыэюя])(?:й|я|ю|е|и|ем|ём|ев|ям|ями|ях)$/i.exec(word)?.[1];
  return [...new Set([spelt(word), ...(start ? [`${start}е`, `${start}я`] : [])])];
};
const wordsOf = (text) => text.replaceAll('"', " ").split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
const telling = (text) => {
  const words = wordsOf(text);
  const long = words.filter((word) => word.length > 2 || /\d/.test(word));
  return long.length ? long : words;
};

const isPhrase = (text) => /^\s*".+"\s*$/.test(text);
const idsOf = ({ results }) => results.map(({ id }) => id);
const letters = (text) => text.toLowerCase().replaceAll("ё", "е").match(/[\p{L}\p{N}]+/gu) ?? [];

const releases = (periods) => periods.reduce((sum, { count }) => sum + count, 0);

// The first of some periods that hold at least so many releases.
const upTo = (periods, goal) => {
  let sum = 0;
  const last = periods.findIndex(({ count }) => (sum += count) >= goal);
  return last < 0 ? periods : periods.slice(0, last + 1);
};

export class SearchIndex {
  // `engine` and `base` are addresses: of Pagefind's folder, of the site. `periods` are [name, the first month,
  // how many releases, what tells the index from an earlier one], newest first; `register` is the last of these
  // for the register, "" where there is none.
  constructor(engine, base, periods, register) {
    this.engine = engine;
    this.base = base;
    this.register = register && { name: REGISTER, count: QUARTER, tag: register };
    this.periods = periods.map(([name, since, count, tag]) => ({ name, since, count, tag }));
    this.laid = new Map();
  }

  // What is found in at least so many releases: {results, scope, isWhole, isAlike}; further away only as long as
  // nothing is, and only in periods that can have it. Rejects where a file is lost.
  async find(question, atLeast = FIRST) {
    this.loss ??= watchLosses();
    return Promise.race([this.#find(question, atLeast), this.loss]);
  }

  // One step further than the found scope.
  further(scope) {
    return releases(scope) + NEXT;
  }

  // How many of what is found have each value that can be chosen: {tag: {zima: 3}, …}. Loads all filters.
  async counts(question, { results, scope }) {
    const pagefind = await this.pagefind;
    await pagefind.filters();
    const whole = await this.#asked(termsOf(question.q)[0], { filters: filtersOf(question, scope) });
    return whole.results.length === results.length ? whole.filters : {};
  }

  async #find(question, atLeast) {
    this.pagefind ??= this.#start();
    const line = this.#line(question);
    const isFar = atLeast > FIRST;
    let scope = question.year ? line : upTo(line, FIRST);
    let ahead = line.slice(scope.length);
    let results = await this.#search(question, scope);
    if (ahead.length && (isFar || !results.length)) ahead = await this.#likely(question, ahead);
    const goal = () => (results.length ? atLeast : isFar ? Infinity : UNASKED);
    while (ahead.length && releases(scope) < goal()) {
      const step = upTo(ahead, isFar ? NEXT : 1);
      ahead = ahead.slice(step.length);
      scope = [...scope, ...step];
      results = await this.#search(question, scope);
    }
    const found = { results, scope, isWhole: !ahead.length, isAlike: false };
    if (results.length || !question.q) return found;
    return { ...found, ...(await this.#alike(question, scope, ahead.length ? [] : line)) };
  }

  async #start() {
    const { createInstance } = await import(`${this.engine}pagefind.js`);
    return createInstance({ basePath: this.engine, baseUrl: this.base, noWorker: true, metaCacheTag: "0" });
  }

  // Of periods those that can have an answer; of the months of the newest quarter the register does not know.
  async #likely(question, periods) {
    const words = question.q ? telling(question.q).map((word) => forms(word).map(wordsOf)) : [[[EVERY]]];
    if (!words.length) return [];
    if (!this.register) return periods;
    await this.#lay(this.register);
    const filters = filtersOf(question, [this.register]);
    const sets = await Promise.all(words.map((ways) => this.#having(ways, filters)));
    return periods.filter(({ name }) => !name.includes("q") || sets.every((set) => set.has(name)));
  }

  // Of the register's quarters the nearest that has what begins alike.
  async #likelyAlike(question, line) {
    if (!this.register || !this.laid.has(REGISTER)) return [];
    const near = new Set(idsOf(await this.#asked(spelt(question.q), { filters: filtersOf(question, [this.register]) })));
    return line.filter(({ name }) => near.has(name)).slice(0, 1);
  }

  // The periods in the order they are searched in.
  #line({ year, order }) {
    const line = this.periods.filter(({ name }) => !year || name.startsWith(year));
    return order === "old" ? line.reverse() : line;
  }

  async #lay({ name, tag, count }) {
    const pagefind = await this.pagefind;
    const place = new URL(`../${name}/`, new URL(this.engine, location)).pathname;
    const mergeFilter = { period: name, year: name.slice(0, 4) };
    const indexWeight = rarity(QUARTER) / rarity(count);
    const options = { baseUrl: this.base, metaCacheTag: tag, excerptLength: WORDS, indexWeight, mergeFilter };
    if (!this.laid.has(name)) this.laid.set(name, pagefind.mergeIndex(place, options));
    return this.laid.get(name);
  }

  async #asked(term, options) {
    return (await this.pagefind).search(term, options);
  }

  // The ids of what has all words of one of the ways: what Pagefind finds by a word in quotation marks is its stem.
  async #having(ways, filters) {
    const sets = ways.map(async (words) => {
      const found = await Promise.all(words.map((word) => this.#asked(`"${word}"`, { filters })));
      const [first, ...others] = found.map((each) => new Set(idsOf(each)));
      return [...first].filter((id) => others.every((set) => set.has(id)));
    });
    return new Set((await Promise.all(sets)).flat());
  }

  // Pagefind cannot sort across indexes; but no two of them have the same days.
  async #search(question, scope) {
    await Promise.all(scope.map((period) => this.#lay(period)));
    const isFit = await this.#fit(question, scope);
    const found = new Map();
    const add = async (term, options) => {
      for (const result of (await this.#asked(term, options)).results)
        if (isFit(result) && !(found.get(result.id)?.score >= result.score)) found.set(result.id, result);
    };
    const terms = termsOf(question.q);
    if (question.q && !question.order) {
      for (const term of terms) await add(term, { filters: filtersOf(question, scope) });
      return [...found.values()].sort((one, other) => other.score - one.score);
    }
    const sort = { date: question.order === "old" ? "asc" : "desc" };
    const sorted = [];
    for (const period of scope) {
      found.clear();
      for (const term of terms) await add(term, { filters: filtersOf(question, [period]), sort });
      sorted.push(...[...found.values()].sort((one, other) => other.score - one.score));
    }
    return sorted;
  }

  // An index that lacks a word finds by its first letters, or does without it. What fits has all words, each in
  // any form.
  async #fit({ q }, scope) {
    if (!q || isPhrase(q)) return () => true;
    const filters = filtersOf({}, scope);
    const sets = await Promise.all(telling(q).map((word) => this.#having(forms(word).map((form) => [form]), filters)));
    return ({ id }) => sets.every((set) => set.has(id));
  }

  // Where nothing fits: the first of what begins alike, as a word that was not typed to its end; in the scope, or in
  // one quarter more of the line.
  async #alike(question, scope, line) {
    const results = await this.#beginning(question, scope);
    if (results.length) return { results, isAlike: true };
    const further = (await this.#likelyAlike(question, line)).filter((period) => !scope.includes(period));
    await Promise.all(further.map((period) => this.#lay(period)));
    const found = further.length ? await this.#beginning(question, further) : [];
    return { results: found, isAlike: found.length > 0 };
  }

  async #beginning(question, scope) {
    const found = (await this.#asked(spelt(question.q), { filters: filtersOf(question, scope) })).results.slice(0, ALIKE);
    const starts = letters(question.q).map((word) => word.slice(0, Math.max(3, Math.ceil(word.length * 0.6))));
    const isAlike = ({ excerpt, meta }) =>
      [...(excerpt.match(/<mark>.*?<\/mark>/g) ?? []).map((mark) => mark.slice(6, -7)), meta.title]
        .flatMap(letters)
        .some((word) => starts.some((start) => word.startsWith(start)));
    const looked = await Promise.all(found.map(async (result) => isAlike(await result.data())));
    return found.filter((_, place) => looked[place]);
  }
}

// What Pagefind is asked for, in turn: the words, and all of them in their other forms.
const termsOf = (q) => {
  if (!q || isPhrase(q)) return [q ? spelt(q) : `"${EVERY}"`];
  const words = wordsOf(q).map(forms);
  const most = Math.max(0, ...words.map((each) => each.length));
  return [...Array(most).keys()].map((number) => words.map((each) => each[number] ?? each[0]).join(" "));
};

const filtersOf = (question, scope) => {
  const chosen = ["rubric", "tag", "department"].filter((name) => question[name]);
  const filters = Object.fromEntries(chosen.map((name) => [name, question[name]]));
  return { ...filters, period: { any: scope.map(({ name }) => name) } };
};
