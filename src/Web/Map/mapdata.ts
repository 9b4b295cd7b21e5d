/** What the server sends for one patch, and a small store of the patches around the one on screen. */

/** A polygon with holes, or several: rings of [longitude, latitude] in degrees, EPSG:4490. */
export type Rings = number[][][][];

export interface Outline {
  id: string;
  number: string;
  state: string;
  rings: Rings;
}

export interface LayerFeature {
  /** Row of the normalised layer, 1-based. */
  n: number;
  code: string;
  /** How it is tinted: cultivated, agricultural, construction, unused, or nothing. */
  tint: string;
  label: string;
  rings: Rings;
}

export interface Layer {
  role: string;
  roleName: string;
  version: string;
  name: string;
  asOf: string;
  /** Which of the two maps shows it from the start. */
  slot: "before" | "after" | "both";
  features: LayerFeature[];
}

export interface Piece {
  /** Joins the piece with the number that measures it. */
  key: string;
  role: string;
  version: string;
  n: number;
  code: string;
  area: string;
  rings: Rings;
}

/** Where a photograph was taken; its cone is a closed ring when it has a bearing. */
export interface Camera {
  id: string;
  name: string;
  longitude: number;
  latitude: number;
  cone: number[][] | null;
  looksAtPatch: boolean | null;
  metres: number | null;
}

export interface PatchMap {
  id: string;
  number: string;
  state: string;
  /** West, south, east, north of the patch itself. */
  extent: [number, number, number, number];
  patch: Rings;
  parcels: Outline[];
  neighbours: Outline[];
  layers: Layer[];
  pieces: Piece[];
  cameras: Camera[];
}

const KEPT = 24;
const loaded = new Map<string, Promise<PatchMap | null>>();

/** The map of a patch, from memory when it was asked for before; null when the server refuses or is away. */
export function load(id: string): Promise<PatchMap | null> {
  const known = loaded.get(id);
  if (known) {
    loaded.delete(id);
    loaded.set(id, known);
    return known;
  }
  const asked = ask(id);
  loaded.set(id, asked);
  while (loaded.size > KEPT) loaded.delete(loaded.keys().next().value!);
  return asked;
}

/** Forgets a patch whose parcels or state changed. */
export function forget(id: string): void {
  loaded.delete(id);
}

async function ask(id: string): Promise<PatchMap | null> {
  try {
    const answer = await fetch(`/api/patches/${id}/map`, { headers: { accept: "application/json" } });
    if (answer.ok) return (await answer.json()) as PatchMap;
    console.warn(`map of ${id}: ${answer.status}`);
  } catch (failure) {
    console.warn(`map of ${id}:`, failure);
  }
  loaded.delete(id);
  return null;
}
