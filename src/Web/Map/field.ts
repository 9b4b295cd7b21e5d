/**
 * The visit page on a phone: one task at a time, the map with the own position, photographs with where they were taken, the form. All of
 * it is kept as it is typed; nothing here asks the server before "send" is pressed.
 */
import Feature from "ol/Feature.js";
import OlMap from "ol/Map.js";
import View from "ol/View.js";
import ScaleLine from "ol/control/ScaleLine.js";
import MultiPolygon from "ol/geom/MultiPolygon.js";
import Point from "ol/geom/Point.js";
import Polygon from "ol/geom/Polygon.js";
import VectorLayer from "ol/layer/Vector.js";
import { fromLonLat, transformExtent } from "ol/proj.js";
import VectorSource from "ol/source/Vector.js";
import "ol/ol.css";
import { load, type PatchMap } from "./mapdata.js";
import { GEOGRAPHIC, planeOf } from "./projection.js";
import { cameraStyle, layerStyle, patchStyles, standStyle } from "./style.js";
import { all, drop, find, flush, keep, newKey, seat, type KeptVisit, type Sensed } from "./outbox.js";

/** A photograph that is older than this was not taken here and now: the sensors say nothing about it. */
const FRESH_MILLISECONDS = 120_000;
const SAVE_MILLISECONDS = 300;
const CLOSEST = 0.15;
const STEPS = ["map", "photos", "form", "send"];

const page = document.querySelector<HTMLElement>("[data-field]")!;
const patch = page.dataset["patch"]!;
const draftKey = `draft ${seat()} ${patch}`;
const form = page.querySelector<HTMLFormElement>("form[data-visit]")!;

let position: GeolocationPosition | null = null;
let heading: number | null = null;
let draft: KeptVisit = fresh();

function fresh(): KeptVisit {
  return {
    key: draftKey,
    seat: seat(),
    patch,
    state: "draft",
    visitedOn: "",
    answers: {},
    supersedesId: page.dataset["supersedes"] || null,
    files: [],
    at: new Date().toISOString(),
  };
}

/* ---- steps ---------------------------------------------------------------------------------------------------------------------- */

function step(): void {
  const name = location.hash.slice(1);
  const here = STEPS.includes(name) ? name : "map";
  for (const part of page.querySelectorAll<HTMLElement>("[data-step]")) part.hidden = part.dataset["step"] !== here;
  for (const link of page.querySelectorAll<HTMLAnchorElement>("[data-to]"))
    if (link.dataset["to"] === here) link.setAttribute("aria-current", "step");
    else link.removeAttribute("aria-current");
  if (here === "map") map?.updateSize();
}

/* ---- where we stand ------------------------------------------------------------------------------------------------------------- */

/** Where the back of an upright phone looks, clockwise from north (W3C, DeviceOrientation, worked example). */
function onOrientation(event: DeviceOrientationEvent): void {
  const compass = (event as DeviceOrientationEvent & { webkitCompassHeading?: number }).webkitCompassHeading;
  if (typeof compass === "number") heading = compass;
  else if (event.absolute && event.alpha !== null && event.beta !== null && event.gamma !== null) {
    const [a, b, g] = [event.alpha, event.beta, event.gamma].map((d) => (d * Math.PI) / 180) as [number, number, number];
    const east = -Math.cos(a) * Math.sin(g) - Math.sin(a) * Math.sin(b) * Math.cos(g);
    const north = -Math.sin(a) * Math.sin(g) + Math.cos(a) * Math.sin(b) * Math.cos(g);
    heading = ((Math.atan2(east, north) * 180) / Math.PI + 360) % 360;
  }
}

function stand(): void {
  if (!navigator.geolocation) return;
  navigator.geolocation.watchPosition(
    (at) => {
      position = at;
      const { longitude, latitude, accuracy } = at.coords;
      show("[data-position]", `${longitude.toFixed(6)}° ${latitude.toFixed(6)}° ± ${Math.round(accuracy)} m`);
      drawStand();
    },
    () => show("[data-position]", page.dataset["noPosition"] ?? ""),
    { enableHighAccuracy: true, maximumAge: 5_000 },
  );
  addEventListener("deviceorientationabsolute" as "deviceorientation", onOrientation);
  addEventListener("deviceorientation", onOrientation);
}

/** Telephones of one maker ask the person first, and only after a touch. */
function askForCompass(): void {
  const asking = DeviceOrientationEvent as unknown as { requestPermission?: () => Promise<string> };
  if (typeof asking.requestPermission === "function") void asking.requestPermission().catch(() => "denied");
}

function sensed(file: File): Sensed {
  if (Date.now() - file.lastModified > FRESH_MILLISECONDS || !position) return {};
  const { longitude, latitude, accuracy } = position.coords;
  return {
    longitude,
    latitude,
    accuracyMetres: accuracy,
    takenAt: new Date(file.lastModified).toISOString(),
    ...(heading === null ? {} : { bearingDegrees: heading }),
  };
}

