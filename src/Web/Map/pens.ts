/** How the map is drawn, from the edition of the day that the server gives: colours for the theme, hatches, dashes, signs. */
import Fill from "ol/style/Fill.js";
import Icon from "ol/style/Icon.js";
import Stroke from "ol/style/Stroke.js";
import Style from "ol/style/Style.js";
import Text from "ol/style/Text.js";
import CircleStyle from "ol/style/Circle.js";
import type { FeatureLike } from "ol/Feature.js";
import { pattern } from "./style.js";

interface Pen {
  light: string;
  dark: string;
  width: number;
  dash: number[] | null;
  hatch: "rising" | "falling" | "cross" | null;
  shape: string | null;
  tinted: boolean;
}

interface Edition {
  from: string;
  states: Record<string, Pen>;
  tints: Record<string, Pen>;
  layers: Record<string, Pen>;
}

const SANS = "ui-sans-serif, 'Noto Sans SC', 'Noto Sans CJK SC', sans-serif";
const SIGN_PIXELS = 16;
const STYLES_MAX = 4000;
const SIGN_LABEL_RESOLUTION = 1.6;

interface Sign {
  stroke?: string;
  width?: number;
  fill?: string;
}

/** Lines and grounds of each sign in a square of 16. */
const SIGNS: Record<string, Sign> = {
  circle: { stroke: "M12.6 8a4.6 4.6 0 1 1-9.2 0 4.6 4.6 0 1 1 9.2 0Z", width: 2 },
  tick: { stroke: "M3 8.5 6.5 12 13 4.5", width: 2.4 },
  square: { fill: "M3.4 3.4h9.2v9.2h-9.2Z" },
  diamond: { fill: "M8 2 14 8 8 14 2 8Z" },
  wave: { stroke: "M2 10.5c2-5 4-5 6-2.5s4 2.5 6-2.5", width: 2.2 },
  question: {
    stroke: "M5 5.6a3 3 0 1 1 4.6 2.5C8.5 8.8 8 9.3 8 10.5",
    width: 2,
    fill: "M9.3 13.2a1.3 1.3 0 1 1-2.6 0 1.3 1.3 0 1 1 2.6 0Z",
  },
};

/** A sign as a small canvas: a picture of vectors would be drawn anew for every patch and frame. */
function signOf(sign: Sign, colour: string, halo: string): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 2 * SIGN_PIXELS;
  const pen = canvas.getContext("2d")!;
  pen.scale(2, 2);
  pen.fillStyle = halo;
  pen.globalAlpha = 0.9;
  pen.beginPath();
  pen.arc(SIGN_PIXELS / 2, SIGN_PIXELS / 2, SIGN_PIXELS / 2 - 0.4, 0, 2 * Math.PI);
  pen.fill();
  pen.globalAlpha = 1;
  pen.fillStyle = pen.strokeStyle = colour;
  pen.lineWidth = sign.width ?? 1;
  if (sign.stroke) pen.stroke(new Path2D(sign.stroke));
  if (sign.fill) pen.fill(new Path2D(sign.fill));
  return canvas;
}

