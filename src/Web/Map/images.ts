/**
 * Images under the pair of maps: chips that the server rendered in the plane of the map, on canvas layers. Which image is before and which
 * after is chosen by the server; here they are swapped (flicker), laid over each other (swipe), leafed through (series), and each carries
 * its own day.
 */
import type OlMap from "ol/Map.js";
import ImageLayer from "ol/layer/Image.js";
import type ImageWrapper from "ol/Image.js";
import ImageState from "ol/ImageState.js";
import { get, type Projection } from "ol/proj.js";
import type RenderEvent from "ol/render/Event.js";
import Static from "ol/source/ImageStatic.js";
import { Lens } from "./lens.js";

export interface PatchImage {
  id: string;
  on: string;
  sensor: string | null;
  slot: "before" | "after" | null;
  chip: string;
}

export interface PatchImages {
  patch: string;
  /** West, south, east, north of every chip, metres of the plane of the patch. */
  box: [number, number, number, number];
  images: PatchImage[];
}

const KEPT = 24;
const CHIP_PIXELS = 512;
const known = new Map<string, Promise<PatchImages | null>>();
/** Chips that are decoded, or on the way: whoever shows one of them draws it in its first frame. */
const chips = new Map<string, Static>();

export function urlOf(image: PatchImage): string {
  return `${image.chip}?size=${CHIP_PIXELS}`;
}

/** The images of a patch, from memory when they were asked for before; its two chips are fetched and decoded on the way. */
export function loadImages(id: string): Promise<PatchImages | null> {
  const there = known.get(id);
  if (there) {
    known.delete(id);
    known.set(id, there);
    return there;
  }
  const asked = ask(id);
  known.set(id, asked);
  while (known.size > KEPT) known.delete(known.keys().next().value!);
  return asked;
}

async function ask(id: string): Promise<PatchImages | null> {
  try {
    const answer = await fetch(`/api/patches/${id}/images`, { headers: { accept: "application/json" } });
    if (answer.ok) {
      const found = (await answer.json()) as PatchImages;
      found.images.filter((i) => i.slot).forEach((i) => chipOf(i, found.box));
      return found;
    }
    console.warn(`images of ${id}: ${answer.status}`);
  } catch (failure) {
    console.warn(`images of ${id}:`, failure);
  }
  known.delete(id);
  return null;
}

/** The chip of an image, which begins to load with this; it lies in the plane of whatever view shows it. */
function chipOf(image: PatchImage, box: number[]): Static {
  const url = urlOf(image);
  const known = chips.get(url);
  if (known) return known;
  const chip = new Static({ url, imageExtent: box });
  chip.on("imageloaderror", () => chips.delete(url));
  chips.set(url, chip);
  while (chips.size > 2 * KEPT) chips.delete(chips.keys().next().value!);
  wrapperOf(chip)?.load();
  return chip;
}

function wrapperOf(chip: Static): ImageWrapper | null {
  return chip.getImage(chip.getImageExtent(), 1, 1, get("EPSG:4326")!);
}

/** The image layers of one side, and the line that says of which day what is seen is. */
export class ImagePane {
  private readonly under = new ImageLayer<Static>({ zIndex: 0 });
  private readonly over = new ImageLayer<Static>({ zIndex: 0.5, visible: false });
  private readonly label = document.createElement("span");
  private share = 0.5;
  private readonly lens: Lens;
  /** What the spy-glass shows: the image of the other side. */
  private other: { image: PatchImage; box: number[]; plane: Projection } | null = null;
  private spying = false;

  constructor(
    private readonly map: OlMap,
    private readonly host: HTMLElement,
  ) {
    map.addLayer(this.under);
    map.addLayer(this.over);
    this.label.className = "image-date figures";
    host.append(this.label);
    this.lens = new Lens(map, host);
    this.over.on("prerender", (e) => this.clip(e as RenderEvent));
    this.over.on("postrender", (e) => ((e as RenderEvent).context as CanvasRenderingContext2D | null)?.restore());
  }

  /** Shows an image, and another left of the swipe when one is given; nothing when there is none. */
  show(image: PatchImage | undefined, left: PatchImage | undefined, box: number[] | undefined): void {
    this.put(this.under, image, box);
    this.put(this.over, left, box);
    this.over.setVisible(left !== undefined);
    const words = [left, image].filter((i): i is PatchImage => i !== undefined).map((i) => [i.on, i.sensor].filter(Boolean).join(" "));
    this.label.textContent = words.join(" │ ");
    this.label.hidden = words.length === 0;
    if (image) this.host.dataset["image"] = image.id;
    else delete this.host.dataset["image"];
  }

  /** The image that lies behind this one, and whether the spy-glass looks through to it. */
  behind(image: PatchImage | undefined, box: number[] | undefined, plane: Projection, spying: boolean): void {
    const same = this.other?.image === image && this.spying === spying && this.other?.plane === plane;
    if (same && (!image || this.lens.isOpen === spying)) return;
    this.other = image && box ? { image, box, plane } : null;
    this.spying = spying;
    if (!spying || !this.other) return this.lens.show(null, "");
    const layer = new ImageLayer<Static>({ zIndex: 0.7 });
    this.put(layer, image, box, false);
    this.lens.show(layer, [image!.on, image!.sensor].filter(Boolean).join(" "));
  }

  /** Wider or narrower. */
  widen(by: 1 | -1): void {
    this.lens.widen(by);
  }

  swipe(share: number): void {
    this.share = share;
    this.over.changed();
  }

  private put(layer: ImageLayer<Static>, image: PatchImage | undefined, box: number[] | undefined, tells = true): void {
    if (!image || !box) {
      layer.setSource(null);
      return;
    }
    const chip = chipOf(image, box);
    if (layer.getSource() === chip) return;
    layer.setSource(chip);
    if (!tells) return;
    const drawn = (): void => {
      this.map.once("postrender", () => (this.host.dataset["imageDrawn"] = image.id));
    };
    if (wrapperOf(chip)?.getState() === ImageState.LOADED) drawn();
    else chip.once("imageloadend", drawn);
  }

  private clip(event: RenderEvent): void {
    const context = event.context as CanvasRenderingContext2D | null;
    const size = this.map.getSize();
    if (!context || !size) return;
    context.save();
    context.beginPath();
    context.rect(0, 0, context.canvas.width * this.share, context.canvas.height);
    context.clip();
  }
}
