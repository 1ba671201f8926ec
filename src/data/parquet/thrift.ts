/** A footer of a thousand columns in a hundred groups has fewer. */
const MOST_STRUCTS = 2 ** 20;
const DEEPEST = 32;
const LONGEST_VARINT = 10;

const damaged = () => new Error('damaged');

/**
 * Walks a struct of Thrift's compact protocol, of which parquet's footer and page heads are made, without building
 * anything: a list may not claim more elements than there are bytes left for it, a number not more bytes than 64 bits take.
 * @returns where the struct ends
 */
export function endOfStruct(bytes: Uint8Array, from: number): number {
  let at = from;
  let structs = 0;
  const byte = () => {
    if (at >= bytes.length) throw damaged();
    return bytes[at++]!;
  };
  const varint = (): number => {
    let value = 0;
    for (let place = 0; place < LONGEST_VARINT; place++) {
      const part = byte();
      value += (part & 127) * 2 ** (7 * place);
      if (part < 128) return value;
    }
    throw damaged();
  };
  const skip = (count: number) => {
    if (count > bytes.length - at) throw damaged();
    at += count;
  };
  const element = (type: number, depth: number): void => {
    if (type === 1 || type === 2) return;
    if (type === 3) skip(1);
    else if (type === 4 || type === 5 || type === 6) varint();
    else if (type === 7) skip(8);
    else if (type === 8) skip(varint());
    else if (type === 9) list(depth + 1);
    else if (type === 12) struct(depth + 1);
    else throw damaged();
  };
  const list = (depth: number) => {
    if (depth > DEEPEST) throw damaged();
    const head = byte();
    const size = head >> 4 === 15 ? varint() : head >> 4;
    const type = head & 15;
    if (size > bytes.length - at) throw damaged();
    if (type === 1 || type === 2) return skip(size);
    for (let count = 0; count < size; count++) element(type, depth);
  };
  const struct = (depth: number) => {
    if (depth > DEEPEST) throw damaged();
    if (++structs > MOST_STRUCTS) throw new Error('parquet footer larger than is read');
    for (;;) {
      const head = byte();
      if ((head & 15) === 0) return;
      if (head >> 4 === 0) varint();
      element(head & 15, depth);
    }
  };
  struct(0);
  return at;
}
