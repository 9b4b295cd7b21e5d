/** The map of a programme: patches by state, reference layers, images, base maps; measuring, going to a place, the spy-glass. */
import OlMap from "ol/Map.js";
import ScaleLine from "ol/control/ScaleLine.js";
import Attribution from "ol/control/Attribution.js";
import Feature from "ol/Feature.js";
import Point from "ol/geom/Point.js";
import { defaults as interactions } from "ol/interaction/defaults.js";
import VectorLayer from "ol/layer/Vector.js";
import { transform } from "ol/proj.js";
import VectorSource from "ol/source/Vector.js";
import RegularShape from "ol/style/RegularShape.js";
import Stroke from "ol/style/Stroke.js";
import Style from "ol/style/Style.js";
import type { FeatureLike } from "ol/Feature.js";
import "ol/ol.css";
import { flatAt } from "./flat.js";
import { Ground, viewOf, type Base, type Shown } from "./ground.js";
import { Lens } from "./lens.js";
import { isDark, Pens } from "./pens.js";
import { planeOf, GEOGRAPHIC } from "./projection.js";
import { Rule, sentence, type Measured, type Refusal } from "./rule.js";

const CLOSE_METRES_PER_PIXEL = 1.2;
const PAN_PIXELS = 120;
const LAYER_KEY_MILLISECONDS = 2500;
const METRES_SHOWN_AS_KILOMETRES = 10_000;

const page = document.querySelector<HTMLElement>("[data-atlas]")!;
const host = page.querySelector<HTMLElement>("[data-map=atlas]")!;
const said = page.querySelector<HTMLElement>("[data-said]")!;
const words = page.dataset as Record<string, string>;

const numbers = (text: string | undefined): number[] => (text ?? "").split(",").map(Number);
const box = numbers(words["box"]);
const flat = flatAt((box[1]! + box[3]!) / 2);

function shownOf(input: HTMLElement | null): Shown | null {
  const data = input?.dataset ?? {};
  if (!data["image"]) return null;
  return { id: data["image"], on: data["on"] ?? "", box: numbers(data["box"]), levelMax: Number(data["levelMax"]) };
}

function baseOf(input: HTMLInputElement): Base | null {
  const data = input.dataset;
  if (!data["base"]) return null;
  return {
    id: data["base"],
    grid: data["grid"] ?? "",
    levelMin: Number(data["levelMin"]),
    levelMax: Number(data["levelMax"]),
    attribution: data["attribution"] ?? "",
  };
}

function say(text: string, refused = false): void {
  said.textContent = text;
  said.classList.toggle("refusal", refused);
}

class Atlas {
  private readonly map: OlMap;
  private readonly ground: Ground;
  private readonly rule: Rule;
  private readonly lens: Lens;
  private readonly marks = new VectorSource({ wrapX: false });
  private layerKeyUntil = 0;
  private hover = 0;

  constructor(private readonly pens: Pens) {
    this.map = new OlMap({
      target: host,
      controls: [new ScaleLine({ units: "metric", minWidth: 90 }), new Attribution({ collapsible: false })],
      interactions: interactions({ altShiftDragRotate: false, pinchRotate: false, keyboard: false, doubleClickZoom: false }),
    });
    this.ground = new Ground(this.map, flat, pens, words["programme"]!);
    this.ground.choose(words["number"] ?? "");
    this.map.setView(viewOf(flat, box, this.map.getSize() ?? [800, 600]));
    this.map.addLayer(new VectorLayer({ source: this.marks, zIndex: 70, style: this.cross() }));
    this.rule = new Rule(this.map, flat, (measured, refused) => this.measured(measured, refused));
    this.lens = new Lens(this.map, host);
    this.switches();
    this.tools();
    this.listen();
    this.map.once("rendercomplete", () => (page.dataset["atlas"] = "ready"));
  }

  private cross(): Style[] {
    const arms = (color: string, width: number): Style =>
      new Style({ image: new RegularShape({ points: 4, radius: 14, radius2: 0, stroke: new Stroke({ color, width }) }) });
    return [arms("#ffffff", 6), arms("#b42318", 2.5)];
  }

