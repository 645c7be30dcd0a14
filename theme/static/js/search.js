// The search page. The question is its address: it can be sent, and the way back works. What is found becomes
// elements, and no text of it is ever read as HTML. Who finds it is search_index.js.
const page = document.querySelector("[data-search]");
const form = page.querySelector("form");
const panel = page.querySelector("[data-panel]");
const summary = panel.querySelector("summary");
const status = page.querySelector("[data-status]");
const list = page.querySelector("[data-results]");
const more = page.querySelector("[data-more]");
const PER_PAGE = window.matchMedia("(min-width: 40rem)").matches ? 10 : 6;
const CHOICES = ["year", "rubric", "tag", "department"];
const ASKED = ["q", ...CHOICES, "order"];
const title = document.title;
const choices = {}; // by name: what can be chosen, by id, with its title and how many releases there are
let index; // a promise of who finds, once there was a question
let last; // the question that was answered, and what was found
let answered; // its address
let latest = 0; // the number of the last question: what an earlier one finds comes too late

// What is written

const element = (name, className, ...children) => {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
};
const button = (text, action) => {
  const made = element("button", "button", text);
  made.type = "button";
  made.addEventListener("click", action);
  return made;
};
const plural = (count, one, few, many) => {
  const rule = new Intl.PluralRules("ru").select(count);
  return `${count.toLocaleString("ru")}\u00a0${{ one, few }[rule] ?? many}`;
};
const dated = (day, options) => new Date(`${day}T00:00Z`).toLocaleDateString("ru", { timeZone: "UTC", ...options });
const FULL = { day: "numeric", month: "long", year: "numeric" };

// A month as it follows «с» and «раньше»: «апреля 2024 г.».
const ofMonth = (month) => dated(`${month}-01`, FULL).replace(/^1\s/, "");

// Pagefind's excerpt: «&lt;» and «&gt;» for signs of the text, tags around the words that were found; «ӗ» is «й».
const shown = (text) => text.replaceAll("\u200b", "").replaceAll("ӗ", "й").replaceAll("Ӗ", "Й");
const plain = (html) => shown(html).replaceAll("&lt;", "<").replaceAll("&gt;", ">");
const excerpt = ({ excerpt: html, content }) => {
  const words = html
    .split(/(<mark>.*?<\/mark>)/)
    .map((part) => (part.startsWith("<mark>") ? element("mark", "", plain(part.slice(6, -7))) : plain(part)));
  const text = plain(html.replace(/<\/?mark>/g, "")).trim();
  const whole = shown(content);
  return [whole.startsWith(text) ? "" : "… ", ...words, whole.endsWith(text) ? "" : " …"];
};

const face = ({ url, meta }) => {
  if (!meta.image) {
    const number = element("b", "search-result__number", dated(meta.date, { day: "numeric" }));
    const month = dated(meta.date, { day: "numeric", month: "long" }).replace(/^\d+\s/, "");
    const day = element("p", "search-result__day", number, month);
    day.ariaHidden = "true";
    return day;
  }
  const picture = element("img", "search-result__picture");
  Object.assign(picture, { alt: "", loading: "lazy", width: 320, height: 180, src: `${url}${meta.image}` });
  return picture;
};

const result = (found) => {
  const time = element("time", "", dated(found.meta.date, FULL));
  time.dateTime = found.meta.date;
  const rubric = choices.rubric.get(found.filters.rubric?.[0])?.title ?? "";
  const link = element("a", "", shown(found.meta.title));
  link.href = found.url;
  const words = element(
    "div",
    "search-result__words",
    element("p", "search-result__place", time, " ", rubric),
    element("h2", "headline", link),
    element("p", "search-result__excerpt", ...excerpt(found)),
  );
  return element("li", "search-result", face(found), words);
};

// The question

const asked = () => {
  const address = new URLSearchParams(location.search);
  return Object.fromEntries(ASKED.map((name) => [name, (address.get(name) ?? "").trim()]));
};
const typed = () => Object.fromEntries(ASKED.map((name) => [name, form.elements[name].value.trim()]));
const addressOf = (question) => {
  const told = new URLSearchParams(ASKED.filter((name) => question[name]).map((name) => [name, question[name]]));
  return `${location.pathname}${told.size ? `?${told}` : ""}`;
};
const isNarrowed = (question) => CHOICES.some((name) => question[name]);
const isAsked = (question) => Boolean(question.q) || isNarrowed(question);

const ask = (question) => {
  const address = addressOf(question);
  if (address !== `${location.pathname}${location.search}`) history.pushState(null, "", address);
  answer(question);
};
const reset = () => ask({ q: form.elements.q.value.trim() });

// The answer

const answer = async (question, atLeast) => {
  const number = ++latest;
  answered = location.search;
  for (const name of ASKED) form.elements[name].value = question[name] ?? "";
  for (const name of [...CHOICES, "order"]) if (form.elements[name].selectedIndex < 0) form.elements[name].value = question[name] = "";
  summary.textContent = ["Уточнить поиск", ...CHOICES.map((name) => choices[name].get(question[name])?.title)]
    .filter(Boolean)
    .join(" · ");
  document.title = question.q ? `${question.q} — ${title}` : title;
  if (!atLeast) list.replaceChildren();
  more.replaceChildren();
  last = undefined;
  if (!isAsked(question)) {
    status.textContent = "";
    return count();
  }
  status.textContent = "Ищем…";
  try {
    index ??= open();
    const found = await (await index).find(question, atLeast);
    const first = await Promise.all(found.results.slice(0, PER_PAGE).map((each) => each.data()));
    if (number !== latest) return;
    list.replaceChildren(...first.map(result));
    last = { question, found };
    tell(question, found);
    offer(question, found);
    await count();
  } catch (error) {
    console.error(error);
    if (number === latest) fail();
  }
};

