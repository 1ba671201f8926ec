import { METHODS, type MethodId } from '../../attribution/methods.ts';
import { eachSwitch } from '../../attribution/switches.ts';
import { READING_TOPICS, type ReadingTopic } from '../../engine/reading/topics.ts';
import {
  ARMS,
  type Arm,
  type FromPanel,
  type PanelChoice,
  type PanelCommand,
  type PanelLook,
  type ReadingAct,
  type RepairWish,
  type RunAct,
  type SeriesEdit,
} from './contract.ts';
import { panelCommands } from './panelCommands.ts';
import {
  either,
  flag,
  list,
  misfit,
  number,
  object,
  orNull,
  type Shape,
  span,
  tagged,
  text,
  whole,
  word,
} from './shape.ts';

/** Longer than any name that is read from a file of sense. */
const name = text(10_000);
const id = text(200);
const index = whole(0, 2 ** 31 - 1);
const command = word<PanelCommand>(panelCommands);
const method = word(Object.fromEntries(METHODS.map((one) => [one.id, true])) as Record<MethodId, true>);

const look: Shape<PanelLook> = object<PanelLook>({
  hidePadding: flag,
  cropPadding: flag,
  rangeWithoutPadding: flag,
  zoom: orNull(span(0, 1e9)),
  table: flag,
  rows: { optional: word({ model: true, share: true, name: true, group: true, lines: true }) },
  pinned: { optional: list(name, 1000) },
  signals: { optional: list(name, 1000) },
});

const choice: Shape<PanelChoice> = tagged<PanelChoice, 'what'>('what', {
  instance: { index },
  step: { to: word({ next: true, previous: true }) },
  layer: { name },
  class: { index: orNull(index) },
  against: {
    against: orNull(either(index, word<'runner-up' | 'negative'>({ 'runner-up': true, negative: true }))),
  },
  method: { method },
  ...eachSwitch(() => ({ on: flag })),
});

const runAct: Shape<RunAct> = tagged<RunAct, 'do'>('do', {
  open: { id },
  pin: { id },
  unpin: { id },
  delete: { id },
  asA: { id },
  asB: { id },
  name: { id },
  undelete: {},
  restore: { a: orNull(id), b: orNull(id) },
});

const readingAct: Shape<ReadingAct> = tagged<ReadingAct, 'do'>('do', {
  take: { way: index },
  change: { topic: word<ReadingTopic>(READING_TOPICS) },
  undo: {},
});

const place = { from: index, to: index, features: orNull(list(index, 100_000)) };
const by = number(-1e6, 1e6);
const edit: Shape<SeriesEdit> = tagged<SeriesEdit, 'what'>('what', {
  mask: place,
  refill: place,
  scale: { ...place, by },
  shift: { ...place, by },
});

const wish: Shape<RepairWish> = object<RepairWish>({
  arm: {
    optional: word<Arm | 'auto' | 'all'>({
      ...(Object.fromEntries(ARMS.map((arm) => [arm, true])) as Record<Arm, true>),
      ...{ auto: true, all: true },
    }),
  },
  maskInput: { optional: flag },
  epochs: { optional: whole(1, 10_000) },
});

const message: Shape<FromPanel> = tagged<FromPanel, 'kind'>('kind', {
  ready: {},
  choose: { choice },
  reveal: { step: index, feature: orNull(index) },
  select: { cells: object(place) },
  grid: { what: word({ methods: true, layers: true }) },
  whatIfRows: {},
  whatIf: { edits: list(edit, 200) },
  run: { command },
  repair: { wish },
  remember: { look },
  runs: { act: runAct },
  reading: { act: readingAct },
});

/** A message of the page as the contract has it; undefined where it is none. */
export function readMessage(value: unknown): FromPanel | undefined {
  const read = message(value);
  return read === misfit ? undefined : read;
}

/** How the page was drawn, kept from an earlier day; undefined where it is not what is kept today. */
export function readLook(value: unknown): PanelLook | undefined {
  const read = look(value);
  return read === misfit ? undefined : read;
}
