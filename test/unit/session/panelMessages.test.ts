import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readLook, readMessage } from '../../../src/views/panel/readMessage.ts';
import { message } from './anyMessage.ts';

const stranger = fc.oneof(
  fc.anything(),
  fc.constantFrom<unknown>(
    ...[null, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31, '1', 'x', [], {}, true],
  ),
  fc.constantFrom('x'.repeat(10_001), Array(1001).fill('x'), { kind: 'ready' }, 'toString', '__proto__'),
);

/** Every place of a message: paths to its values. */
function places(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, each]) => places(each, [...path, key]))];
}

function changed(value: unknown, [key, ...rest]: readonly string[], to: unknown): unknown {
  if (key === undefined) return to;
  const copy = Array.isArray(value) ? [...value] : { ...(value as object) };
  const inside = (copy as Record<string, unknown>)[key];
  return Object.assign(copy, { [key]: changed(inside, rest, to) });
}

describe('Messages of the page', () => {
  it('are read as the contract has them', () => {
    fc.assert(
      fc.property(message, (said) => {
        const arrived = structuredClone(said);
        assert.deepEqual(readMessage(arrived), arrived);
      }),
      { numRuns: 1000 },
    );
  });

  it('of any other form are none', () => {
    fc.assert(
      fc.property(fc.anything(), (said) => {
        const read = readMessage(said);
        assert.ok(read === undefined || Object.hasOwn(said as object, 'kind'));
      }),
    );
    const none = [undefined, null, 'ready', 7, [], {}, ['ready'], { kind: 'Ready' }, { kind: 'toString' }];
    for (const said of [
      ...none,
      { kind: ['ready'] },
      { kind: '__proto__' },
      Object.create({ kind: 'ready' }),
    ]) {
      assert.equal(readMessage(said), undefined, String(JSON.stringify(said)));
    }
  });

  it('with one place changed are read as what they then say, or not at all', () => {
    let refused = 0;
    fc.assert(
      fc.property(message, stranger, fc.nat(), (said, to, nth) => {
        const all = places(said);
        const wrong = changed(said, all[nth % all.length]!, to);
        const read = readMessage(wrong);
        // What is let through is itself a message: of the same values, that is read again as it is.
        if (read) {
          assert.deepEqual(JSON.parse(JSON.stringify(read)), JSON.parse(JSON.stringify(wrong)));
          assert.deepEqual(readMessage(read), read);
        } else refused++;
      }),
      { numRuns: 2000 },
    );
    assert.ok(refused > 1000, `${refused} of 2000 were refused`);
  });

  it('with more or less in them are none', () => {
    fc.assert(
      fc.property(message, fc.nat(), (said, nth) => {
        assert.equal(readMessage({ ...said, more: 1 }), undefined);
        const keys = Object.keys(said);
        const { [keys[nth % keys.length]!]: _, ...less } = said as unknown as Record<string, unknown>;
        assert.equal(readMessage(less), undefined);
      }),
    );
  });

  const choose = (made: object) => ({ kind: 'choose', choice: made });
  const remember = (made: object) => ({
    kind: 'remember',
    look: {
      hidePadding: true,
      cropPadding: false,
      rangeWithoutPadding: true,
      zoom: null,
      table: false,
      ...made,
    },
  });
  const wrong: Readonly<Record<string, unknown>> = {
    'a step before the first': { kind: 'reveal', step: -1, feature: null },
    'half a step': { kind: 'reveal', step: 0.5, feature: null },
    'an instance that no array has': choose({ what: 'instance', index: 2 ** 31 }),
    'a step by another word': choose({ what: 'step', to: 'last' }),
    'a class by its name': choose({ what: 'class', index: 'walk' }),
    'a contrast of another word': choose({ what: 'against', against: 'positive' }),
    'an unknown method': choose({ what: 'method', method: 'constructor' }),
    'a command of the editor': { kind: 'run', command: 'workbench.action.terminal.new' },
    'a command of the prototype': { kind: 'run', command: 'hasOwnProperty' },
    'a huge layer name': choose({ what: 'layer', name: 'x'.repeat(1e7) }),
    'a zoom turned round': remember({ zoom: [9, 3] }),
    'a zoom of one end': remember({ zoom: [3] }),
    'a zoom of three ends': remember({ zoom: [1, 2, 3] }),
    'a zoom of no numbers': remember({ zoom: [Number.NaN, 3] }),
    'too many lines': remember({ signals: Array(1001).fill('x') }),
    'a line that is no name': remember({ signals: [1] }),
    'a run by a number': { kind: 'runs', act: { do: 'open', id: 1 } },
    'an act of another': { kind: 'runs', act: { do: 'restore', id: 'x' } },
  };
  for (const [what, said] of Object.entries(wrong)) {
    it(`refuse ${what}`, () => assert.equal(readMessage(said), undefined));
  }

  it('are copied: nothing of the sender’s object comes along', () => {
    const said = JSON.parse('{"kind":"run","command":"retry","__proto__":{"kind":"ready"}}');
    assert.equal(readMessage(said), undefined);
    const lookKept = {
      hidePadding: true,
      cropPadding: false,
      rangeWithoutPadding: false,
      zoom: [1, 2],
      table: false,
    };
    assert.notEqual(readLook(lookKept), lookKept);
    assert.deepEqual(readLook(lookKept), lookKept);
    assert.equal(readLook({ ...lookKept, old: true }), undefined);
  });
});
