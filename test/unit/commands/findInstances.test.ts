import assert from 'node:assert/strict';
import { areTooMany, around, findInstances } from '../../../src/commands/findInstances.ts';

const all = Array.from({ length: 25_000 }, (_, index) => ({
  id: `run_${index}`,
  index,
  length: 9,
  ...(index % 2 === 0 && { label: index === 24_000 ? 'Fall' : 'walk' }),
}));
const never = new AbortController().signal;
const idsOf = (found: readonly { readonly id: string }[]) => found.map(({ id }) => id);

describe('the instances of a file too long for a list', () => {
  it('are those around the one that is shown, before anything is typed', () => {
    assert.ok(areTooMany(all));
    assert.equal(around(all, 0)[0], all[0]);
    assert.equal(around(all, 24_999).at(-1), all[24_999]);
    assert.ok(around(all, 12_345).includes(all[12_345]!));
    assert.ok(around(all, -1).length <= 500 && around(all, 3).length <= 500);
    assert.deepEqual(around(all.slice(0, 3), 1), all.slice(0, 3));
  });

  it('are found by id, label or number, never more than a list takes', async () => {
    assert.deepEqual(idsOf(await findInstances(all, ' RUN_24999', never)), ['run_24999']);
    assert.deepEqual(idsOf(await findInstances(all, 'fall', never)), ['run_24000']);
    assert.deepEqual(idsOf(await findInstances(all, '24998', never)), ['run_24997', 'run_24998']);
    assert.equal((await findInstances(all, 'run', never)).length, 500);
    assert.deepEqual(await findInstances(all, 'nobody', never), []);
  });

  it('are no longer looked for when something else is typed', async () => {
    const typing = new AbortController();
    const looking = findInstances(all, 'nobody', typing.signal);
    typing.abort();
    await assert.rejects(looking, { name: 'AbortError' });
  });
});
