/**
 * The small module every page loads, before the circuit is there: keys, moves through a list, focus. It also sends the visits that wait
 * on this phone.
 *
 * Moves are not sent one by one: a step changes an index here, the map and the list follow at once, and the newest index goes to the
 * server with a number that only grows, so that an answer that was lost can be asked for again without counting a step twice. Verdict
 * keys are sent one by one, in order, each with the patch it was pressed on.
 */
import { watch } from "./outbox.js";
import "./tables.js";

interface Listener {
  invokeMethodAsync<T>(method: string, ...values: unknown[]): Promise<T>;
}

const AHEAD = 4;
const BEHIND = 1;
/** What a key does to the pair of maps. */
const MAP_KEYS: Record<string, string> = {
  z: "fit",
  s: "swipe",
  f: "flicker",
  o: "opacity",
  "[": "swipe-left",
  "]": "swipe-right",
  ",": "earlier",
  ".": "later",
};
const VERDICT_KEY = /^([0-9a-z]|Enter|Escape|Backspace)$/;

let listener: Listener | null = null;
let order: string[] = [];
let index = -1;
let sequence = 0;
let sent = 0;
let moving = false;
const verdicts: { key: string; patch: string }[] = [];
let deciding = false;
/** Set while a class is open: then letters are sub-classes, outside they are commands. */
let classOpen = false;
let layerPending = false;
let watched: Element | null = null;
const watcher = new MutationObserver(mark);

export function attach(to: Listener): void {
  listener = to;
  void flushMoves();
  void flushVerdicts();
}

export function detach(): void {
  listener = null;
  order = [];
  index = -1;
  verdicts.length = 0;
  classOpen = layerPending = false;
  watcher.disconnect();
  watched = null;
}

/** The list as the server shows it now, and where it stands. */
export function list(ids: string[], at: number, force = false): void {
  order = ids;
  // Steps that were taken while the list was on its way win over where the server thought we were.
  if (force || sent === sequence || index >= ids.length) index = at;
  document.querySelector("[data-keys]")?.setAttribute("data-keys", "ready");
  watchCards();
  announce();
}

/** Rows are drawn as they come into sight and are used again for others: the mark follows. */
function watchCards(): void {
  const cards = document.querySelector(".cards");
  if (!cards || cards === watched) return;
  watched = cards;
  watcher.disconnect();
  watcher.observe(cards, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-move"] });
}

export function openClass(open: boolean): void {
  classOpen = open;
}

function announce(): void {
  document.dispatchEvent(new CustomEvent("weipian:patch", { detail: order[index] ?? "" }));
  const ahead = order.slice(Math.max(0, index - BEHIND), index + AHEAD + 1);
  document.dispatchEvent(new CustomEvent("weipian:ahead", { detail: ahead }));
  mark();
  reveal();
}

/** The row on screen, at once. */
function mark(): void {
  for (const row of document.querySelectorAll<HTMLElement>("[data-move]")) {
    const here = Number(row.dataset["move"]) === index;
    if (here === row.hasAttribute("aria-current")) continue;
    if (here) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  }
}

/** The row comes into sight when it is not. */
function reveal(): void {
  const scroller = document.querySelector<HTMLElement>("[data-row-height]");
  if (!scroller) return;
  const height = Number(scroller.dataset["rowHeight"]);
  const top = index * height;
  if (top < scroller.scrollTop) scroller.scrollTop = Math.max(0, top - height);
  else if (top + height > scroller.scrollTop + scroller.clientHeight) scroller.scrollTop = top + 2 * height - scroller.clientHeight;
}

function moveTo(target: number): void {
  const to = Math.max(0, Math.min(order.length - 1, target));
  if (to === index || order.length === 0) return;
  index = to;
  classOpen = false;
  sequence++;
  performance.mark("weipian-move");
  announce();
  void flushMoves();
}

async function flushMoves(): Promise<void> {
  if (moving || !listener) return;
  moving = true;
  try {
    while (sent < sequence && listener) {
      const now = sequence;
      try {
        await listener.invokeMethodAsync("OnMove", order[index], now);
        sent = now;
      } catch (failure) {
        console.warn(failure);
        break;
      }
    }
  } finally {
    moving = false;
  }
}

async function flushVerdicts(): Promise<void> {
  if (deciding || !listener) return;
  deciding = true;
  try {
    while (verdicts.length > 0 && listener) {
      const next = verdicts[0]!;
      // Whether a class is open now, and whether to go on to the next patch.
      const answer: { open: boolean; next: boolean } = await listener.invokeMethodAsync("OnKey", next.key, next.patch);
      verdicts.shift();
      classOpen = answer.open;
      if (answer.next && order[index] === next.patch) moveTo(index + 1);
    }
  } catch (failure) {
    // Nothing is decided twice: what was not answered is dropped, and the screen says what is open.
    verdicts.length = 0;
    console.warn(failure);
  } finally {
    deciding = false;
  }
}

function verdict(key: string): void {
  const patch = order[index];
  if (!patch) return;
  verdicts.push({ key, patch });
  void flushVerdicts();
}

function editable(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.closest("input, textarea, select") !== null);
}

