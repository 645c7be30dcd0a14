/* A content file as the editor's data, and back. What was not changed stays in the file as it was
   written, letter by letter: quotation marks, comments, order, the text itself. */

import { respelt } from "./body.js";

const FENCES = /^\s*---[ \t]*\n([\s\S]*?)^---[ \t]*(?:\n|$)/m;
const INVISIBLE =
  /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/g;
const FIELD = /^([A-Za-z_][\w-]*):(?=\s|$)/;
const YES = ["true", "yes", "да"];

/** The format of one type; `kind` tells its fields and which are parts, flags and lists. */
export function headerFormat(yaml, kind) {
  const read = (text) => parse(yaml, text);
  return {
    fromFile(text) {
      try {
        const { header, body } = split(text);
        return { ...shown(read(header), kind), body: body.trim(), __source: text };
      } catch (error) {
        console.error(error);
        return { title: "Шапка файла не читается", __unreadable: text };
      }
    },
    toFile(data) {
      if (data.__unreadable) throw new Error("Шапка файла не читается: исправьте её в самом файле.");
      const { __source: source = "---\n---\n", file_name: _, body = "", ...fields } = data;
      const before = split(source);
      const header = rewritten(yaml, before.header, written(fields, kind), kind);
      const text = respelt(before.body, clean(body));
      return `---\n${header}---\n${text === before.body.trim() ? before.body : `\n${text}\n`}`;
    },
  };
}

function split(text) {
  const plain = text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n");
  const found = FENCES.exec(plain);
  if (!found || found.index > 0) throw new Error("нет шапки");
  return { header: found[1], body: plain.slice(found[0].length) };
}

/** Every scalar stays text, as for the reader of the build. */
function parse(yaml, header) {
  const parsed = yaml.load(header, { schema: yaml.FAILSAFE_SCHEMA }) ?? {};
  if (typeof parsed !== "object" || Array.isArray(parsed)) throw new Error("шапка не из полей");
  return parsed;
}

/** What the widgets are given: a part is a list of one, a flag is true or false. */
function shown(header, { parts, flags, several, briefs }) {
  const entries = Object.entries(header).map(([name, value]) => {
    if (parts.includes(name)) return [name, value ? [inFull(value, briefs[name])] : []];
    if (flags.includes(name)) return [name, YES.includes(String(value).trim().toLowerCase())];
    if (several.includes(name) && typeof value === "string") return [name, items(value)];
    return [name, value ?? ""];
  });
  return Object.fromEntries(entries);
}

/** A part with each row of such a list by the names of its fields: «led.jpg: Лёд» is a file and its words. */
function inFull(part, lists) {
  const entries = Object.entries(part).map(([name, value]) => {
    if (!(name in lists) || !Array.isArray(value)) return [name, value];
    return [name, value.map((row) => fullRow(row, lists[name]))];
  });
  return typeof part === "object" ? Object.fromEntries(entries) : part;
}

function fullRow(row, [file, told]) {
  const fields = typeof row === "string" ? { [row]: "" } : row;
  const name = Object.keys(fields).find((key) => key.includes("."));
  if (name === undefined) return row;
  const { [name]: words, ...rest } = fields;
  return { [file]: name, [told]: words, ...rest };
}

/** The same row as short as it can be; a name without a dot would be taken for a field. */
function briefRow(row, [file, told]) {
  const { [file]: name, [told]: words, ...rest } = row;
  return name?.includes(".") ? { [name]: words ?? "", ...rest } : row;
}

function items(text) {
  return text.split(",").map((item) => item.trim()).filter(Boolean);
}

/** What the header is to hold: nothing empty, no line breaks, nothing that cannot be seen. */
function written(fields, { parts, flags }) {
  const entries = Object.entries(fields).map(([name, value]) => {
    if (flags.includes(name)) return [name, value ? "true" : ""];
    return [name, tidy(parts.includes(name) ? value[0] : value)];
  });
  return Object.fromEntries(entries.filter(([, value]) => !isEmpty(value)));
}

/** The same of a header that is there already. */
function held(yaml, header, kind) {
  return written(shown(parse(yaml, header), kind), kind);
}

function tidy(value) {
  if (Array.isArray(value)) return value.map(tidy).filter((item) => !isEmpty(item));
  if (value && typeof value === "object") {
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [name, tidy(item)]).filter(([, item]) => !isEmpty(item)),
    );
  }
  return value === null || value === undefined ? "" : clean(String(value)).replace(/\s*\n\s*/g, " ").trim();
}