function show(selector: string, text: string): void {
  for (const where of page.querySelectorAll(selector)) where.textContent = text;
}

/* ---- the map -------------------------------------------------------------------------------------------------------------------- */

let map: OlMap | null = null;
const plane = planeOf(Number(page.dataset["longitude"]));
const stands = new VectorSource({ wrapX: false });

async function drawMap(): Promise<void> {
  const host = page.querySelector<HTMLElement>("[data-map=field]");
  const data = await load(patch);
  if (!host || !data) return;
  const shape = (rings: number[][][][]) => new MultiPolygon(rings).transform(GEOGRAPHIC, plane);
  const source = (features: Feature[]) => new VectorSource({ wrapX: false, features });
  const land = data.layers
    .filter((l) => l.slot === "before" || l.role === "permanent-farmland")
    .flatMap((l) => l.features.map((f) => new Feature({ geometry: shape(f.rings), role: l.role, tint: f.tint, label: "" })));
  const view = new View({ projection: plane, minResolution: CLOSEST, enableRotation: false });
  map = new OlMap({
    target: host,
    view,
    controls: [new ScaleLine({ units: "metric", minWidth: 72 })],
    layers: [
      new VectorLayer({ source: source(land), style: layerStyle }),
      new VectorLayer({ source: source([new Feature({ geometry: shape(data.patch) })]), style: patchStyles }),
      new VectorLayer({ source: source(cameras(data)), style: cameraStyle }),
      new VectorLayer({ source: stands, style: standStyle }),
    ],
  });
  view.fit(transformExtent(data.extent, GEOGRAPHIC, plane), { padding: [60, 60, 60, 60], size: map.getSize() ?? [360, 360] });
  host.dataset["shown"] = patch;
  drawStand();
}

function cameras(data: PatchMap): Feature[] {
  return data.cameras.flatMap((c) => {
    const at = new Feature({ geometry: new Point(fromLonLat([c.longitude, c.latitude], plane)), looks: c.looksAtPatch });
    if (!c.cone) return [at];
    return [new Feature({ geometry: new Polygon([c.cone]).transform(GEOGRAPHIC, plane), looks: c.looksAtPatch }), at];
  });
}

function drawStand(): void {
  stands.clear(true);
  if (position)
    stands.addFeature(new Feature(new Point(fromLonLat([position.coords.longitude, position.coords.latitude], plane))));
}

/* ---- the form and the photographs, kept as they come ----------------------------------------------------------------------------- */

function answers(): KeptVisit["answers"] {
  const filled: KeptVisit["answers"] = {};
  const kinds: Record<string, string[]> = {};
  for (const field of form.querySelectorAll<HTMLInputElement | HTMLSelectElement>("[data-type]")) {
    const value = field.value.trim();
    if (field.dataset["type"] === "kinds") {
      if ((field as HTMLInputElement).checked) (kinds[field.name] ??= []).push(value);
    } else if (value === "") continue;
    else if (field.dataset["type"] === "flag") filled[field.name] = value === "true";
    else if (field.dataset["type"] === "number" && Number.isFinite(Number(value))) filled[field.name] = Number(value);
    else filled[field.name] = value;
  }
  for (const [name, listed] of Object.entries(kinds)) filled[name] = listed.join(",");
  return filled;
}

function fill(kept: KeptVisit): void {
  form.querySelector<HTMLInputElement>("[name=visitedOn]")!.value = kept.visitedOn;
  for (const field of form.querySelectorAll<HTMLInputElement | HTMLSelectElement>("[data-type]")) {
    const value = kept.answers[field.name];
    if (field.dataset["type"] === "kinds") (field as HTMLInputElement).checked = String(value ?? "").split(",").includes(field.value);
    else field.value = value === undefined ? "" : String(value);
  }
}

let saving = 0;

function saveSoon(): void {
  clearTimeout(saving);
  saving = window.setTimeout(() => void save(), SAVE_MILLISECONDS);
}

async function save(): Promise<void> {
  clearTimeout(saving);
  draft = { ...draft, visitedOn: form.querySelector<HTMLInputElement>("[name=visitedOn]")!.value, answers: answers() };
  await keep(draft);
  show("[data-saved]", page.dataset["saved"] ?? "");
}

async function add(input: HTMLInputElement): Promise<void> {
  const taken = [...(input.files ?? [])].map((f) => ({ id: newKey(), name: f.name, blob: f as Blob, sensed: sensed(f) }));
  input.value = "";
  draft = { ...draft, files: [...draft.files, ...taken] };
  await save();
  drawPhotos();
}

