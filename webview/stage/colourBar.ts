import type { ColourRange } from '../../src/raster/colourRange.ts';
import type { ColourTable } from '../../src/raster/colourTable.ts';
import { element, label, replace } from '../element.ts';
import { formatTicks } from '../format.ts';

/** The colours of the map with the numbers at both ends and in the middle. */
export class ColourBar {
  readonly #canvas = element('canvas', { class: 'colour-bar-image', 'aria-hidden': 'true' });
  readonly #numbers = element('div', { class: 'colour-bar-numbers' });
  readonly root: HTMLElement;

  constructor(id = 'colour-bar') {
    this.root = element('div', { class: 'colour-bar', id, role: 'img' }, this.#canvas, this.#numbers);
  }

  show(range: ColourRange, table: ColourTable, upright: boolean): void {
    this.root.hidden = range.allZero;
    this.root.classList.toggle('upright', upright);
    const numbers = formatTicks([range.low, (range.low + range.high) / 2, range.high]);
    label(this.root, 'aria-label', `Colours from ${numbers[0]} over ${numbers[1]} to ${numbers[2]}`);
    // Upright, the highest value stands at the top.
    const order = upright ? [...numbers].reverse() : numbers;
    replace(this.#numbers, ...order.map((text) => element('span', {}, text)));
    const shades = upright ? table.slice().reverse() : table;
    this.#canvas.width = upright ? 1 : shades.length;
    this.#canvas.height = upright ? shades.length : 1;
    const image = new ImageData(this.#canvas.width, this.#canvas.height);
    new Uint32Array(image.data.buffer).set(shades);
    this.#canvas.getContext('2d')!.putImageData(image, 0, 0);
  }

  /** Beside the map, at its height; or in the flow below its columns, which begin at `left`. */
  place(beside: { left: number; top: number; height: number } | null, left: number): void {
    const { style } = this.root;
    style.paddingLeft = beside ? '' : `${left}px`;
    style.left = beside ? `${beside.left}px` : '';
    style.top = beside ? `${beside.top}px` : '';
    style.height = beside ? `${beside.height}px` : '';
  }
}
