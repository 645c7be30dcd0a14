/* The browser editor: Decap CMS with what it has to know of this newsroom. */

import { addressWidget, nameFile } from "./address.js";
import { headerFormat } from "./header.js";
import { localBackend } from "./local.js";
import { picture } from "./picture.js";
import { pictureWidget } from "./picture_widget.js";
import { transliteration } from "./transliteration.js";
import { keepUploaded, renameUploads } from "./uploads.js";
import { russian } from "./words.js";

/** A library that is no module: it puts itself into the window. */
function load(name) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = name;
    script.onload = resolve;
    script.onerror = () => reject(new Error(`Не загрузился файл ${name}: обновите страницу.`));
    document.head.append(script);
  });
}

async function begin() {
  window.CMS_MANUAL_INIT = true;
  const [answer] = await Promise.all([
    fetch("config.json", { cache: "no-cache" }),
    load("decap-cms.js"),
    load("js-yaml.min.js"),
  ]);
  const { cms, kinds, scheme } = await answer.json();
  const { CMS, jsyaml, createClass, h } = window;
  const slug = transliteration(scheme);
  CMS.registerLocale("ru", russian(CMS, cms.publish_mode === "simple"));
  CMS.registerBackend("local", localBackend(CMS));
  CMS.registerEditorComponent(picture);
  CMS.registerWidget("image", ...pictureWidget(CMS, h));
  CMS.registerWidget("address", addressWidget(createClass, h, slug));
  CMS.registerEventListener({ name: "preSave", handler: ({ entry }) => nameFile(entry, slug) });
  for (const [kind, fields] of Object.entries(kinds)) {
    CMS.registerCustomFormat(`newsroom-${kind}`, "md", headerFormat(jsyaml, fields));
  }
  renameUploads(document, slug);
  keepUploaded(CMS, cms.backend.name, window);
  document.getElementById("waiting").remove();
  CMS.init({ config: cms });
}

begin().catch((error) => {
  const waiting = document.getElementById("waiting");
  if (waiting) waiting.textContent = `Редактор не загрузился. ${error.message}`;
  throw error;
});
