/** What lies on the programme map: base map, image, reference layers, patches. Shared by the screen and the printed sheet. */
import OlMap from "ol/Map.js";
import View from "ol/View.js";
import TileLayer from "ol/layer/Tile.js";
import VectorTileLayer from "ol/layer/VectorTile.js";
import TileImage from "ol/source/TileImage.js";
import XYZ from "ol/source/XYZ.js";
import type VectorTileSource from "ol/source/VectorTile.js";
import { createXYZ } from "ol/tilegrid.js";
import { tileSource, type Flat } from "./flat.js";
import type { Pens } from "./pens.js";

const LATEST = 100;
const LAND_OVER_IMAGE = 0.3;

/** A picture of the catalogue, as its switch on the page describes it. */
export interface Shown {
  id: string;
  on: string;
  box: number[];
  levelMax: number;
}

export interface Base {
  id: string;
  grid: string;
  levelMin: number;
  levelMax: number;
  attribution: string;
}

export class Ground {
  readonly patches: VectorTileLayer;
  readonly hidden = new Set<string>();
  chosen = "";
  private readonly layers = new Map<string, VectorTileLayer>();
  private readonly base = new TileLayer({ zIndex: 0 });
  private readonly image = new TileLayer({ zIndex: 1 });
  private overImage = false;

  constructor(
    readonly map: OlMap,
    readonly flat: Flat,
    private pens: Pens,
    programme: string,
  ) {
    this.patches = new VectorTileLayer({
      source: tileSource(flat, `/tiles/patches/${encodeURIComponent(programme)}/{z}/{x}/{y}.mvt`),
      zIndex: 40,
      renderBuffer: 64,
      style: (feature, resolution) => this.pens.patch(feature, resolution, this.hidden, this.chosen),
    });
    for (const layer of [this.base, this.image, this.patches]) map.addLayer(layer);
  }

  /** Draws in other colours. */
  draw(pens: Pens): void {
    this.pens = pens;
    this.patches.changed();
    for (const layer of this.layers.values()) layer.changed();
  }

  /** Asks for the patches anew; what did not change comes from the browser's own store. */
  refresh(): void {
    (this.patches.getSource() as VectorTileSource | null)?.refresh();
  }

  /** Shows or hides the patches in a state. */
  state(state: string, shown: boolean): void {
    if (shown) this.hidden.delete(state);
    else this.hidden.add(state);
    this.patches.changed();
  }

  choose(number: string): void {
    this.chosen = number;
    this.patches.changed();
  }

  layer(version: string, role: string, levelMin: number, place: number, shown: boolean): void {
    let layer = this.layers.get(version);
    if (!layer && shown) {
      layer = new VectorTileLayer({
        source: tileSource(this.flat, `/tiles/layers/${version}/{z}/{x}/{y}.mvt`, levelMin),
        // Land lies lowest, and layers in the order of the legend over it.
        zIndex: role === "land-use" ? 2 : 30 - place / LATEST,
        declutter: "labels",
        renderBuffer: 64,
        style: (feature, resolution) => this.pens.layer(feature, role, resolution),
      });
      layer.set("role", role);
      if (role === "land-use") layer.setOpacity(this.landOpacity());
      this.layers.set(version, layer);
      this.map.addLayer(layer);
    }
    layer?.setVisible(shown);
  }

  showImage(image: Shown | null): void {
    // Land that is filled would hide the image.
    this.overImage = image !== null;
    for (const layer of this.layers.values()) if (layer.get("role") === "land-use") layer.setOpacity(this.landOpacity());
    this.image.setSource(image ? this.pictures(`/tiles/images/${image.id}/{z}/{x}/{y}`, image.levelMax) : null);
    this.image.setExtent(image ? this.extentOf(image.box) : undefined);
  }

  private landOpacity(): number {
    return this.overImage ? LAND_OVER_IMAGE : 1;
  }

  /** A further layer of the same pictures, for the spy-glass. */
  imageLayer(image: Shown): TileLayer {
    return new TileLayer({
      source: this.pictures(`/tiles/images/${image.id}/{z}/{x}/{y}`, image.levelMax),
      extent: this.extentOf(image.box),
      // Over the land, under lines and patches.
      zIndex: 25,
    });
  }

  showBase(base: Base | null): void {
    if (!base) return this.base.setSource(null);
    const url = `/tiles/bases/${base.id}/{z}/{x}/{y}`;
    const tileGrid = createXYZ({ minZoom: base.levelMin, maxZoom: base.levelMax });
    this.base.setSource(
      base.grid === "degrees"
        ? this.pictures(url, base.levelMax, base.levelMin, base.attribution)
        : new XYZ({ url, tileGrid, attributions: base.attribution }),
    );
  }

  extentOf(box: number[]): number[] {
    const { perLongitude, perLatitude } = this.flat;
    return [box[0]! * perLongitude, box[1]! * perLatitude, box[2]! * perLongitude, box[3]! * perLatitude];
  }

  private pictures(url: string, levelMax: number, levelMin = 1, attributions?: string): TileImage {
    return new TileImage({
      projection: this.flat.projection,
      tileGrid: this.flat.pictureGrid(levelMin, levelMax),
      wrapX: false,
      transition: 0,
      attributions,
      url,
    } as ConstructorParameters<typeof TileImage>[0]);
  }
}

/** A view in the plane, over a box of degrees. */
export function viewOf(flat: Flat, box: number[], size: number[], padding = 24): View {
  const { perLongitude, perLatitude } = flat;
  const view = new View({
    projection: flat.projection,
    center: [((box[0]! + box[2]!) / 2) * perLongitude, ((box[1]! + box[3]!) / 2) * perLatitude],
    resolution: 100,
    minResolution: 0.08,
    maxResolution: 4000,
    enableRotation: false,
    constrainOnlyCenter: true,
  });
  view.fit([box[0]! * perLongitude, box[1]! * perLatitude, box[2]! * perLongitude, box[3]! * perLatitude], {
    size,
    padding: [padding, padding, padding, padding],
    minResolution: 0.3,
  });
  return view;
}
