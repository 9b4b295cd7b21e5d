/** How the map is drawn: tints for land, line patterns for control layers, state colours for patches; all from the page's own variables. */
import CircleStyle from "ol/style/Circle.js";
import Fill from "ol/style/Fill.js";
import RegularShape from "ol/style/RegularShape.js";
import Stroke from "ol/style/Stroke.js";
import Style from "ol/style/Style.js";
import Text from "ol/style/Text.js";
import type { FeatureLike } from "ol/Feature.js";

interface Hatch {
  variable: string;
  /** Degrees of the lines, and whether they cross. */
  angle: 45 | 135;
  cross?: boolean;
}

const HATCHES: Record<string, Hatch> = {
  "permanent-farmland": { variable: "--map-farmland", angle: 45 },
  "ecological-redline": { variable: "--map-redline", angle: 135 },
  "nature-reserve": { variable: "--map-reserve", angle: 135, cross: true },
};

const OUTLINES: Record<string, { variable: string; dash?: number[] }> = {
  "urban-boundary": { variable: "--map-urban", dash: [10, 4] },
  approval: { variable: "--map-approval" },
  supply: { variable: "--map-approval", dash: [8, 4] },
  registration: { variable: "--map-approval", dash: [2, 4] },
  "advance-use": { variable: "--map-approval", dash: [12, 4, 2, 4] },
  "linkage-new-build": { variable: "--map-approval", dash: [6, 3, 1, 3] },
  "temporary-land": { variable: "--map-permit", dash: [6, 4] },
  "facility-agriculture": { variable: "--map-permit", dash: [2, 3] },
  "mining-right": { variable: "--map-mining" },
  "exploration-right": { variable: "--map-mining", dash: [8, 4] },
  "restoration-project": { variable: "--map-farmland", dash: [8, 4] },
  "plan-zone": { variable: "--map-thin", dash: [4, 4] },
  "administrative-unit": { variable: "--map-thin", dash: [14, 4, 2, 4] },
  "prior-determination": { variable: "--map-thin", dash: [2, 2] },
  "survey-change": { variable: "--map-thin", dash: [6, 2] },
};

let styles = new Map<string, Style>();

/** Forgets what was built from the page's variables, after the theme changed. */
export function forgetColours(): void {
  styles = new Map();
}

function variable(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim() || "#888888";
}

function once(key: string, make: () => Style): Style {
  let style = styles.get(key);
  if (!style) styles.set(key, (style = make()));
  return style;
}

/** Lines across a transparent ground; the tile repeats without a seam. */
export function pattern(colour: string, angle: Hatch["angle"], cross = false, gap = 9): CanvasPattern | string {
  const tile = document.createElement("canvas");
  tile.width = tile.height = gap;
  const pen = tile.getContext("2d");
  if (!pen) return "transparent";
  pen.strokeStyle = colour;
  pen.lineWidth = 1;
  const line = (x1: number, y1: number, x2: number, y2: number) => {
    pen.beginPath();
    pen.moveTo(x1, y1);
    pen.lineTo(x2, y2);
    pen.stroke();
  };
  const rising = () => [-gap, 0, gap].forEach((shift) => line(shift - 1, gap + 1, shift + gap + 1, -1));
  const falling = () => [-gap, 0, gap].forEach((shift) => line(shift - 1, -1, shift + gap + 1, gap + 1));
  if (angle === 45 || cross) rising();
  if (angle === 135 || cross) falling();
  return pen.createPattern(tile, "repeat") ?? "transparent";
}

/** A piece of the land-use layer: its tint, a thin line, its code. */
function land(tint: string, label: string, share: number): Style {
  const style = once(`land ${tint} ${share}`, () => {
    return new Style({
      fill: new Fill({ color: thin(variable(`--map-${tint || "unknown"}`), share) }),
      stroke: new Stroke({ color: thin(variable("--map-hair"), share), width: 0.8 }),
      text: new Text({
        font: "11px ui-monospace, 'Noto Sans Mono CJK SC', monospace",
        fill: new Fill({ color: thin(variable("--map-text"), share) }),
        stroke: new Stroke({ color: thin(variable("--map-halo"), share), width: 2.5 }),
        overflow: false,
      }),
    });
  });
  style.getText()?.setText(label);
  return style;
}

/** A piece of any other layer: hatched when it is a control area, else an outline in its own dash. */
function zone(role: string, label: string, share: number): Style {
  const hatch = HATCHES[role];
  const outline = OUTLINES[role] ?? { variable: "--map-thin" };
  const style = once(`zone ${role} ${share}`, () => {
    const colour = thin(variable(hatch?.variable ?? outline.variable), share);
    return new Style({
      fill: new Fill({ color: hatch ? pattern(colour, hatch.angle, hatch.cross) : "rgba(0,0,0,0)" }),
      stroke: new Stroke({ color: colour, width: hatch ? 1.4 : 2, lineDash: hatch ? undefined : outline.dash }),
      text: new Text({
        font: "11px ui-sans-serif, 'Noto Sans SC', 'Noto Sans CJK SC', sans-serif",
        fill: new Fill({ color: colour }),
        stroke: new Stroke({ color: thin(variable("--map-halo"), share), width: 3 }),
      }),
    });
  });
  style.getText()?.setText(label);
  return style;
}

