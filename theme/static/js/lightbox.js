// Pictures of galleries, one over another in a dialog: arrows, Home, End, a swipe, Escape, and the way back of
// the browser. site.js asks for it with the first picture. The dialog's own words stand in the page, in
// <template data-lightbox>.
const SWIPE = 40; // pixels
const template = document.querySelector("template[data-lightbox]");
const links = [...document.querySelectorAll("[data-photo]")];
const dialog = template.content.firstElementChild.cloneNode(true);
const part = (name) => dialog.querySelector(`[data-part="${name}"]`);
const last = links.length - 1;
const made = new Map();
let current = 0;
let isLeft = true; // the reader is back on the page, where the focus is none of ours

const address = (number) => `#${links[number].closest("[id]").id}`;

/** The picture as large as the screen: that of the thumbnail, whose browser chooses among the same files. */
const picture = (number) => {
  const key = `${number} ${document.documentElement.dataset.sight}`; // with pictures off it is another one
  if (!made.has(key)) {
    const copy = links[number].querySelector("picture").cloneNode(true);
    const image = copy.querySelector("img");
    const ratio = image.getAttribute("width") / image.getAttribute("height");
    for (const source of copy.querySelectorAll("source")) {
      source.setAttribute("sizes", `min(100vw, ${Math.round(ratio * 100)}vh)`);
    }
    image.removeAttribute("loading");
    made.set(key, copy);
  }
  return made.get(key);
};

/** What stands under the picture, or above all pictures of its gallery. */
const told = (number, what) => {
  const [own, shared] = ["figure", "[data-gallery]"].map((around) => links[number].closest(around));
  return (own.querySelector(`figcaption ${what}`) ?? shared.querySelector(`.gallery__told ${what}`))?.textContent ?? "";
};

const show = (number) => {
  const step = number < current ? -1 : 1;
  const image = links[number].querySelector("img");
  const release = links[number].closest("[data-gallery]").querySelector("[data-release]");
  current = number;
  part("stage").replaceChildren(picture(number));
  part("place").textContent = `${number + 1} из ${links.length}`;
  part("alt").textContent = image.alt;
  part("caption").textContent = told(number, ".gallery__caption");
  part("credit").textContent = told(number, ".credit");
  part("original").href = links[number].dataset.photo;
  part("source").hidden = !release;
  part("release").textContent = release?.textContent ?? "";
  part("release").href = release?.href ?? "";
  part("back").setAttribute("aria-disabled", number === 0);
  part("on").setAttribute("aria-disabled", number === last);
  if (links[number + step]) picture(number + step); // the next one is fetched before it is asked for
};

const look = (number) => {
  show(number);
  isLeft = false;
  if (!dialog.open) dialog.showModal();
};

/** Open the picture of a link. */
export const open = (link) => {
  if (dialog.open) return; // a second click came while the first was waiting
  const number = links.indexOf(link);
  history.scrollRestoration = "manual"; // the page is to show the picture seen last, not the one seen first
  history.pushState({ photo: number, step: true }, "", address(number));
  look(number);
};

const go = (number) => {
  if (number === current || number < 0 || number > last) return;
  show(number);
  history.replaceState({ ...history.state, photo: number }, "", address(number));
};

const leave = () => {
  if (isLeft) return;
  isLeft = true;
  history.scrollRestoration = "auto";
  links[current].focus({ preventScroll: true });
  links[current].scrollIntoView({ block: "nearest", behavior: "instant" });
};

const keys = { ArrowLeft: () => current - 1, ArrowRight: () => current + 1, Home: () => 0, End: () => last };
dialog.addEventListener("keydown", (event) => {
  const where = keys[event.key];
  if (!where || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  go(where());
});

let start = null;
part("stage").addEventListener("touchstart", ({ touches }) => (start = touches.length === 1 ? touches[0] : null), { passive: true });
part("stage").addEventListener("touchend", ({ touches, changedTouches: [end] }) => {
  const isEnlarged = window.visualViewport?.scale > 1.01; // then a finger moves the picture
  if (!start || touches.length || isEnlarged) return;
  const [along, across] = [end.clientX - start.clientX, Math.abs(end.clientY - start.clientY)];
  if (Math.abs(along) > Math.max(SWIPE, 2 * across)) go(current - Math.sign(along));
});

part("stage").addEventListener("click", ({ target, currentTarget }) => target === currentTarget && dialog.close());
part("close").addEventListener("click", () => dialog.close());
part("back").addEventListener("click", () => go(current - 1));
part("on").addEventListener("click", () => go(current + 1));
for (const name of ["back", "on"]) part(name).hidden = !last;

// An open picture is a step of the browser's history, so that «back» closes it; closed otherwise, it takes
// that step back by itself. A picture whose address was opened has no step of its own.
dialog.addEventListener("close", () => {
  if (history.state?.step) history.back(); // and then `popstate` comes
  else if (history.state?.photo !== undefined) history.replaceState(null, "", location.pathname + location.search);
  if (!history.state?.step) leave();
});
window.addEventListener("popstate", ({ state }) => {
  if (state?.photo !== undefined) look(state.photo);
  else if (dialog.open) dialog.close();
  else leave();
});

document.body.append(dialog);
const named = links.findIndex((_, number) => new URL(address(number), location).hash === location.hash);
if (named >= 0) {
  if (!history.state) history.replaceState({ photo: named }, "", location.hash);
  look(named);
}
