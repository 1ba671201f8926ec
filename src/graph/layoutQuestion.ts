import { Refusal } from '../refusal.ts';
import type { InputLayout } from './inputLayout.ts';

/** What one order of the axes makes of a series. */
interface LayoutWay {
  readonly layout: InputLayout;
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
    const because = `The model does the same along both axes of its input ${shown}, so that it does not show which one is time`;
    const ways = layouts.map((layout) => ({
      layout,
      means: `a series has ${dims[layout.indexOf('F')]} features and ${dims[layout.indexOf('T')]} steps`,
    }));
    const said = ways.map(({ layout, means }) => `"input": "${layout}" if ${means}`).join('; or ');
    super('layout-ambiguous', `${because}. Say in attribution.json ${said}.`);
    this.because = because;
    this.ways = ways;
  }
}