/** Whether the page is dark now. */
export function isDark(): boolean {
  const chosen = document.documentElement.dataset["theme"];
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

export class Pens {
  private readonly styles = new Map<string, Style>();
  private constructor(
    private readonly edition: Edition,
    private readonly dark: boolean,
  ) {}

  static async load(dark: boolean): Promise<Pens> {
    const answer = await fetch("/api/map/style");
    if (!answer.ok) throw new Error(`style: ${answer.status}`);
    return new Pens((await answer.json()) as Edition, dark);
  }

  /** The same edition on another ground. */
  on(dark: boolean): Pens {
    return new Pens(this.edition, dark);
  }

  get ink(): string {
    return this.dark ? "#e5e7eb" : "#14213d";
  }

  get halo(): string {
    return this.dark ? "rgb(13 21 38 / 86%)" : "rgb(255 255 255 / 88%)";
  }

  private colour(pen: Pen | undefined): string {
    return pen ? (this.dark ? pen.dark : pen.light) : "#888888";
  }

  private once(key: string, make: () => Style): Style {
    if (this.styles.size > STYLES_MAX) this.styles.clear();
    let style = this.styles.get(key);
    if (!style) this.styles.set(key, (style = make()));
    return style;
  }

  private ground(pen: Pen, colour: string, veil: string): CanvasPattern | string {
    if (!pen.hatch) return veil ? `${colour}${veil}` : "rgba(0,0,0,0)";
    return pattern(colour, pen.hatch === "falling" ? 135 : 45, pen.hatch === "cross");
  }

  /** Patches, their signs and heaps, as far as their state is shown. */
  patch(feature: FeatureLike, resolution: number, hidden: ReadonlySet<string>, chosen: string): Style | Style[] | undefined {
    const state = feature.get("s") as string;
    if (hidden.has(state)) return undefined;
    const kind = feature.get("layer") as string;
    if (kind === "heaps") return this.heap(state, feature.get("c") as number);
    if (kind === "signs") return this.sign(state, resolution <= SIGN_LABEL_RESOLUTION ? (feature.get("n") as string) : "");
    const drawn = this.area(state);
    return chosen && feature.get("n") === chosen ? [this.chosenStyle(), drawn] : drawn;
  }

  private area(state: string): Style {
    return this.once(`area ${state}`, () => {
      const pen = this.edition.states[state]!;
      const colour = this.colour(pen);
      return new Style({
        fill: new Fill({ color: this.ground(pen, colour, "2e") }),
        stroke: new Stroke({ color: colour, width: pen.width, lineDash: pen.dash ?? undefined }),
      });
    });
  }

  private chosenStyle(): Style {
    return this.once("chosen", () => new Style({ stroke: new Stroke({ color: this.ink, width: 7 }) }));
  }

  private image(state: string): Icon {
    const pen = this.edition.states[state];
    const img = signOf(SIGNS[pen?.shape ?? "circle"]!, this.colour(pen), this.dark ? "#0d1526" : "#ffffff");
    return new Icon({ img, width: SIGN_PIXELS, height: SIGN_PIXELS });
  }

  private sign(state: string, label: string, haloed = true): Style {
    const style = this.once(`sign ${state} ${label} ${haloed}`, () => {
      return new Style({
        image: this.image(state),
        text: new Text({
          font: `11px ${SANS}`,
          text: label,
          offsetY: 16,
          fill: new Fill({ color: this.ink }),
          stroke: haloed ? new Stroke({ color: this.halo, width: 3 }) : undefined,
        }),
      });
    });
    return style;
  }

  /** Many small patches: a disc that grows with their number, in the colour of their state and with its sign. */
  private heap(state: string, count: number): Style | Style[] {
    const size = count < 3 ? 0 : count < 10 ? 1 : count < 40 ? 2 : 3;
    const disc = this.once(`heap ${state} ${size}`, () => {
      const colour = this.colour(this.edition.states[state]);
      const hollow = this.edition.states[state]?.shape === "circle";
      return new Style({
        image: new CircleStyle({
          radius: [2.6, 4.5, 7, 10][size]!,
          fill: new Fill({ color: hollow ? this.halo : `${colour}d0` }),
          stroke: new Stroke({ color: hollow ? colour : this.halo, width: hollow ? 1.6 : 1 }),
        }),
      });
    });
    if (size < 3) return disc;
    // Hundreds of counts are drawn in every frame: they go without a halo.
    const sign = this.sign(state, String(count), false);
    return [disc, sign];
  }

  /** A piece of a reference layer. */
  layer(feature: FeatureLike, role: string, resolution: number): Style {
    const pen = this.edition.layers[role];
    const tint = pen?.tinted ? (feature.get("t") as string) : "";
    const labelled = resolution < SIGN_LABEL_RESOLUTION;
    const style = this.once(`layer ${role} ${tint} ${labelled}`, () => {
      const colour = this.colour(pen);
      const fill = pen?.tinted ? this.colour(this.edition.tints[tint]) : pen ? this.ground(pen, colour, "") : "rgba(0,0,0,0)";
      return new Style({
        fill: new Fill({ color: pen?.tinted && !this.edition.tints[tint] ? "rgba(0,0,0,0)" : fill }),
        stroke: new Stroke({ color: colour, width: pen?.width ?? 1, lineDash: pen?.dash ?? undefined }),
        text: labelled
          ? new Text({
              font: `11px ${SANS}`,
              overflow: false,
              fill: new Fill({ color: pen?.tinted ? this.ink : colour }),
              stroke: new Stroke({ color: this.halo, width: 3 }),
            })
          : undefined,
      });
    });
    style.getText()?.setText((feature.get(pen?.tinted ? "c" : "l") as string) ?? "");
    return style;
  }
}
