/**
 * The map pair: before and after, one view. Loaded only by pages that show it. It listens for the patch that the keys chose and moves at
 * once, without asking the server, as the next patches are already here; .NET is told only what a person points at.
 */
import Feature from "ol/Feature.js";
import OlMap from "ol/Map.js";
import View from "ol/View.js";
import ScaleLine from "ol/control/ScaleLine.js";
import MultiPolygon from "ol/geom/MultiPolygon.js";
import Point from "ol/geom/Point.js";
import LineString from "ol/geom/LineString.js";
import Polygon from "ol/geom/Polygon.js";
import Draw from "ol/interaction/Draw.js";
import type Interaction from "ol/interaction/Interaction.js";
import Snap from "ol/interaction/Snap.js";
import { defaults as interactions } from "ol/interaction/defaults.js";
import VectorLayer from "ol/layer/Vector.js";
import { fromLonLat, toLonLat, transformExtent, type Projection } from "ol/proj.js";
import VectorSource from "ol/source/Vector.js";
import "ol/ol.css";
import { ImagePane, loadImages, type PatchImage, type PatchImages } from "./images.js";
import { forget, load, type Layer, type PatchMap, type Rings } from "./mapdata.js";
import { GEOGRAPHIC, planeOf } from "./projection.js";
import { ofAddress, write, type Place, type ViewState } from "./view.js";
import {
  cameraStyle,
  crossStyle,
  forgetColours,
  layerStyle,
  layerStyleAt,
  litStyle,
  neighbourStyle,
  parcelStyle,
  patchStyles,
} from "./style.js";

interface Listener {
  invokeMethodAsync(method: string, ...values: unknown[]): Promise<unknown>;
}

type Slot = "before" | "after";

interface Pane {
  slot: Slot;
  host: HTMLElement;
  map: OlMap;
  image: ImagePane;
  land: VectorLayer;
  layers: VectorSource;
  parcels: VectorSource;
  patch: VectorSource;
  neighbours: VectorSource;
  lit: VectorSource;
  crosses: VectorSource;
  cameras: VectorSource;
  drawn: VectorSource;
}

/** Whitespace around a patch, as a share of the pane. */
const MARGIN = 0.16;
const LABEL_RESOLUTION_MAX = 1.2;
const CLOSEST_METRES_PER_PIXEL = 0.08;
const FARTHEST_METRES_PER_PIXEL = 400;
const NEIGHBOUR_LABELS_MAX = 80;
/** How strongly layers lie over an image, in the order in which a key changes it. */
const OVER_IMAGE = [0.3, 0.65, 0];
/** The key under which a figure of the whole patch lights it. */
const WHOLE = "patch";
const SWIPE_STEP = 0.05;
const SNAP_PIXELS = 8;
/** Patches whose features are kept. */
const MADE_MAX = 8;
const FLICKER_MILLISECONDS = 450;
const ZOOM_STEP = 1.5;
/** A step of the arrows, as a share of the pane. */
const PAN_SHARE = 0.2;
/** An image was looked at when it was drawn on the screen so long, or so long while keys swapped the two. */
const LOOKED_MILLISECONDS = 5_000;
const LOOKED_SWAPPED_MILLISECONDS = 1_000;
const LOOK_TICK_MILLISECONDS = 250;
/** Steps of a dividing line that is laid by keys: degrees, and shares of the longer side of the parcel; fine ones with Shift. */
const TURN_DEGREES = 5;
const TURN_FINE_DEGREES = 0.5;
const SHIFT_SHARE = 1 / 20;
const SHIFT_FINE_SHARE = 1 / 200;

function source(): VectorSource {
  return new VectorSource({ useSpatialIndex: true, wrapX: false });
}

const placed = new WeakMap<Rings, { plane: Projection; ground: MultiPolygon }>();

/** The rings in a plane; computed once, and of the next patches before they are shown. Each caller has its own. */
function geometry(rings: Rings, plane: Projection): MultiPolygon {
  const known = placed.get(rings);
  if (known?.plane === plane) return known.ground.clone();
  const ground = new MultiPolygon(rings).transform(GEOGRAPHIC, plane) as MultiPolygon;
  placed.set(rings, { plane, ground });
  return ground.clone();
}

/** Not every browser says when it rests. */
const atRest = (what: () => void): unknown => (window.requestIdleCallback ?? ((soon) => setTimeout(soon, 150)))(what);

