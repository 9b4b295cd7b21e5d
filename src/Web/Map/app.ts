/**
 * The small module every page loads, before the circuit is there: keys, moves through a list, focus. It also sends the visits that wait
 * on this phone.
 *
 * Moves are not sent one by one: a step changes an index here, the map and the list follow at once, and the newest index goes to the
 * server with a number that only grows, so that an answer that was lost can be asked for again without counting a step twice. Verdict
 * keys are sent one by one, in order, each with the patch it was pressed on. A committed verdict stays in this browser until its receipt
 * has come (verdicts.ts).
 */
import * as away from "./away.js";
import * as cards from "./cards.js";
import "./contact.js";
import "./countdown.js";
import * as drafts from "./drafts.js";
import * as keys from "./keys.js";
import { watch } from "./outbox.js";
import "./personal.js";
import "./tables.js";
import * as verdictsKept from "./verdicts.js";

interface Listener {
  invokeMethodAsync<T>(method: string, ...values: unknown[]): Promise<T>;
}

/** What the server says to a key. */
interface Answer {
  open: boolean;
  next: boolean;
  refused: boolean;
  on: string | null;
}

const AHEAD = 4;
const BEHIND = 1;
/** What a key does to the pair of maps. */
const MAP_KEYS: Record<string, string> = {
  z: "fit",
  s: "swipe",
  m: "mirror",
  f: "flicker",
  o: "opacity",
  y: "spy",
  "[": "swipe-left",
  "]": "swipe-right",
  ",": "earlier",
  ".": "later",
  "+": "closer",
  "-": "farther",
};
/** Arrows with Shift move the maps; the plain ones go through the list. */
const PAN_KEYS: Record<string, string> = {
  ArrowLeft: "pan-left",
  ArrowRight: "pan-right",
  ArrowUp: "pan-up",
  ArrowDown: "pan-down",
};
/** While a dividing line is drawn. */
const LINE_KEYS: Record<string, string> = {
  ArrowLeft: "line-turn-left",
  ArrowRight: "line-turn-right",
  ArrowUp: "line-move-up",
  ArrowDown: "line-move-down",
};
const VERDICT_KEY = /^([0-9a-z]|Enter|Escape|Backspace)$/;

/** What waits for a frame waits at most so long. */
const FRAME_MILLISECONDS_MAX = 100;

let listener: Listener | null = null;
let order: string[] = [];
let index = -1;
let sequence = 0;
let sent = 0;
/** The last step that was sent, whether or not it was answered. */
let told = 0;
let moving = false;
/** With the parcel whose verdict was kept here before the key was sent. */
const verdicts: { key: string; patch: string; kept?: string }[] = [];
/** Verdicts that were sent again while the page could not hear of it. */
let untold: verdictsKept.Sent[] = [];
let deciding = false;
/** Set while a class is open: then letters are sub-classes, outside they are commands. */
let classOpen = false;
let layerPending = false;
/** Counts the circuits: an answer that was asked of one that is gone is waited for no longer. */
let circuit = 0;
/** How the maps are looked at, as the address says it. */
let view = new URLSearchParams(location.search).get("view") ?? "";
let lastTouch = performance.now();
let watched: Element | null = null;
const watcher = new MutationObserver(mark);
let dossiers: Element | null = null;
const dossierWatcher = new MutationObserver(arrange);

/** A page with keys is there; answers the parcels whose verdicts still wait in this browser, and what was typed and not committed. */
export function attach(to: Listener, map: Record<string, string>): { verdicts: string[]; drafts: Record<string, string> } {
  listener = to;
  keys.choose(map);
  view = new URLSearchParams(location.search).get("view") ?? "";
  void flushMoves();
  void flushVerdicts();
  setTimeout(() => void flushKept(), 0);
  return { verdicts: verdictsKept.waiting().map((g) => g.parcel), drafts: drafts.mine() };
}

