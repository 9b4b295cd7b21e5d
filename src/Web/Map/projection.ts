/**
 * The plane of the screen. Data is EPSG:4490 (degrees); it is drawn in the Gauss-Krüger plane of its own 3-degree belt, so that a square
 * field looks square: plate carrée would stretch it by a quarter at Zhoucun. Areas are never taken from this plane.
 */
import proj4 from "proj4";
import { register } from "ol/proj/proj4.js";
import { get as getProjection, type Projection } from "ol/proj.js";

export const GEOGRAPHIC = "EPSG:4490";

proj4.defs(GEOGRAPHIC, "+proj=longlat +ellps=GRS80 +no_defs +type=crs");
register(proj4);
const geographic = getProjection(GEOGRAPHIC)!;
geographic.setExtent([-180, -90, 180, 90]);
geographic.setGlobal(true);

const METRES_EAST = 500_000;
const BELT_DEGREES = 3;

/** The plane of the 3-degree belt that holds a longitude; the same object for the same belt. */
export function planeOf(longitude: number): Projection {
  const meridian = Math.round(longitude / BELT_DEGREES) * BELT_DEGREES;
  const code = `WEIPIAN:GK${meridian}`;
  if (!proj4.defs(code)) {
    proj4.defs(
      code,
      `+proj=tmerc +lat_0=0 +lon_0=${meridian} +k=1 +x_0=${METRES_EAST} +y_0=0 +ellps=GRS80 +units=m +no_defs +type=crs`,
    );
    register(proj4);
  }
  return getProjection(code)!;
}
