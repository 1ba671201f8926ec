import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createEngine } from '../../src/engine/service.ts';
import { createRandom } from '../../src/random.ts';
import { Refusal } from '../../src/refusal.ts';
import type { RepairFound } from '../../src/repair/repairFound.ts';
import type { TriedCandidate } from '../../src/repair/standing.ts';
import { halvesOf } from './halves.ts';
import { ownFolder, truthSets } from './models.ts';
import { type Choice, type Outcome, ruleTable } from './ruleTable.ts';

/**
 * `npm run truth:rule [-- --folder DIR --seed N]`: what the rule of repairs loses. On one half of each set of 150 it
 * chooses by folds; every repair then learns from that half and is judged on the other.
 */
const { values } = parseArgs({
  options: { folder: { type: 'string', default: ownFolder }, seed: { type: 'string', default: '1' } },
});
const INSTANCES = 150;

if (existsSync(join(values.folder, 'truth.json'))) {
  const choices: Choice[] = [];
  for (const { truth, model, data, project, n } of truthSets(values.folder)) {
    if (n !== INSTANCES) continue;
    const choice = await judged(truth.name, { model, project }, data).catch((reason) => {
      if (!(reason instanceof Refusal)) throw reason;
      console.error(`${truth.name}: ${reason.message}`);
    });
    if (!choice) continue;
    choices.push(choice);
    console.error(`${choice.name}: ${choice.rule ?? 'nothing'}`);
  }
  console.log(ruleTable(choices));
} else {
  console.log(`NOT RUN: there are no models of known truth in ${values.folder} (truth.json is missing).`);
}

async function judged(
  name: string,
  subject: { readonly model: string; readonly project: string },
  data: string,
): Promise<Choice> {
  const folder = mkdtempSync(join(tmpdir(), 'attribution-rule-'));
  const engine = createEngine();
  try {
    const halves = halvesOf(data, createRandom(Number(values.seed)));
    const [one, other] = halves.map((half, k) => {
      const file = join(folder, `half_${k}.npz`);
      writeFileSync(file, half);
      return file;
    });
    const asked = { ...subject, seed: Number(values.seed), maskInput: true };
    const { found: chosen } = await engine.repair({ ...asked, data: one!, arm: 'auto' });
    const { found } = await engine.repair({ ...asked, data: other!, train: one!, arm: 'all' });
    const helping = triedOf(chosen).filter(({ helps }) => helps);
    const highest = helping.toSorted((a, b) => b.score.value - a.score.value)[0];
    const outcomes = Object.fromEntries(triedOf(found).map((each) => [each.name, outcomeOf(each)]));
    return { name, rule: chosen.chosen, highest: highest?.name ?? null, outcomes };
  } finally {
    await engine.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
}

function triedOf({ candidates }: RepairFound): TriedCandidate[] {
  return candidates.flatMap((one) => ('cannot' in one ? [] : [one]));
}

function outcomeOf({ score, accuracy, lengthCrossed, layout, look, helps }: TriedCandidate): Outcome {
  const flips = [layout, look].flatMap((one) => ('unavailable' in one ? [] : [one.value]));
  return {
    ...{ score: score.value, accuracy: accuracy.value, lengthCrossed: lengthCrossed.value },
    ...{ worstFlip: Math.max(0, ...flips), helps },
  };
}
