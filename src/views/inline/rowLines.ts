import { type LineEdit, lineAfter } from './lineEdit.ts';

/** A step and the 0-based line its row stands on. */
export interface Row {
  readonly line: number;
  readonly step: number;
}

/** Where the rows of an instance stand in the text, in the order of the lines; follows edits. */
export class RowLines {
  /** Ascending; `#steps` beside it. */
  #lines: Int32Array;
  #steps: Int32Array;

  /** @param lines [T] 1-based line per step, 0 where there is none */
  constructor(lines: Int32Array) {
    const steps = Int32Array.from(lines.keys()).filter((step) => lines[step]! > 0);
    const inOrder = steps.every((step, i) => i === 0 || lines[steps[i - 1]!]! <= lines[step]!);
    this.#steps = inOrder ? steps : steps.sort((a, b) => lines[a]! - lines[b]! || a - b);
    this.#lines = this.#steps.map((step) => lines[step]! - 1);
  }

  get count(): number {
    return this.#lines.length;
  }

  /** 0-based, undefined when there is no row. */
  get first(): number | undefined {
    return this.#lines[0];
  }

  get last(): number | undefined {
    return this.#lines.at(-1);
  }

  /** Rows on the lines from..to, both included. */
  between(from: number, to: number): Row[] {
    const rows: Row[] = [];
    for (let i = this.#firstFrom(from); i < this.#lines.length && this.#lines[i]! <= to; i++) {
      rows.push({ line: this.#lines[i]!, step: this.#steps[i]! });
    }
    return rows;
  }

  all(): Row[] {
    return this.between(0, Number.POSITIVE_INFINITY);
  }

  at(line: number): Row | undefined {
    return this.between(line, line)[0];
  }

  /** Rows go where their text goes; those whose text is deleted, or joined to another row's line, are gone. */
  edit(edit: LineEdit): void {
    // Typing within one line moves nothing: no work per key.
    if (edit.breaks === 0 && edit.start.line === edit.end.line) return;
    const lines = this.#lines.map((line) => lineAfter(line, edit));
    let last = -1;
    const kept = lines.map((line) => {
      if (line <= last) return 0;
      last = line;
      return 1;
    });
    this.#lines = lines.filter((_, i) => kept[i] === 1);
    this.#steps = this.#steps.filter((_, i) => kept[i] === 1);
  }

  /** Index of the first row on this line or below. */
  #firstFrom(line: number): number {
    let [low, high] = [0, this.#lines.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#lines[middle]! < line) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
