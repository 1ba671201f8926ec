import type { Finding } from '../../finding.ts';
import { logitsAt } from '../asker.ts';
import type { Completeness } from '../completeness.ts';
import { gaussLegendre } from '../gaussLegendre.ts';
import { scoreValue } from '../score.ts';
import type { RunsMethod } from './method.ts';

export const integratedGradients: RunsMethod<'integrated-gradients'> = {
  kind: 'runs',
  id: 'integrated-gradients',
  label: 'Integrated gradients',
  formula: '(x − b) · ∫₀¹ ∂y/∂x at b + a(x − b) da, by Gauss–Legendre nodes',
  paper: 'Sundararajan et al. 2017',
  caveat:
    'A baseline of zero gives exactly 0 on zero padding by construction, which is NOT evidence that padding is unused: compare a real instance as baseline.',
  at: 'input',
  needsGradient: true,
  relu: false,
  realOnly: 'the path moves real steps only, so padding gets 0',
  isLinear: true,
  options: ['baseline', 'samples', 'seed'],
  isQuick: false,
  explain: alongPath(gaussLegendre),
};

/** Nodes in 0..1 and their weights, for n nodes. */
export type QuadratureRule = (n: number) => {
  readonly nodes: ArrayLike<number>;
  readonly weights: ArrayLike<number>;
};

/** Integrated gradients by any rule: implementations differ in it, and so do their maps where the gradient jumps. */
export function alongPath(rule: QuadratureRule): RunsMethod['explain'] {
  return async ({ x, mask, steps, absent, options, logits, scores, ask, pathGradients }) => {
    const { nodes, weights } = rule(options.samples);
    const nothing = logitsAt(await ask([{ x: absent, mask }], steps, 1), 0);
    const direction = x.map((value, i) => value - absent[i]!);
    const origin = { x: absent, mask };
    const sums = await pathGradients({ kind: 'between', origin, direction, along: nodes, weights });
    const maps = sums.map((sum) => Float32Array.from(sum, (value, i) => value * (x[i]! - absent[i]!)));
    const completeness = scores.map((score, i) => ({
      sum: maps[i]!.reduce((sum, value) => sum + value, 0),
      difference: scoreValue(score, logits) - scoreValue(score, nothing),
    }));
    return { maps, completeness, findings: gapFindings(completeness[0]!) };
  };
}

/** Share of the score's difference (or absolute amount, where there is none) that may be missing without a warning. */
const tolerable = 0.05;

function gapFindings({ sum, difference }: Completeness): Finding[] {
  if (!Number.isFinite(sum - difference)) {
    const sentence =
      'Integrated gradients cannot be checked here: the model has no finite answer somewhere between baseline and instance, as where masking leaves it no step; take another baseline.';
    return [{ code: 'completeness-gap', severity: 'warning', sentence }];
  }
  const gap = sum - difference;
  const large = Math.abs(gap) > tolerable * Math.max(Math.abs(difference), 0.1);
  const numbers = `the map sums to ${sum.toFixed(3)}, the score moves by ${difference.toFixed(3)} from baseline to instance (gap ${gap.toFixed(3)})`;
  return [
    large
      ? {
          code: 'completeness-gap',
          severity: 'warning',
          sentence: `Integrated gradients are incomplete here: ${numbers}; take more samples, or another baseline where the model jumps on the way.`,
        }
      : { code: 'completeness', severity: 'info', sentence: `Completeness: ${numbers}.` },
  ];
}
