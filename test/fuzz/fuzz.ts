import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { KINDS, type Kind } from './kinds.ts';
import { type Outcome, Worker } from './worker.ts';

export interface Fuzzing {
  readonly seed: number;
  /** It ends with whichever comes first. */
  readonly mutants: number;
  readonly minutes?: number;
  readonly kinds?: readonly Kind[];
  /** Only this mutant, which is kept. */
  readonly only?: number;
  readonly told?: (outcome: Outcome) => void;
}

/** Shows mutants to the engine, two at a time; what was wrong with one stays in the folder of its faults. */
export async function fuzz({
  seed,
  mutants,
  minutes = Number.POSITIVE_INFINITY,
  kinds = KINDS,
  only,
  told,
}: Fuzzing): Promise<{
  readonly outcomes: readonly Outcome[];
  readonly folder: string;
}> {
  const folder = await mkdtemp(join(tmpdir(), 'attribution-fuzz-'));
  const outcomes: Outcome[] = [];
  const end = performance.now() + 60_000 * minutes;
  let next = only ?? 0;
  const last = only === undefined ? mutants : only + 1;
  const work = async () => {
    const worker = new Worker(folder);
    while (next < last && performance.now() < end) {
      const index = next++;
      const kind = kinds[index % kinds.length]!;
      const outcome = await worker.show(kind, seedOf(seed, index), index, only !== undefined);
      outcomes.push(outcome);
      told?.(outcome);
    }
    worker.dispose();
  };
  await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, work));
  if (only === undefined && outcomes.every(({ fault }) => fault === undefined)) {
    await rm(folder, { recursive: true, force: true });
  }
  return { outcomes, folder };
}

/** Neighbouring mutants have nothing in common. */
function seedOf(seed: number, index: number): number {
  return Math.imul(seed ^ (index + 0x9e3779b9), 0x85ebca6b) ^ Math.imul(index, 0xc2b2ae35);
}

/** A table by kind. */
export function report(outcomes: readonly Outcome[]): string {
  const rows = [...new Set(outcomes.map(({ kind }) => kind))].sort().map((kind) => {
    const some = outcomes.filter((outcome) => outcome.kind === kind);
    const of = (how: Outcome['how']) => some.filter((outcome) => outcome.how === how).length;
    const most = (key: 'seconds' | 'megabytes') => Math.max(...some.map((outcome) => outcome[key]));
    return [
      kind.padEnd(18),
      ...[some.length, of('answered'), of('refused'), of('crashed')].map((n) => `${n}`.padStart(9)),
      most('seconds').toFixed(1).padStart(9),
      most('megabytes').toFixed(0).padStart(9),
      `${some.filter(({ fault }) => fault).length}`.padStart(9),
    ].join('');
  });
  const head = ['mutants', 'answered', 'refused', 'crashed', 'most s', 'most MB', 'faults'];
  return [`${'kind'.padEnd(18)}${head.map((word) => word.padStart(9)).join('')}`, ...rows].join('\n');
}
