import protobuf from 'protobufjs/light.js';

/** Nested messages beyond this are no model's; they are counted as they stand. */
const DEEPEST = 64;

/**
 * How many messages of known types lie in the bytes, and in each other; it stops at the first beyond `most`. Reading
 * makes an object of each, two bytes may be one.
 * @throws Error (of protobufjs) where the bytes are no protobuf message
 */
export function messageCount(bytes: Uint8Array, type: protobuf.Type, most: number): number {
  const reader = protobuf.Reader.create(bytes);
  let count = 0;
  const walk = (of: protobuf.Type, end: number, depth: number): void => {
    while (reader.pos < end && count <= most) {
      const tag = reader.uint32();
      const inside = of.fieldsById[tag >>> 3]?.resolve().resolvedType;
      if ((tag & 7) !== 2 || !(inside instanceof protobuf.Type) || depth === DEEPEST) {
        reader.skipType(tag & 7);
        continue;
      }
      count++;
      const length = reader.uint32();
      walk(inside, reader.pos + length, depth + 1);
    }
  };
  walk(type, bytes.length, 0);
  return count;
}
