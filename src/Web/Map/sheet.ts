/** A map sheet for paper: the map at its scale, a kilometre grid with labels in its rim, the corners in degrees, a scale bar. */
import OlMap from "ol/Map.js";
import View from "ol/View.js";
import { transform } from "ol/proj.js";
import { flatAt } from "./flat.js";
import { Ground } from "./ground.js";
import { Pens } from "./pens.js";
import { GEOGRAPHIC, planeOf } from "./projection.js";

const PIXELS_PER_MILLIMETRE = 96 / 25.4;
/** Paper holds more than a screen. */
const PRINT_RATIO = 2.5;
const GRID_MILLIMETRES_MIN = 30;
const BAR_MILLIMETRES_MAX = 48;
const BAR_PARTS = 4;
const CORNER_PIXELS = 125;
const ROUND = [1, 2, 5];
const SVG = "http://www.w3.org/2000/svg";

const sheet = document.querySelector<HTMLElement>("[data-sheet]")!;
const data = sheet.dataset as Record<string, string>;
const scale = Number(data["scale"]);
const pixels = (name: string): number => Number(data[name]) * PIXELS_PER_MILLIMETRE;
const [width, height, rim] = [pixels("width"), pixels("height"), pixels("rim")];
const metresPerPixel = scale / 1000 / PIXELS_PER_MILLIMETRE;
const [longitude, latitude] = [Number(data["longitude"]), Number(data["latitude"])];
const flat = flatAt(latitude);
const plane = planeOf(longitude);
const zone = Math.round(longitude / 3);

/** The largest round number that is at most so large, or the smallest that is at least so large. */
function round(value: number, up: boolean): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const all = [...ROUND, 10].map((r) => r * power);
  return up ? all.find((r) => r >= value * 0.999)! : all.filter((r) => r <= value * 1.001).at(-1)!;
}

function toPixel(east: number, north: number): [number, number] {
  const [lon, lat] = transform([east, north], plane, GEOGRAPHIC) as [number, number];
  return [
    width / 2 + ((lon - longitude) * flat.perLongitude) / metresPerPixel,
    height / 2 - ((lat - latitude) * flat.perLatitude) / metresPerPixel,
  ];
}

function toPlane(x: number, y: number): [number, number] {
  const lon = longitude + ((x - width / 2) * metresPerPixel) / flat.perLongitude;
  const lat = latitude - ((y - height / 2) * metresPerPixel) / flat.perLatitude;
  return transform([lon, lat], GEOGRAPHIC, plane) as [number, number];
}

function add(to: Element, name: string, attributes: Record<string, string | number>, text?: string): void {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  if (text !== undefined) element.textContent = text;
  to.append(element);
}

/** Where a line of the grid meets an edge of the map: the plane is nearly that of the paper, so a few steps find it. */
function meet(fixed: number, isEasting: boolean, edge: number): [number, number] {
  let [moving] = isEasting ? [toPlane(width / 2, edge)[1]] : [toPlane(edge, height / 2)[0]];
  for (let step = 0; step < 4; step++) {
    const [x, y] = isEasting ? toPixel(fixed, moving) : toPixel(moving, fixed);
    moving += isEasting ? (y - edge) * metresPerPixel : (edge - x) * metresPerPixel;
  }
  return isEasting ? toPixel(fixed, moving) : toPixel(moving, fixed);
}

function label(metres: number, step: number): string {
  return (metres / 1000).toFixed(step >= 1000 ? 0 : step >= 100 ? 1 : 2);
}

/** Whether a label has room between the corners, which are labelled as well. */
function isFree(x: number): boolean {
  return x > CORNER_PIXELS && x < width - CORNER_PIXELS;
}

function drawGrid(): void {
  const svg = sheet.querySelector<SVGElement>("[data-grid]")!;
  svg.setAttribute("viewBox", `${-rim} ${-rim} ${width + 2 * rim} ${height + 2 * rim}`);
  const step = round((GRID_MILLIMETRES_MIN * scale) / 1000, true);
  const corners = [toPlane(0, 0), toPlane(width, 0), toPlane(0, height), toPlane(width, height)];
  const [easts, norths] = [corners.map((c) => c[0]), corners.map((c) => c[1])];
  const line = { stroke: "#14213d", "stroke-width": 0.5, "stroke-opacity": 0.55 };
  const text = { "font-size": 8.5, fill: "#14213d", "text-anchor": "middle" };
  for (let east = Math.ceil(Math.min(...easts) / step) * step; east <= Math.max(...easts); east += step) {
    const [[x1], [x2]] = [meet(east, true, 0), meet(east, true, height)];
    if (x1 < 0 || x1 > width || x2 < 0 || x2 > width) continue;
    add(svg, "line", { ...line, x1, y1: 0, x2, y2: height });
    const words = `${label(east + zone * 1e6, step)}`;
    if (isFree(x1)) add(svg, "text", { ...text, x: x1, y: -6 }, words);
    if (isFree(x2)) add(svg, "text", { ...text, x: x2, y: height + 14 }, words);
  }
  for (let north = Math.ceil(Math.min(...norths) / step) * step; north <= Math.max(...norths); north += step) {
    const [[, y1], [, y2]] = [meet(north, false, 0), meet(north, false, width)];
    if (y1 < 0 || y1 > height || y2 < 0 || y2 > height) continue;
    add(svg, "line", { ...line, x1: 0, y1, x2: width, y2 });
    const words = label(north, step);
    for (const [x, y] of [[-9, y1], [width + 13, y2]] as const)
      if (y > 40 && y < height - 40) add(svg, "text", { ...text, x, y, transform: `rotate(-90 ${x} ${y})` }, words);
  }
  drawCorners(svg, text);
  const frame = { fill: "none", stroke: "#14213d" };
  const [outerWidth, outerHeight] = [width + 2 * rim - 3, height + 2 * rim - 3];
  add(svg, "rect", { ...frame, x: 0, y: 0, width, height, "stroke-width": 1 });
  add(svg, "rect", { ...frame, x: 1.5 - rim, y: 1.5 - rim, width: outerWidth, height: outerHeight, "stroke-width": 1.6 });
}

