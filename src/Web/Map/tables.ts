/**
 * On a telephone a row of a wide table becomes a few lines, and each cell says under which head it stands. The names are read from the
 * heads that are there, so that a page writes them once.
 */
const narrow = matchMedia("(max-width: 560px)");

/** So many columns fit side by side. */
const FEW = 3;

let waiting = false;

function nameCells(): void {
  waiting = false;
  if (!narrow.matches) return;
  for (const table of document.querySelectorAll<HTMLTableElement>("main table.rows:not(.dates, .layer-table)")) label(table);
}

function label(table: HTMLTableElement): void {
  const heads = table.tHead?.rows;
  if (!heads || heads.length !== 1) return;
  const names = [...heads[0]!.cells].map((cell) => cell.textContent?.trim() ?? "");
  if (names.length <= FEW) {
    table.classList.add("few");
    return;
  }
  table.classList.add("named");
  for (const part of [...table.tBodies, ...(table.tFoot ? [table.tFoot] : [])])
    for (const row of part.rows) {
      let at = 0;
      for (const cell of row.cells) {
        const own = cell.colSpan === 1 ? (names[at] ?? "") : "";
        if (cell.dataset.head !== own) cell.dataset.head = own;
        at += cell.colSpan;
      }
    }
}

function soon(): void {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(nameCells);
}

narrow.addEventListener("change", soon);
new MutationObserver(soon).observe(document.documentElement, { childList: true, subtree: true });
soon();

export {};
