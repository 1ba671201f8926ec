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
    const steps = new Int32Array(lines.length);
    let [count, last, inOrder] = [0, 0, true];
    for (let step = 0; step < lines.length; step++) {
      const line = lines[step]!;
      if (line === 0) continue;
      steps[count++] = step;
      inOrder &&= line >= last;
      last = line;
    }
    this.#steps = steps.slice(0, count);
    if (!inOrder) this.#steps.sort((a, b) => lines[a]! - lines[b]! || a - b);
    this.#lines = this.#steps.map((step) => lines[step]! - 1);
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

  /** [N] 0-based and ascending, and the step of each. Not to be kept: edits write into them. */
  get all(): { readonly lines: Int32Array; readonly steps: Int32Array } {
    return { lines: this.#lines, steps: this.#steps };
  }

  at(line: number): Row | undefined {
    return this.between(line, line)[0];
  }

  /** Rows go where their text goes; those whose text is deleted, or joined to another row's line, are gone. */
  edit(edit: LineEdit): void {
    // Typing within one line moves nothing: no work per key.
    if (edit.breaks === 0 && edit.start.line === edit.end.line) return;
    const [lines, steps] = [this.#lines, this.#steps];
    let [count, last] = [0, -1];
    for (let i = 0; i < lines.length; i++) {
      const line = lineAfter(lines[i]!, edit);
      if (line <= last) continue;
      last = line;
      lines[count] = line;
      steps[count++] = steps[i]!;
    }
    this.#lines = lines.subarray(0, count);
    this.#steps = steps.subarray(0, count);
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
