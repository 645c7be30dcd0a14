/* The text of a content file after a visit to the visual editor, which writes all Markdown its own
   way: what says the same as before is put back as it was written. */

const DELIMITERS = /^\|?(?:\s*:?-+:?\s*\|)+\s*:?-*:?\s*$/;

/** `now` with each of its blocks that differs from one of `before` by spelling only taken from there. */
export function respelt(before, now) {
  if (now.trim() === before.trim()) return before.trim();
  const known = new Map(inBlocks(before).map((block) => [spelling(block), block]));
  const tables = new Map(inBlocks(before).filter(isTable).map((block) => [head(block), block]));
  return inBlocks(now)
    .map((block) => known.get(spelling(block)) ?? ours(block, tables.get(head(block))))
    .join("\n\n");
}

function inBlocks(text) {
  return text.trim().split(/\n(?:[ \t]*\n)+/);
}

/** A block as the visual editor would write it, so that two spellings of one thing are equal. */
function spelling(block) {
  return block
    .split("\n")
    .map((line) => (DELIMITERS.test(line) ? "|-|" : line.replace(/^(\s*)[-+*](?=\s)/, "$1-").replace(/\s+/g, " ").trim()))
    .join("\n");
}

/** A changed block in the spelling of this house: «-» for lists, narrow tables aligned as they were. */
function ours(block, table) {
  const lines = block.split("\n");
  if (!isTable(block)) return lines.map((line) => line.replace(/^(\s*)\* (?=\S)/, "$1- ")).join("\n");
  const narrow = lines.map((line) => line.replace(/[ \t]+\|/g, " |").replace(/\|[ \t]+/g, "| ").trim());
  narrow[1] = table ? table.split("\n")[1] : narrow[1].replace(/-+/g, "---").replace(/ /g, "");
  return narrow.join("\n");
}

function isTable(block) {
  const [first, second] = block.split("\n");
  return Boolean(second) && first.includes("|") && DELIMITERS.test(second);
}

/** What two spellings of a table have in common: how many columns there are, and the first of them. */
function head(block) {
  return isTable(block) ? spelling(block.split("\n")[0]) : "";
}
