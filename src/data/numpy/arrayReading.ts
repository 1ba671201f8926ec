import type { Finding } from '../../finding.ts';
import { count } from '../../format.ts';
import { Refusal } from '../../refusal.ts';
import { ConstantFeatures } from '../constantFeatures.ts';
import type { DataOptions } from '../dataOptions.ts';
import type { Instance } from '../dataset.ts';
import { LazyInstance } from '../lazyInstance.ts';
import { fillMissing, howToFill } from '../missing.ts';
import { type Ends, endsWords, maskOf, nanEnds } from '../nanEnds.ts';
import { SentinelWatch } from '../sentinels.ts';
import type { ArrayShape } from './arrayShape.ts';
import { lookedAt, type SeriesArray } from './seriesArray.ts';

/**
 * Makes instances of the array of the series. Of one in memory every number is looked at; of one in a file those of some
 * instances, and the others' when they are opened.
 */
export class ArrayReading {
  #missing = 0;
  /** Series that are filled with NaN, at either end. */
  readonly #filled = { front: 0, end: 0 };
  #ended = 0;
  readonly #constant: ConstantFeatures;
  readonly #sentinels: SentinelWatch;
  readonly #some: readonly number[];
  readonly #looked: ReadonlySet<number>;
  /** Of instances that are not looked at. */
  readonly #masks = new Map<number, Uint8Array>();
  readonly #ends = new Map<number, Ends>();

  constructor(
    private readonly x: SeriesArray,
    private readonly name: string,
    private readonly shape: ArrayShape,
    private readonly fileName: string,
    private readonly features: readonly string[],
    private readonly options: DataOptions,
  ) {
    this.#constant = new ConstantFeatures(shape.features);
    this.#sentinels = new SentinelWatch(shape.features);
    this.#some = lookedAt(x, shape);
    this.#looked = new Set(this.#some);
  }

  get maskOrigin(): string | undefined {
    const { front, end } = this.#filled;
    const where = [...(front > 0 ? ['front'] : []), ...(end > 0 ? ['end'] : [])].join(' and the ');
    return where === '' ? undefined : `NaN at the ${where} of the series in the file`;
  }

  instance(
    index: number,
    { id, label, measured, mask }: { id: string; label?: string; measured?: string; mask?: Uint8Array },
  ): Instance {
    const { length, prepared } = this.shape;
    const isPrepared = prepared || undefined;
    if (!this.#looked.has(index)) {
      if (mask) this.#masks.set(index, mask);
      const findMask = mask ? undefined : this.#found;
      // Written out, since there may be a million: spreading took longer than looking at the numbers.
      const plain = { id, label, measured, index, length, mask, findMask, prepared: isPrepared };
      return new LazyInstance(plain, this.#opened);
    }
    const values = this.#raw(index);
    const real = mask ?? this.#withinNaN(values);
    const gaps = this.#look(values, real, index, true);
    if (!prepared) this.#sentinels.see(values, length);
    const unpack = (): Float64Array => {
      const unpacked = this.#raw(index);
      if (gaps) {
        this.#fill(unpacked, real, index);
      }
      return unpacked;
    };
    if (gaps) {
      unpack();
    }
    const plain = { id, label, measured, index, length, mask: real, prepared: isPrepared };
    return new LazyInstance(plain, unpack);
  }

  /** What is missing in an instance that was not looked at is found when it is opened. One for all, as there are many. */
  readonly #opened = (index: number): Float64Array => {
    const values = this.#raw(index);
    const ends = this.#endsOf(values);
    this.#ends.set(index, ends);
    const real = this.#masks.get(index) ?? maskOf(ends, this.shape.length);
    if (this.#look(values, real, index, false)) this.#fill(values, real, index);
    return values;
  };

  /** And where it begins and ends, when its mask is asked for. */
  readonly #found = (index: number): Uint8Array | undefined => {
    const ends = this.#ends.get(index) ?? this.#endsOf(this.#raw(index));
    this.#ends.set(index, ends);
    return maskOf(ends, this.shape.length);
  };

