import type { Finding } from '../../finding.ts';
import { count } from '../../format.ts';
import { Refusal } from '../../refusal.ts';
import type { MissingPolicy } from '../dataOptions.ts';
import type { CsvContext } from './rowSink.ts';

const done: Readonly<Record<MissingPolicy, string>> = {
  refuse: 'were refused',
  keep: 'are kept as NaN, which the model will turn into NaN',
  zero: 'are taken as 0',
  previous: 'are filled with the value before',
  interpolate: 'are filled by interpolation',
};

/** Counts missing values that are not refused, so that filling is never silent. */
export class MissingCells {
  readonly #context: Pick<CsvContext, 'fileName' | 'missing'> & {
    readonly plan: {
      readonly names: readonly string[];
      readonly features: readonly { readonly name: string }[];
    };
  };
  #count = 0;
  #first = '';

  constructor(context: CsvContext) {
    this.#context = context;
  }

  add(line: number, column: number): void {
    if (this.#count++ === 0) {
      this.#first = `line ${line}, column ${this.#context.plan.names[column]}`;
    }
  }

  /** @throws Refusal `missing-feature-values` when a feature had no number to fill from */
  checkFilled(unfilled: number, instance: string): void {
    if (unfilled >= 0) {
      const { fileName, plan } = this.#context;
      throw new Refusal(
        'missing-feature-values',
        `${fileName}: instance ${instance} has no number at all in feature ${plan.features[unfilled]?.name}, so there is nothing to fill it from; set "missing" to "zero" or leave the instance out.`,
      );
    }
  }

  get findings(): Finding[] {
    if (this.#count === 0) {
      return [];
    }
    const { fileName, missing } = this.#context;
    const sentence = `${fileName}: ${count(this.#count, 'missing value')} ${done[missing]} (first: ${this.#first}).`;
    return [{ code: 'missing-filled', severity: 'warning', sentence }];
  }
}