  /** The switches of the legend: what is off is neither drawn nor asked for. */
  private switches(): void {
    for (const input of page.querySelectorAll<HTMLInputElement>("input[data-state]"))
      this.follow(input, () => this.ground.state(input.dataset["state"]!, input.checked));
    for (const [place, input] of [...page.querySelectorAll<HTMLInputElement>("input[data-layer]")].entries())
      this.follow(input, () => {
        const { layer, role, levelMin } = input.dataset as Record<string, string>;
        this.ground.layer(layer!, role!, Number(levelMin), place, input.checked);
        this.farNote(input);
      });
    for (const input of page.querySelectorAll<HTMLInputElement>("input[name=image]"))
      this.follow(input, () => {
        if (!input.checked) return;
        const image = shownOf(input);
        this.ground.showImage(image);
        const label = page.querySelector<HTMLElement>("[data-image-day]")!;
        label.textContent = image?.on ?? "";
        label.hidden = !image;
      });
    for (const input of page.querySelectorAll<HTMLInputElement>("input[name=base]"))
      this.follow(input, () => {
        if (input.checked) this.ground.showBase(baseOf(input));
      });
  }

  private follow(input: HTMLInputElement, change: () => void): void {
    input.addEventListener("change", change);
    change();
  }

  /** A layer that is drawn only closer says so beside its switch. */
  private farNote(input: HTMLInputElement): void {
    const resolution = this.map.getView().getResolution() ?? 0;
    const far = flat.grid.getZForResolution(resolution) < Number(input.dataset["levelMin"]);
    input.closest("label")?.classList.toggle("far", input.checked && far);
  }