/** What was typed on a parcel stands in a verdict now, or is not wanted. */
export function forgetDraft(parcel: string): void {
  drafts.forget(parcel);
}

/** Other keys were chosen. */
export function keymap(map: Record<string, string>): void {
  keys.choose(map);
}

/** The next key that is pressed is told to the page for an action. */
export function capture(action: string): void {
  keys.capture((key) => void listener?.invokeMethodAsync("OnKeyChosen", action, key));
}

/** The server has a verdict, or has refused it on the page. */
export function receipt(parcel: string): void {
  verdictsKept.receipt(parcel);
  mark();
  away.say(order[index] ?? "", "none");
}

/** Seconds since a person last touched keys or pointer here. */
export function idleSeconds(): number {
  return (performance.now() - lastTouch) / 1000;
}

/** Sends again what has no receipt, and tells the page what became of it. */
async function flushKept(only?: (given: verdictsKept.Given) => boolean): Promise<void> {
  untold.push(...(await verdictsKept.flush(only)));
  if (untold.length > 0) mark();
  away.say(order[index] ?? "", "none");
  while (listener && !away.away() && untold.length > 0) {
    const { given, refusal } = untold[0]!;
    try {
      await listener.invokeMethodAsync("OnSent", given.parcel, given.patch, given.number, refusal);
      untold = untold.slice(1);
    } catch (failure) {
      console.info("the page hears of it when it is back", String(failure));
      return;
    }
  }
}

function onGone(): void {
  circuit++;
  moving = deciding = false;
  told = sent;
  verdicts.length = 0;
  away.say(order[index] ?? "", "none");
  mark();
}

function onBack(): void {
  circuit++;
  moving = deciding = false;
  told = sent;
  away.say(order[index] ?? "", "none");
  void flushKept();
  void flushMoves();
}

export function detach(): void {
  listener = null;
  order = [];
  index = -1;
  verdicts.length = 0;
  classOpen = layerPending = false;
  watcher.disconnect();
  dossierWatcher.disconnect();
  watched = dossiers = null;
}

/** The list as the server shows it now, and where it stands. */
export function list(ids: string[], at: number, force = false): void {
  order = ids;
  // Steps that were taken while the list was on its way win over where the server thought we were.
  if (force || sent === sequence || index >= ids.length) index = at;
  document.querySelector("[data-keys]")?.setAttribute("data-keys", "ready");
  watchCards();
  watchDossiers();
  announce();
  lookAhead();
}

