// Finds pages in a long directory by words, network and state. What is chosen stands in the address, so that
// it can be sent to somebody.
const form = document.querySelector("[data-channel-filter]");
const rows = [...document.querySelectorAll(".channel-table__row")];
const found = form.querySelector("[data-found]");
const plain = (words) => words.toLowerCase().replaceAll("ё", "е");
const texts = new Map(rows.map((row) => [row, plain(row.querySelector("th").textContent)]));

const fits = (row, words, network, status) =>
  words.every((word) => texts.get(row).includes(word)) &&
  (!network || row.dataset.network === network) &&
  (!status || row.dataset.status === status);

const show = () => {
  const given = new FormData(form);
  const words = plain(given.get("q")).split(/\s+/).filter(Boolean);
  for (const row of rows) {
    row.hidden = !fits(row, words, given.get("network"), given.get("status"));
  }
  for (const group of document.querySelectorAll(".channels__group")) {
    group.hidden = !group.querySelector(".channel-table__row:not([hidden])");
    const total = group.querySelector("tfoot"); // it is the sum of all, shown or not
    if (total) total.hidden = Boolean(group.querySelector(".channel-table__row[hidden]"));
  }
  const count = rows.filter((row) => !row.hidden).length;
  found.textContent = count ? `${found.dataset.found} ${count}` : "Таких страниц нет";
};

const keep = () => {
  const chosen = [...new FormData(form)].filter(([, value]) => value);
  const query = new URLSearchParams(chosen).toString();
  history.replaceState(null, "", query ? `?${query}` : location.pathname);
};

for (const [name, value] of new URLSearchParams(location.search)) {
  const field = form.elements.namedItem(name);
  if (field) field.value = value;
}
form.addEventListener("input", () => {
  show();
  keep();
});
form.addEventListener("submit", (event) => event.preventDefault());
form.hidden = false;
show();
