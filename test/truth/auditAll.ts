import { createEngine } from '../../src/engine/service.ts';
import type { TruthSet } from './models.ts';
import { type Outcome, outcomeOf } from './score.ts';

/** Audits every set with every seed through the engine, as the editor and the command line do. */
export async function auditAll(
  sets: readonly TruthSet[],
  seeds: readonly number[],
  each: (outcome: Outcome) => void = () => {},
): Promise<Outcome[]> {
  const engine = createEngine();
  const outcomes: Outcome[] = [];
  try {
    for (const set of sets) {
      for (const seed of seeds) {
        const { model, data, project } = set;
        const outcome = outcomeOf(set, seed, await engine.audit({ model, data, project, seed }));
        outcomes.push(outcome);
        each(outcome);
      }
    }
  } finally {
    await engine.dispose();
  }
  return outcomes;
}
