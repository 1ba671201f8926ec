import assert from 'node:assert/strict';
import fc from 'fast-check';
import protobuf from 'protobufjs/light.js';
import { type Messages, MessageType } from '../../../../src/formats/onnx/wire.ts';

const TABLE: Messages = {
  Outer: {
    count: [1, 'int64'],
    name: [2, 'string'],
    part: [3, 'Inner'],
    parts: [4, 'Inner', 'repeated'],
    sizes: [5, 'int64', 'repeated'],
    numbers: [6, 'float', 'packed'],
    kind: [20, 'int32'],
  },
  Inner: {
    raw: [1, 'bytes'],
    names: [2, 'string', 'repeated'],
    precise: [3, 'double', 'packed'],
    large: [4, 'uint64'],
    outer: [5, 'Outer'],
  },
};
const ours = MessageType.of(TABLE).get('Outer')!;
/** The same table as protobufjs reads and writes it. */
const theirs = protobuf.Root.fromJSON({
  nested: Object.fromEntries(
    Object.entries(TABLE).map(([name, fields]) => [
      name,
      {
        edition: 'proto2',
        fields: Object.fromEntries(
          Object.entries(fields).map(([field, [id, type, rule]]) => [
            field,
            {
              ...{ id, type },
              ...(rule && { rule: 'repeated' as const }),
              ...(rule === 'packed' && { options: { packed: true } }),
            },
          ]),
        ),
      },
    ]),
  ),
}).lookupType('Outer');
const plain = (bytes: Uint8Array) =>
  theirs.toObject(theirs.decode(bytes), { longs: String, bytes: String, arrays: true });

const { outer } = fc.letrec((tie) => ({
  inner: fc.record(
    {
      raw: fc.uint8Array(),
      names: fc.array(fc.string({ unit: 'binary' })),
      precise: fc.array(fc.double()),
      large: fc.nat(),
      outer: tie('outer'),
    },
    { requiredKeys: [] },
  ),
  outer: fc.record(
    {
      count: fc.integer(),
      name: fc.string({ unit: 'binary' }),
      part: fc.oneof({ maxDepth: 3 }, fc.constant({}), tie('inner')),
      parts: fc.oneof({ maxDepth: 3 }, fc.constant([]), fc.array(tie('inner'), { maxLength: 3 })),
      sizes: fc.array(fc.integer()),
      numbers: fc.array(fc.float({ noNaN: true })),
      kind: fc.integer(),
    },
    { requiredKeys: [] },
  ),
}));

describe("protobuf's encoding, held against protobufjs's own reading of the same types", () => {
  it('writes what it reads as the same message', () => {
    fc.assert(
      fc.property(outer, (message) => {
        const bytes = ours.encode(message as object);
        assert.deepEqual(plain(bytes), plain(theirs.encode(message as object).finish()));
      }),
    );
  });

  it('reads what it writes as the same message', () => {
    fc.assert(
      fc.property(outer, (message) => {
        const bytes = theirs.encode(message as object).finish();
        assert.deepEqual(plain(ours.encode(ours.decode(bytes))), plain(bytes));
      }),
    );
  });

  it('refuses the bytes that it refuses', () => {
    fc.assert(
      fc.property(outer, fc.nat(), fc.nat(255), fc.boolean(), (message, at, byte, cut) => {
        const bytes = theirs
          .encode(message as object)
          .finish()
          .slice();
        if (bytes.length > 0) bytes[at % bytes.length] = byte;
        const broken = cut ? bytes.subarray(0, at % (bytes.length + 1)) : bytes;
        const refused = (read: () => unknown) => {
          try {
            read();
            return false;
          } catch {
            return true;
          }
        };
        // Theirs takes bytes that are no UTF-8 for text; in a model they are refused.
        const strict = refused(() => theirs.decode(broken));
        const own = refused(() => ours.decode(broken));
        if (strict) assert.ok(own);
        if (!own) assert.deepEqual(plain(ours.encode(ours.decode(broken))), plain(broken));
      }),
      { numRuns: 1000 },
    );
  });

  it('refuses a number that reaches beyond its run, and a length that no message can have', () => {
    const beyond = Uint8Array.of(0x32, 2, 0, 0, 0, 0);
    const long = Uint8Array.of(0x1a, 0x80, 0x80, 0x80, 0x80, 0x10);
    for (const bytes of [beyond, long]) {
      assert.throws(() => theirs.decode(bytes));
      assert.throws(() => ours.decode(bytes));
    }
  });

  it('refuses text that is no UTF-8, and messages that lie a hundred deep', () => {
    assert.throws(() => ours.decode(Uint8Array.of(0x12, 1, 0xff)), TypeError);
    let deep = {};
    let bytes = new Uint8Array(0);
    for (let depth = 0; depth < 60; depth++) {
      deep = { part: { outer: deep } };
      const inner = protobuf.Writer.create().uint32(0x2a).bytes(bytes).finish();
      bytes = protobuf.Writer.create().uint32(0x1a).bytes(inner).finish().slice();
    }
    assert.throws(() => ours.decode(bytes), RangeError);
    assert.throws(() => ours.encode(deep), RangeError);
  });
});
