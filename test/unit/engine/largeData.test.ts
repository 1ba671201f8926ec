import assert from 'node:assert/strict';
import { createEngine } from '../../../src/engine/service.ts';
import { engineIn } from './engineIn.ts';

/** Every case has ten steps of four features: 560 bytes. */
function series(cases: number): string {
  const steps = (_: unknown, i: number) =>
    Array.from({ length: 10 }, (_row, t) => `${i},${t},1,2,3,4\n`).join('');
  return `case,time,a,b,c,d\n${Array.from({ length: cases }, steps).join('')}`;
}

describe('a large data set', () => {
  const { put } = engineIn('large');
  let large = 0;
  const engine = createEngine({ large: () => large++ });
  after(() => engine.dispose());

  it('is told to the process that holds it, once, after it was read', async () => {
    await engine.data({ data: put('small.csv', series(1000)) });
    assert.equal(large, 0);
    const data = put('large.csv', series(90_000));
    assert.equal((await engine.data({ data })).instances.length, 90_000);
    assert.equal(large, 1);
    await engine.data({ data });
    assert.equal(large, 1);
  });
});
