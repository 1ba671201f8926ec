import assert from 'node:assert/strict';
import { type ArrayPart, Parts, sentInParts } from '../../../src/parts.ts';

describe('large arrays across the process boundary', () => {
  it('go in pieces before their message, and stand in it again', () => {
    const values = Float64Array.from({ length: 700_000 }, (_, i) => i / 3);
    const bytes = Uint8Array.from({ length: 2 ** 21 + 1 }, (_, i) => i);
    const small = Int32Array.of(1, 2);
    const kept = { deep: [1, null] };
    const message = {
      kind: 'answer',
      answer: { values, small, list: [{ bytes: bytes.subarray(1) }, kept], bytes },
    };
    const parts: ArrayPart[] = [];
    const sent = sentInParts(message, (part) => parts.push(structuredClone(part)));
    assert.equal(parts.length, 3 + 2);
    assert.ok(parts.every((part) => part.bytes.length <= 2 ** 21));
    assert.ok(!(sent.answer.values instanceof Float64Array) && !(sent.answer.bytes instanceof Uint8Array));
    assert.equal(sent.answer.list[1], kept);
    const received = new Parts();
    for (const part of parts) received.take(part);
    assert.deepEqual(received.into(structuredClone(sent)), message);
  });

  it('small ones stay where they are', () => {
    const message = { answer: { values: new Float32Array(10), nothing: undefined, none: null } };
    const fail = () => assert.fail('nothing is to be sent beside it');
    assert.equal(sentInParts(message, fail), message);
    assert.equal(new Parts().into(message), message);
  });
});
