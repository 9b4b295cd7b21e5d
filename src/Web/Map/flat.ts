/**
 * The plane of the programme map. Tiles lie in the geographic grid of EPSG:4490, whose squares of degrees are a quarter too wide on the
 * ground at Zhoucun. The plane keeps that grid and gives it its true shape at one latitude: x = longitude · a, y = latitude · b, so that
 * a tile becomes a rectangle of whole pixels and the scale bar is right. Areas are never taken from this plane.
 */
import { get as getProjection, addCoordinateTransforms, addProjection, transform, type Projection } from "ol/proj.js";
import Plane from "ol/proj/Projection.js";
import TileGrid from "ol/tilegrid/TileGrid.js";
import MVT from "ol/format/MVT.js";
import VectorTileSource from "ol/source/VectorTile.js";
import type VectorTile from "ol/VectorTile.js";
import type RenderFeature from "ol/render/Feature.js";
import { GEOGRAPHIC } from "./projection.js";

/** Pixels of a vector tile from north to south; a picture has half of them. */
export const TILE_PIXELS = 512;
const LEVEL_MAX = 20;
const SEMI_MAJOR = 6378137;
const ECCENTRICITY_SQUARED = 0.00669438002290078763;

export interface Flat {
  projection: Projection;
  /** Metres of the plane to a degree. */
  perLongitude: number;
  perLatitude: number;
  /** Tiles of 512 pixels, for vectors. */
  grid: TileGrid;
  /** Tiles of 256 pixels, for pictures, up to a level; closer than that they are enlarged. */
  pictureGrid: (levelMin: number, levelMax: number) => TileGrid;
}

let made = 0;

/** A plane that is true at a latitude. */
export function flatAt(latitude: number): Flat {
  const sine = Math.sin((latitude * Math.PI) / 180);
  const bend = 1 - ECCENTRICITY_SQUARED * sine * sine;
  const meridian = (SEMI_MAJOR * (1 - ECCENTRICITY_SQUARED)) / bend ** 1.5;
  const parallel = (SEMI_MAJOR / Math.sqrt(bend)) * Math.cos((latitude * Math.PI) / 180);
  // A tile is to be whole pixels wide: that moves the true latitude by less than a tenth of a degree.
  const width = 2 * Math.round(((TILE_PIXELS / 2) * parallel) / meridian);
  const perLatitude = (meridian * Math.PI) / 180;
  const perLongitude = (perLatitude * width) / TILE_PIXELS;
  const extent = [-180 * perLongitude, -90 * perLatitude, 180 * perLongitude, 90 * perLatitude];
  const projection = new Plane({
    code: `WEIPIAN:FLAT${++made}`,
    units: "m",
    extent,
    getPointResolution: (resolution) => resolution,
  });
  addProjection(projection);
  const to = (from: number[]): number[] => [from[0]! * perLongitude, from[1]! * perLatitude];
  const back = (from: number[]): number[] => [from[0]! / perLongitude, from[1]! / perLatitude];
  for (const degrees of [GEOGRAPHIC, "EPSG:4326"]) addCoordinateTransforms(degrees, projection, to, back);
  const mercator = getProjection("EPSG:3857")!;
  addCoordinateTransforms(
    mercator,
    projection,
    (from) => to(transform(from, mercator, "EPSG:4326")),
    (from) => transform(back(from), "EPSG:4326", mercator),
  );
  const gridOf = (pixels: number, minZoom: number, levelMax: number): TileGrid =>
    new TileGrid({
      origin: [extent[0]!, extent[3]!],
      extent,
      tileSize: [(width * pixels) / TILE_PIXELS, pixels],
      minZoom,
      resolutions: Array.from({ length: levelMax + 1 }, (_, level) => (360 * perLatitude) / 2 ** level / pixels),
    });
  return {
    projection,
    perLongitude,
    perLatitude,
    grid: gridOf(TILE_PIXELS, 1, LEVEL_MAX),
    pictureGrid: (levelMin, levelMax) => gridOf(TILE_PIXELS / 2, levelMin, levelMax),
  };
}

/** Tiles of the server in a plane; <code>url</code> has {z}, {x}, {y}. */
export function tileSource(flat: Flat, url: string, levelMin = 1): VectorTileSource {
  const format = new MVT();
  const grid = flat.grid;
  return new VectorTileSource({
    format,
    projection: flat.projection,
    tileGrid: grid,
    url,
    transition: 0,
    wrapX: false,
    tileLoadFunction: (tile, address) => {
      const one = tile as VectorTile<RenderFeature>;
      one.setLoader((extent) => void fill(one, address, extent, flat, format, levelMin));
    },
  });
}

async function fill(
  tile: VectorTile<RenderFeature>,
  address: string,
  extent: number[],
  flat: Flat,
  format: MVT,
  levelMin: number,
): Promise<void> {
  try {
    // What the server would leave empty is not asked for.
    if (tile.tileCoord[0]! < levelMin) return tile.setFeatures([]);
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    const features = format.readFeatures(await answer.arrayBuffer(), { extent, featureProjection: flat.projection });
    // The format takes a tile for a square of its height.
    const [west, share] = [extent[0]!, (extent[2]! - extent[0]!) / (extent[3]! - extent[1]!)];
    for (const feature of features) feature.applyTransform((from, into) => squeeze(from, into ?? from, west, share));
    tile.setFeatures(features);
  } catch (failure) {
    console.info(failure);
    tile.setState(3);
  }
}

function squeeze(from: number[], into: number[], west: number, share: number): number[] {
  for (let i = 0; i < from.length; i += 2) into[i] = west + (from[i]! - west) * share;
  return into;
}
