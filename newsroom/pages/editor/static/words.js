/* Decap's Russian, mended where it misleads a press officer. */

const FIELD = {
  regexPattern: "%{fieldLabel}: нужно другое — %{pattern}.",
  required: "%{fieldLabel}: заполните это поле.",
};
const BACKUP =
  "Осталась ваша несохранённая правка этого материала. Открыть её? " +
  "Если с тех пор материал меняли другие, сохранённая правка заменит их правку.";
const BARE_SAVING = {
  publish: "Сохранить",
  publishNow: "Сохранить",
  published: "Сохранено",
  publishing: "Сохраняется…",
  publishAndCreateNew: "Сохранить и начать новый",
  publishAndDuplicate: "Сохранить и сделать копию",
};

/** `isBare`: no workflow, so that to publish is only to write the file; its header says what becomes of it. */
export function russian(CMS, isBare) {
  const phrases = structuredClone(CMS.getLocale("ru"));
  const { collection, editor, ui } = phrases;
  collection.collectionTop.newButton = "+ %{collectionLabel}"; // its own plus is a sign few faces have
  Object.assign(editor.editorControlPane.widget, FIELD);
  editor.editor.confirmLoadBackup = BACKUP;
  editor.editorControl.field.optional = "можно не заполнять";
  editor.editorToolbar.deployButtonLabel = "Страница на сайте";
  editor.editorWidgets.list.add = "Добавить: %{item}";
  editor.editorWidgets.markdown.bold = "Полужирный";
  editor.editorWidgets.markdown.addComponent = "Вставить";
  Object.assign(editor.editorWidgets.headingOptions, { headingTwo: "Подзаголовок", headingThree: "Мелкий подзаголовок" });
  if (isBare) {
    Object.assign(editor.editorToolbar, BARE_SAVING);
    ui.toast.entryPublished = "Файл сохранён";
  }
  return phrases;
}
