/* Files are uploaded under names that every system and every address can bear, and no upload touches a
   file that is there: the releases of a month share a folder. */

const DIGITS = 8;

/** The name in Latin letters with the beginning of the file's digest: one name for the same bytes only. */
export function safeName(name, digest, slug) {
  const dot = name.lastIndexOf(".");
  const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ""];
  const latin = slug(stem) || "file";
  const mark = `-${digest.slice(0, DIGITS)}`;
  return `${latin.endsWith(mark) ? latin : latin + mark}${ending.toLowerCase()}`;
}

async function renamed(file, slug) {
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  const digits = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return new File([file], safeName(file.name, digits, slug), { type: file.type });
}

/** Renames files as they are chosen, before anything else hears of them. */
export function renameUploads(document, slug) {
  let ready = null;
  const rename = async (event) => {
    const input = event.target;
    if (event === ready || input.type !== "file" || !input.files.length) return;
    event.stopImmediatePropagation();
    try {
      const chosen = new DataTransfer();
      for (const file of await Promise.all([...input.files].map((file) => renamed(file, slug)))) chosen.items.add(file);
      input.files = chosen.files;
      ready = new Event("change", { bubbles: true });
      input.dispatchEvent(ready);
    } catch (error) {
      input.value = "";
      window.alert("Файл не прочитан: выберите его ещё раз.");
      throw error;
    }
  };
  document.addEventListener("change", rename, { capture: true });
}

/** Decap deletes a file when another of its name is uploaded, having asked in English. By its name here
    it is the same file: nothing is asked, and the back end is not told to delete it. */
export function keepUploaded(CMS, backend, window) {
  const confirm = window.confirm.bind(window);
  let kept = "";
  window.confirm = (question) => {
    kept = /^(.+) already exists\. Do you want to replace it\?$/.exec(question)?.[1] ?? "";
    return Boolean(kept) || confirm(question);
  };
  const registered = CMS.getBackend(backend);
  const { init } = registered;
  registered.init = (...settings) => {
    const made = init(...settings);
    const deleteFiles = made.deleteFiles.bind(made);
    made.deleteFiles = async (paths, message) => {
      const rest = paths.filter((path) => path.split("/").pop() !== kept);
      kept = "";
      return rest.length ? deleteFiles(rest, message) : undefined;
    };
    return made;
  };
}
