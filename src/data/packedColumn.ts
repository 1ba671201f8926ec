/**
 * Numbers of one kind in as few bytes as hold them exactly: decimals of a few digits as whole numbers with a divisor
 * (12.345 as 12345 / 1000, which is the same float64), else float32, else float64.
 */
export class PackedColumn {
  private constructor(
    private readonly numbers: Whole | Float32Array | Float64Array,
    private readonly divisor: number,
    /** Stands for NaN among whole numbers. */
    private readonly missing: number | undefined,
  ) {}

  static of(values: Float64Array): PackedColumn {
    const divisor = divisorOf(values);
    if (divisor !== undefined) {
      const numbers = roomFor(values, divisor);
      if (numbers) {
        // The least number of each kind is used for nothing else.
        const missing = -(2 ** (8 * numbers.BYTES_PER_ELEMENT - 1));
        for (let index = 0; index < values.length; index++) {
          const value = values[index]!;
          numbers[index] = Number.isNaN(value) ? missing : Math.round(value * divisor);
        }
        return new PackedColumn(numbers, divisor, missing);
      }
    }
    const isExact = values.every((value) => Math.fround(value) === value || Number.isNaN(value));
    return new PackedColumn(isExact ? Float32Array.from(values) : values.slice(), 1, undefined);
  }

  get bytes(): number {
    return this.numbers.byteLength;
  }

  values(): Float64Array {
    return Float64Array.from(this.numbers, (_, index) => this.at(index));
  }

  at(index: number): number {
    const number = this.numbers[index]!;
    if (number === this.missing) return Number.NaN;
    return this.divisor === 1 ? number : number / this.divisor;
  }
}

type Whole = Int8Array | Int16Array | Int32Array;

const MOST_DECIMALS = 9;

/** The least power of ten that makes all of them whole; undefined where none does. */
function divisorOf(values: Float64Array): number | undefined {
  let divisor = 1;
  let decimals = 0;
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    if (Number.isNaN(value)) continue;
    if (!Number.isFinite(value) || Object.is(value, -0)) return undefined;
    while (Math.round(value * divisor) / divisor !== value) {
      if (++decimals > MOST_DECIMALS) return undefined;
      divisor = 10 ** decimals;
    }
  }
  return divisor;
}

function roomFor(values: Float64Array, divisor: number): Whole | undefined {
  let most = 0;
  for (let index = 0; index < values.length; index++) {
    const size = Math.abs(values[index]!);
    if (size > most) most = size;
  }
  const largest = most * divisor + 1;
  if (largest < 2 ** 7) return new Int8Array(values.length);
  if (largest < 2 ** 15) return new Int16Array(values.length);
  return largest < 2 ** 31 ? new Int32Array(values.length) : undefined;
}