function clean(text) {
  return text.replace(/\r\n?/g, "\n").replace(INVISIBLE, "");
}

function isEmpty(value) {
  return value === "" || (typeof value === "object" && !Object.keys(value).length);
}

/** The header with the fields that differ written anew, each in its place. */
function rewritten(yaml, header, fields, kind) {
  const before = held(yaml, header, kind);
  const { blocks, rest } = inBlocks(header);
  const names = Object.keys(parse(yaml, header)).sort();
  const textOf = (name) => emitted(yaml, name, fields[name], kind.briefs[name]);
  const isWhole = same(blocks.map(({ name }) => name).sort(), names);
  const kept = (isWhole ? blocks : []).flatMap((block) => {
    if (same(before[block.name] ?? "", fields[block.name] ?? "")) return [block];
    const text = block.name in fields ? textOf(block.name) : "";
    return text || block.above ? [{ ...block, text }] : [];
  });
  insert(kept, fields, kind.fields, textOf);
  const result = kept.map(({ above, text }) => above + text).join("") + (isWhole ? rest : "");
  if (!same(held(yaml, result, kind), fields)) throw new Error("Шапка не записалась: сообщите об этом.");
  return result;
}

/** Puts the fields that have no block yet where the schema has them. */
function insert(blocks, fields, order, text) {
  const missing = Object.keys(fields).filter((name) => !blocks.some((block) => block.name === name));
  for (const name of missing.sort((one, other) => place(order, one) - place(order, other))) {
    const next = blocks.findLastIndex((block) => place(order, block.name) < place(order, name)) + 1;
    blocks.splice(next, 0, { name, above: "", text: text(name) });
  }
}

function place(order, name) {
  const index = order.indexOf(name);
  return index < 0 ? order.length : index;
}

/** Values alike, an empty one and one left out being the same. */
function same(one, other) {
  return canonical(one) === canonical(other);
}

function canonical(value) {
  if (Array.isArray(value)) return JSON.stringify(value.map(canonical));
  if (value && typeof value === "object") {
    const entries = Object.entries(value).filter(([, item]) => !isEmpty(item));
    return JSON.stringify(entries.map(([name, item]) => [name, canonical(item)]).sort());
  }
  return value;
}

/** The fields of a header as lines of text: each with the comments above it and all that is under it. */
function inBlocks(header) {
  const blocks = [];
  let above = "";
  for (const line of header.match(/.*\n|.+$/g) ?? []) {
    const name = FIELD.exec(line)?.[1];
    if (name) {
      blocks.push({ name, above, text: line });
      above = "";
    } else if (/^(?:#.*)?$/.test(line.trimEnd()) || !blocks.length) {
      above += line;
    } else {
      blocks.at(-1).text += above + line;
      above = "";
    }
  }
  return { blocks, rest: above };
}

function emitted(yaml, name, value, briefs = {}) {
  if (Array.isArray(value)) return `${name}:\n${list(yaml, value, "  ")}`;
  if (typeof value === "object") return `${name}:\n  ${row(yaml, value, "  ", briefs)}`;
  return `${name}: ${scalar(yaml, value)}\n`;
}

function list(yaml, values, indent) {
  return values.map((item) => `${indent}- ${row(yaml, item, `${indent}  `)}`).join("");
}

/** A text, or fields one under the other; the first stands behind what is there already. */
function row(yaml, item, indent, briefs = {}) {
  if (typeof item !== "object") return `${scalar(yaml, item)}\n`;
  const told = ([name, value]) => {
    if (!Array.isArray(value)) return `${scalar(yaml, name)}: ${scalar(yaml, value)}\n`;
    const rows = name in briefs ? value.map((each) => briefRow(each, briefs[name])) : value;
    return `${name}:\n${list(yaml, rows, `${indent}  `)}`;
  };
  return Object.entries(item).map(told).join(indent);
}

/** Plain where it reads as written, else in single quotation marks. */
function scalar(yaml, text) {
  const quoted = `'${text.replace(/'/g, "''")}'`;
  if (!/^[\p{L}\p{N}]/u.test(text) || /: |:$| #|\t/.test(text)) return quoted;
  try {
    return yaml.load(`a: ${text}\n`, { schema: yaml.FAILSAFE_SCHEMA }).a === text ? text : quoted;
  } catch {
    return quoted;
  }
}