/** Land on the side that does not speak of it: a breath of its tint, no code. */
function faintLand(tint: string, share: number): Style {
  return once(`land faint ${tint} ${share}`, () => {
    const colour = veil(variable(`--map-${tint || "unknown"}`));
    return new Style({
      fill: new Fill({ color: thin(colour, share) }),
      stroke: new Stroke({ color: thin(variable("--map-hair"), share), width: 0.6 }),
    });
  });
}

/** A colour at a share of its strength, 0 to 1. */
function thin(colour: string, share: number): string {
  if (share === 1) return colour;
  const pen = document.createElement("canvas").getContext("2d");
  if (!pen) return colour;
  // However it is written, the pen reads it back as #rrggbb, or as rgba() where it shines through.
  pen.fillStyle = colour;
  const read = String(pen.fillStyle);
  const through = /^rgba\((.*), ([\d.]+)\)$/.exec(read);
  const solid = [1, 3, 5].map((at) => parseInt(read.slice(at, at + 2), 16)).join(", ");
  return `rgba(${through?.[1] ?? solid}, ${share * Number(through?.[2] ?? 1)})`;
}

/** A colour of the page thinned out; one that is no plain #rrggbb is left away. */
function veil(colour: string): string {
  return /^#[0-9a-f]{6}$/i.test(colour) ? `${colour}66` : "rgba(0,0,0,0)";
}

/**
 * How pieces of layers are drawn at a share of their strength, 0 to 1. The colours are thinned, not the layer: a layer that shines through
 * is drawn on a ground of its own in every frame.
 */
export function layerStyleAt(share: number): (feature: FeatureLike) => Style {
  return (feature) => {
    if (feature.get("faint")) return faintLand(feature.get("tint") as string, share);
    const role = feature.get("role") as string;
    const label = feature.get("label") as string;
    return role === "land-use" ? land(feature.get("tint") as string, label, share) : zone(role, label, share);
  };
}

export const layerStyle = layerStyleAt(1);

/** The patch itself: a strong line in ink over a wide halo, so that it reads on any ground. */
export function patchStyles(): Style[] {
  return [
    once("patch halo", () => new Style({ stroke: new Stroke({ color: variable("--map-halo"), width: 6 }) })),
    once("patch", () => new Style({ stroke: new Stroke({ color: variable("--map-patch"), width: 2.6 }) })),
  ];
}

export function parcelStyle(feature: FeatureLike): Style {
  const state = feature.get("state") as string;
  const label = feature.get("label") as string;
  const style = once(`parcel ${state}`, () => {
    const colour = variable(`--state-${state}`);
    const doubtful = state === "doubtful";
    return new Style({
      fill: new Fill({ color: doubtful ? pattern(colour, 135) : "rgba(0,0,0,0)" }),
      stroke: new Stroke({ color: colour, width: 2, lineDash: state === "not-verified" ? [4, 4] : undefined }),
      text: new Text({
        font: "600 12px ui-sans-serif, 'Noto Sans SC', 'Noto Sans CJK SC', sans-serif",
        fill: new Fill({ color: colour }),
        stroke: new Stroke({ color: variable("--map-halo"), width: 3.5 }),
      }),
    });
  });
  style.getText()?.setText(label);
  return style;
}

export function neighbourStyle(feature: FeatureLike): Style {
  const style = once("neighbour", () => {
    return new Style({
      stroke: new Stroke({ color: variable("--map-neighbour"), width: 1.4, lineDash: [5, 3] }),
      text: new Text({
        font: "10px ui-sans-serif, 'Noto Sans SC', 'Noto Sans CJK SC', sans-serif",
        fill: new Fill({ color: variable("--map-neighbour") }),
        stroke: new Stroke({ color: variable("--map-halo"), width: 3 }),
      }),
    });
  });
  style.getText()?.setText(feature.get("label") as string);
  return style;
}

/** The ground that a number measures. */
export function litStyle(): Style {
  return once("lit", () => {
    const colour = variable("--map-lit");
    return new Style({
      fill: new Fill({ color: variable("--map-lit-fill") }),
      stroke: new Stroke({ color: colour, width: 2.4 }),
    });
  });
}

export function crossStyle(): Style {
  return once("cross", () => {
    return new Style({
      image: new RegularShape({
        points: 4,
        radius: 5,
        radius2: 0,
        angle: 0,
        stroke: new Stroke({ color: variable("--map-cross"), width: 1 }),
      }),
    });
  });
}

/** A camera and its cone: filled when it shows the patch, dashed when it looks away or does not say where it looks. */
export function cameraStyle(feature: FeatureLike): Style {
  const looks = feature.get("looks") === true;
  const isPoint = feature.getGeometry()?.getType() === "Point";
  const shown = feature.get("shown") === true;
  return once(`camera ${looks} ${isPoint} ${shown}`, () => {
    const colour = variable(looks ? "--map-lit" : "--state-illegal");
    const stroke = new Stroke({ color: colour, width: shown ? 3.4 : 1.6, lineDash: looks ? undefined : [4, 4] });
    if (isPoint) return new Style({ image: new CircleStyle({ radius: shown ? 8 : 5, fill: new Fill({ color: colour }), stroke: halo() }) });
    return new Style({ stroke, fill: new Fill({ color: looks ? variable("--map-lit-fill") : "rgba(0,0,0,0)" }) });
  });
}

/** Where the person stands. */
export function standStyle(): Style {
  return once("stand", () => {
    return new Style({ image: new CircleStyle({ radius: 9, fill: new Fill({ color: variable("--accent") }), stroke: halo(3) }) });
  });
}

function halo(width = 1.6): Stroke {
  return new Stroke({ color: variable("--map-halo"), width });
}
