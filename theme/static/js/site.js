// The only script of the site: a button that takes the text of a release to the clipboard.
// Without it the same text is a link beside the button.
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
