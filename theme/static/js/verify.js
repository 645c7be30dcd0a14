// Holds a text or a file against the edition: digests by the browser, the signature too where it knows Ed25519.
const form = document.querySelector("[data-verify]");
const result = form.querySelector("[data-result]");
const { edition: EDITION, signature: SIGNATURE, key: KEY, base: BASE, site: SITE } = form.dataset;

const AT_ONCE = 8;

/** A fault that is told to the reader as it is. */
class Told extends Error {}

const hex = (buffer) => [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const digest = async (bytes) => hex(await crypto.subtle.digest("SHA-256", bytes));
const bytes = (base64) => Uint8Array.from(atob(base64.trim()), (letter) => letter.charCodeAt(0));
const words = (text) => text.normalize("NFC").toLowerCase().replaceAll("ё", "е").match(/[\p{L}\p{N}]+/gu) ?? [];

const fetched = async (address) => {
  const reply = await fetch(address, { cache: "no-cache" });
  if (!reply.ok) throw new Told(`Сервер не отдал ${address} (ответ ${reply.status}).`);
  return reply.arrayBuffer();
};

/** What the browser can say of the signature: "" where it is genuine, else why that is not known. */
const signatureFault = async (edition) => {
  if (!KEY) return "Подписи у этого сайта нет: проверен только отпечаток.";
  let key;
  try {
    key = await crypto.subtle.importKey("raw", bytes(KEY), "Ed25519", false, ["verify"]);
  } catch {
    return "Подпись этот браузер проверить не умеет: проверен только отпечаток. Её можно проверить командой ниже.";
  }
  const reply = await fetch(SIGNATURE, { cache: "no-cache" });
  if (!reply.ok) return "Подписи у этого выпуска нет: проверен только отпечаток.";
  const signature = bytes(await reply.text());
  if (!(await crypto.subtle.verify("Ed25519", key, signature, edition))) {
    throw new Told("Подпись описи неверна: этой описи верить нельзя.");
  }
  return "";
};

/** The lists where a path may stand: of a release that of its month, of all else those that are of no releases. */
const candidates = (sections, path) => {
  const keys = Object.keys(sections);
  const month = /^news\/(\d{4})\/(\d{2})\/[a-z]/.exec(path);
  if (month) return keys.filter((key) => key === `releases/${month[1]}-${month[2]}`);
  if (!path) return keys;
  const isNear = (key) => path.startsWith(key) || key.split("/")[0] === path.split("/")[0];
  const others = keys.filter((key) => !key.startsWith("releases/"));
  return [...others.filter(isNear), ...others.filter((key) => !isNear(key))];
};

const listOf = async (sections, key) => {
  const data = await fetched(`${BASE}/edition/${key}.json`);
  if ((await digest(data)) !== sections[key]) throw new Told("Список раздела не тот, что в описи: верить ему нельзя.");
  return JSON.parse(new TextDecoder().decode(data)).paths;
};

/** The first path that fits, and its digest; a few lists at once. */
const found = async (sections, path, fits) => {
  const keys = candidates(sections, path);
  for (let start = 0; start < keys.length; start += AT_ONCE) {
    const lists = await Promise.all(keys.slice(start, start + AT_ONCE).map((key) => listOf(sections, key)));
    const entry = lists.flatMap((list) => Object.entries(list)).find(fits);
    if (entry) return entry;
  }
  return null;
};

const pathOf = (typed) => {
  if (!typed) return "";
  let url;
  try {
    url = new URL(typed, location.href);
  } catch {
    throw new Told("Это не адрес: скопируйте его из строки браузера.");
  }
  const own = url.origin === location.origin || url.href.startsWith(`${SITE}/`);
  if (!own || !url.pathname.startsWith(`${BASE}/`)) throw new Told("Это адрес другого сайта: здесь проверяются только свои.");
  return decodeURIComponent(url.pathname.slice(BASE.length + 1));
};

const ofFile = async (sections, path, file) => {
  const own = await digest(await file.arrayBuffer());
  const entry = await found(sections, path, ([, value]) => value === own);
  if (entry) return ["Файл подлинный.", `Байт в байт такой файл лежит на сайте: /${entry[0]}. Отпечаток: ${own}.`];
  const where = path ? "в этом разделе сайта" : "на сайте";
  return ["Такого файла нет.", `Файла с отпечатком ${own} ${where} сейчас нет: он изменён или взят не отсюда.`];
};

/** Where a text stops being that of the release: the words from which on no place of it goes on so. */
const difference = (typed, official) => {
  let longest = 0;
  for (let start = 0; start < official.length; start += 1) {
    let length = 0;
    while (length < typed.length && typed[length] === official[start + length]) length += 1;
    if (length > longest) longest = length;
  }
  return longest;
};

const ofText = async (sections, path, text) => {
  if (!path) throw new Told("Впишите адрес релиза: без него не понять, с чем сравнивать текст.");
  const twin = `${path.replace(/index\.html$/, "").replace(/\/?$/, "/")}index.txt`;
  const entry = await found(sections, path, ([each]) => each === twin);
  if (!entry) throw new Told("По этому адресу в выпуске нет релиза с текстом.");
  const data = await fetched(`${BASE}/${twin}`);
  if ((await digest(data)) !== entry[1]) throw new Told("Сервер отдаёт не тот текст релиза, что в описи: верить ему нельзя.");
  const [typed, official] = [words(text), words(new TextDecoder().decode(data))];
  if (!typed.length) throw new Told("В тексте нет слов.");
  const same = difference(typed, official);
  if (same === typed.length) return ["Текст подлинный.", "Слово в слово он стоит в этом релизе. Знаки препинания и переносы строк не сравнивались."];
  if (!same) return ["Текст отличается.", `Слова «${typed[0]}», с которого он начинается, в этом релизе нет.`];
  const around = typed.slice(Math.max(0, same - 5), same + 5).join(" ");
  return ["Текст отличается.", `Совпадают первые слова, всего ${same}; дальше в релизе стоит другое. Расхождение здесь: «… ${around} …»`];
};

const show = (...lines) => {
  result.replaceChildren(
    ...lines.filter(Boolean).map((line, number) => {
      const paragraph = document.createElement("p");
      paragraph.textContent = line;
      if (!number) paragraph.className = "verify-form__verdict";
      return paragraph;
    }),
  );
};

const check = async () => {
  const given = new FormData(form);
  const [address, text, file] = ["address", "text", "file"].map((name) => given.get(name));
  if (!text.trim() && !file?.size) throw new Told("Вставьте текст или выберите файл.");
  if (!crypto.subtle) throw new Told("Браузер считает отпечатки только на сайтах с https.");
  show("Проверяем…");
  const path = pathOf(address.trim());
  const edition = await fetched(EDITION);
  const fault = await signatureFault(edition);
  const { sections } = JSON.parse(new TextDecoder().decode(edition));
  const verdict = file?.size ? await ofFile(sections, path, file) : await ofText(sections, path, text);
  show(...verdict, fault || "Опись выпуска подписана ключом сайта, подпись верна.");
};

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    await check();
  } catch (error) {
    show("Проверить не получилось.", error instanceof Told ? error.message : "Нет связи с сайтом.");
  }
});
form.elements.namedItem("address").value = new URLSearchParams(location.search).get("page") ?? "";
form.hidden = false;
