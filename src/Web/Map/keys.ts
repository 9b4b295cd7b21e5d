/**
 * The keys of one seat: a pressed key becomes the usual key of its action, so that everything behind this file knows only usual keys. One
 * key may be waited for, when a person chooses another for an action.
 */
let byPressed: Record<string, string> = {};
let usual = new Set<string>();
let waiting: ((key: string | null) => void) | null = null;

/** The usual key by the pressed one, for every action there is. */
export function choose(map: Record<string, string>): void {
  byPressed = map;
  usual = new Set(Object.values(map));
}

/** The name under which a key is kept: letters are small, whatever Shift does. */
export function named(event: KeyboardEvent): string {
  return event.key.length === 1 ? event.key.toLowerCase() : event.key;
}

/** 229 is what browsers send while an input method has the key. */
export function composing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229 || event.key === "Process" || event.key === "Dead";
}

/** What a pressed key means; nothing when its action has another key now. Arrows, Escape and Backspace stay what they are. */
export function meaning(key: string): string | null {
  if (key in byPressed) return byPressed[key]!;
  return usual.has(key) ? null : key;
}

/** The next key that is pressed is handed over instead of acting; Escape hands over nothing. */
export function capture(then: (key: string | null) => void): void {
  waiting = then;
}

/** True when the key was waited for. */
export function captured(event: KeyboardEvent): boolean {
  if (!waiting || ["Shift", "Control", "Alt", "Meta"].includes(event.key)) return false;
  const then = waiting;
  waiting = null;
  event.preventDefault();
  event.stopPropagation();
  then(event.key === "Escape" ? null : named(event));
  return true;
}
