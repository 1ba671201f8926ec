import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { RememberedPicks } from '../../../src/session/memory.ts';

describe('what is kept of the picks for a file', () => {
  it('is everything but settings that were only looked at', async () => {
    const kept = new Map<string, unknown>();
    const store = {
      keys: () => [...kept.keys()],
      get: (key: string) => kept.get(key),
      update: async (key: string, value: unknown) => void kept.set(key, value),
    } as unknown as vscode.Memento;
    const file = { toString: () => 'file:///a.csv' } as vscode.Uri;
    const memory = new RememberedPicks(store);
    await memory.keepSelection(file, { instance: 3, truncate: false, layer: 'conv', set: ['mask=none'] });
    assert.deepEqual(memory.selection(file), { instance: 3, truncate: false, layer: 'conv' });
    assert.ok(!JSON.stringify([...kept.values()]).includes('mask=none'));
  });
});
