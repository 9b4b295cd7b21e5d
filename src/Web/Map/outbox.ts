/**
 * Visits on their way: kept on this phone, photographs and all, until the server's receipt with their hashes has come. What could not be
 * sent is sent again: when the network is back, when a page is opened, and every half minute while one is open.
 */
export interface Sensed {
  longitude?: number;
  latitude?: number;
  bearingDegrees?: number;
  accuracyMetres?: number;
  takenAt?: string;
}

export interface KeptFile {
  id: string;
  name: string;
  blob: Blob | null;
  sensed: Sensed;
  /** Somebody can be made out on it: the server keeps it sealed. */
  showsPerson?: boolean;
  sha256?: string;
}

/** draft: being filled in. waiting: to be sent. sending: on its way. refused: the server said no. receipt: the hashes agree. */
export type State = "draft" | "waiting" | "sending" | "refused" | "receipt";

export interface KeptVisit {
  key: string;
  seat: string;
  patch: string;
  state: State;
  visitedOn: string;
  answers: Record<string, string | number | boolean>;
  supersedesId: string | null;
  files: KeptFile[];
  at: string;
  said?: string;
  visitId?: string;
}

interface Receipt {
  visitId: string;
  files: { fileName: string; sha256: string; remarks: { zh: string; en: string }[] }[];
}

const AGAIN_MILLISECONDS = 30_000;
let sending = false;

/** A name that nobody else has; also where the page is not served over https. */
export function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");
}

function open(): Promise<IDBDatabase> {
  return new Promise((done, fail) => {
    const asked = indexedDB.open("weipian-visits", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("visits", { keyPath: "key" });
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error ?? new Error("no store"));
  });
}

async function within<T>(mode: IDBTransactionMode, work: (visits: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const db = await open();
  try {
    return await new Promise<T>((done, fail) => {
      // Durable before it is called kept: a battery may die.
      const transaction = db.transaction("visits", mode, { durability: "strict" });
      const asked = work(transaction.objectStore("visits"));
      transaction.oncomplete = () => done(asked.result);
      transaction.onabort = transaction.onerror = () => fail(transaction.error ?? new Error("not kept"));
    });
  } finally {
    db.close();
  }
}

export const all = (): Promise<KeptVisit[]> => within("readonly", (v) => v.getAll() as IDBRequest<KeptVisit[]>);

export const find = (key: string): Promise<KeptVisit | undefined> =>
  within("readonly", (v) => v.get(key) as IDBRequest<KeptVisit | undefined>);

export async function keep(visit: KeptVisit): Promise<void> {
  await within("readwrite", (v) => v.put(visit));
  changed();
}

export async function drop(key: string): Promise<void> {
  await within("readwrite", (v) => v.delete(key));
  changed();
}

function changed(): void {
  document.dispatchEvent(new CustomEvent("weipian:outbox"));
}

/** The seat that is signed in on this page: a visit goes out under the name of the seat that made it. */
export function seat(): string {
  return document.body.dataset["seat"] ?? "";
}

/** SHA-256 in lower-case hexadecimal; undefined where the browser has none outside https. */
async function hash(blob: Blob): Promise<string | undefined> {
  if (!crypto.subtle) return undefined;
  const digest = await crypto.subtle.digest("SHA-256", await blob.arrayBuffer());
  return [...new Uint8Array(digest)].map((b) => b.toString(16).padStart(2, "0")).join("");
}

/** Sends what waits, one after the other. */
export async function flush(): Promise<void> {
  if (sending || !seat() || !("indexedDB" in globalThis)) return;
  sending = true;
  try {
    for (const visit of await all())
      if (visit.seat === seat() && (visit.state === "waiting" || visit.state === "sending")) await send(visit);
  } catch (failure) {
    console.warn(failure);
  } finally {
    sending = false;
  }
}

async function send(visit: KeptVisit): Promise<void> {
  await keep({ ...visit, state: "sending" });
  let answer: Response;
  try {
    answer = await fetch("/api/visits", { method: "POST", body: bodyOf(visit), headers: { "Idempotency-Key": visit.key } });
  } catch {
    await keep({ ...visit, state: "waiting" });
    return;
  }
  if (answer.ok) return received(visit, (await answer.json()) as Receipt);
  const problem = (await answer.json().catch(() => ({}))) as { title?: string };
  // Signed out, too busy, or broken on the other side: the visit stays and is sent again. Anything else a person has to mend.
  const again = answer.status === 401 || answer.status === 429 || answer.status >= 500;
  await keep({ ...visit, state: again ? "waiting" : "refused", said: problem.title ?? String(answer.status) });
}

function bodyOf(visit: KeptVisit): FormData {
  const body = new FormData();
  const { patch, visitedOn, answers, supersedesId, files } = visit;
  const described = files.map((f) => ({ name: f.name, showsPerson: f.showsPerson ?? false, ...f.sensed }));
  body.set("visit", JSON.stringify({ patchId: patch, visitedOn, answers, supersedesId, files: described }));
  for (const file of files) if (file.blob) body.append("files", file.blob, file.name);
  return body;
}

/** The photographs leave the phone's memory only when the server holds the same bytes. */
async function received(visit: KeptVisit, receipt: Receipt): Promise<void> {
  const chinese = document.documentElement.lang.startsWith("zh");
  for (const [i, file] of visit.files.entries()) {
    const own = file.blob ? await hash(file.blob) : file.sha256;
    const theirs = receipt.files[i]?.sha256;
    if (!theirs || (own && own !== theirs)) {
      await keep({ ...visit, state: "waiting", said: `${file.name}: SHA-256 ${theirs ?? "–"} ≠ ${own}` });
      return;
    }
  }
  const files = visit.files.map((f, i) => ({ ...f, blob: null, sha256: receipt.files[i]!.sha256 }));
  const remarks = receipt.files.flatMap((f) => f.remarks.map((r) => `${f.fileName}: ${chinese ? r.zh : r.en}`));
  await keep({ ...visit, files, state: "receipt", visitId: receipt.visitId, said: remarks.join(" ") });
}

/** Begins to look after what waits, on any page. */
export function watch(): void {
  addEventListener("online", () => void flush());
  setInterval(() => void flush(), AGAIN_MILLISECONDS);
  void flush();
}
