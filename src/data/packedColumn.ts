/**
 * Numbers of one kind in as few bytes as hold them exactly: decimals of a few digits as whole numbers with a divisor
 * (12.345 as 12345 / 1000, which is the same float64), else float32, else float64.
 */
export class PackedColumn {
  private constructor(
    private readonly numbers: Int8Array | Int16Array | Int32Array | Float32Array | Float64Array,
    private readonly divisor: number,
  ) {}

  static of(values: Float64Array): PackedColumn {
    return scaled(values, (numbers, divisor) => new PackedColumn(numbers, divisor)) ?? floats(values);
    function floats(all: Float64Array): PackedColumn {
      const exact = all.every((value) => Math.fround(value) === value || Number.isNaN(value));
      return new PackedColumn(exact ? Float32Array.from(all) : all.slice(), 1);
    }
  }

  get bytes(): number {
    return this.numbers.byteLength;
  }

  values(): Float64Array {
    const { numbers, divisor } = this;
    return divisor === 1
      ? Float64Array.from(numbers)
      : Float64Array.from(numbers, (number) => number / divisor);
  }

  at(index: number): number {
    const number = this.numbers[index]!;
    return this.divisor === 1 ? number : number / this.divisor;
  }
}

const MOST_DECIMALS = 9;

function scaled<P>(
  values: Float64Array,
  make: (numbers: Int8Array | Int16Array | Int32Array, divisor: number) => P,
): P | undefined {
  let divisor = 1;
  let decimals = 0;
  let most = 0;
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    // Zero with a minus, NaN and infinities are no whole numbers.
    if (!Number.isFinite(value) || Object.is(value, -0)) return undefined;
    while (Math.round(value * divisor) / divisor !== value) {
      if (++decimals > MOST_DECIMALS) return undefined;
      divisor = 10 ** decimals;
    }
    const size = Math.abs(value);
    if (size > most) most = size;
  }
  const largest = most * divisor + 1;
  if (largest >= 2 ** 31) return undefined;
  const Numbers = largest < 2 ** 7 ? Int8Array : largest < 2 ** 15 ? Int16Array : Int32Array;
  const numbers = new Numbers(values.length);
  for (let index = 0; index < values.length; index++) numbers[index] = Math.round(values[index]! * divisor);
  return make(numbers, divisor);
}
