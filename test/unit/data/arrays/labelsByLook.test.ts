import assert from 'node:assert/strict';
import { datasetOf } from '../../../../src/data/numpy/readArrays.ts';
import type { NpyArray } from '../../../../src/data/numpy/readNpy.ts';
import { tensor } from '../../../../src/graph/tensor.ts';
import { refusalOf } from '../reading.ts';

const N = 12;
const series = (dims: readonly number[]): NpyArray =>
  tensor(
    'float64',
    dims,
    Float64Array.from({ length: dims.reduce((a, b) => a * b, 1) }, (_, at) => Math.sin(at * 1.7)),
  );
const numbers = (values: readonly number[]): NpyArray =>
  tensor('float64', [values.length], Float64Array.from(values));
const words = (data: readonly string[]): NpyArray => ({ dtype: 'text', dims: [data.length], data });
const cycle = <T>(kinds: readonly T[]): T[] =>
  Array.from({ length: N }, (_, at) => kinds[at % kinds.length]!);

function read(arrays: Readonly<Record<string, NpyArray>>, options: Parameters<typeof datasetOf>[3] = {}) {
  const all = { names: Object.keys(arrays), get: (name: string) => arrays[name] };
  return datasetOf(all, 'npz', 'a.npz', { input: { layout: 'NFT', features: 3, steps: null }, ...options });
}

const labels = (arrays: Readonly<Record<string, NpyArray>>, options = {}) =>
  read(arrays, options)
    .instances.map(({ label }) => label)
    .slice(0, 3);
const x = series([N, 3, 40]);

describe('arrays: labels and series under names of their own', () => {
  for (const [name, array, first] of [
    ['condition', words(cycle(['rest', 'go'])), ['rest', 'go', 'rest']],
    ['events', numbers(cycle([1, 2, 4])), ['1', '2', '4']],
    ['q', words(cycle(['a', 'b', 'c'])), ['a', 'b', 'c']],
  ] as const) {
    it(`${name}: the one array with a kind for each series is the labels, and said`, () => {
      assert.deepEqual(labels({ waves: x, [name]: array }), first);
      const { findings } = read({ x, [name]: array });
      assert.ok(findings.some(({ code, sentence }) => code === 'label-inferred' && sentence.includes(name)));
      assert.deepEqual(labels({ x, [name]: array }, { label: null }), [undefined, undefined, undefined]);
    });
  }

  it('persons, folds, ages, times and numbers of their own are no labels', () => {
    const none = [undefined, undefined, undefined];
    for (const name of ['subject', 'session_id', 'fold', 'groups', 'age', 'split', 'hour', 'index'])
      assert.deepEqual(labels({ x, [name]: numbers(cycle([1, 2, 3])) }), none, name);
    assert.deepEqual(labels({ x, score: numbers(cycle([0.5, 1.5])) }), none);
    assert.deepEqual(labels({ x, name: words(Array.from({ length: N }, (_, at) => `n${at}`)) }), none);
    assert.deepEqual(labels({ x, one: words(cycle(['a'])) }), none);
  });

  it('numbers whose name says no class, and words that are running numbers, are asked about', async () => {
    for (const [name, array] of [
      ['subj', numbers(cycle([0, 1, 2]))],
      ['cv', numbers(cycle([1, 2]))],
      ['device', words(cycle(['D0', 'D1', 'D2']))],
    ] as const) {
      const asked = await refusalOf(Promise.resolve().then(() => read({ x, [name]: array })));
      assert.equal(asked.code, 'ask-label-open');
      assert.deepEqual(labels({ x, [name]: array }, { label: null }), [undefined, undefined, undefined]);
      assert.ok(labels({ x, [name]: array }, { label: name })[0] !== undefined);
    }
    assert.deepEqual(labels({ x, arr_1: numbers(cycle([0, 1])) }), ['0', '1', '0']);
  });

  it('beside a person the kind is; of two kinds none, which is said, and "label" says which', () => {
    const [a, b] = [words(cycle(['p', 'q'])), words(cycle(['u', 'v', 'w']))];
    assert.deepEqual(labels({ x, subject: numbers(cycle([1, 2])), activity: a }), ['p', 'q', 'p']);
    assert.deepEqual(labels({ x, room: b, activity: a }), ['p', 'q', 'p']);
    const { findings } = read({ x, room: b, floor: a });
    assert.ok(findings.some(({ code }) => code === 'label-open'));
    assert.deepEqual(labels({ x, room: b, floor: a }, { label: 'room' }), ['u', 'v', 'w']);
  });

  it('the one array of three axes is the series; of two it is asked', async () => {
    assert.equal(read({ waves: x, score: numbers(cycle([0.5])) }).features.length, 3);
    const asked = await refusalOf(Promise.resolve().then(() => read({ waves: x, others: x })));
    assert.equal(asked.code, 'ask-no-x');
    // So it is where another goes with no axis of it.
    const odd = await refusalOf(Promise.resolve().then(() => read({ waves: x, b: numbers([1, 2]) })));
    assert.equal(odd.code, 'ask-no-x');
  });

  it('a name that no array has is refused, though another is called like labels', async () => {
    const y = words(cycle(['a', 'b']));
    const { code, message } = await refusalOf(
      Promise.resolve().then(() => read({ x, y }, { label: 'yfine' })),
    );
    assert.equal(code, 'unknown-column');
    assert.match(message, /a\.npz has no array "yfine" \(wanted for "label"\); it holds x, y/);
    const given = read({ x, y, y_fine: words(cycle(['c', 'd'])) }, { label: 'y_fine' });
    assert.equal(given.instances[1]!.label, 'd');
    assert.equal(given.plan!.parts.find(({ role }) => role === 'label')!.reason, 'attribution.json says so');
  });
});