/** Rows are drawn as they come into sight and are used again for others: the mark follows. */
function watchCards(): void {
  const list = document.querySelector(".cards");
  if (!list || list === watched) return;
  watched = list;
  cards.watch(list);
  watcher.disconnect();
  watcher.observe(list, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-move"] });
}

/** Dossiers come and go, and the server says which it has on the screen: a key may be ahead of it. */
function watchDossiers(): void {
  const within = document.querySelector(".bench-detail");
  if (!within || within === dossiers) return;
  dossiers = within;
  dossierWatcher.disconnect();
  dossierWatcher.observe(within, { childList: true, subtree: true, attributes: true, attributeFilter: ["hidden", "data-current"] });
}

/** The dossier of the patch at hand, at once where it stands ready; else the one that the server has on the screen. */
function arrange(): void {
  const ready = [...document.querySelectorAll<HTMLElement>("[data-dossier]")];
  const shown = ready.find((d) => d.dataset["dossier"] === order[index]) ?? ready.find((d) => d.dataset["current"] !== undefined);
  if (shown) for (const one of ready) if (one.hidden !== (one !== shown)) one.hidden = one !== shown;
}

export function openClass(open: boolean): void {
  classOpen = open;
}

function announce(): void {
  document.dispatchEvent(new CustomEvent("weipian:patch", { detail: order[index] ?? "" }));
  cards.wait();
  // What asks for sizes comes before what changes them.
  reveal();
  mark();
  arrange();
}

/** The row on screen, at once. */
function mark(): void {
  const kept = new Set(verdictsKept.waiting().map((g) => g.patch));
  for (const row of document.querySelectorAll<HTMLElement>("[data-move]")) {
    const here = Number(row.dataset["move"]) === index;
    row.toggleAttribute("data-waiting", kept.has(order[Number(row.dataset["move"])] ?? ""));
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
  // The step would be put into words and the next images decoded before the frame that shows this one, on the same processors. A key of
  // the verdict does not wait for that: the step goes before it (tellStep), and the server answers in that order.
  afterFrame(() => {
    void flushMoves();
    lookAhead();
  });
}

/** What comes next is loaded before it is asked for. */
function lookAhead(): void {
  const ahead = order.slice(Math.max(0, index - BEHIND), index + AHEAD + 1);
  document.dispatchEvent(new CustomEvent("weipian:ahead", { detail: ahead }));
}

/** When the next frame was drawn; at the latest when a person would notice. */
function afterFrame(what: () => void): void {
  let due = true;
  const once = () => {
    if (due) what();
    due = false;
  };
  requestAnimationFrame(() => setTimeout(once, 0));
  setTimeout(once, FRAME_MILLISECONDS_MAX);
}

/** A key is never there before the step to its patch: one that is still to be sent goes first, whatever else is under way. */
function tellStep(): void {
  if (told >= sequence || !listener) return;
  told = sequence;
  // It is sent again with the others when this one is lost; the server takes each step once.
  listener.invokeMethodAsync("OnMove", order[index], told).catch((failure: unknown) => console.info("a step waits", String(failure)));
}

async function flushMoves(): Promise<void> {
  if (moving || !listener) return;
  moving = true;
  try {
    const mine = circuit;
    while (sent < sequence && listener && mine === circuit) {
      const now = (told = sequence);
      try {
        await listener.invokeMethodAsync("OnMove", order[index], now);
        if (mine === circuit) sent = now;
      } catch (failure) {
        console.info("a step waits for the server", String(failure));
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
  const mine = circuit;
  try {
    while (verdicts.length > 0 && listener && mine === circuit) {
      const next = verdicts[0]!;
      const answer: Answer = await listener.invokeMethodAsync("OnKey", next.key, next.patch);
      if (mine !== circuit) return;
      verdicts.shift();
      if (answer.refused && next.kept) receipt(next.kept);
      classOpen = answer.open;
      if (answer.next && order[index] === next.patch) goOn(answer.on);
    }
  } catch (failure) {
    // Nothing is decided twice: what was not answered is dropped, and the screen says what is open.
    verdicts.length = 0;
    console.info("the screen says what is open", String(failure));
  } finally {
    if (mine === circuit) deciding = false;
  }
}

function verdict(key: string): void {
  const patch = order[index];
  if (!patch) return;
  if (away.away()) {
    decideAway(key, patch);
    return;
  }
  tellStep();
  // Kept before it is sent: the network may break on the way.
  const given = key === "Enter" && !document.querySelector("[data-batch]") ? verdictsKept.stage(patch) : null;
  verdicts.push(given ? { key, patch, kept: given.parcel } : { key, patch });
  void flushVerdicts();
}

/** While the server is away the patch whose facts are on the screen can be finished; its verdict waits here. */
function decideAway(key: string, patch: string): void {
  if (key === "Enter") {
    const given = verdictsKept.stage(patch);
    away.say(patch, given ? "kept" : "elsewhere");
    if (given) moveTo(index + 1);
    return;
  }
  if (key === "u" && !classOpen && verdictsKept.unstage(patch)) mark();
  else if (!verdictsKept.press(key, patch)) {
    away.say(patch, "elsewhere");
    return;
  }
  classOpen = verdictsKept.choice(patch).open;
  away.say(patch);
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
  if (keys.meaning(keys.named(event)) === " ") release();
}

/** A field keeps its keys; Escape leaves it, and Enter in the basis commits. */
function inField(event: KeyboardEvent, key: string): void {
  const field = event.target as HTMLElement;
  if (key === "Escape") field.blur();
  // A basis may run over several lines: Shift makes one.
  if (key === "Enter" && !event.shiftKey && field.matches("[data-commit]")) {
    event.preventDefault();
    field.blur();
    verdict(key);
  }
}

/** While the preview of a batch is open only it hears keys. */
function inBatch(event: KeyboardEvent, key: string): void {
  if (key !== "Enter" && key !== "Escape") return;
  event.preventDefault();
  verdict(key);
}

function onKey(event: KeyboardEvent): void {
  if (keys.composing(event) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (!listener || !document.querySelector("[data-keys]")) return;
  lastTouch = performance.now();
  if (keys.captured(event)) return;
  const pressed = keys.named(event);
  if (editable(event.target)) return inField(event, pressed);
  // Within a class letters are its sub-classes, whatever they do outside.
  const key = classOpen && /^[a-z]$/.test(pressed) ? pressed : keys.meaning(pressed);
  if (key === null) return;
  // A focused button or link keeps its own Enter and Space.
  const own = key === "Enter" || key === " ";
  if (own && event.target instanceof HTMLElement && event.target.closest("a, button")) return;
  if (document.querySelector("[data-batch]")) return inBatch(event, key);
  if (moveByArrows(event, key)) return event.preventDefault();
  if (key === " ") {
    event.preventDefault();
    if (!holding) tellMap("hold");
    holding = true;
    return;
  }
  if (layerPending) {
    layerPending = false;
    if (/^[1-9]$/.test(pressed)) {
      event.preventDefault();
      void listener.invokeMethodAsync("OnLayer", Number(pressed));
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

/** Arrows that move ground: a dividing line while one is drawn (Shift: by little), else with Shift the maps. */
function moveByArrows(event: KeyboardEvent, key: string): boolean {
  if (document.querySelector("[data-drawing=line]")) {
    if (key === "Enter") return tellMap("line-take");
    const line = LINE_KEYS[key];
    return tellMap(line && event.shiftKey ? `${line}-fine` : line);
  }
  return event.shiftKey && tellMap(PAN_KEYS[key]);
}

function onClick(event: MouseEvent): void {
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest(".reconnect-reload")) location.reload();
  if (target?.closest("[data-commit-button]") && order[index] && !away.away()) verdictsKept.stage(order[index]!);
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

/** On to the patch to which a verdict leads: below, or from the end of the list to the first above that is open. */
function goOn(to: string | null): void {
  const at = to === null ? -1 : order.indexOf(to);
  if (at >= 0) moveTo(at);
}

/** The same after the button. */
export const next = goOn;

/** The address follows the patch without a round trip, so that a link or a reload gives the same view. */
export function address(url: string): void {
  history.replaceState(history.state, "", view ? `${url}&view=${encodeURIComponent(view).replace(/%3A/g, ":").replace(/%2C/g, ",")}` : url);
}

/** The maps are looked at in another way: the address says so. */
function onView(event: Event): void {
  view = (event as CustomEvent<string>).detail;
  if (!document.querySelector("[data-keys]")) return;
  const query = new URLSearchParams(location.search);
  query.delete("view");
  address(`${location.pathname}?${query}`);
}

export function focus(selector: string): void {
  document.querySelector<HTMLElement>(selector)?.focus();
}

document.addEventListener("keydown", onKey, { capture: true });
document.addEventListener("keyup", onKeyUp, { capture: true });
window.addEventListener("blur", release);
document.addEventListener("click", onClick, { capture: true });
document.addEventListener("submit", onSubmit, { capture: true });
document.addEventListener("weipian:view", onView);
document.addEventListener("pointerdown", () => (lastTouch = performance.now()), { capture: true, passive: true });
away.watch(onGone, onBack);
away.every(() => {
  if (verdictsKept.waiting().length === 0) return;
  if (away.away()) void flushKept();
  else void flushKept(verdictsKept.overdue);
});
watch();