  get findings(): Finding[] {
    const findings: Finding[] = [
      ...this.#constant.finding(this.fileName, this.features),
      ...this.#sentinels.findings(this.fileName, this.features),
    ];
    const { instances } = this.shape;
    if (this.#some.length < instances) {
      const [some, all] = [this.#some.length, instances].map((count) => count.toLocaleString('en-US'));
      const sentence = `${this.fileName} stays on disk and is read instance by instance: what is said of its numbers rests on ${some} of ${all}, evenly spread.`;
      findings.push({ code: 'array-on-disk', severity: 'info', sentence });
    }
    if (this.#missing > 0) {
      const sentence = `${this.fileName}: ${count(this.#missing, 'missing value')} treated by "missing": "${this.options.missing}".`;
      findings.push({ code: 'missing-filled', severity: 'warning', sentence });
    }
    if (this.#ended > 0) {
      const sentence = `${this.fileName}: ${this.#ended.toLocaleString('en-US')} series ${endsWords(this.#filled)} in steps that are NaN in every feature; those steps are taken as padding.`;
      findings.push({ code: 'nan-padding', severity: 'info', sentence });
    }
    return findings;
  }

  /** [F, L] of one instance; infinities are missing values like NaN. */
  #raw(index: number): Float64Array {
    const { features, length, strides } = this.shape;
    const result = new Float64Array(features * length);
    const { data, from } = this.x.instance(index, this.shape);
    for (let feature = 0; feature < features; feature++) {
      for (let step = 0; step < length; step++) {
        const value = Number(data[from + feature * strides.feature + step * strides.step]);
        result[feature * length + step] = Number.isFinite(value) ? value : Number.NaN;
      }
    }
    return result;
  }

  #withinNaN(values: Float64Array): Uint8Array | undefined {
    const { length } = this.shape;
    const { from, to } = this.#endsOf(values);
    if (to - from === length) return undefined;
    this.#ended++;
    if (from > 0) this.#filled.front++;
    if (to < length) this.#filled.end++;
    return maskOf({ from, to }, length);
  }

  #endsOf(values: Float64Array): Ends {
    return nanEnds(values, this.shape.features, this.shape.length);
  }

  /** Whether a real step lacks a value. @throws Refusal `missing-value` */
  #look(values: Float64Array, real: Uint8Array | undefined, index: number, first: boolean): boolean {
    const { length, prepared } = this.shape;
    let gaps = 0;
    for (let at = 0; at < values.length; at++) {
      const value = values[at]!;
      const feature = Math.floor(at / length);
      const step = at % length;
      // What is prepared goes to the model as it is, padding too.
      const counts = prepared || real === undefined || real[step] === 1;
      if (Number.isNaN(value) && counts) {
        const missing = this.options.missing ?? 'refuse';
        const isKept = prepared && (missing === 'keep' || real?.[step] === 0);
        if (isKept || missing === 'refuse') {
          const advice = isKept ? 'the model would answer NaN' : howToFill;
          throw new Refusal(
            'missing-value',
            `${this.fileName}: array "${this.name}" holds NaN or infinity (instance ${index}, feature ${this.features[feature]}, step ${step}, counted from 0); ${advice}.`,
          );
        }
        gaps++;
      }
      if (counts && first) {
        this.#constant.see(feature, value);
      }
    }
    if (first) this.#missing += gaps;
    return gaps > 0;
  }

  /** Fills the real steps only, so that padding neither fills nor is filled. */
  #fill(values: Float64Array, real: Uint8Array | undefined, index: number): void {
    const { features, length } = this.shape;
    const steps = Array.from({ length }, (_, step) => step).filter(
      (step) => real === undefined || real[step] === 1,
    );
    const inner = new Float64Array(features * steps.length);
    for (let at = 0; at < inner.length; at++) {
      inner[at] = values[Math.floor(at / steps.length) * length + steps[at % steps.length]!]!;
    }
    const unfilled = fillMissing(inner, features, steps.length, this.options.missing ?? 'refuse');
    if (unfilled >= 0) {
      throw new Refusal(
        'missing-feature-values',
        `${this.fileName}: instance ${index} has no number at all in feature ${this.features[unfilled]}, so there is nothing to fill it from; set "missing" to "zero" or leave the instance out.`,
      );
    }
    for (let at = 0; at < inner.length; at++) {
      values[Math.floor(at / steps.length) * length + steps[at % steps.length]!] = inner[at]!;
    }
  }
}
