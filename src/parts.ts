/** What crosses a pipe as one message holds its receiver up; this much is some milliseconds. */
const PART = 2 ** 21;
/** Longer lists hold no large arrays: they would be packed. */
const LONGEST_LIST = 1000;

const KINDS = { Uint8Array, Int8Array, Int32Array, Float32Array, Float64Array };

/** A piece of a large array, sent before the message that the array belongs to. */
export interface ArrayPart {
  /** Which of the message's arrays. */
  readonly array: number;
  /** Bytes of all its pieces. */
  readonly size: number;
  /** Bytes before this piece. */
  readonly at: number;
  readonly bytes: Uint8Array;
}

/** Stands in the message where the array was. */
interface Placeholder {
  readonly arrayOfParts: number;
  readonly kind: keyof typeof KINDS;
}

/** Sends the large arrays of a message piece by piece, and gives the message that is to follow. */
export function sentInParts<M>(message: M, send: (part: ArrayPart) => void): M {
  let arrays = 0;
  return replaced(message, (value) => {
    if (!ArrayBuffer.isView(value) || value.byteLength <= PART) return value;
    const kind = Object.entries(KINDS).find(([, type]) => value instanceof type)?.[0];
    if (kind === undefined) return value;
    const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    const array = arrays++;
    for (let at = 0; at < bytes.length; at += PART) {
      send({ array, size: bytes.length, at, bytes: bytes.subarray(at, at + PART) });
    }
    return { arrayOfParts: array, kind };
  });
}

/** Puts the pieces of large arrays together as they come. */
export class Parts {
  readonly #buffers: Uint8Array<ArrayBuffer>[] = [];

  take({ array, size, at, bytes }: ArrayPart): void {
    this.#buffers[array] ??= new Uint8Array(size);
    this.#buffers[array].set(bytes, at);
  }

  /** The message that follows them, with its arrays. */
  into<M>(message: M): M {
    if (this.#buffers.length === 0) return message;
    return replaced(message, (value) => {
      if (!isPlaceholder(value)) return value;
      return new KINDS[value.kind](this.#buffers[value.arrayOfParts]!.buffer);
    });
  }
}

function isPlaceholder(value: unknown): value is Placeholder {
  return typeof value === 'object' && value !== null && 'arrayOfParts' in value && 'kind' in value;
}

/** The message with some of its values changed; what holds none of them is the same object. */
function replaced<M>(message: M, change: (value: unknown) => unknown): M {
  const walk = (value: unknown): unknown => {
    const changed = change(value);
    if (changed !== value || typeof value !== 'object' || value === null) return changed;
    if (Array.isArray(value)) {
      if (value.length > LONGEST_LIST) return value;
      const list = value.map(walk);
      return list.some((one, at) => one !== value[at]) ? list : value;
    }
    if (Object.getPrototypeOf(value) !== Object.prototype) return value;
    const fields = Object.entries(value).map(([name, one]) => [name, walk(one)] as const);
    const isOther = fields.some(([name, one]) => one !== (value as Record<string, unknown>)[name]);
    return isOther ? Object.fromEntries(fields) : value;
  };
  return walk(message) as M;
}
