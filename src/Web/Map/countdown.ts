/**
 * Clocks that run down: the server says how many seconds are left and under which stamp; the browser counts, so that nobody has to ask
 * once a second and no clock of the browser has to be right.
 */
const ends = new WeakMap<HTMLElement, { stamp: string; at: number }>();

function text(seconds: number): string {
  const left = Math.max(0, Math.round(seconds));
  return `${String(Math.floor(left / 60)).padStart(2, "0")}:${String(left % 60).padStart(2, "0")}`;
}

function tick(): void {
  for (const clock of document.querySelectorAll<HTMLElement>("[data-seconds]")) {
    const stamp = `${clock.dataset["stamp"]} ${clock.dataset["seconds"]}`;
    let end = ends.get(clock);
    if (end?.stamp !== stamp) {
      end = { stamp, at: performance.now() + 1000 * Number(clock.dataset["seconds"]) };
      ends.set(clock, end);
    }
    const now = text((end.at - performance.now()) / 1000);
    if (clock.textContent !== now) clock.textContent = now;
  }
}

window.setInterval(tick, 250);

export {};
