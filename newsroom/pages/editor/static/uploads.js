/* Files are uploaded under names that every system and every address can bear. */

function safeName(name, slug) {
  const dot = name.lastIndexOf(".");
  const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ""];
  return `${slug(stem) || "file"}${ending.toLowerCase()}`;
}

/** Renames files as they are chosen, before anything else hears of them. */
export function renameUploads(document, slug) {
  const rename = (event) => {
    const input = event.target;
    if (input.type !== "file" || !input.files.length) return;
    const chosen = new DataTransfer();
    for (const file of input.files) {
      chosen.items.add(new File([file], safeName(file.name, slug), { type: file.type }));
    }
    input.files = chosen.files;
  };
  document.addEventListener("change", rename, { capture: true });
}