function drawPhotos(): void {
  const list = page.querySelector("[data-photos]")!;
  const model = page.querySelector<HTMLTemplateElement>("template[data-photo]")!;
  for (const old of list.querySelectorAll("img")) URL.revokeObjectURL(old.src);
  list.replaceChildren(
    ...draft.files.map((file) => {
      const item = model.content.firstElementChild!.cloneNode(true) as HTMLElement;
      const picture = item.querySelector("img")!;
      if (file.blob?.type.startsWith("image/")) picture.src = URL.createObjectURL(file.blob);
      else picture.remove();
      item.querySelector("[data-name]")!.textContent = file.name;
      const { longitude, latitude, bearingDegrees } = file.sensed;
      const where = longitude === undefined ? "" : `${longitude.toFixed(5)}° ${latitude!.toFixed(5)}°`;
      item.querySelector("[data-where]")!.textContent = where + (bearingDegrees === undefined ? "" : ` ${Math.round(bearingDegrees)}°`);
      const person = item.querySelector<HTMLInputElement>("[data-person]")!;
      person.checked = file.showsPerson ?? false;
      person.addEventListener("change", () => {
        draft = { ...draft, files: draft.files.map((f) => (f.id === file.id ? { ...f, showsPerson: person.checked } : f)) };
        void save();
      });
      item.querySelector("button")!.addEventListener("click", () => {
        draft = { ...draft, files: draft.files.filter((f) => f.id !== file.id) };
        void save().then(drawPhotos);
      });
      return item;
    }),
  );
  show("[data-count]", String(draft.files.length));
}

/* ---- on its way ----------------------------------------------------------------------------------------------------------------- */

async function send(): Promise<void> {
  await save();
  const out: KeptVisit = { ...draft, key: newKey(), state: "waiting", at: new Date().toISOString() };
  await keep(out);
  await drop(draftKey);
  draft = fresh();
  draft.visitedOn = out.visitedOn;
  fill(draft);
  drawPhotos();
  await flush();
}

/** A refused visit is taken up again: it becomes the draft, with its photographs. */
async function mend(visit: KeptVisit): Promise<void> {
  const { said: _, ...rest } = visit;
  draft = { ...rest, key: draftKey, state: "draft" };
  await keep(draft);
  await drop(visit.key);
  fill(draft);
  drawPhotos();
  location.hash = "form";
}

async function drawOutbox(): Promise<void> {
  const list = page.querySelector("[data-outbox]")!;
  const model = page.querySelector<HTMLTemplateElement>("template[data-sent]")!;
  const mine = (await all()).filter((v) => v.seat === seat() && v.patch === patch && v.state !== "draft");
  list.replaceChildren(
    ...mine
      .sort((a, b) => b.at.localeCompare(a.at))
      .map((visit) => {
        const item = model.content.firstElementChild!.cloneNode(true) as HTMLElement;
        item.dataset["state"] = visit.state;
        item.querySelector("[data-state-name]")!.textContent = item.dataset[visit.state] ?? visit.state;
        item.querySelector("[data-when]")!.textContent = `${visit.visitedOn} · ${visit.files.length}`;
        item.querySelector("[data-said]")!.textContent = visit.said ?? "";
        item.querySelector("[data-hashes]")!.textContent =
          visit.state === "receipt" ? visit.files.map((f) => `${f.name} ${f.sha256?.slice(0, 16)}`).join("\n") : "";
        const [now, mended] = ["now", "mend"].map((name) => item.querySelector<HTMLButtonElement>(`[data-${name}]`)!);
        // It goes by itself; who stands beside the car does not wait half a minute for it.
        now!.hidden = visit.state !== "waiting";
        now!.addEventListener("click", () => void flush());
        mended!.hidden = visit.state !== "refused";
        mended!.addEventListener("click", () => void mend(visit));
        return item;
      }),
  );
}

async function begin(): Promise<void> {
  const kept = await find(draftKey);
  // What the server wrote into the form is where the person begins; what was typed here before goes before it.
  draft = kept ?? { ...fresh(), visitedOn: form.querySelector<HTMLInputElement>("[name=visitedOn]")!.value, answers: answers() };
  if (kept) fill(kept);
  drawPhotos();
  await drawOutbox();
  form.addEventListener("input", saveSoon);
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const input of page.querySelectorAll<HTMLInputElement>("input[type=file]")) {
    input.addEventListener("click", askForCompass);
    input.addEventListener("change", () => void add(input));
  }
  page.querySelector("[data-send]")!.addEventListener("click", () => void send());
  document.addEventListener("weipian:outbox", () => void drawOutbox());
  addEventListener("hashchange", step);
  // The router of the pages follows a link to a place of the same page without the event that the steps wait for.
  for (const link of page.querySelectorAll<HTMLAnchorElement>("[data-to]"))
    link.addEventListener("click", (event) => {
      event.preventDefault();
      location.hash = link.dataset["to"] ?? "";
    });
  addEventListener("pagehide", () => void save());
  stand();
  await drawMap();
  step();
  page.dataset["field"] = "ready";
}

step();
void begin();
