import assert from 'node:assert/strict';
import fc from 'fast-check';
import { METHODS } from '../../../src/attribution/methods.ts';
import { READING_TOPICS, type ReadingTopic } from '../../../src/engine/reading/topics.ts';
import type {
  FromPanel,
  PanelChoice,
  PanelLook,
  ReadingAct,
  RunAct,
} from '../../../src/views/panel/contract.ts';
import { panelCommands } from '../../../src/views/panel/panelCommands.ts';
import { pagePolicy } from '../../../src/views/panel/policy.ts';
import { readLook, readMessage } from '../../../src/views/panel/readMessage.ts';

const index = fc.nat({ max: 2 ** 31 - 1 });
const name = fc.string({ unit: 'binary', maxLength: 200 });
const id = fc.string({ maxLength: 200 });
const constant = <const V>(value: V) => fc.constant(value);

const look: fc.Arbitrary<PanelLook> = fc.record(
  {
    hidePadding: fc.boolean(),
    cropPadding: fc.boolean(),
    rangeWithoutPadding: fc.boolean(),
    zoom: fc.option(fc.tuple(fc.nat(500), fc.integer({ min: 501, max: 1000 }))),
    table: fc.boolean(),
    signals: fc.array(name, { maxLength: 20 }),
  },
  { requiredKeys: ['hidePadding', 'cropPadding', 'rangeWithoutPadding', 'zoom', 'table'] },
);
const choice: fc.Arbitrary<PanelChoice> = fc.oneof(
  fc.record({ what: constant('instance'), index }),
  fc.record({ what: constant('layer'), name }),
  fc.record({ what: constant('class'), index: fc.option(index) }),
  fc.record({
    what: constant('against'),
    against: fc.oneof(index, fc.constantFrom('runner-up' as const, 'negative' as const, null)),
  }),
  fc.record({ what: constant('method'), method: fc.constantFrom(...METHODS.map((method) => method.id)) }),
  fc.record({ what: fc.constantFrom('relu', 'maskedAlpha', 'maskedModel'), on: fc.boolean() }),
);
const act: fc.Arbitrary<RunAct> = fc.oneof(
  fc.record({ do: fc.constantFrom('open', 'pin', 'unpin', 'delete', 'asA', 'asB'), id }),
  fc.record({ do: constant('restore'), a: fc.option(id), b: fc.option(id) }),
);
const readingAct: fc.Arbitrary<ReadingAct> = fc.oneof(
  fc.record({ do: constant('take'), way: index }),
  fc.record({
    do: constant('change'),
    topic: fc.constantFrom(...(Object.keys(READING_TOPICS) as ReadingTopic[])),
  }),
  fc.record({ do: constant('undo') }),
);
const commands = Object.keys(panelCommands) as (keyof typeof panelCommands)[];
const message: fc.Arbitrary<FromPanel> = fc.oneof(
  fc.record({ kind: constant('ready') }),
  fc.record({ kind: constant('choose'), choice }),
  fc.record({ kind: constant('reveal'), step: index, feature: fc.option(index) }),
  fc.record({
    kind: constant('select'),
    cells: fc.record({ from: index, to: index, features: fc.option(fc.array(index)) }),
  }),
  fc.record({ kind: constant('grid'), what: fc.constantFrom('methods' as const, 'layers' as const) }),
  fc.record({
    kind: constant('whatIf'),
    edits: fc.array(
      fc.record({
        ...{ from: index, to: index, features: fc.option(fc.array(index)) },
        ...{
          what: fc.constantFrom('scale' as const, 'shift' as const),
          by: fc.integer({ min: -1000, max: 1000 }),
        },
      }),
    ),
  }),
  fc.record({ kind: constant('run'), command: fc.constantFrom(...commands) }),
  fc.record({ kind: constant('remember'), look }),
  fc.record({ kind: constant('runs'), act }),
  fc.record({ kind: constant('reading'), act: readingAct }),
);

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

describe('The policy of the page', () => {
  it('allows one script, our files, no base, no form and no address', () => {
    assert.deepEqual(pagePolicy('https://ours', 'n').split('; '), [
      "default-src 'none'",
      'img-src https://ours data: blob:',
      'font-src https://ours',
      'style-src https://ours',
      "script-src 'nonce-n'",
      "base-uri 'none'",
      "form-action 'none'",
    ]);
  });
});

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
