// On every page: a button that takes the text of a release to the clipboard, the key of the search.
// Without it the text is a link beside the button, and the field is where it is.
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
