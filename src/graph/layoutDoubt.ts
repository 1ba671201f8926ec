import type { Finding } from '../finding.ts';
import type { InputLayout } from './inputLayout.ts';
import type { LayoutWay } from './layoutQuestion.ts';
import type { sequenceSigns } from './sequenceSigns.ts';

/** An order of axes that the model's graph speaks for, but does not prove. */
export interface LayoutDoubt {
  /** All that fit, the one that is taken among them. */
  readonly ways: readonly LayoutWay[];
  readonly finding: Finding;
}

/**
 * Models that take features for tokens (iTransformer, layers along time one feature at a time) do along the features what
 * others do along time: the last one is taken, a convolution of one tap mixes the steps, or windows slide from feature to
 * feature, of which there are more than steps then.
 * @param ways all orders that fit
 * @returns undefined where there is no doubt
 */
export function layoutDoubt(
  ways: readonly LayoutWay[],
  taken: InputLayout,
  { time, features: against, isProven, said }: ReturnType<typeof sequenceSigns>,
): LayoutDoubt | undefined {
  const way = ways.find(({ layout }) => layout === taken)!;
  const others = ways.filter((one) => one !== way);
  if (others.length === 0 || (isProven && way.steps >= way.features && time >= 2 * against)) return undefined;
  const otherwise = others.map(({ layout, means }) => `"input": "${layout}" if ${means}`).join(', or ');
  const sentence = `The model's input is taken for ${way.features} features × ${way.steps} steps, since ${said} along the axis of ${way.steps}; that does not prove it. Say in attribution.json ${otherwise}.`;
  return { ways, finding: { code: 'layout-by-rule', severity: 'info', sentence } };
}

/** Where the one free axis is taken for time, and something is done along the other one that only an order can mean. */
export function freeAxisDoubt(
  { time, features: against }: ReturnType<typeof sequenceSigns>,
  features: number,
): Finding | undefined {
  if (against === 0 || time > 0) return undefined;
  const sentence = `The free axis of the model's input is taken for time, but windows or patches run along the one of ${features}, which is taken for the features; if ${features} is the number of steps, export the model with the number of its features fixed.`;
  return { code: 'layout-by-rule', severity: 'warning', sentence };
}
