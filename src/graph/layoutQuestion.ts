import { Refusal } from '../refusal.ts';
import type { InputLayout } from './inputLayout.ts';

/** What one order of the axes makes of a series. */
export interface LayoutWay {
  readonly layout: InputLayout;
  readonly features: number;
  readonly steps: number;
  /** e.g. "a series has 3 features and 24 steps" */
  readonly means: string;
}

/** Which axis of a model's input is time is not to be seen in its graph. */
export class LayoutQuestion extends Refusal {
  readonly because: string;
  readonly ways: readonly LayoutWay[];

  /** @param dims of the input @param layouts that fit it */
  constructor(dims: readonly number[], layouts: readonly InputLayout[]) {
    const shown = `[${['N', ...dims.slice(1)].join(', ')}]`;
    const because = `The model's graph does not show which axis of its input ${shown} is time: nothing that only an order can mean was found along one of them alone`;
    const ways = waysOf(dims, layouts);
    const said = ways.map(({ layout, means }) => `"input": "${layout}" if ${means}`).join('; or ');
    super('layout-ambiguous', `${because}. Say in attribution.json ${said}.`);
    this.because = because;
    this.ways = ways;
  }
}

/** What each order makes of a series. @param dims of the input */
export function waysOf(dims: readonly number[], layouts: readonly InputLayout[]): LayoutWay[] {
  return layouts.map((layout) => {
    const [features, steps] = [dims[layout.indexOf('F')]!, dims[layout.indexOf('T')]!];
    return { layout, features, steps, means: `a series has ${features} features and ${steps} steps` };
  });
}
