// Finds releases: lays Pagefind's indexes of periods together, and no more of them than a question needs.
// A question is {q, year, rubric, tag, department, order}, texts all, "" for what is not asked.

const FIRST = 400, NEXT = 1600; // releases that are searched at first, and more of them at a time: a year's
const ENOUGH = 10; // results, and nothing further away is looked into
const WORDS = 24; // in an excerpt
const RANKING = { metaWeights: { image: 0 } };

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

export class SearchIndex {
  // `engine` and `base` are addresses: of Pagefind's folder, of the site; `periods` [name, count, tag], newest first.
  constructor(engine, base, periods) {
    this.engine = engine;
    this.base = base;
    this.periods = periods.map(([name, count, tag]) => ({ name, count, tag }));
    this.laid = new Map();
  }

  // What is found in at least so many releases: {results, counts, scope, isWhole}. Rejects where a file is lost.
  async find(question, atLeast = FIRST) {
    this.loss ??= watchLosses();
    return Promise.race([this.#find(question, atLeast), this.loss]);
  }

  // One step further than the found scope.
  further(scope) {
    return scope.reduce((sum, period) => sum + period.count, NEXT);
  }

  // How many of what is found have each value that can be chosen: {tag: {zima: 3}, …}. Loads all filters.
  async counts(question, scope) {
    const pagefind = await this.pagefind;
    await pagefind.filters();
    return (await pagefind.search(question.q || null, { filters: filtersOf(question, scope) })).filters;
  }

  async #find(question, atLeast) {
    this.pagefind ??= this.#start();
    const line = this.#line(question);
    let reach = 0, sum = 0, goal = question.year ? Infinity : atLeast, results;
    do {
      while (reach < line.length && sum < goal) sum += line[reach++].count;
      const scope = line.slice(0, reach);
      await Promise.all(scope.map((period) => this.#lay(period)));
      results = await this.#search(question, scope);
      goal = sum + NEXT;
    } while (results.length < ENOUGH && reach < line.length);
    return { results, scope: line.slice(0, reach), isWhole: reach === line.length };
  }

  async #start() {
    const { createInstance } = await import(`${this.engine}pagefind.js`);
    return createInstance({ basePath: this.engine, baseUrl: this.base, noWorker: true, metaCacheTag: "0" });
  }

  // The periods in the order they are searched in.
  #line({ year, order }) {
    const line = this.periods.filter(({ name }) => !year || name.startsWith(year));
    return order === "old" ? line.reverse() : line;
  }

  async #lay({ name, tag }) {
    const pagefind = await this.pagefind;
    const place = new URL(`../${name}/`, new URL(this.engine, location)).pathname;
    const mergeFilter = { period: name, year: name.slice(0, 4) };
    const options = { baseUrl: this.base, metaCacheTag: tag, excerptLength: WORDS, mergeFilter, ranking: RANKING };
    if (!this.laid.has(name)) this.laid.set(name, pagefind.mergeIndex(place, options));
    return this.laid.get(name);
  }

  // Pagefind cannot sort across indexes; but no two of them have the same days.
  async #search(question, scope) {
    const pagefind = await this.pagefind;
    const term = question.q || null;
    if (term && !question.order)
      return (await pagefind.search(term, { filters: filtersOf(question, scope) })).results;
    const found = [];
    for (const period of scope) {
      const sort = { date: question.order === "old" ? "asc" : "desc" };
      found.push(...(await pagefind.search(term, { filters: filtersOf(question, [period]), sort })).results);
    }
    return found;
  }
}

const filtersOf = (question, scope) => {
  const chosen = ["rubric", "tag", "department"].filter((name) => question[name]);
  const filters = Object.fromEntries(chosen.map((name) => [name, question[name]]));
  return { ...filters, period: { any: scope.map(({ name }) => name) } };
};