function planeUnder(data: PatchMap): Projection {
  const [west, , east] = data.extent;
  return planeOf((west + east) / 2);
}

/** What one side draws of a patch. */
interface Drawing {
  patch: Feature[];
  parcels: Feature[];
  neighbours: Feature[];
  /** In the order of the layers of the patch: whole, or as hairlines where the side speaks of another time. */
  layers: { whole: boolean; features: Feature[] }[];
}

function featuresOf(layer: Layer, data: PatchMap, plane: Projection, faint: boolean): Feature[] {
  return layer.features.map(
    (f) =>
      new Feature({
        geometry: geometry(f.rings, plane),
        role: layer.role,
        faint,
        tint: f.tint,
        label: layer.role === "land-use" && !faint ? f.code : "",
        says: [layer.roleName, f.label, layer.name, layer.asOf, layer.version.slice(0, 8)].filter(Boolean).join(" · "),
        piece: data.pieces.find((q) => q.role === layer.role && q.version === layer.version && q.n === f.n)?.key,
      }),
  );
}

function pane(host: HTMLElement, slot: Slot, view: View): Pane {
  const sources = {
    layers: source(),
    parcels: source(),
    patch: source(),
    neighbours: source(),
    lit: source(),
    crosses: source(),
    cameras: source(),
    drawn: source(),
  };
  const options = { updateWhileAnimating: true, updateWhileInteracting: true, renderBuffer: 120 };
  const land = new VectorLayer({ ...options, source: sources.layers, style: layerStyle, declutter: "labels", zIndex: 1 });
  const map = new OlMap({
    target: host,
    view,
    controls: [new ScaleLine({ units: "metric", minWidth: 72 })],
    interactions: interactions({ altShiftDragRotate: false, pinchRotate: false, keyboard: false }),
    layers: [
      land,
      new VectorLayer({ ...options, source: sources.crosses, style: crossStyle(), zIndex: 2, properties: { crosses: true } }),
      new VectorLayer({ ...options, source: sources.neighbours, style: neighbourStyle, declutter: "labels", zIndex: 3 }),
      new VectorLayer({ ...options, source: sources.lit, style: litStyle, zIndex: 4, properties: { lit: true } }),
      new VectorLayer({ ...options, source: sources.patch, style: patchStyles, zIndex: 5 }),
      new VectorLayer({ ...options, source: sources.parcels, style: parcelStyle, declutter: "labels", zIndex: 6 }),
      new VectorLayer({ ...options, source: sources.cameras, style: cameraStyle, zIndex: 7 }),
      new VectorLayer({ ...options, source: sources.drawn, style: patchStyles, zIndex: 8 }),
    ],
  });
  return { slot, host, map, image: new ImagePane(map, host), land, ...sources };
}

/** A round distance for the grid crosses: 1, 2 or 5 times a power of ten, about a fifth of the pane. */
function gridStep(width: number): number {
  const raw = width / 5;
  const power = 10 ** Math.floor(Math.log10(raw));
  const digit = raw / power;
  return power * (digit < 1.5 ? 1 : digit < 3.5 ? 2 : digit < 7.5 ? 5 : 10);
}

class Pair {
  private readonly panes: Pane[];
  private plane: Projection;
  private view: View;
  private shown: PatchMap | null = null;
  private wanted = "";
  private readonly hidden = new Set<string>();
  private both = false;
  private lit: string[] = [];
  /** Of the patches at hand and around it: features of each side, made once. */
  private readonly made = new Map<PatchMap, { plane: Projection; drawn: Map<Slot, Drawing> }>();
  private readonly stop = new AbortController();
  private hover = 0;
  private drawing: [Pane, Interaction][] = [];
  /** Number of the parcel that is divided, and the line that the keys have laid through it. */
  private divided = "";
  private laid: { azimuth: number; offset: number } | null = null;
  /** How long each image of the patch on screen was drawn; the keys swapped them. */
  private seen = new Map<string, number>();
  private swaps = 0;
  private looked = "";
  private readonly looking = window.setInterval(() => this.look(), LOOK_TICK_MILLISECONDS);
  private images: PatchImages | null = null;
  private swapped = false;
  private swiping = false;
  private spying = false;
  private share = 0.5;
  private strength = 0;
  /** Place in the series that the later side shows; none for the image that was chosen. */
  private leaf: number | null = null;
  private flicker = 0;
  /** The maps move each for itself: the later one has a view of its own. */
  private apart = false;
  /** Somebody moved away from where the patch was put. */
  private moved = false;
  private telling = 0;
  /** What the address asks of the first patch. */
  private asked: ViewState | null = ofAddress();
  /** The photograph that is on the screen. */
  private photographed: string | null = null;

