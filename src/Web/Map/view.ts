/**
 * How the pair of maps is looked at, as a part of the address: a link or a reload brings back mode, image, layers and place.
 * Short on purpose: `s:45` swipe at 45 %, `i:1` maps apart, `f:1` flicker, `o:1` second strength, `l:` an image of the series, `h:` hidden
 * roles, `v:1` every layer on both, `y:1` spy-glass, `c:` longitude, latitude, metres per pixel where somebody moved, `d:` the same of the
 * later map where it goes its own way.
 */
export interface ViewState {
  swipe: number | null;
  apart: boolean;
  flicker: boolean;
  strength: number;
  image: string | null;
  hidden: string[];
  both: boolean;
  spy: boolean;
  place: Place | null;
  later: Place | null;
}

/** Longitude, latitude, metres per pixel. */
export type Place = [number, number, number];

export const ORDINARY: ViewState = {
  swipe: null,
  apart: false,
  flicker: false,
  strength: 0,
  image: null,
  hidden: [],
  both: false,
  spy: false,
  place: null,
  later: null,
};

export function write(view: ViewState): string {
  const parts: string[] = [];
  if (view.swipe !== null) parts.push(`s:${Math.round(100 * view.swipe)}`);
  if (view.apart) parts.push("i:1");
  if (view.flicker) parts.push("f:1");
  if (view.strength > 0) parts.push(`o:${view.strength}`);
  if (view.image) parts.push(`l:${view.image.slice(0, 16)}`);
  if (view.hidden.length > 0) parts.push(`h:${[...view.hidden].sort().join("+")}`);
  if (view.both) parts.push("v:1");
  if (view.spy) parts.push("y:1");
  if (view.place) parts.push(`c:${written(view.place)}`);
  if (view.later) parts.push(`d:${written(view.later)}`);
  return parts.join(";");
}

const written = (at: Place): string => `${at[0].toFixed(6)},${at[1].toFixed(6)},${at[2].toFixed(3)}`;

function placeOf(value: string): Place | null {
  const place = value.split(",").map(Number);
  return place.length === 3 && place.every(Number.isFinite) && place[2]! > 0 ? (place as Place) : null;
}

/** What cannot be read is as if it were not there. */
export function read(text: string | null): ViewState {
  const view: ViewState = { ...ORDINARY, hidden: [] };
  for (const part of (text ?? "").split(";")) {
    const value = part.slice(2);
    const number = Number(value);
    switch (part.slice(0, 2)) {
      case "s:":
        if (number >= 0 && number <= 100) view.swipe = number / 100;
        break;
      case "i:":
        view.apart = true;
        break;
      case "f:":
        view.flicker = true;
        break;
      case "o:":
        if (number >= 0 && number <= 2) view.strength = Math.trunc(number);
        break;
      case "l:":
        if (/^[0-9a-f]{8,64}$/.test(value)) view.image = value;
        break;
      case "h:":
        view.hidden = value.split("+").filter((r) => /^[a-z-]{1,40}$/.test(r));
        break;
      case "v:":
        view.both = true;
        break;
      case "y:":
        view.spy = true;
        break;
      case "c:":
        view.place = placeOf(value);
        break;
      case "d:":
        view.later = placeOf(value);
        break;
    }
  }
  return view;
}

export function ofAddress(): ViewState {
  return read(new URLSearchParams(location.search).get("view"));
}
