/**
 * Verdicts on their way: what a person has committed is kept in this browser until the server's receipt has come, so that a network that
 * breaks in the middle loses none. What has no receipt when the network is back is sent again with what was on the screen then; the server
 * tells by that whether it is there already, so that each is written once.
 */
import { newKey } from "./outbox.js";

export interface Given {
  key: string;
  seat: string;
  patch: string;
  number: string;
  parcel: string;
  /** decide, or the outcome of a second signature. */
  mode: "decide" | "confirmed" | "returned";
  code: string;
  reasonCode: string;
  reason: string;
  correction: string | null;
  proposal: string | null;
  verdict: string | null;
  /** Second signatures under the verdict that had been taken back. */
  takenBack?: number;
  at: number;
}

/** What became of a verdict that was sent again; the refusal in words when there was one. */
export interface Sent {
  given: Given;
  refusal: string | null;
}

interface MenuClass {
  digit: string;
  code: string | null;
  name: string;
  letters: { letter: string; code: string; name: string }[];
}

const NAME = "weipian-verdicts";
/** A receipt that takes longer was lost. */
const LOST_MILLISECONDS = 45_000;
let sending = false;

const seat = (): string => document.body.dataset["seat"] ?? "";

function all(): Given[] {
  try {
    return JSON.parse(localStorage.getItem(NAME) ?? "[]") as Given[];
  } catch {
    return [];
  }
}

function keep(given: Given[]): void {
  if (given.length === 0) localStorage.removeItem(NAME);
  else localStorage.setItem(NAME, JSON.stringify(given));
}

/** Those of this seat that have no receipt. */
export function waiting(): Given[] {
  return all().filter((g) => g.seat === seat());
}

function bar(): HTMLElement | null {
  return document.querySelector<HTMLElement>(".verdict-bar[data-parcel]");
}

const chosen = { patch: "", open: "", code: "", name: "" };

/** The verdict that is on the screen, kept before it is sent; nothing when none is complete. */
export function stage(patch: string): Given | null {
  const from = bar();
  const mode = from?.dataset["mode"] as Given["mode"] | undefined;
  if (!from || !mode || from.dataset["patch"] !== patch) return null;
  const code = chosen.patch === patch && chosen.code ? chosen.code : (from.dataset["code"] ?? "");
  const reason = from.querySelector<HTMLTextAreaElement>("[data-commit]")?.value.trim() ?? "";
  const complete = mode === "decide" ? code !== "" && reason !== "" : mode === "returned" || from.dataset["final"] === "true";
  if (!complete) return null;
  const given: Given = {
    key: newKey(),
    seat: seat(),
    patch,
    number: from.dataset["number"] ?? "",
    parcel: from.dataset["parcel"]!,
    mode,
    code,
    reasonCode: from.dataset["reason"] ?? "",
    reason: reason || (from.querySelector<HTMLSelectElement>("select.reason")?.selectedOptions[0]?.textContent ?? ""),
    correction: from.querySelector<HTMLInputElement>("[data-why]")?.value ?? null,
    proposal: from.dataset["proposal"] ?? null,
    verdict: from.dataset["verdict"] ?? null,
    takenBack: Number(from.dataset["takenBack"] ?? 0),
    at: Date.now(),
  };
  keep([...all().filter((g) => g.parcel !== given.parcel || g.seat !== given.seat), given]);
  return given;
}

/** The server has it, or has refused it and said so on the page. */
export function receipt(parcel: string): void {
  keep(all().filter((g) => g.parcel !== parcel || g.seat !== seat()));
}

/** Takes back one that was only kept here. */
export function unstage(patch: string): boolean {
  const mine = waiting().filter((g) => g.patch === patch);
  if (mine.length === 0) return false;
  keep(all().filter((g) => !mine.some((m) => m.key === g.key)));
  return true;
}

function address(given: Given): string {
  const what = given.mode === "decide" ? "determination" : "confirmation";
  return `/api/patches/${given.patch}/parcels/${given.parcel}/${what}`;
}

function body(given: Given): unknown {
  const seen = { proposal: given.proposal, verdict: given.verdict, takenBack: given.takenBack ?? 0 };
  return given.mode === "decide"
    ? { code: given.code, reason: given.reason, correction: given.correction, seen }
    : { outcome: given.mode, reasonCode: given.reasonCode, reason: given.reason, seen };
}

async function send(given: Given): Promise<Sent | null> {
  const answer = await fetch(address(given), {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json", "idempotency-key": given.key },
    body: JSON.stringify(body(given)),
  });
  if (answer.ok) return { given, refusal: null };
  // Signed out, or a server that is only coming up: it waits on.
  if (answer.status === 401 || answer.status >= 500) return null;
  const problem = (await answer.json().catch(() => null)) as { detail?: string; title?: string } | null;
  return { given, refusal: problem?.detail ?? problem?.title ?? String(answer.status) };
}

/** Sends what has no receipt, in order; what the network does not carry waits on. */
export async function flush(only: (given: Given) => boolean = () => true): Promise<Sent[]> {
  if (sending) return [];
  sending = true;
  const done: Sent[] = [];
  try {
    for (const given of waiting().filter(only)) {
      const sent = await send(given);
      if (!sent) break;
      keep(all().filter((g) => g.key !== given.key));
      done.push(sent);
    }
  } catch (failure) {
    console.info("verdicts wait for the network", String(failure));
  } finally {
    sending = false;
  }
  return done;
}

/** Those whose receipt is late enough to be lost. */
export function overdue(given: Given): boolean {
  return Date.now() - given.at > LOST_MILLISECONDS;
}

/** A key of the verdict bar while the server is away: the choice is made here. True when it meant something. */
export function press(key: string, patch: string): boolean {
  const from = bar();
  if (!from || from.dataset["patch"] !== patch || from.dataset["mode"] !== "decide") return false;
  if (chosen.patch !== patch) Object.assign(chosen, { patch, open: "", code: "", name: "" });
  const menu = JSON.parse(from.dataset["menu"] ?? "[]") as MenuClass[];
  if (key === "Escape") {
    Object.assign(chosen, { open: "", code: "", name: "" });
    return true;
  }
  const letter = menu.find((c) => c.digit === chosen.open)?.letters.find((l) => l.letter === key);
  const group = menu.find((c) => c.digit === key);
  if (letter) Object.assign(chosen, { code: letter.code, name: letter.name });
  else if (group) Object.assign(chosen, { open: group.code ? "" : key, code: group.code ?? "", name: group.name });
  return Boolean(letter ?? group);
}

/** What was chosen while the server was away, in words. */
export function choice(patch: string): { open: boolean; words: string } {
  if (chosen.patch !== patch) return { open: false, words: "" };
  return { open: chosen.open !== "", words: [chosen.code, chosen.name].filter(Boolean).join(" ") };
}