const open = async () => {
  const { SearchIndex } = await import(page.dataset.index);
  const periods = JSON.parse(page.querySelector("[data-periods]").textContent);
  return new SearchIndex(page.dataset.engine, page.dataset.base, periods, page.dataset.register);
};

const tell = (question, { results, scope, isWhole, isAlike }) => {
  const furthest = scope.at(-1);
  const where = isWhole || !furthest || question.order === "old" ? "" : ` с ${ofMonth(furthest.since)}`;
  const how = results.length % 10 === 1 && results.length % 100 !== 11 ? "Нашёлся" : "Нашлось";
  if (isAlike) status.textContent = `Точно таких слов${where} нет, но\u00a0есть похожие`;
  else if (results.length) status.textContent = `${how} ${plural(results.length, "релиз", "релиза", "релизов")}${where}`;
  else status.textContent = `Ничего не\u00a0нашлось${where}`;
};

const offer = (question, found) => {
  const left = found.results.length - list.children.length;
  const offers = [];
  if (left > 0) offers.push(button(`Показать ещё ${Math.min(left, PER_PAGE)} из ${left}`, () => showMore(question, found)));
  if (!found.isWhole) offers.push(button(further(question, found), () => lookFurther(question, found)));
  if (!found.results.length) offers.push(...hints(question));
  more.replaceChildren(...offers);
};

const further = ({ order }, { scope }) =>
  order === "old" ? "Искать и в\u00a0более поздних" : `Искать и раньше ${ofMonth(scope.at(-1).since)}`;

const hints = (question) => {
  const advice = ["Проверьте, нет\u00a0ли опечатки.", "Попробуйте другое слово или меньше слов."];
  if (question.q) advice.push("Загляните в\u00a0темы и\u00a0архив ниже.");
  const lines = element("ul", "search__hints", ...advice.map((line) => element("li", "", line)));
  return isNarrowed(question) ? [lines, button("Сбросить уточнения", reset)] : [lines];
};

const showMore = async (question, found) => {
  const number = latest, before = list.children.length;
  try {
    const next = await Promise.all(found.results.slice(before, before + PER_PAGE).map((each) => each.data()));
    if (number !== latest) return;
    list.append(...next.map(result));
    list.children[before].querySelector("a").focus();
    offer(question, found);
  } catch (error) {
    console.error(error);
    fail();
  }
};

const lookFurther = async (question, found) => {
  await answer(question, (await index).further(found.scope));
  (more.querySelector("button") ?? list.querySelector("a") ?? form.elements.q).focus();
};

const fail = () => {
  const again = element("a", "button", "Повторить");
  again.href = location.href;
  status.textContent = "Поиск не\u00a0загрузился: возможно, прервалась связь.";
  more.replaceChildren(again);
};

// The choices

// Of what was found; of all that there is while nothing is asked, and where a choice is made already.
const count = async () => {
  const about = last;
  const counts = about?.found.results.length && panel.open ? await (await index).counts(about.question, about.found) : {};
  if (about !== last) return;
  for (const name of CHOICES) label(name, !about?.question[name] && counts[name]);
};

const label = (name, counts) => {
  for (const option of form.elements[name].options) {
    if (!option.value) continue;
    const { title, total } = choices[name].get(option.value);
    const number = counts ? (counts[option.value] ?? 0) : total;
    option.textContent = `${title} (${number.toLocaleString("ru")})`;
    option.hidden = !number;
  }
};

for (const name of CHOICES) {
  const terms = [...page.querySelectorAll(`[data-choice="${name}"]`)].map((term) => {
    const link = term.querySelector("a");
    const total = Number(term.querySelector("span").textContent.replace(/\D/g, ""));
    return [link.pathname.split("/").at(-2), { title: link.textContent, total }];
  });
  choices[name] = new Map(terms);
  form.elements[name].append(...terms.map(([id, { title, total }]) => new Option(`${title} (${total.toLocaleString("ru")})`, id)));
  form.elements[name].addEventListener("change", () => ask(typed()));
}
form.elements.order.addEventListener("change", () => isAsked(typed()) && ask(typed()));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (isAsked(typed())) return ask(typed());
  status.textContent = "Напишите, что найти";
  form.elements.q.focus();
});
page.querySelector("[data-reset]").addEventListener("click", reset);
// A step within the page is none of the search.
window.addEventListener("popstate", () => location.search !== answered && answer(asked()));

// Arrows walk from the field through what was found, Escape leads back.
page.addEventListener("keydown", (event) => {
  const stops = [form.elements.q, ...list.querySelectorAll("a")];
  const place = stops.indexOf(document.activeElement);
  const step = { ArrowDown: 1, ArrowUp: -1, Escape: -place }[event.key];
  if (place < 0 || !step || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
  const next = stops[place + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
});

panel.hidden = false;
panel.open = window.matchMedia("(min-width: 48rem)").matches;
panel.addEventListener("toggle", () => count().catch(fail));
answer(asked());
