/**
 * The small pairs of images in the list: asked for only where a card is on the screen and the hand rests, two at a time and after
 * everything that the patch on screen needs. What was asked once comes from the memory of the browser.
 */
const REST_MILLISECONDS = 250;
const AT_ONCE = 2;

/** Ends the load of an image: what is given up tells nobody. */
const loading = new WeakMap<HTMLImageElement, () => void>();
let resting = 0;
let running = 0;

function isInSight(card: Element, within: DOMRect): boolean {
  const box = card.getBoundingClientRect();
  return box.bottom > within.top && box.top < within.bottom;
}

function wanted(): HTMLImageElement[] {
  const list = document.querySelector(".cards");
  if (!list) return [];
  const within = list.getBoundingClientRect();
  return [...list.querySelectorAll<HTMLImageElement>("img[data-chip]")].filter(
    (i) => i.dataset["shown"] !== i.dataset["chip"] && isInSight(i, within),
  );
}

function load(): void {
  for (const image of wanted().slice(0, AT_ONCE - running)) {
    const chip = image.dataset["chip"]!;
    image.dataset["shown"] = chip;
    running++;
    const done = (state: string | null): void => {
      image.onload = image.onerror = null;
      loading.delete(image);
      running--;
      if (state) image.dataset["state"] = state;
      load();
    };
    loading.set(image, () => done(null));
    image.onload = () => done("there");
    image.onerror = () => done("none");
    image.src = chip;
  }
}

function soon(): void {
  clearTimeout(resting);
  resting = window.setTimeout(load, REST_MILLISECONDS);
}

/** An element that stands for another patch now shows nothing of the one before. */
function onChange(changes: MutationRecord[]): void {
  for (const { target } of changes)
    if (target instanceof HTMLImageElement && target.dataset["shown"] && target.dataset["shown"] !== target.dataset["chip"]) {
      target.removeAttribute("src");
      delete target.dataset["shown"];
      delete target.dataset["state"];
      loading.get(target)?.();
    }
  soon();
}

const watcher = new MutationObserver(onChange);

/** The list is there: its cards are watched as they come and go. */
export function watch(cards: Element): void {
  watcher.disconnect();
  watcher.observe(cards, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-chip"] });
  cards.addEventListener("scroll", soon, { passive: true });
  soon();
}

/** Somebody goes on: the next patch comes first. */
export const wait = soon;
