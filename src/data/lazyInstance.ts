import type { Instance } from './dataset.ts';

type Plain = Pick<Instance, 'id' | 'index' | 'label' | 'length' | 'line' | 'mask' | 'prepared'>;

/**
 * An instance whose numbers and lines are unpacked when they are looked at, and dropped again when nobody holds them:
 * a large file stays in memory once, not twice.
 */
export class LazyInstance implements Instance {
  readonly id: string;
  readonly index: number;
  readonly label?: string;
  readonly length: number;
  readonly line?: number;
  readonly mask?: Uint8Array;
  readonly prepared?: boolean;
  readonly #values: () => Float64Array;
  readonly #lines: (() => Int32Array) | undefined;

  constructor(plain: Plain, unpack: () => Float64Array, lines?: () => Int32Array) {
    this.id = plain.id;
    this.index = plain.index;
    this.label = plain.label;
    this.length = plain.length;
    this.line = plain.line;
    this.mask = plain.mask;
    this.prepared = plain.prepared;
    this.#values = weaklyKept(unpack);
    this.#lines = lines && weaklyKept(lines);
  }

  get values(): Float64Array {
    return this.#values();
  }

  get lines(): Int32Array | undefined {
    return this.#lines?.();
  }
}

/** Makes the value again only when nobody holds the last one any more. */
function weaklyKept<V extends object>(make: () => V): () => V {
  let kept: WeakRef<V> | undefined;
  return () => {
    let value = kept?.deref();
    if (!value) {
      value = make();
      kept = new WeakRef(value);
    }
    return value;
  };
}
