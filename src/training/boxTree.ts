/** Positions below which a part is looked through one by one. */
const LEAF = 8;

interface Part {
  /** [width] least and greatest of its points. */
  readonly low: Float32Array;
  readonly high: Float32Array;
  /** Its first position. */
  readonly first: number;
  /** Of the order; what lies apart there. */
  readonly from: number;
  readonly to: number;
  /** The one with the earlier position first; absent where it is looked through. */
  readonly parts?: readonly [Part, Part];
}

/**
 * Finds the first point in a box, among very many that lie together as among those that lie apart: a k-d tree (Bentley
 * 1975), halved where it is widest, whose parts know their bounds and their first position. A part that lies in the box
 * is answered without a look at its points, one that begins after what is found is left.
 */
export class BoxTree {
  readonly #order: Int32Array;
  readonly #root: Part | undefined;

  /** @param points [n, width]; those with anything that is no finite number are never found */
  constructor(
    private readonly points: Float32Array,
    private readonly width: number,
  ) {
    const all = Int32Array.from({ length: points.length / width }, (_, i) => i);
    this.#order = all.filter((i) => points.subarray(i * width, (i + 1) * width).every(Number.isFinite));
    this.#root = this.#order.length === 0 ? undefined : this.#part(0, this.#order.length);
  }

  /**
   * @param centre [width]
   * @param margins [width] how far from it, either way, the box reaches, its faces included
   * @returns −1 where no point lies in it
   */
  first(centre: ArrayLike<number>, margins: ArrayLike<number>): number {
    let found = -1;
    const open = this.#root ? [this.#root] : [];
    for (let part = open.pop(); part; part = open.pop()) {
      if (found !== -1 && part.first > found) continue;
      const lies = this.#lies(part, centre, margins);
      if (lies === 'apart') continue;
      if (lies === 'within') found = part.first;
      else if (part.parts) open.push(part.parts[1], part.parts[0]);
      else found = this.#among(part, centre, margins, found);
    }
    return found;
  }

  #among({ from, to }: Part, centre: ArrayLike<number>, margins: ArrayLike<number>, found: number): number {
    let first = found;
    for (let at = from; at < to; at++) {
      const i = this.#order[at]!;
      if ((first === -1 || i < first) && this.#isIn(i, centre, margins)) first = i;
    }
    return first;
  }

  #isIn(i: number, centre: ArrayLike<number>, margins: ArrayLike<number>): boolean {
    for (let k = 0; k < this.width; k++) {
      if (!(Math.abs(this.points[i * this.width + k]! - centre[k]!) <= margins[k]!)) return false;
    }
    return true;
  }

  #lies({ low, high }: Part, centre: ArrayLike<number>, margins: ArrayLike<number>) {
    let isWithin = true;
    for (let k = 0; k < this.width; k++) {
      const below = centre[k]! - low[k]!;
      const above = high[k]! - centre[k]!;
      const margin = margins[k]!;
      // Not `>`: a centre that is no number lies nowhere.
      if (!(-below <= margin && -above <= margin)) return 'apart';
      if (below > margin || above > margin) isWithin = false;
    }
    return isWithin ? 'within' : 'across';
  }

  #part(from: number, to: number): Part {
    const { low, high, first } = this.#bounds(from, to);
    const widest = low.reduce((best, _, k) => (high[k]! - low[k]! > high[best]! - low[best]! ? k : best), 0);
    const whole = { low, high, first, from, to };
    if (to - from <= LEAF || high[widest] === low[widest]) return whole;
    const middle = this.#halved(from, to, widest, low[widest]! / 2 + high[widest]! / 2);
    const halves = [this.#part(from, middle), this.#part(middle, to)] as const;
    return { ...whole, parts: halves[0].first < halves[1].first ? halves : [halves[1], halves[0]] };
  }

  #bounds(from: number, to: number) {
    const low = new Float32Array(this.width).fill(Number.POSITIVE_INFINITY);
    const high = new Float32Array(this.width).fill(Number.NEGATIVE_INFINITY);
    let first = this.#order[from]!;
    for (let at = from; at < to; at++) {
      const i = this.#order[at]!;
      first = Math.min(first, i);
      for (let k = 0; k < this.width; k++) {
        const value = this.points[i * this.width + k]!;
        if (value < low[k]!) low[k] = value;
        if (value > high[k]!) high[k] = value;
      }
    }
    return { low, high, first };
  }

  /** Puts those below `cut` before the others. @returns where the others begin */
  #halved(from: number, to: number, k: number, cut: number): number {
    let next = from;
    for (let at = from; at < to; at++) {
      const i = this.#order[at]!;
      if (this.points[i * this.width + k]! >= cut) continue;
      this.#order[at] = this.#order[next]!;
      this.#order[next++] = i;
    }
    return next;
  }
}
