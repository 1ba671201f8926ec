import assert from 'node:assert/strict';
import { Parts } from '../../../src/parts.ts';
import type { PanelMessage, ToPanel } from '../../../src/views/panel/contract.ts';
import { Outbox } from '../../../src/views/panel/outbox.ts';

describe('messages to the panel’s page', () => {
  const numbers = Float32Array.from({ length: 1_200_000 }, (_, i) => i / 7);
  const large = {
    kind: 'view',
    id: 'dataset',
    view: { result: { importance: numbers } },
    front: false,
  } as unknown as ToPanel;
  const busy: ToPanel = { kind: 'busy', what: 'Reading' };
  const turn = () => new Promise((resolve) => setImmediate(resolve));

  it('go at once, and large arrays before theirs in pieces of their own memory, a turn of the event loop each', async () => {
    const posted: PanelMessage[] = [];
    const outbox = new Outbox((message) => posted.push(structuredClone(message)));
    outbox.send(busy);
    outbox.send(large);
    outbox.send(busy);
    const kinds = () => posted.map(({ kind }) => kind);
    assert.deepEqual(kinds(), ['busy', 'part']);
    for (let turns = 0; turns < 10; turns++) await turn();
    assert.deepEqual(kinds(), ['busy', 'part', 'part', 'part', 'view', 'busy']);
    const parts = new Parts();
    for (const one of posted) {
      if (one.kind !== 'part') continue;
      assert.equal(one.part.bytes.buffer.byteLength, one.part.bytes.length);
      parts.take(one.part);
    }
    assert.deepEqual(parts.into(posted[4]), large);
    outbox.send(busy);
    assert.equal(posted.length, 7);
  });

  it('that wait are lost with the page', async () => {
    const posted: string[] = [];
    const outbox = new Outbox(({ kind }) => posted.push(kind));
    outbox.send(large);
    outbox.clear();
    await turn();
    await turn();
    outbox.send(busy);
    assert.deepEqual(posted, ['part', 'busy']);
  });
});
