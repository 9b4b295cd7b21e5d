/** The spy-glass: another image inside a circle that follows the pointer, each of the two with its day printed on it. */
import type OlMap from "ol/Map.js";
import type Layer from "ol/layer/Layer.js";
import type RenderEvent from "ol/render/Event.js";

const RADIUS_MIN = 50;
const RADIUS_MAX = 400;
const RADIUS_STEP = 25;

export class Lens {
  private layer: Layer | null = null;
  private day = "";
  private at: number[] | null = null;
  private radius = 120;

  constructor(
    private readonly map: OlMap,
    private readonly host: HTMLElement,
  ) {
    host.addEventListener("pointermove", (event) => this.move([event.offsetX, event.offsetY]));
    host.addEventListener("pointerleave", () => this.move(null));
  }

  get isOpen(): boolean {
    return this.layer !== null;
  }

  /** Looks through to a layer; null puts the glass away. */
  show(layer: Layer | null, day: string): void {
    if (this.layer) this.map.removeLayer(this.layer);
    [this.layer, this.day] = [layer, day];
    this.host.dataset["lens"] = layer ? day : "";
    if (!layer) return;
    layer.on("prerender", (e) => this.clip(e as RenderEvent));
    layer.on("postrender", (e) => this.frame(e as RenderEvent));
    this.map.addLayer(layer);
  }

  /** Wider or narrower. */
  widen(by: 1 | -1): void {
    this.radius = Math.max(RADIUS_MIN, Math.min(RADIUS_MAX, this.radius + by * RADIUS_STEP));
    this.layer?.changed();
  }

  private move(at: number[] | null): void {
    this.at = at;
    if (this.layer) this.map.render();
  }

  /** Without a pointer the glass lies in the middle, so that the keys alone can look through it. */
  private centre(): number[] {
    const size = this.map.getSize() ?? [0, 0];
    return this.at ?? [size[0]! / 2, size[1]! / 2];
  }

  private clip(event: RenderEvent): void {
    const context = event.context as CanvasRenderingContext2D;
    const ratio = event.frameState?.pixelRatio ?? 1;
    const [x, y] = this.centre() as [number, number];
    context.save();
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.beginPath();
    context.arc(x * ratio, y * ratio, this.radius * ratio, 0, 2 * Math.PI);
    context.clip();
  }

  private frame(event: RenderEvent): void {
    const context = event.context as CanvasRenderingContext2D;
    const ratio = event.frameState?.pixelRatio ?? 1;
    const [x, y] = this.centre() as [number, number];
    context.restore();
    context.save();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.lineWidth = 2;
    context.strokeStyle = "#ffffff";
    context.beginPath();
    context.arc(x, y, this.radius, 0, 2 * Math.PI);
    context.stroke();
    context.strokeStyle = "#14213d";
    context.beginPath();
    context.arc(x, y, this.radius + 1.5, 0, 2 * Math.PI);
    context.stroke();
    context.font = "600 12px ui-sans-serif, sans-serif";
    const width = context.measureText(this.day).width + 12;
    context.fillStyle = "rgba(255,255,255,.9)";
    context.fillRect(x - width / 2, y + this.radius - 26, width, 19);
    context.fillStyle = "#14213d";
    context.textAlign = "center";
    context.fillText(this.day, x, y + this.radius - 12);
    context.restore();
  }
}
