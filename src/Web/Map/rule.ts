/**
 * Measuring on the map: corners by pointer, or by Enter at the middle of the map for whoever has only keys. The server measures, with the
 * same statutory formula as everything else; what it said last stays until the next corner.
 */
import Feature from "ol/Feature.js";
import type OlMap from "ol/Map.js";
import type { EventsKey } from "ol/events.js";
import { unByKey } from "ol/Observable.js";
import LineString from "ol/geom/LineString.js";
import Point from "ol/geom/Point.js";
import Polygon from "ol/geom/Polygon.js";
import VectorLayer from "ol/layer/Vector.js";
import VectorSource from "ol/source/Vector.js";
import CircleStyle from "ol/style/Circle.js";
import Fill from "ol/style/Fill.js";
import Stroke from "ol/style/Stroke.js";
import Style from "ol/style/Style.js";
import type { Flat } from "./flat.js";

export interface Measured {
  metres: number;
  areaSquareMetres: number | null;
  areaMu: number | null;
  areaHectares: number | null;
}

/** A refusal of the server carries its sentence in both languages. */
export interface Refusal {
  zh?: string;
  en?: string;
}

export function sentence(refused: Refusal): string {
  return (document.documentElement.lang.startsWith("zh") ? refused.zh : refused.en) ?? "";
}

const ASK_AFTER_MILLISECONDS = 120;
const SNAP_PIXELS = 10;

export class Rule {
  private readonly source = new VectorSource({ wrapX: false });
  private corners: number[][] = [];
  private area = false;
  private active = false;
  private finished = false;
  private pointer: number[] | null = null;
  private keys: EventsKey[] = [];
  private timer = 0;
  private asked = 0;

  constructor(
    private readonly map: OlMap,
    private readonly flat: Flat,
    private readonly say: (measured: Measured | null, refused?: string) => void,
  ) {
    map.addLayer(new VectorLayer({ source: this.source, zIndex: 60, style: this.styles() }));
  }

  get isActive(): boolean {
    return this.active;
  }

  /** Begins a line, or an outline. */
  begin(area: boolean): void {
    this.end();
    [this.area, this.active, this.finished] = [area, true, false];
    this.keys = [
      this.map.on("singleclick", (event) => this.add(this.snapped(event.coordinate))),
      this.map.on("dblclick", (event) => {
        event.preventDefault();
        this.finish();
      }),
      this.map.on("pointermove", (event) => {
        this.pointer = event.coordinate;
        this.draw();
      }),
    ];
    this.say(null);
  }

  /** Takes everything away. */
  end(): void {
    unByKey(this.keys);
    this.keys = [];
    [this.corners, this.pointer, this.active] = [[], null, false];
    this.asked++;
    this.source.clear();
  }

  /** No corner follows; what was measured stays. */
  finish(): void {
    this.finished = true;
    this.pointer = null;
    unByKey(this.keys);
    this.keys = [];
    this.draw();
  }

  /** A corner; the first one again closes an outline. */
  add(at: number[]): void {
    if (!this.active || this.finished) return;
    const first = this.corners[0];
    if (this.area && this.corners.length > 2 && first && first[0] === at[0] && first[1] === at[1]) return this.finish();
    this.corners.push(at);
    this.draw();
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.ask(), ASK_AFTER_MILLISECONDS);
  }

  /** Takes the last corner back. */
  undo(): void {
    if (!this.active) return;
    this.corners.pop();
    this.draw();
    void this.ask();
  }

  /** A corner that is near on the screen is taken for the same place. */
  private snapped(at: number[]): number[] {
    const near = SNAP_PIXELS * (this.map.getView().getResolution() ?? 1);
    return this.corners.find((c) => Math.hypot(c[0]! - at[0]!, c[1]! - at[1]!) < near) ?? at;
  }

  private async ask(): Promise<void> {
    const turn = ++this.asked;
    if (this.corners.length < (this.area ? 3 : 2)) return this.say(null);
    const { perLongitude, perLatitude } = this.flat;
    const corners = this.corners.flatMap((c) => [(c[0]! / perLongitude).toFixed(9), (c[1]! / perLatitude).toFixed(9)]).join(",");
    const answer = await fetch(`/api/map/measure?area=${this.area}&corners=${corners}`).catch(() => null);
    if (turn !== this.asked || !answer) return;
    const found = (await answer.json()) as Measured & Refusal;
    const host = this.map.getTargetElement();
    if (host) host.dataset["measured"] = String(this.corners.length);
    if (answer.ok) this.say(found);
    else this.say(null, sentence(found));
  }

  private draw(): void {
    this.source.clear(true);
    const line = this.pointer && !this.finished ? [...this.corners, this.pointer] : this.corners;
    const features = this.corners.map((c) => new Feature(new Point(c)));
    if (this.area && line.length > 2) features.push(new Feature(new Polygon([[...line, line[0]!]])) as never);
    else if (line.length > 1) features.push(new Feature(new LineString(line)) as never);
    this.source.addFeatures(features);
  }

  private styles(): Style[] {
    const accent = getComputedStyle(document.documentElement).getPropertyValue("--accent").trim() || "#0b5c8e";
    return [
      new Style({ stroke: new Stroke({ color: "rgba(255,255,255,.85)", width: 5 }) }),
      new Style({
        stroke: new Stroke({ color: accent, width: 2.4, lineDash: [8, 4] }),
        fill: new Fill({ color: "rgba(11,92,142,.14)" }),
        image: new CircleStyle({ radius: 4, fill: new Fill({ color: accent }), stroke: new Stroke({ color: "#fff", width: 1.5 }) }),
      }),
    ];
  }
}
