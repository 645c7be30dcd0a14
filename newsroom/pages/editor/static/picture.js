/* A picture within the text: ![описание](файл "Подпись | Автор"). It takes the place of Decap's own. */

const AUTHOR = /^(.*?)(?:\s*\|\s*(.*))?$/s;

function unquoted(title) {
  return (title ?? "").replace(/\\(["|])/g, "$1");
}

export const picture = {
  id: "image",
  label: "Картинка",
  fields: [
    { name: "src", label: "Файл", widget: "image", choose_url: false },
    { name: "alt", label: "Что на картинке", widget: "string", hint: "для тех, кто её не видит" },
    { name: "caption", label: "Подпись", widget: "string", required: false },
    { name: "author", label: "Кто снял или нарисовал", widget: "string", required: false },
  ],
  pattern: /^!\[([^\]]*)\]\(([^\s)]*)(?:\s+"((?:[^"\\]|\\.)*)")?\)$/,
  fromBlock(match) {
    const [, caption, author] = AUTHOR.exec(unquoted(match[3]));
    return { src: match[2], alt: match[1], caption, author };
  },
  toBlock({ src, alt, caption, author }) {
    const title = [caption, author].some(Boolean) ? `${caption ?? ""}${author ? ` | ${author}` : ""}`.trim() : "";
    const told = title ? ` "${title.replace(/"/g, '\\"')}"` : "";
    return `![${(alt ?? "").replace(/[[\]]/g, "")}](${src ?? ""}${told})`;
  },
  toPreview: ({ alt }) => alt ?? "",
};
