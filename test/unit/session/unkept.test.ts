import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TrainAnswer } from '../../../src/engine/train/trainReport.ts';
import { UnkeptModels } from '../../../src/session/unkept.ts';

/** What the editor remembers for a workspace; a new window has it from disk. */
function memento() {
  const kept = new Map<string, string>();
  return {
    keys: () => [...kept.keys()],
    get: <T>(key: string, other?: T) => (kept.has(key) ? (JSON.parse(kept.get(key)!) as T) : other),
    update: async (key: string, value: unknown) => void kept.set(key, JSON.stringify(value)),
  };
}

describe('Models that are not kept yet', () => {
  const folder = mkdtempSync(join(tmpdir(), 'unkept-'));
  const state = memento() as ConstructorParameters<typeof UnkeptModels>[0];
  const inNewWindow = () => new UnkeptModels(state, folder);
  after(() => rmSync(folder, { recursive: true }));

  it('are known to the next window as begun, then as made, until they are kept', async () => {
    const unkept = inNewWindow();
    await unkept.begun('repair', { data: '/w/a.csv', model: '/w/m.onnx' });
    assert.deepEqual(inNewWindow().of('repair', 'going'), { data: '/w/a.csv', model: '/w/m.onnx' });
    const model = Uint8Array.of(1, 2, 3);
    await unkept.made('repair', { found: {}, model } as never);
    assert.equal(inNewWindow().of('repair', 'going'), undefined);
    assert.equal(inNewWindow().of('repair', 'made')?.model, '/w/m.onnx');
    assert.deepEqual([...(await inNewWindow().bytes('repair'))], [1, 2, 3]);
    await unkept.kept('repair', Uint8Array.of(9));
    assert.ok(inNewWindow().of('repair', 'made'), 'another copy was kept');
    await unkept.kept('repair', model);
    assert.equal(inNewWindow().of('repair', 'made'), undefined);
    assert.ok(!existsSync(join(folder, 'repair.onnx')));
  });

  it('one that is begun and ended leaves the one made before; what gives no model leaves none', async () => {
    const unkept = inNewWindow();
    const begin = () => unkept.begun('repair', { data: '/w/a.csv', model: '/w/m.onnx' });
    await begin();
    await unkept.made('repair', { found: {}, model: Uint8Array.of(4) } as never);
    await begin();
    await unkept.ended('repair');
    assert.ok(unkept.of('repair', 'made') && !unkept.of('repair', 'going'));
    await unkept.forget('repair');
    await begin();
    await unkept.made('repair', { found: {}, model: null } as never);
    assert.ok(!unkept.of('repair', 'made') && !unkept.of('repair', 'going'));
    await unkept.begun('audit', { data: '/w/a.csv', model: '/w/m.onnx' });
    await new UnkeptModels(state, undefined).begun('train', { data: '/w/a.csv' } as never);
    assert.equal(unkept.of('train', 'going'), undefined);
  });

  it('a trained one comes back with its settings', async () => {
    const unkept = inNewWindow();
    const wish = { architecture: 'gru', padding: 'end', masked: true, epochs: 3 } as const;
    await unkept.begun('train', { ...wish, data: '/w/b.csv', seed: 1, maskInput: false });
    const answer = { onnx: Uint8Array.of(7), settings: { classes: ['x'] }, report: { best: 0 } };
    await unkept.made('train', answer as unknown as TrainAnswer);
    const next = inNewWindow();
    assert.deepEqual(next.of('train', 'made')?.wish, wish);
    const { onnx, ...rest } = await next.trained();
    assert.deepEqual([[...onnx], rest], [[7], { settings: { classes: ['x'] }, report: { best: 0 } }]);
  });
});
