import { element } from '../element.ts';

/** Pixels from the top of the stage. */
export interface Band {
  readonly top: number;
  readonly height: number;
}

interface Box extends Band {
  readonly left: number;
  readonly width: number;
}

/** A cell thinner than this is framed by a box of this size around it. */
const smallest = 7;

/** What moves with the pointer: light elements above the canvases, so that hovering redraws no chart. */
export class Overlay {
  readonly #step: HTMLElement;
  readonly #cell: HTMLElement;
  readonly #mark: HTMLElement;
  readonly #brush: HTMLElement;
  readonly #fileSelection: HTMLElement;
  readonly #torn: Readonly<Record<'left' | 'right', HTMLElement>>;
  readonly root: HTMLElement;

  /** @param prefix tells the ids of several overlays on a page apart */
  constructor(prefix = '') {
    const part = (name: string) => element('div', { class: name, id: prefix + name, hidden: true });
    [this.#step, this.#cell, this.#mark] = [part('step-line'), part('cell-frame'), part('cursor-mark')];
    [this.#brush, this.#fileSelection] = [part('brush'), part('file-selection')];
    this.#torn = { left: part('torn-left'), right: part('torn-right') };
    const parts = [
      ...Object.values(this.#torn),
      this.#mark,
      this.#fileSelection,
      this.#brush,
      this.#step,
      this.#cell,
    ];
    this.root = element('div', { class: 'overlay', 'aria-hidden': 'true' }, ...parts);
  }

  /** A hair line over all plots; null hides it. */
  step(x: number | null): void {
    this.#step.hidden = x === null;
    if (x !== null) this.#step.style.transform = `translateX(${Math.round(x)}px)`;
  }

  cell(box: Box | null): void {
    this.#cell.hidden = box === null;
    if (!box) return;
    const width = Math.max(smallest, box.width);
    const height = Math.max(smallest, box.height);
    const left = box.left - (width - box.width) / 2;
    const top = box.top - (height - box.height) / 2;
    this.#cell.style.transform = `translate(${left}px, ${top}px)`;
    this.#cell.style.width = `${width}px`;
    this.#cell.style.height = `${height}px`;
  }

  /** Where columns were cut off; null hides the torn edge. @param bands what is torn, and nothing between */
  torn(side: 'left' | 'right', x: number | null, bands: readonly Band[]): void {
    const torn = this.#torn[side];
    torn.hidden = x === null;
    if (x === null) return;
    torn.style.transform = `translateX(${x}px)`;
    const tears = bands.map(() => element('div', { class: 'tear' }));
    for (const [i, { top, height }] of bands.entries()) {
      tears[i]!.style.top = `${top}px`;
      tears[i]!.style.height = `${height}px`;
    }
    torn.replaceChildren(...tears);
  }

  /** The cells chosen by hand in the map. */
  brush(box: Box | null): void {
    lay(this.#brush, box);
  }

  /** The cells selected in the file. */
  fileSelection(box: Box | null): void {
    lay(this.#fileSelection, box);
  }

  /** The step at the editor's cursor, `width` pixels wide. */
  mark(step: number | null, x: number, width: number): void {
    this.#mark.hidden = step === null;
    this.#mark.dataset.step = step === null ? '' : String(step);
    this.#mark.style.transform = `translateX(${x}px)`;
    this.#mark.style.width = `${Math.max(2, width)}px`;
  }
}

function lay(part: HTMLElement, box: Box | null): void {
  part.hidden = box === null;
  if (!box) return;
  part.style.transform = `translate(${box.left}px, ${box.top}px)`;
  part.style.width = `${box.width}px`;
  part.style.height = `${box.height}px`;
}
