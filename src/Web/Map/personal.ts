/**
 * Says so while somebody types a number of a person into a text: pages and exports will cover it, and the place for it is the party.
 * Nothing is kept back. The patterns come with the page, so that the phone on site has them as well.
 */
interface Kind {
  name: string;
  pattern: string;
  check: boolean;
}

/** Fields that are made for such a number, and are kept sealed. */
const MEANT_FOR_IT = /^(identity-?number|phone|asked|login|password|code)$/i;

const says = document.body.dataset["personalSays"] ?? "";
const kinds = (JSON.parse(document.body.dataset["personal"] ?? "[]") as Kind[]).map((kind) => ({
  ...kind,
  expression: new RegExp(kind.pattern, "g"),
}));

/** ISO 7064 MOD 11-2, as GB 11643-1999 takes it. */
function proves(number: string): boolean {
  const digits = number.replace(/[^0-9X]/gi, "");
  let remainder = 0;
  for (const digit of digits.slice(0, -1)) remainder = ((remainder + Number(digit)) * 2) % 11;
  const last = digits.slice(-1);
  return (12 - remainder) % 11 === (/x/i.test(last) ? 10 : Number(last));
}

/** What kinds of numbers stand in a text. */
function found(text: string): string[] {
  const narrow = text.replace(/[０-９Ｘｘ]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));
  return kinds
    .filter((kind) => [...narrow.matchAll(kind.expression)].some(([number]) => !kind.check || proves(number)))
    .map((kind) => kind.name);
}

function isText(target: EventTarget | null): target is HTMLInputElement | HTMLTextAreaElement {
  if (target instanceof HTMLTextAreaElement) return true;
  return target instanceof HTMLInputElement && target.type === "text" && !MEANT_FOR_IT.test(target.name);
}

/** It stands outside of what the server draws. */
let note: HTMLElement | null = null;

function look(event: Event): void {
  if (!isText(event.target)) return;
  const names = found(event.target.value);
  if (names.length === 0) {
    if (note) note.hidden = true;
    return;
  }
  if (!note?.isConnected) {
    note = document.createElement("p");
    note.className = "personal-warning";
    note.setAttribute("role", "status");
    document.body.append(note);
  }
  note.hidden = false;
  const words = says.replace("{0}", names.join(document.documentElement.lang.startsWith("zh") ? "、" : ", "));
  if (note.textContent !== words) note.textContent = words;
}

if (kinds.length > 0) {
  document.addEventListener("input", look, true);
  document.addEventListener("focusin", look, true);
  document.addEventListener("focusout", () => {
    if (note) note.hidden = true;
  });
}
