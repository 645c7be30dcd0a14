/* The buttons that copy a field. Without this script there are none, and a field is selected by hand. */
for (const button of document.querySelectorAll('[data-copy]')) {
  const field = document.getElementById(button.dataset.copy);
  const status = button.parentElement.querySelector('[role="status"]');

  button.hidden = false;
  button.addEventListener('click', async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      status.textContent = 'Скопировано';
    } catch {
      status.textContent = document.execCommand('copy') ? 'Скопировано' : 'Текст выделен: нажмите Ctrl+C';
    }
  });
  field.addEventListener('focus', () => field.select());
}
