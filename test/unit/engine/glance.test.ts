import assert from 'node:assert/strict';
import { refusal } from '../refusal.ts';
import { engineIn } from './engineIn.ts';

describe('One instance at a glance', () => {
  const { engine, put } = engineIn('glance');
  const csv = (head: string, rows: readonly (readonly (number | string)[])[]) =>
    put('data.csv', [head, ...rows.map((row) => row.join(','))].join('\n'));
  const set = ['data.time=t'];

  it('has the numbers of the file, gaps and padding', async () => {
    const real = [1, 1, 1, 0, 0];
    const [a, b] = [
      [3, '', -1, 7, 0],
      [2, 2, 2, 2, 2],
    ];
    const data = csv(
      't,a,b,valid',
      real.map((on, t) => [t, a![t]!, b![t]!, on]),
    );
    const mask = { kind: 'mask-column', column: 'valid' } as const;
    await assert.rejects(
      engine.glance({ data, set, mask, instance: 0 }),
      refusal('missing-value', /column "a"/),
    );
    const glance = await engine.glance({ data, set, mask, instance: 0, asIs: true });
    const [first, second] = glance.lines;
    assert.deepEqual(
      [glance.length, glance.real, glance.padding, glance.features],
      [5, 3, [{ from: 3, to: 5 }], 2],
    );
    assert.deepEqual([first!.name, first!.low, first!.mean, first!.high, first!.missing], ['a', -1, 1, 3, 1]);
    assert.deepEqual(first!.first.slice(0, 3), [3, null, -1]);
    assert.deepEqual([...second!.points].slice(0, 6), [0, 2, 1, 2, 2, 2]);
  });

  it('is as small for a long series, with its peaks, and gives features by parts', async () => {
    const [steps, features] = [20_000, 30];
    const value = (step: number, feature: number) => (step === 12_345 && feature === 26 ? 99 : step % 2);
    const rows = Array.from({ length: steps }, (_, t) => [
      t,
      ...Array.from({ length: features }, (_, feature) => value(t, feature)),
    ]);
    const names = Array.from({ length: features }, (_, feature) => `s${feature}x`);
    const data = csv(`t,${names.join(',')}`, rows);
    const start = await engine.glance({ data, set, instance: 0 });
    assert.deepEqual([start.lines.length, start.from, start.features], [24, 0, 30]);
    const rest = await engine.glance({ data, set, instance: 0, from: 24 });
    assert.deepEqual(
      rest.lines.map(({ name }) => name),
      names.slice(24),
    );
    const { points, high } = rest.lines[2]!;
    assert.equal(high, 99);
    assert.ok(points.length < 5000, `${points.length}`);
    const peak = points.indexOf(99);
    assert.equal(points[peak - 1], 12_345);
  });

  it('is refused where there is none of that number', async () => {
    const data = csv('t,a', [
      [0, 1],
      [1, 2],
    ]);
    await assert.rejects(engine.glance({ data, set, instance: 3 }), refusal('no-instance', /no instance 3/));
  });
});
