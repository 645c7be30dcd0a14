// On every page: a button that takes the text of a release to the clipboard, the key of the search, the words of an
// emergency, what opens pictures of a gallery.

// Without the button the text is a link beside the button, and the field is where it is.
(() => {
  if (!navigator.clipboard || !window.fetch) return;

  const copy = async (button, status) => {
    try {
      const answer = await fetch(button.dataset.copy);
      if (!answer.ok) throw new Error(answer.status);
      await navigator.clipboard.writeText(await answer.text());
      status.textContent = "Текст скопирован";
    } catch {
      status.textContent = "Не получилось. Откройте простой текст по ссылке ниже";
    }
  };

  for (const button of document.querySelectorAll("[data-copy]")) {
    const status = button.parentElement.querySelector("[data-copy-status]");
    button.hidden = false;
    button.addEventListener("click", () => copy(button, status));
  }
})();

// Control and «/» lead to the search field: a key alone would disturb who speaks to the browser (WCAG 2.1.4).
document.addEventListener("keydown", (event) => {
  if (!event.ctrlKey || event.altKey || event.metaKey || (event.code !== "Slash" && event.key !== "/")) return;
  const fields = document.querySelectorAll('[aria-keyshortcuts="Control+/"]');
  const field = [...fields].findLast((each) => each.offsetParent);
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
});

// The words of an emergency stand in a style sheet, so that one small file brings them to every page. Here they
// become text of the page, which can be translated, found and copied. Without a script they are shown all the same.
(() => {
  const slot = document.querySelector("[data-emergency]");
  if (!slot) return;
  // A string of CSS as browsers write it out: in quotes, with a backslash before a quote or a backslash.
  const written = /^"(.*)"$/s.exec(getComputedStyle(slot, "::before").content);
  if (written?.[1]) slot.textContent = written[1].replace(/\\(.)/gs, "$1");
})();

// Pictures of galleries open one over another. What shows them, lightbox.js and its sheet, comes when a pointer or the
// focus first reaches one. Each is a plain link to itself made large, and stays one where that does not come.
(() => {
  const template = document.querySelector("template[data-lightbox]");
  if (!template || !window.HTMLDialogElement) return;
  let coming;

  const styled = () =>
    new Promise((done, lost) => {
      const sheet = document.createElement("link");
      Object.assign(sheet, { rel: "stylesheet", href: template.dataset.sheet, onload: done, onerror: lost });
      document.head.append(sheet);
    });
  const lightbox = () => {
    coming ??= Promise.all([import(template.dataset.lightbox), styled()]).then(([module]) => module);
    return coming;
  };
  const photo = ({ target }) => target.closest("[data-photo]");
  const prepare = (event) => photo(event) && lightbox().catch(() => {});

  addEventListener("pointerover", prepare);
  addEventListener("focusin", prepare);
  addEventListener("click", (event) => {
    const link = photo(event);
    if (!link || event.button || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    lightbox().then(({ open }) => open(link), () => location.assign(link.href));
  });
  // It shows the picture that the address names.
  if (location.hash.startsWith("#photo-")) lightbox().catch(() => {});
})();