  private tools(): void {
    page.addEventListener("click", (event) => {
      const tool = (event.target as Element).closest<HTMLElement>("[data-tool]")?.dataset["tool"];
      if (tool) this.tool(tool);
    });
    page.querySelector<HTMLFormElement>("[data-go]")!.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.go(new FormData(event.target as HTMLFormElement).get("place") as string);
    });
    const programme = page.querySelector<HTMLSelectElement>("select[name=programme]");
    programme?.addEventListener("change", () => programme.form?.requestSubmit());
    page.querySelector("select[name=through]")?.addEventListener("change", () => {
      if (this.lens.isOpen) this.openLens();
    });
  }

  private tool(tool: string): void {
    switch (tool) {
      case "length":
      case "area":
        this.rule.begin(tool === "area");
        say(words[tool === "area" ? "sayArea" : "sayLength"]!);
        host.focus();
        break;
      case "whole":
        this.map.getView().fit(this.ground.extentOf(box), { padding: [24, 24, 24, 24], minResolution: 0.3 });
        break;
      case "spy":
        if (this.lens.isOpen) this.lens.show(null, "");
        else this.openLens();
        break;
      case "print":
        location.assign(this.sheetAddress());
        break;
      case "stop":
        this.stop();
    }
    this.press();
  }

  private stop(): void {
    this.rule.end();
    this.marks.clear();
    say("");
    this.card(undefined);
    this.press();
  }

  private press(): void {
    const pressed: Record<string, boolean> = { spy: this.lens.isOpen };
    for (const button of page.querySelectorAll<HTMLElement>("[data-tool][aria-pressed]"))
      button.setAttribute("aria-pressed", String(pressed[button.dataset["tool"]!] ?? false));
  }

  private openLens(): void {
    const select = page.querySelector<HTMLSelectElement>("select[name=through]");
    const image = shownOf(select?.selectedOptions[0] ?? null);
    if (!image) return say(words["sayNoImage"]!, true);
    this.lens.show(this.ground.imageLayer(image), image.on);
  }

  private measured(measured: Measured | null, refused?: string): void {
    if (refused) return say(refused, true);
    if (!measured) return;
    const length = this.lengthOf(measured.metres);
    if (measured.areaSquareMetres === null) return say(length);
    const square = measured.areaSquareMetres.toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
    const [mu, hectares] = [measured.areaMu!.toFixed(2), measured.areaHectares!.toFixed(4)];
    say(words["sayMeasured"]!.replace("{0}", mu).replace("{1}", square).replace("{2}", hectares).replace("{3}", length));
  }

  private lengthOf(metres: number): string {
    return metres < METRES_SHOWN_AS_KILOMETRES ? `${metres.toFixed(1)} m` : `${(metres / 1000).toFixed(3)} km`;
  }

  /** Where somebody said; the server reads it and says how. */
  private async go(text: string): Promise<void> {
    const near = this.degrees(this.map.getView().getCenter()!)[0]!;
    const answer = await fetch(`/api/map/place?text=${encodeURIComponent(text)}&near=${near}`).catch(() => null);
    if (!answer) return say(words["sayOffline"]!, true);
    const place = (await answer.json()) as { longitude: number; latitude: number; system: string; zoneAssumed: boolean } & Refusal;
    if (!answer.ok) return say(sentence(place), true);
    const at = [place.longitude * flat.perLongitude, place.latitude * flat.perLatitude];
    this.marks.clear(true);
    this.marks.addFeature(new Feature(new Point(at)));
    const view = this.map.getView();
    view.setCenter(at);
    if ((view.getResolution() ?? 0) > CLOSE_METRES_PER_PIXEL) view.setResolution(CLOSE_METRES_PER_PIXEL);
    const assumed = place.zoneAssumed ? ` ${words["sayAssumed"]}` : "";
    say(`${place.longitude.toFixed(7)}° ${place.latitude.toFixed(7)}° · ${place.system}${assumed}`);
  }

  private degrees(at: number[]): number[] {
    return [at[0]! / flat.perLongitude, at[1]! / flat.perLatitude];
  }

  private listen(): void {
    host.addEventListener("keydown", (event) => this.key(event));
    this.map.on("pointermove", (event) => {
      if (event.dragging || this.hover) return;
      this.hover = requestAnimationFrame(() => {
        this.hover = 0;
        this.read(event.coordinate);
      });
    });
    this.map.on("singleclick", (event) => {
      if (this.rule.isActive) return;
      this.card(this.map.forEachFeatureAtPixel(event.pixel, (f) => f, { layerFilter: (l) => l === this.ground.patches, hitTolerance: 3 }));
    });
    this.map.on("moveend", () => this.moved());
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.ground.draw(this.pens.on(isDark())));
    // Somebody comes back to this window: verdicts may have been given meanwhile.
    addEventListener("focus", () => void this.recount());
  }

  private moved(): void {
    const [longitude, latitude] = this.degrees(this.map.getView().getCenter()!) as [number, number];
    page.dataset["centre"] = `${longitude.toFixed(6)},${latitude.toFixed(6)}`;
    page.dataset["resolution"] = String(this.map.getView().getResolution());
    for (const input of page.querySelectorAll<HTMLInputElement>("input[data-layer]")) this.farNote(input);
  }

  /** Where the pointer is: degrees, and metres with the zone number. */
  private read(at: number[]): void {
    const [longitude, latitude] = this.degrees(at) as [number, number];
    const zone = Math.round(longitude / 3);
    const [east, north] = transform([longitude, latitude], GEOGRAPHIC, planeOf(longitude)) as [number, number];
    const metres = `X ${north.toFixed(1)} Y ${(east + zone * 1e6).toFixed(1)}`;
    page.querySelector("[data-readout]")!.textContent = `${longitude.toFixed(6)}° ${latitude.toFixed(6)}° · ${metres}`;
  }

  /** The patch that was pointed at, with the ways to it; a heap comes closer instead. */
  private card(feature: FeatureLike | undefined): void {
    const card = page.querySelector<HTMLElement>("[data-card]")!;
    const number = feature?.get("n") as string | undefined;
    if (feature && !number) {
      const view = this.map.getView();
      view.animate({ center: feature.getGeometry()!.getExtent().slice(0, 2), resolution: view.getResolution()! / 4, duration: 200 });
    }
    card.hidden = !number;
    this.ground.choose(number ?? "");
    if (!number) return;
    card.querySelector("[data-number]")!.textContent = number;
    for (const mark of card.querySelectorAll<HTMLElement>("[data-of-state]")) mark.hidden = mark.dataset["ofState"] !== feature!.get("s");
    card.querySelector<HTMLElement>("[data-returned]")!.hidden = feature!.get("r") !== "1";
    card.querySelector<HTMLAnchorElement>("[data-to=workbench]")!.href =
      `/workbench?programme=${encodeURIComponent(words["programme"]!)}&queue=all&patch=${encodeURIComponent(number)}`;
    card.querySelector<HTMLAnchorElement>("[data-to=patch]")!.href = `/patches/${encodeURIComponent(number)}`;
  }

  private async recount(): Promise<void> {
    const answer = await fetch(`/api/programmes/${encodeURIComponent(words["programme"]!)}/map`).catch(() => null);
    if (!answer?.ok) return;
    const { counts } = (await answer.json()) as { counts: Record<string, number> };
    let changed = false;
    for (const count of page.querySelectorAll<HTMLElement>("[data-count-of]")) {
      const now = (counts[count.dataset["countOf"]!] ?? 0).toLocaleString("en");
      changed ||= count.textContent !== now;
      count.textContent = now;
    }
    if (changed) this.ground.refresh();
  }

  private key(event: KeyboardEvent): void {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (this.layerKeyUntil > event.timeStamp && /^[1-9]$/.test(key)) {
      this.layerKeyUntil = 0;
      page.querySelectorAll<HTMLInputElement>("input[data-layer]")[Number(key) - 1]?.click();
    } else if (!this.command(key, event.timeStamp)) return;
    event.preventDefault();
  }

  private command(key: string, now: number): boolean {
    const view = this.map.getView();
    const pans: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
    const pan = pans[key];
    const tools: Record<string, string> = { d: "length", a: "area", y: "spy", z: "whole", Escape: "stop" };
    if (pan) {
      const step = PAN_PIXELS * view.getResolution()!;
      const [x, y] = view.getCenter() as [number, number];
      view.setCenter([x + pan[0] * step, y + pan[1] * step]);
    } else if (key === "+" || key === "=") view.adjustZoom(0.5);
    else if (key === "-") view.adjustZoom(-0.5);
    else if (key === "l") this.layerKeyUntil = now + LAYER_KEY_MILLISECONDS;
    else if (key === "g") page.querySelector<HTMLInputElement>("[name=place]")!.focus();
    else if (key === "[" || key === "]") this.lens.widen(key === "]" ? 1 : -1);
    else if (key === "Enter") this.rule.add(view.getCenter()!);
    else if (key === "Backspace") this.rule.undo();
    else if (tools[key]) this.tool(tools[key]);
    else return false;
    return true;
  }

  /** The sheet that shows what the screen shows. */
  private sheetAddress(): string {
    const [longitude, latitude] = this.degrees(this.map.getView().getCenter()!) as [number, number];
    const query = new URLSearchParams({
      programme: words["programme"]!,
      longitude: longitude.toFixed(6),
      latitude: latitude.toFixed(6),
      hidden: [...this.ground.hidden].join(","),
      layers: [...page.querySelectorAll<HTMLInputElement>("input[data-layer]:checked")].map((i) => i.dataset["layer"]).join(","),
      image: page.querySelector<HTMLInputElement>("input[name=image]:checked")?.dataset["image"] ?? "",
      base: page.querySelector<HTMLInputElement>("input[name=base]:checked")?.dataset["base"] ?? "",
      resolution: String(this.map.getView().getResolution()),
    });
    return `/map/sheet?${query}`;
  }
}

if (page.dataset["box"]) void Pens.load(isDark()).then((pens) => new Atlas(pens));
