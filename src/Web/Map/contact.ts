/** The contact sheet by keys: arrows and J/K go from pair to pair, up and down by rows; Page keys turn the sheet; Esc goes back. */
import { composing, named } from "./keys.js";

function links(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("[data-contact] [data-pair]")];
}

/** How many stand in the first row. */
function columns(all: HTMLElement[]): number {
  const top = all[0]?.getBoundingClientRect().top ?? 0;
  const next = all.findIndex((a) => Math.abs(a.getBoundingClientRect().top - top) > 4);
  return next < 0 ? all.length : next;
}

function step(key: string, all: HTMLElement[]): number {
  switch (key) {
    case "ArrowRight":
    case "j":
      return 1;
    case "ArrowLeft":
    case "k":
      return -1;
    case "ArrowDown":
      return columns(all);
    case "ArrowUp":
      return -columns(all);
    default:
      return 0;
  }
}

function onKey(event: KeyboardEvent): void {
  const sheet = document.querySelector<HTMLElement>("[data-contact]");
  if (!sheet || composing(event) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target instanceof HTMLElement && event.target.closest("input, textarea, select")) return;
  const key = named(event);
  const turn = key === "PageDown" ? "[data-sheet-on]" : key === "PageUp" ? "[data-sheet-back]" : "";
  if (turn) {
    event.preventDefault();
    sheet.querySelector<HTMLElement>(turn)?.click();
    return;
  }
  if (key === "Escape") {
    sheet.querySelector<HTMLElement>(".help")?.click();
    return;
  }
  const all = links();
  const by = step(key, all);
  if (by === 0 || all.length === 0) return;
  event.preventDefault();
  const here = all.indexOf(document.activeElement as HTMLElement);
  const to = here < 0 ? 0 : Math.max(0, Math.min(all.length - 1, here + by));
  all[to]!.focus();
  all[to]!.scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", onKey);

export {};
