/** Whether the circuit to the server is there, and the line that says so and how many verdicts wait. */
import * as verdicts from "./verdicts.js";

const GONE = /components-reconnect-(show|retrying|failed|rejected|paused)/;
const LOOK_MILLISECONDS = 3_000;

let back: (() => void) | null = null;
let gone: (() => void) | null = null;
let was = false;

/** The server cannot be reached over the circuit now. A machine without any network may still be its own server. */
export function away(): boolean {
  return GONE.test(document.getElementById("components-reconnect-modal")?.className ?? "");
}

function look(): void {
  const now = away();
  if (now === was) return;
  was = now;
  (now ? gone : back)?.();
}

/** Tells when the server goes and when it is back. */
export function watch(onGone: () => void, onBack: () => void): void {
  gone = onGone;
  back = onBack;
  const modal = document.getElementById("components-reconnect-modal");
  if (modal) new MutationObserver(look).observe(modal, { attributes: true, attributeFilter: ["class"] });
  window.setInterval(() => onTick(), LOOK_MILLISECONDS);
}

let onTick: () => void = () => {};

export function every(work: () => void): void {
  onTick = work;
}

/** The line under the maps: nothing while all is well. */
export function say(patch: string, note: "none" | "kept" | "elsewhere" = "none"): void {
  const line = document.querySelector<HTMLElement>("[data-away]");
  if (!line) return;
  const count = verdicts.waiting().length;
  const isAway = away();
  const { words } = verdicts.choice(patch);
  const parts = [
    isAway ? line.dataset["textAway"] : "",
    count > 0 && (isAway || note === "kept") ? line.dataset["textWaiting"]?.replace("{0}", String(count)) : "",
    isAway && note === "elsewhere" ? line.dataset["textElsewhere"] : "",
    isAway && words ? line.dataset["textChosen"]?.replace("{0}", words) : "",
  ];
  const text = parts.filter(Boolean).join(" ");
  if (line.textContent !== text) line.textContent = text;
  line.hidden = text === "";
  line.dataset["count"] = String(count);
}
