import type { Case, InputShape } from '../preprocess/case.ts';
import type { Random } from '../random.ts';
import type { Ask, Asked } from './ask.ts';
import type { Estimate } from './audit.ts';
import { boundedMean, pairedChange } from './boundedMean.ts';
import { thereAndBack } from './move.ts';
import type { SwapTable } from './swapTable.ts';

/** Random lengths per instance for the control. */
const CONTROLS = 3;

/** Flip rates against the model's own answers, content kept and stretched: to other lengths, and there and back. */
export async function lengthSwaps(
  swapped: {
    readonly cases: readonly Case[];
    readonly predicted: Int32Array;
    readonly table: SwapTable;
    readonly shape: InputShape;
  },
  ask: Ask,
  random: Random,
): Promise<Record<'lengthSwapped' | 'resampleControl' | 'excessFlips', Estimate>> {
  const { cases, predicted, table, shape } = swapped;
  const n = cases.length;
  const [flips, met] = [new Float64Array(n), new Float64Array(n)];
  for (let at = 0; at < table.size; at++) {
    const content = table.contents[at]!;
    flips[content]! += 1 - table.share(at, 'stretch', predicted[content]!);
    met[content]!++;
  }
  const swap = flips.map((count, i) => (met[i] === 0 ? 0 : count / met[i]!));
  const partners = Array.from({ length: CONTROLS }, () => random.permutation(n));
  function* controls(): Generator<Asked> {
    for (const order of partners) {
      for (let i = 0; i < n; i++) {
        const x = thereAndBack(cases[i]!, cases[order[i]!]!.length, shape);
        yield { x, mask: cases[i]!.mask, content: i };
      }
    }
  }
  const back = (await ask(controls(), shape.steps)).predicted;
  const control = Float64Array.from(predicted, (cls, i) => {
    const changed = partners.filter((_, k) => back[k * n + i] !== cls);
    return changed.length / CONTROLS;
  });
  return {
    lengthSwapped: boundedMean(swap),
    resampleControl: boundedMean(control),
    excessFlips: pairedChange(control, swap),
  };
}
