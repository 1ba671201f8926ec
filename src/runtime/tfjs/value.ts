import { type DataType, elementCount, type Tensor } from '../../graph/tensor.ts';
import { Refusal } from '../../refusal.ts';
import type { Tf, TfTensor } from './backend.ts';

/**
 * A tensor of a run. float32 and computed bool live on the backend; integers and float64, which tfjs does not have,
 * stay in JavaScript. Either side is made from the other when it is asked for. Counts who holds it.
 */
export class RunValue {
  readonly dtype: DataType;
  readonly dims: readonly number[];
  #host: Tensor | undefined;
  #device: TfTensor | undefined;
  #holders = 1;

  private constructor(dtype: DataType, dims: readonly number[], host?: Tensor, device?: TfTensor) {
    this.dtype = dtype;
    this.dims = dims;
    this.#host = host;
    this.#device = device;
  }

  static host(tensor: Tensor): RunValue {
    return new RunValue(tensor.dtype, tensor.dims, tensor);
  }

  /** Takes the tensor over. */
  static device(tensor: TfTensor): RunValue {
    return new RunValue(tensor.dtype === 'bool' ? 'bool' : 'float32', tensor.shape, undefined, tensor);
  }

  /** Whether the backend computes with it. */
  get onDevice(): boolean {
    return this.#device !== undefined || this.dtype === 'float32';
  }

  /** Its tensor on the backend, if it has been made. */
  get tensor(): TfTensor | undefined {
    return this.#device;
  }

  host(): Tensor {
    this.#host ??= download(this.#device!, this.dtype);
    return this.#host;
  }

  /** @throws Refusal `model-refused` for an element type the backend does not have */
  device(tf: Tf): TfTensor {
    this.#device ??= upload(tf, this.#host!);
    return this.#device;
  }

  retain(): this {
    this.#holders++;
    return this;
  }

  release(): void {
    if (--this.#holders > 0) return;
    this.#device?.dispose();
    this.#device = undefined;
  }
}

function download(tensor: TfTensor, dtype: DataType): Tensor {
  const data = tensor.dataSync();
  return dtype === 'bool'
    ? { dtype, dims: tensor.shape, data: Uint8Array.from(data) }
    : { dtype: 'float32', dims: tensor.shape, data: data as Float32Array };
}

/** Kept: whoever holds the value disposes of it, not the scope it happens to be made in. */
function upload(tf: Tf, { dtype, dims, data }: Tensor): TfTensor {
  if (dtype !== 'float32' && dtype !== 'bool') {
    throw new Refusal('model-refused', `tfjs does not compute with ${dtype}`);
  }
  // tfjs keeps the very array it is given, and a feed may be changed by its owner.
  const copy = data.slice(0, elementCount(dims)) as Float32Array | Uint8Array;
  return tf.keep(tf.tensor(copy, [...dims], dtype));
}
