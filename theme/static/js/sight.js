// The version for people who see badly. It runs before the page is drawn, so that nothing flashes: the words that
// the reader chose become data-sight of the root, and css/sight.css answers to them.
(() => {
  const KEY = "sight";
  const WORDS = /^(size-[23]|scheme-(white|black|blue)|spacing-[23]|pictures-off)$/;
  const root = document.documentElement;
  let chosen = [];

  // A browser may forbid to remember; then the choice is that of the page.
  const read = () => {
    try {
      chosen = (localStorage.getItem(KEY) || "").split(" ").filter(word => WORDS.test(word));
    } catch {}
  };

  const write = () => {
    try {
      if (chosen.length) localStorage.setItem(KEY, chosen.join(" "));
      else localStorage.removeItem(KEY);
      return true;
    } catch {
      return false;
    }
  };

  // A picture that is off keeps its addresses in data attributes, where nothing asks for them.
  const take = (element, from, to) => {
    for (const name of ["src", "srcset", "poster"]) {
      const value = element.getAttribute(from + name);
      if (value === null) continue;
      element.removeAttribute(from + name);
      element.setAttribute(to + name, value);
    }
  };

  const PICTURES = "img, picture > source, video[poster]";

  const off = element => {
    if (element.hasAttribute("data-off-src") || element.hasAttribute("data-off-srcset")) return;
    if (element.localName === "video") {
      const poster = element.getAttribute("poster");
      element.removeAttribute("poster");
      element.setAttribute("data-off-poster", poster);
      return;
    }
    take(element, "", "data-off-");
    if (element.localName !== "img" || !element.alt) return;
    const words = document.createElement("span");
    words.className = "picture-words";
    words.textContent = element.alt;
    element.after(words);
  };

  const allOff = node => {
    if (node.nodeType !== 1) return;
    if (node.matches(PICTURES)) off(node);
    node.querySelectorAll(PICTURES).forEach(off);
  };

  const allOn = () => {
    document.querySelectorAll(".picture-words").forEach(words => words.remove());
    for (const element of document.querySelectorAll("[data-off-src], [data-off-srcset], [data-off-poster]")) take(element, "data-off-", "");
  };

  const observer = new MutationObserver(changes => {
    for (const { addedNodes } of changes) addedNodes.forEach(allOff);
  });

  const show = () => {
    if (chosen.length) root.dataset.sight = chosen.join(" ");
    else delete root.dataset.sight;
    observer.disconnect();
    if (chosen.includes("pictures-off")) {
      allOff(root);
      observer.observe(root, { childList: true, subtree: true });
    } else {
      allOn();
    }
  };

  read();
  show();

  addEventListener("DOMContentLoaded", () => {
    const form = document.querySelector(".sight-panel__form");
    if (!form) return;
    const status = form.querySelector("[role=status]");
    const radios = [...form.querySelectorAll("input")];

    const mark = () => {
      for (const radio of radios) radio.checked = chosen.includes(radio.value);
      for (const radio of radios) radio.checked ||= !radio.value && !radios.some(other => other.name === radio.name && other.checked);
    };

    const choose = said => {
      chosen = radios.filter(radio => radio.checked && radio.value).map(radio => radio.value);
      show();
      status.textContent = write() ? said : "Браузер не разрешает сайту запоминать: выбор действует на этой странице";
    };

    const again = () => {
      read();
      show();
      mark();
    };

    mark();
    status.textContent = "";
    form.addEventListener("change", () => choose("Выбор запомнен на этом устройстве"));
    form.addEventListener("reset", event => {
      event.preventDefault();
      chosen = [];
      mark();
      choose("Включена обычная версия");
    });
    addEventListener("storage", event => event.key === KEY && again());
    addEventListener("pageshow", event => event.persisted && again());
  });
})();