/** Degrees, minutes and seconds. */
function sixtieths(degrees: number): string {
  const seconds = Math.round(degrees * 36000) / 10;
  const [d, m] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  return `${d}°${String(m).padStart(2, "0")}′${(seconds % 60).toFixed(1).padStart(4, "0")}″`;
}

function drawCorners(svg: Element, text: Record<string, string | number>): void {
  const places = [
    [0, 0, "start", false],
    [width, 0, "end", false],
    [0, height, "start", true],
    [width, height, "end", true],
  ] as const;
  for (const [x, y, anchor, below] of places) {
    const lon = longitude + ((x - width / 2) * metresPerPixel) / flat.perLongitude;
    const lat = latitude - ((y - height / 2) * metresPerPixel) / flat.perLatitude;
    const words = `${sixtieths(lon)} ${sixtieths(lat)}`;
    add(svg, "text", { ...text, x, y: below ? y + 14 : y - 6, "text-anchor": anchor, "font-size": 7.5 }, words);
  }
}

function drawBar(): void {
  const svg = sheet.querySelector<SVGElement>("[data-bar]")!;
  const part = round((BAR_MILLIMETRES_MAX * scale) / 1000 / BAR_PARTS, false);
  const long = ((part * BAR_PARTS) / scale) * 1000;
  svg.setAttribute("viewBox", `-4 0 ${long + 10} 9`);
  svg.setAttribute("style", `width:${long + 10}mm;height:9mm`);
  for (let i = 0; i < BAR_PARTS; i++)
    add(svg, "rect", {
      x: (long * i) / BAR_PARTS,
      y: 4,
      width: long / BAR_PARTS,
      height: 1.6,
      fill: i % 2 ? "#ffffff" : "#14213d",
      stroke: "#14213d",
      "stroke-width": 0.2,
    });
  for (const i of [0, 2, 4]) {
    const metres = part * i;
    const words = metres >= 2000 ? `${metres / 1000} km` : `${metres} m`;
    add(svg, "text", { x: (long * i) / BAR_PARTS, y: 3, "font-size": 2.6, fill: "#14213d", "text-anchor": "middle" }, words);
  }
}

async function draw(): Promise<void> {
  drawGrid();
  drawBar();
  sheet.querySelector("[data-system]")!.textContent = `CGCS2000 · GK 3° · ${zone}`;
  const map = new OlMap({
    target: sheet.querySelector<HTMLElement>("[data-map=sheet]")!,
    pixelRatio: PRINT_RATIO,
    controls: [],
    interactions: [],
    view: new View({
      projection: flat.projection,
      center: [longitude * flat.perLongitude, latitude * flat.perLatitude],
      resolution: metresPerPixel,
      minResolution: 0.01,
      maxResolution: 10_000,
      constrainResolution: false,
    }),
  });
  // Paper is light.
  const ground = new Ground(map, flat, await Pens.load(false), data["programme"]!);
  for (const state of (data["hidden"] ?? "").split(",")) if (state) ground.state(state, false);
  for (const [place, item] of [...sheet.querySelectorAll<HTMLElement>("[data-layer]")].entries()) {
    const { layer, role, levelMin } = item.dataset as Record<string, string>;
    ground.layer(layer!, role!, Number(levelMin), place, true);
    if (flat.grid.getZForResolution(metresPerPixel) < Number(levelMin)) item.append(` ${data["tooFar"]}`);
  }
  const image = sheet.querySelector<HTMLElement>("[data-image]")?.dataset;
  if (image) {
    const box = image["box"]!.split(",").map(Number);
    ground.showImage({ id: image["image"]!, on: "", box, levelMax: Number(image["levelMax"]) });
  }
  const base = sheet.querySelector<HTMLElement>("[data-base]")?.dataset;
  if (base)
    ground.showBase({
      id: base["base"]!,
      grid: base["grid"]!,
      levelMin: Number(base["levelMin"]),
      levelMax: Number(base["levelMax"]),
      attribution: "",
    });
  map.once("rendercomplete", () => (sheet.dataset["sheet"] = "ready"));
}

document.querySelector("[data-print]")?.addEventListener("click", () => print());
if (Number.isFinite(longitude) && data["longitude"]) void draw();
