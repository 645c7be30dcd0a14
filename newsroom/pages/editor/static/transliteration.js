/* Readable Latin addresses out of Russian titles: the same scheme as newsroom/content/slugs.py,
   whose tables come with the configuration. */

const BESIDE =
  /[иыцёьъ](?:(?<=[иы])й(?![\p{L}\p{N}_])(?<=[\p{L}\p{N}_]..)|(?<=тц)|(?<=[ьъ]ё)|(?<=[ьъ])(?=[аеёоуэ]|и(?!й(?![\p{L}\p{N}_]))))/gu;

/** Gives the function that makes a slug of a text; "" where no letter or digit is left. */
export function transliteration({ limit, silent, letters, beside }) {
  const withoutMarks = (text) =>
    [...text].filter((letter) => !silent.includes(letter) && !/[\p{Mn}\p{Cf}]/u.test(letter)).join("");
  const transliterated = (text) =>
    [...text.replace(BESIDE, (found) => beside[found[0]])].map((letter) => letters[letter] ?? letter).join("");
  const latin = (text) => {
    const composed = text.normalize("NFC").toLowerCase();
    return withoutMarks(transliterated(withoutMarks(composed)).normalize("NFKD")).toLowerCase();
  };
  return (text) => {
    const whole = latin(text).replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
    if (whole.length <= limit) return whole;
    const head = whole.slice(0, limit);
    const cut = whole[limit] !== "-" && head.includes("-") ? head.slice(0, head.lastIndexOf("-")) : head;
    return cut.replace(/^-|-$/g, "");
  };
}
