import assert from 'node:assert/strict';
import { ByteBoundCache } from '../../../src/engine/cache.ts';

describe('byte-bound cache', () => {
  const made: string[] = [];
  const gone: string[] = [];
  let cache: ByteBoundCache<string>;
  const get = (key: string, bytes: number) =>
    cache.get(key, async () => {
      made.push(key);
      return { value: `${key}!`, bytes, dispose: () => gone.push(key) };
    });

  beforeEach(() => {
    made.length = 0;
    gone.length = 0;
    cache = new ByteBoundCache(100);
  });

  it('makes a value once, also for those who ask at the same time', async () => {
    assert.deepEqual(await Promise.all([get('a', 10), get('a', 10)]), ['a!', 'a!']);
    await get('a', 10);
    assert.deepEqual(made, ['a']);
  });

  it('drops the one used longest ago when over its bound, and frees it', async () => {
    await get('a', 40);
    await get('b', 40);
    await get('a', 40);
    await get('c', 40);
    await Promise.resolve();
    assert.deepEqual(gone, ['b']);
    await get('a', 40);
    assert.deepEqual(made, ['a', 'b', 'c']);
  });

  it('keeps the newest even when it is over the bound alone', async () => {
    await get('a', 40);
    await get('huge', 1000);
    await get('huge', 1000);
    assert.deepEqual(made, ['a', 'huge']);
    assert.equal(cache.size, 1);
  });

  it('forgets a failure', async () => {
    const failing = () => Promise.reject(new Error('no'));
    await assert.rejects(cache.get('a', failing));
    assert.equal(await get('a', 1), 'a!');
  });

  it('frees all on clear', async () => {
    await get('a', 1);
    await get('b', 1);
    await cache.clear();
    assert.deepEqual(gone, ['a', 'b']);
  });
});