  constructor(
    before: HTMLElement,
    after: HTMLElement,
    private readonly readout: HTMLElement | null,
    private readonly listener: Listener,
  ) {
    this.plane = planeOf(117);
    this.view = this.newView();
    this.panes = [pane(before, "before", this.view), pane(after, "after", this.view)];
    const listening = { signal: this.stop.signal };
    document.addEventListener("weipian:patch", (e) => void this.show((e as CustomEvent<string>).detail), listening);
    document.addEventListener("weipian:ahead", (e) => this.ahead((e as CustomEvent<string[]>).detail), listening);
    document.addEventListener("weipian:map", (e) => this.command((e as CustomEvent<string>).detail), listening);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.recolour(), listening);
    for (const p of this.panes) this.watch(p);
  }

  private newView(): View {
    return new View({
      projection: this.plane,
      center: [500_000, 4_000_000],
      resolution: 10,
      minResolution: CLOSEST_METRES_PER_PIXEL,
      maxResolution: FARTHEST_METRES_PER_PIXEL,
      enableRotation: false,
    });
  }

  private watch(p: Pane): void {
    p.map.on("pointermove", (event) => {
      if (event.dragging || this.hover) return;
      const pixel = event.pixel;
      const at = event.coordinate;
      this.hover = requestAnimationFrame(() => {
        this.hover = 0;
        this.read(p, pixel, at);
      });
    });
    p.map.on("singleclick", (event) => {
      const piece = this.pieceAt(p, event.pixel);
      if (piece) void this.tell("OnPiece", piece);
    });
    p.map.on("moveend", () => this.drawCrosses());
    const moved = (): void => {
      this.moved = true;
      this.tellView();
    };
    p.map.on("pointerdrag", moved);
    p.host.addEventListener("wheel", moved, { passive: true, signal: this.stop.signal });
    p.host.addEventListener("pointerleave", () => this.readout?.replaceChildren());
  }

  private async tell(method: string, ...values: unknown[]): Promise<void> {
    try {
      await this.listener.invokeMethodAsync(method, ...values);
    } catch (failure) {
      console.warn(failure);
    }
  }

  private featureAt(p: Pane, pixel: number[]): Feature | undefined {
    const found = p.map.forEachFeatureAtPixel(pixel, (f) => f as Feature, {
      layerFilter: (l) => !l.get("crosses") && !l.get("lit"),
      hitTolerance: 1,
    });
    return found;
  }

  private pieceAt(p: Pane, pixel: number[]): string | undefined {
    // A verdict may be drawn over the ground it stands on.
    return p.map.forEachFeatureAtPixel(pixel, (f) => (f.get("piece") as string | undefined) || undefined, {
      layerFilter: (l) => l === p.land,
      hitTolerance: 1,
    });
  }

  /** Which layer, version and date the pointer is over, and where it is. */
  private read(p: Pane, pixel: number[], at: number[]): void {
    if (!this.readout) return;
    const [lon, lat] = toLonLat(at, this.plane) as [number, number];
    const feature = this.featureAt(p, pixel);
    const what = (feature?.get("says") as string | undefined) ?? "";
    const where = document.createElement("span");
    where.className = "figures";
    where.textContent = `${lon.toFixed(6)}° ${lat.toFixed(6)}°`;
    const text = document.createElement("span");
    text.textContent = what;
    this.readout.replaceChildren(text, where);
  }

  /** Loads what comes next, so that it is here when it is asked for. */
  ahead(ids: string[]): void {
    for (const id of ids) {
      void load(id).then((data) => {
        if (data && !this.made.has(data)) atRest(() => this.makeAhead(data));
      });
      void loadImages(id);
    }
  }

  /** What a patch is drawn of, made while nobody waits for it. */
  private makeAhead(data: PatchMap): void {
    const plane = planeUnder(data);
    for (const p of this.panes) this.of(data, p, plane);
  }

  private of(data: PatchMap, p: Pane, plane: Projection): Drawing {
    let sides = this.made.get(data);
    if (sides?.plane !== plane) {
      if (this.made.size >= MADE_MAX) this.made.delete(this.made.keys().next().value!);
      this.made.set(data, (sides = { plane, drawn: new Map() }));
    }
    let drawing = sides.drawn.get(p.slot);
    if (!drawing) sides.drawn.set(p.slot, (drawing = this.drawingOf(data, p.slot, plane)));
    return drawing;
  }

  async show(id: string, again = false): Promise<void> {
    if (id === this.wanted && !again) return;
    if (id !== this.wanted) {
      this.seen.clear();
      this.swaps = 0;
    }
    this.wanted = id;
    if (!id) return this.clear();
    const [data, images] = await Promise.all([load(id), loadImages(id)]);
    // Somebody may have gone on while this one was on its way.
    if (this.wanted !== id) return;
    if (!data) return this.clear();
    this.images = images;
    this.leaf = null;
    this.draw(data, !again);
  }

  /** Draws a patch anew, where it stands, after its verdict or its parcels changed. */
  reload(id: string): Promise<void> {
    forget(id);
    return id === this.wanted ? this.show(id, true) : Promise.resolve();
  }

  private clear(): void {
    this.shown = null;
    for (const p of this.panes) {
      for (const s of [p.layers, p.parcels, p.patch, p.neighbours, p.lit, p.crosses, p.cameras, p.drawn]) s.clear(true);
      p.host.dataset.shown = "";
      p.image.show(undefined, undefined, undefined);
    }
    this.images = null;
  }

  private draw(data: PatchMap, move: boolean): void {
    this.stopDrawing();
    const plane = planeUnder(data);
    if (plane !== this.plane) {
      this.plane = plane;
      this.view = this.newView();
      for (const p of this.panes) p.map.setView(this.view);
      if (this.apart) {
        this.apart = false;
        this.mirror();
      }
    }
    this.shown = data;
    this.lit = [];
    if (this.asked) this.takeUp(this.asked);
    for (const p of this.panes) this.fill(p, data);
    this.drawImages();
    if (move) this.place();
    this.drawCrosses();
    for (const p of this.panes) {
      p.map.once("postrender", () => (p.host.dataset.shown = data.id));
      p.map.render();
    }
  }

  private fill(p: Pane, data: PatchMap): void {
    const drawing = this.of(data, p, this.plane);
    const features: Feature[] = [];
    data.layers.forEach((layer, n) => {
      if (this.hidden.has(layer.role)) return;
      const whole = this.both || layer.slot === "both" || layer.slot === p.slot;
      // On the other side the land is drawn as hairlines, so that the eye keeps its place.
      if (!whole && layer.role !== "land-use") return;
      const known = whole === drawing.layers[n]!.whole ? drawing.layers[n]!.features : featuresOf(layer, data, this.plane, !whole);
      features.push(...known);
    });
    replace(p.layers, features);
    replace(p.patch, drawing.patch);
    replace(p.parcels, drawing.parcels);
    replace(p.neighbours, drawing.neighbours);
    replace(p.cameras, p.slot === "after" ? this.camerasOf(data) : []);
    p.lit.clear(true);
  }

  /** Where photographs were taken and what they can show; on the side that speaks of the time after the change. */
  private camerasOf(data: PatchMap): Feature[] {
    return data.cameras.flatMap((c) => {
      const says = [c.name, c.metres === null ? "" : `${Math.round(c.metres)} m`].filter(Boolean).join(" · ");
      const at = new Feature({
        geometry: new Point(fromLonLat([c.longitude, c.latitude], this.plane)),
        looks: c.looksAtPatch,
        shown: c.id === this.photographed,
        says,
      });
      if (!c.cone) return [at];
      const cone = new Polygon([c.cone]).transform(GEOGRAPHIC, this.plane);
      return [new Feature({ geometry: cone, looks: c.looksAtPatch, shown: c.id === this.photographed, says }), at];
    });
  }

  private drawingOf(data: PatchMap, slot: Slot, plane: Projection): Drawing {
    const labelled = data.neighbours.length <= NEIGHBOUR_LABELS_MAX;
    return {
      patch: [new Feature({ geometry: geometry(data.patch, plane) })],
      parcels: data.parcels.map((o) => new Feature({ geometry: geometry(o.rings, plane), state: o.state, label: o.number })),
      neighbours: data.neighbours.map(
        (o) => new Feature({ geometry: geometry(o.rings, plane), label: labelled ? o.number : "", says: o.number }),
      ),
      layers: data.layers.map((layer) => {
        const whole = this.both || layer.slot === "both" || layer.slot === slot;
        return { whole, features: whole || layer.role === "land-use" ? featuresOf(layer, data, plane, !whole) : [] };
      }),
    };
  }

  /** The modes that the address asks for; its place is taken up once the patch is there. */
  private takeUp(view: ViewState): void {
    this.swiping = view.swipe !== null;
    this.share = view.swipe ?? this.share;
    this.strength = view.strength % OVER_IMAGE.length;
    const at = this.images?.images.findIndex((i) => view.image !== null && i.id.startsWith(view.image)) ?? -1;
    this.leaf = at < 0 ? null : at;
    this.spying = view.spy;
    if (view.apart !== this.apart) this.mirror();
    if (view.flicker && !this.flicker) this.blink();
  }

  /** Where the address says, once; else the whole patch. */
  private place(): void {
    const { place, later } = this.asked ?? { place: null, later: null };
    this.asked = null;
    if (!place && !later) return this.fit();
    if (!place) this.fit();
    this.moved = true;
    if (place) this.goTo(this.view, place);
    if (later && this.apart) this.goTo(this.panes[1]!.map.getView(), later);
    this.tellView();
  }

  private goTo(view: View, place: Place): void {
    view.setCenter(fromLonLat([place[0], place[1]], this.plane));
    view.setResolution(place[2]);
  }

  private placeOf(view: View): Place | null {
    const centre = view.getCenter();
    if (!centre) return null;
    const [longitude, latitude] = toLonLat(centre, this.plane) as [number, number];
    return [longitude, latitude, view.getResolution() ?? 1];
  }

  /** Together or apart: both maps show one view, or the later one goes its own way until they are joined again. */
  private mirror(): void {
    this.apart = !this.apart;
    const later = this.panes[1]!;
    if (this.apart) {
      const own = this.newView();
      own.setCenter(this.view.getCenter());
      own.setResolution(this.view.getResolution());
      later.map.setView(own);
    } else later.map.setView(this.view);
    for (const p of this.panes) p.host.dataset.mirror = this.apart ? "apart" : "together";
  }

  /** Soon, and once for many small moves. */
  private tellView(): void {
    clearTimeout(this.telling);
    this.telling = window.setTimeout(() => {
      const view: ViewState = {
        swipe: this.swiping ? this.share : null,
        apart: this.apart,
        flicker: this.flicker !== 0,
        strength: this.strength,
        image: this.leaf === null ? null : (this.images?.images[this.leaf]?.id ?? null),
        hidden: [...this.hidden],
        both: this.both,
        spy: this.spying,
        place: this.moved ? this.placeOf(this.view) : null,
        later: this.moved && this.apart ? this.placeOf(this.panes[1]!.map.getView()) : null,
      };
      document.dispatchEvent(new CustomEvent("weipian:view", { detail: write(view) }));
    }, 250);
  }

  /** Whole-patch view, with room around it. */
  fit(): void {
    if (!this.shown) return;
    this.moved = false;
    this.tellView();
    const size = this.panes[0]!.map.getSize();
    if (!size || size[0]! < 10 || size[1]! < 10) {
      // The pane is not on screen yet (a narrow window shows one at a time): look again when it is.
      this.panes[0]!.map.once("change:size", () => this.fit());
      return;
    }
    const pad = Math.min(size[0]!, size[1]!) * MARGIN;
    for (const view of new Set(this.panes.map((p) => p.map.getView())))
      view.fit(transformExtent(this.shown.extent, GEOGRAPHIC, this.plane), {
        size,
        padding: [pad, pad, pad, pad],
        minResolution: LABEL_RESOLUTION_MAX / 6,
      });
  }

  private drawCrosses(): void {
    const size = this.panes[0]!.map.getSize();
    if (!size || !this.shown) return;
    for (const p of this.panes) {
      const [minX, minY, maxX, maxY] = p.map.getView().calculateExtent(size) as [number, number, number, number];
      // The end of a move tells of crosses that stand already.
      const where = `${this.plane.getCode()} ${minX} ${minY} ${maxX} ${maxY}`;
      if (p.crosses.get("where") === where && p.crosses.getFeatures().length > 0) continue;
      p.crosses.set("where", where, true);
      const step = gridStep(maxX - minX);
      const crosses: Feature[] = [];
      for (let x = Math.ceil(minX / step) * step; x <= maxX; x += step)
        for (let y = Math.ceil(minY / step) * step; y <= maxY; y += step) crosses.push(new Feature(new Point([x, y])));
      replace(p.crosses, crosses);
    }
  }

  /** Lights the ground that the numbers with these keys measure. */
  light(keys: string[], zoom: boolean): void {
    this.lit = keys;
    if (!this.shown) return;
    const pieces = this.shown.pieces.filter((q) => keys.includes(q.key));
    const rings = [...pieces.map((q) => q.rings), ...(keys.includes(WHOLE) ? [this.shown.patch] : [])];
    for (const p of this.panes) {
      replace(p.lit, rings.map((r) => new Feature({ geometry: geometry(r, this.plane) })));
      p.host.dataset.lit = String(rings.length);
    }
    const extent = this.panes[0]!.lit.getExtent();
    if (zoom && pieces.length > 0 && extent)
      this.view.fit(extent, { padding: [60, 60, 60, 60], minResolution: LABEL_RESOLUTION_MAX / 6, duration: 160 });
  }

  /** Lights the place from which a photograph was taken, and what it can show. */
  photo(id: string | null): void {
    this.photographed = id;
    const later = this.panes.find((p) => p.slot === "after")!;
    if (this.shown) replace(later.cameras, this.camerasOf(this.shown));
    later.host.dataset.photo = id ?? "";
  }

  /** Which roles are hidden, and whether both maps show every layer. */
  layers(hidden: string[], both: boolean): void {
    this.hidden.clear();
    hidden.forEach((r) => this.hidden.add(r));
    this.both = both;
    this.tellView();
    if (!this.shown) return;
    const lit = this.lit;
    for (const p of this.panes) this.fill(p, this.shown);
    this.light(lit, false);
  }

  /** Nearer or farther, about the middle; both maps while they are together. */
  private zoom(by: number): void {
    this.moveBoth((view) => view.setResolution((view.getResolution() ?? 1) * by));
  }

  private pan(east: number, north: number): void {
    const size = this.panes[0]!.map.getSize();
    if (!size) return;
    this.moveBoth((view) => {
      const step = Math.min(size[0]!, size[1]!) * PAN_SHARE * (view.getResolution() ?? 1);
      const [x, y] = view.getCenter() as [number, number];
      view.setCenter([x + east * step, y + north * step]);
    });
  }

  private moveBoth(move: (view: View) => void): void {
    this.moved = true;
    for (const view of new Set(this.panes.map((p) => p.map.getView()))) move(view);
    this.tellView();
  }

  /** Counts how long each image was really on the screen; once both were, what waits for that is told. */
  private look(): void {
    const id = this.shown?.id;
    if (!id || id === this.looked || document.visibilityState !== "visible" || !document.hasFocus()) return;
    const chosen = (["before", "after"] as const).map((slot) => this.images?.images.find((i) => i.slot === slot)?.id);
    if (chosen.some((image) => image === undefined)) return;
    for (const p of this.panes) {
      const drawn = p.host.dataset.imageDrawn;
      if (!drawn || drawn !== p.host.dataset.image || p.host.clientWidth < 10) continue;
      this.seen.set(drawn, (this.seen.get(drawn) ?? 0) + LOOK_TICK_MILLISECONDS);
    }
    const enough = this.swaps >= 2 ? LOOKED_SWAPPED_MILLISECONDS : LOOKED_MILLISECONDS;
    const isLooked = chosen.every((image) => (this.seen.get(image!) ?? 0) >= enough);
    if (!isLooked || !document.querySelector(".dossier:not([hidden]) [data-proposal-hidden][data-awaits]")) return;
    this.looked = id;
    void this.tell("OnLooked", id);
  }

  /** The parcel that is divided, in the plane. */
  private ground(): MultiPolygon | null {
    if (!this.shown) return null;
    const rings = this.shown.parcels.find((o) => o.number === this.divided)?.rings ?? this.shown.patch;
    return geometry(rings, this.plane);
  }

  longitude(): number {
    const extent = this.shown?.extent;
    return extent ? (extent[0] + extent[2]) / 2 : 117;
  }

  /** The corners, in the plane, of the straight line with an azimuth through the middle of the parcel, or beside it. */
  private straight(at: { azimuth: number; offset: number }): number[][] | null {
    const extent = this.ground()?.getExtent();
    if (!extent) return null;
    const [west, south, east, north] = extent as [number, number, number, number];
    const reach = Math.hypot(east - west, north - south) / 2 + Math.abs(at.offset) + 1;
    const angle = (at.azimuth * Math.PI) / 180;
    const [dx, dy] = [Math.sin(angle), Math.cos(angle)];
    const [x, y] = [(west + east) / 2 + dy * at.offset, (south + north) / 2 - dx * at.offset];
    return [
      [x - dx * reach, y - dy * reach],
      [x + dx * reach, y + dy * reach],
    ];
  }

  /** The line laid by keys: the first key lays it from south to north, others turn it or move it across. */
  private lay(turn: number, shift: number): void {
    const extent = this.ground()?.getExtent();
    if (!extent || this.drawing.length === 0) return;
    const side = Math.max(extent[2]! - extent[0]!, extent[3]! - extent[1]!);
    const from = this.laid ?? { azimuth: 0, offset: 0 };
    this.laid = this.laid
      ? { azimuth: (((from.azimuth + turn) % 360) + 360) % 360, offset: from.offset + shift * side }
      : from;
    this.showLaid();
    void this.tell("OnLineAt", this.laid.azimuth, this.laid.offset);
  }

  private showLaid(): void {
    const corners = this.laid && this.straight(this.laid);
    for (const p of this.panes) {
      replace(p.drawn, corners ? [new Feature(new LineString(corners))] : []);
      p.host.dataset.laid = this.laid ? `${this.laid.azimuth};${this.laid.offset.toFixed(2)}` : "";
    }
  }

  /** Takes the line at an azimuth and an offset, or the one that the keys have laid. */
  takeLine(azimuth: number | null, offset: number | null): void {
    if (azimuth !== null) this.laid = { azimuth, offset: offset ?? 0 };
    const corners = this.laid && this.straight(this.laid);
    if (!corners) return this.lay(0, 0);
    this.finishLine(new LineString(corners));
  }

  /** Shows a line whose corners, in degrees, were written down. */
  showLine(corners: number[][]): void {
    this.stopDrawing();
    const line = new LineString(corners.map((c) => fromLonLat(c, this.plane)));
    for (const p of this.panes) p.drawn.addFeature(new Feature(line.clone()));
  }

  private finishLine(line: LineString): void {
    this.stopDrawing();
    for (const both of this.panes) both.drawn.addFeature(new Feature(line.clone()));
    void this.tell("OnLine", line.getCoordinates().map((c) => toLonLat(c, this.plane)));
  }

  /** Lets a person draw a line on either side; its corners, in degrees, are told once it is finished. */
  drawLine(parcel: string): void {
    this.stopDrawing();
    this.divided = parcel;
    for (const p of this.panes) {
      const draw = new Draw({ type: "LineString", stopClick: true });
      draw.on("drawend", (event) => this.finishLine(event.feature.getGeometry() as LineString));
      p.map.addInteraction(draw);
      p.host.dataset.drawing = "line";
      this.drawing.push([p, draw]);
      // The line holds to corners and edges that are there: of the patch, its parcels and the layers.
      for (const source of [p.patch, p.parcels, p.layers]) {
        const snap = new Snap({ source, pixelTolerance: SNAP_PIXELS });
        p.map.addInteraction(snap);
        this.drawing.push([p, snap]);
      }
    }
  }

  stopDrawing(): void {
    for (const [p, draw] of this.drawing) {
      p.map.removeInteraction(draw);
      delete p.host.dataset.drawing;
    }
    this.drawing = [];
    this.laid = null;
    for (const p of this.panes) {
      p.drawn.clear(true);
      delete p.host.dataset.laid;
    }
  }

  /** The image of a side: before, after, or where the series was leafed to; the other one while they are swapped. */
  private imageOf(slot: Slot): PatchImage | undefined {
    const all = this.images?.images ?? [];
    if (slot === "after" && this.leaf !== null) return all[this.leaf];
    return all.find((i) => i.slot === slot);
  }

  private drawImages(): void {
    const box = this.images?.box;
    for (const p of this.panes) {
      const other: Slot = p.slot === "before" ? "after" : "before";
      const image = this.imageOf(this.swapped ? other : p.slot);
      const left = this.swiping && p.slot === "after" ? this.imageOf(this.swapped ? p.slot : other) : undefined;
      p.image.show(image, image && left, box);
      p.image.behind(image && this.imageOf(this.swapped ? p.slot : other), box, this.plane, this.spying);
      p.image.swipe(this.share);
      this.thinLand(p, image ? OVER_IMAGE[this.strength]! : 1);
    }
  }

  /** Layers over an image at a share of their strength; at none nothing is seen of them, and a click still finds what lies there. */
  private thinLand(p: Pane, share: number): void {
    if (p.land.get("share") === share) return;
    p.land.set("share", share, true);
    p.land.setStyle(layerStyleAt(share));
  }

  /** The series, one day on or back, on the later side. */
  private turn(by: number): void {
    const all = this.images?.images ?? [];
    if (all.length === 0) return;
    const now = this.leaf ?? all.findIndex((i) => i.slot === "after");
    this.leaf = Math.max(0, Math.min(all.length - 1, (now < 0 ? all.length - 1 : now) + by));
    this.drawImages();
  }

  private blink(): void {
    if (this.flicker) {
      clearInterval(this.flicker);
      this.flicker = 0;
      this.swap(false);
    } else this.flicker = window.setInterval(() => this.swap(!this.swapped), FLICKER_MILLISECONDS);
  }

  private swap(swapped: boolean): void {
    this.swapped = swapped;
    this.swaps++;
    this.drawImages();
  }

  private command(what: string): void {
    this.tellView();
    switch (what) {
      case "mirror":
        return this.mirror();
      case "fit":
        return this.fit();
      case "hold":
        return this.swap(true);
      case "release":
        return this.swap(false);
      case "flicker":
        return this.blink();
      case "swipe":
        this.swiping = !this.swiping;
        return this.drawImages();
      case "swipe-left":
      case "swipe-right":
        this.share = Math.max(0, Math.min(1, this.share + (what === "swipe-left" ? -SWIPE_STEP : SWIPE_STEP)));
        return this.drawImages();
      case "spy":
        this.spying = !this.spying;
        return this.drawImages();
      case "opacity":
        this.strength = (this.strength + 1) % OVER_IMAGE.length;
        return this.drawImages();
      case "closer":
        return this.zoom(1 / ZOOM_STEP);
      case "farther":
        return this.zoom(ZOOM_STEP);
      case "pan-left":
        return this.pan(-1, 0);
      case "pan-right":
        return this.pan(1, 0);
      case "pan-up":
        return this.pan(0, 1);
      case "pan-down":
        return this.pan(0, -1);
      case "line-turn-left":
        return this.lay(-TURN_DEGREES, 0);
      case "line-turn-right":
        return this.lay(TURN_DEGREES, 0);
      case "line-turn-left-fine":
        return this.lay(-TURN_FINE_DEGREES, 0);
      case "line-turn-right-fine":
        return this.lay(TURN_FINE_DEGREES, 0);
      case "line-move-up":
        return this.lay(0, -SHIFT_SHARE);
      case "line-move-down":
        return this.lay(0, SHIFT_SHARE);
      case "line-move-up-fine":
        return this.lay(0, -SHIFT_FINE_SHARE);
      case "line-move-down-fine":
        return this.lay(0, SHIFT_FINE_SHARE);
      case "line-take":
        return this.takeLine(null, null);
      case "earlier":
        return this.turn(-1);
      case "later":
        return this.turn(1);
    }
  }

  private recolour(): void {
    forgetColours();
    for (const p of this.panes) p.map.getLayers().forEach((l) => l.changed());
  }

  dispose(): void {
    this.stop.abort();
    clearInterval(this.flicker);
    clearInterval(this.looking);
    clearTimeout(this.telling);
    for (const p of this.panes) p.map.setTarget(undefined);
  }
}

function replace(target: VectorSource, features: Feature[]): void {
  target.clear(true);
  target.addFeatures(features);
}

/** Makes the pair in two elements; <code>listener</code> hears which piece was clicked. */
export function create(before: HTMLElement, after: HTMLElement, readout: HTMLElement | null, listener: Listener): Pair {
  return new Pair(before, after, readout, listener);
}