function command(key: string): boolean {
  switch (key) {
    case "j":
    case "ArrowDown":
      moveTo(index + 1);
      return true;
    case "k":
    case "ArrowUp":
      moveTo(index - 1);
      return true;
    case "l":
      layerPending = true;
      return true;
    case "t": {
      const basis = document.querySelector<HTMLElement>("[data-commit]");
      basis?.focus();
      return basis !== null;
    }
    case "/": {
      const search = document.querySelector<HTMLInputElement>("[data-search]");
      search?.focus();
      search?.select();
      return search !== null;
    }
    default:
      return tellMap(MAP_KEYS[key]);
  }
}

function tellMap(what: string | undefined): boolean {
  if (what) document.dispatchEvent(new CustomEvent("weipian:map", { detail: what }));
  return what !== undefined;
}

/** Space is held down: each side shows the other image until it is let go. */
let holding = false;

function release(): void {
  if (!holding) return;
  holding = false;
  tellMap("release");
}

function onKeyUp(event: KeyboardEvent): void {
  if (event.key === " ") release();
}

function onKey(event: KeyboardEvent): void {
  // 229 is what browsers send while an input method has the key.
  if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey) return;
  if (!listener || !document.querySelector("[data-keys]")) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (editable(event.target)) {
    const field = event.target as HTMLElement;
    if (key === "Escape") field.blur();
    // A basis may run over several lines: Shift makes one.
    if (key === "Enter" && !event.shiftKey && field.matches("[data-commit]")) {
      event.preventDefault();
      field.blur();
      verdict(key);
    }
    return;
  }
  // A focused button or link keeps its own Enter and Space.
  const own = key === "Enter" || key === " ";
  if (own && event.target instanceof HTMLElement && event.target.closest("a, button")) return;
  if (key === " ") {
    event.preventDefault();
    if (!holding) tellMap("hold");
    holding = true;
    return;
  }
  if (layerPending) {
    layerPending = false;
    if (/^[1-9]$/.test(key)) {
      event.preventDefault();
      void listener.invokeMethodAsync("OnLayer", Number(key));
      return;
    }
  }
  const asCommand = !classOpen || key.startsWith("Arrow") || key === "/";
  if (asCommand && command(key)) event.preventDefault();
  else if (VERDICT_KEY.test(key) || key === "?") {
    event.preventDefault();
    verdict(key);
  }
}

function onClick(event: MouseEvent): void {
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest(".reconnect-reload")) location.reload();
  const row = target?.closest<HTMLElement>("[data-move]");
  if (!row || !listener || event.ctrlKey || event.metaKey || event.button !== 0) return;
  event.preventDefault();
  event.stopPropagation();
  moveTo(Number(row.dataset["move"]));
}

/** Forms that come back here say where "here" is: the address may have moved on since the page was drawn. */
function onSubmit(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  const back = form.querySelector<HTMLInputElement>("input[name=back]:not([data-keep])");
  if (back) back.value = location.pathname + location.search;
}

/** On to the next patch, as after Enter. */
export function next(): void {
  moveTo(index + 1);
}

/** The address follows the patch without a round trip, so that a link or a reload gives the same view. */
export function address(url: string): void {
  history.replaceState(history.state, "", url);
}

export function focus(selector: string): void {
  document.querySelector<HTMLElement>(selector)?.focus();
}

document.addEventListener("keydown", onKey, { capture: true });
document.addEventListener("keyup", onKeyUp, { capture: true });
window.addEventListener("blur", release);
document.addEventListener("click", onClick, { capture: true });
document.addEventListener("submit", onSubmit, { capture: true });
watch();
