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
  fc.record({ what: constant('step'), to: fc.constantFrom('next' as const, 'previous' as const) }),
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
/** Whatever the page may say. */
export const message: fc.Arbitrary<FromPanel> = fc.oneof(
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
