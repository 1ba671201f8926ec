import { Recent } from '../recent.ts';
import type { Instance } from './dataset.ts';

type Plain = Pick<
  Instance,
  'id' | 'index' | 'label' | 'measured' | 'stepLabels' | 'length' | 'file' | 'line' | 'mask' | 'prepared'
> & {
  /** Finds the mask when it is looked at, where it is not known yet. */
  readonly findMask?: (index: number) => Uint8Array | undefined;
};

const recentValues = new Recent<Float64Array>();
const recentLines = new Recent<Int32Array>();

/**
 * An instance whose numbers and lines are unpacked when they are looked at, and dropped when others were looked at since:
 * a large file stays in memory once, not twice.
 */
export class LazyInstance implements Instance {
  readonly id: string;
  readonly index: number;
  readonly label?: string;
  readonly measured?: string;
  readonly stepLabels?: readonly string[];
  readonly length: number;
  readonly file?: string;
  readonly line?: number;
  readonly prepared?: boolean;
  readonly #mask: Uint8Array | ((index: number) => Uint8Array | undefined) | undefined;
  readonly #unpack: (index: number) => Float64Array;
  readonly #findLines: ((index: number) => Int32Array) | undefined;
  readonly #findTimes: ((index: number) => Float64Array) | undefined;

  /** @param unpack, lines, times are given the instance's position: all instances of a file can share them */
  constructor(
    plain: Plain,
    unpack: (index: number) => Float64Array,
    lines?: (index: number) => Int32Array,
    times?: (index: number) => Float64Array,
  ) {
    this.id = plain.id;
    this.index = plain.index;
    this.label = plain.label;
    if (plain.measured !== undefined) this.measured = plain.measured;
    if (plain.stepLabels) this.stepLabels = plain.stepLabels;
    this.length = plain.length;
    this.file = plain.file;
    this.line = plain.line;
    this.#mask = plain.findMask ?? plain.mask;
    this.prepared = plain.prepared;
    this.#unpack = unpack;
    this.#findLines = lines;
    this.#findTimes = times;
  }

  get mask(): Uint8Array | undefined {
    return typeof this.#mask === 'function' ? this.#mask(this.index) : this.#mask;
  }

  /** Where the mask is found when it is looked at, how another instance of the same series is to find it. */
  get findMask(): (() => Uint8Array | undefined) | undefined {
    return typeof this.#mask === 'function' ? () => this.mask : undefined;
  }

  get values(): Float64Array {
    return recentValues.of(this, () => this.#unpack(this.index));
  }

  get lines(): Int32Array | undefined {
    const find = this.#findLines;
    return find && recentLines.of(this, () => find(this.index));
  }

  get times(): Float64Array | undefined {
    return this.#findTimes?.(this.index);
  }
}
