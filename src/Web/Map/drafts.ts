/**
 * What somebody has typed as the basis of a verdict or as a remark and not committed: kept in this browser, by seat and parcel, so that a
 * reload, a broken network or the next patch loses none. It goes into no address and to no other place than the server that the field
 * belongs to. The seat that signs out takes its words along; another seat that signs in finds none; after half a day they are gone.
 */
interface Draft {
  seat: string;
  /** Parcel and mode, as the server names them. */
  name: string;
  text: string;
  at: number;
}

const NAME = "weipian-drafts";
/** As long as a session can last. */
const KEPT_MILLISECONDS = 12 * 3_600_000;
const COUNT_MAX = 200;

const seat = (): string => document.body.dataset["seat"] ?? "";

function all(): Draft[] {
  try {
    return JSON.parse(localStorage.getItem(NAME) ?? "[]") as Draft[];
  } catch {
    return [];
  }
}

function keep(drafts: Draft[]): void {
  if (drafts.length === 0) localStorage.removeItem(NAME);
  else localStorage.setItem(NAME, JSON.stringify(drafts.slice(-COUNT_MAX)));
}

/** The words of this seat by parcel and mode; what is not its own, or too old, is gone. */
export function mine(): Record<string, string> {
  const own = all().filter((d) => d.seat === seat() && Date.now() - d.at < KEPT_MILLISECONDS);
  keep(own);
  return Object.fromEntries(own.map((d) => [d.name, d.text]));
}

export function forget(parcel: string): void {
  keep(all().filter((d) => d.seat !== seat() || !d.name.startsWith(parcel)));
}

/** Nothing of anybody stays behind. */
export function clear(): void {
  keep([]);
}

function onInput(event: Event): void {
  const field = event.target;
  if (!(field instanceof HTMLTextAreaElement) || !field.matches("[data-commit]") || !seat()) return;
  const bar = field.closest<HTMLElement>(".verdict-bar[data-parcel]");
  if (!bar?.dataset["parcel"]) return;
  const name = `${bar.dataset["parcel"]}/${bar.dataset["mode"] === "decide" ? "decide" : "second"}`;
  const others = all().filter((d) => d.name !== name || d.seat !== seat());
  keep([...others, { seat: seat(), name, text: field.value, at: Date.now() }]);
}

/** Signing out is a form like others. */
function onSubmit(event: SubmitEvent): void {
  if (new URL((event.target as HTMLFormElement).action, location.href).pathname === "/session/end") clear();
}

document.addEventListener("input", onInput, { capture: true });
document.addEventListener("submit", onSubmit, { capture: true });
