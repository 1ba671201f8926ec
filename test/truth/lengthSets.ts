import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom, type Random } from '../../src/random.ts';

/**
 * `npx tsx test/truth/lengthSets.ts FOLDER`: sets for a study of padding in which it is known what length has to do with
 * the class. 15 to 60 steps, two features (a signal in noise; noise), two classes. Each has 200 series to
 * train, 200 to test, and 200 whose length says nothing about the class.
 */
interface LengthSet {
  readonly name: string;
  /** Share of the series whose length is of their class's half. */
  readonly agreement: number;
  /** Value of the first feature at a step, before noise. */
  readonly signal: (label: number, length: number, random: Random) => (t: number) => number;
  readonly noise: number;
}

const SETS: readonly LengthSet[] = [
  // A mean is the class.
  { name: 'Level', agreement: 0.5, noise: 1, signal: (label) => () => (label ? 0.4 : -0.4) },
  // Speed in steps is the class; stretching mixes it with the length.
  { name: 'Tempo', agreement: 0.5, noise: 1, signal: (label, _, random) => sine(label ? 9 : 6, random) },
  // Cycles of the whole series are the class; speed in steps mixes them with the length.
  {
    name: 'Cycles',
    agreement: 0.5,
    noise: 1,
    signal: (label, n, random) => sine(n / (label ? 3 : 2), random),
  },
  // Speed is the class, and so is the length for nine of ten.
  { name: 'Leak', agreement: 0.9, noise: 1.5, signal: (label, _, random) => sine(label ? 9 : 6, random) },
];
const N = 200;
const [SHORTEST, MIDDLE, LONGEST] = [15, 38, 60] as const;

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('npx tsx test/truth/lengthSets.ts FOLDER');
for (const [s, set] of SETS.entries()) {
  mkdirSync(join(folder, set.name), { recursive: true });
  for (const [p, part] of ['TRAIN', 'TEST', 'CROSSED'].entries()) {
    const agreement = part === 'CROSSED' ? 0.5 : set.agreement;
    const text = written({ ...set, agreement }, createRandom(100 * s + p + 1));
    writeFileSync(join(folder, set.name, `${set.name}_${part}.ts`), text);
  }
}

function written(set: LengthSet, random: Random): string {
  const rows = Array.from({ length: N }, (_, n) => {
    const label = n % 2;
    const long = random.integer(1000) < 1000 * set.agreement ? label : 1 - label;
    const [low, high] = long ? [MIDDLE, LONGEST] : [SHORTEST, MIDDLE - 1];
    const length = low + random.integer(high - low + 1);
    const signal = set.signal(label, length, random);
    const feature = (of: (t: number) => number) =>
      Array.from({ length }, (_, t) => (of(t) + set.noise * random.normal()).toFixed(3)).join(',');
    return `${feature(signal)}:${feature(() => 0)}:${label}`;
  });
  const head = [
    `@problemName ${set.name}`,
    ...['@timeStamps false', '@missing false', '@univariate false', '@dimensions 2', '@equalLength false'],
    ...['@classLabel true 0 1', '@data'],
  ];
  return `${[...head, ...rows].join('\n')}\n`;
}

function sine(period: number, random: Random): (t: number) => number {
  const phase = random.integer(1000) / 1000;
  return (t) => Math.sin(2 * Math.PI * (t / period + phase));
}
