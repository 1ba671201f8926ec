import type { Audit } from '../../src/padding/audit.ts';
import type { TruthSet } from './models.ts';

/** What an audit said of one set, beside the truth. */
export interface Outcome {
  readonly set: TruthSet;
  readonly seed: number;
  readonly length: string;
  readonly layout: string;
  readonly look: string;
  readonly response: number | null;
  readonly lei: { readonly value: number; readonly low: number; readonly high: number } | null;
}

/** An answer as a band of LEI; null where nothing was decided. */
export function bandOf(answer: string): 'no' | 'unclear' | 'YES' | null {
  if (answer === 'no' || answer.startsWith('responds')) return 'no';
  return answer === 'unclear' || answer === 'YES' ? answer : null;
}

export function outcomeOf(
  set: TruthSet,
  seed: number,
  audit: Pick<Audit, 'verdicts' | 'lengthEvidence' | 'lengthResponse'>,
): Outcome {
  const { verdicts, lengthEvidence: found, lengthResponse: response } = audit;
  return {
    set,
    seed,
    length: verdicts.lengthEvidence.answer,
    layout: verdicts.layout.answer,
    look: verdicts.look.answer,
    response: 'unavailable' in response ? null : response.change.value,
    lei:
      'unavailable' in found
        ? null
        : { value: found.lei.value, low: found.lei.interval[0], high: found.lei.interval[1] },
  };
}

export interface Score {
  readonly sets: number;
  readonly decided: number;
  readonly right: number;
  /** True LEI < .05 called YES, or > .15 called no, by name. */
  readonly severe: readonly string[];
  readonly wrong: readonly string[];
  readonly covered: number;
  readonly withInterval: number;
  /** FRAGILE as to place: of the sets whose model does not read length, and of those whose model does. */
  readonly fragileAmongNo: readonly [number, number];
  readonly fragileAmongYes: readonly [number, number];
}

export function scoreOf(outcomes: readonly Outcome[]): Score {
  const name = ({ set, length, lei, seed }: Outcome) =>
    `${set.truth.name} n=${set.n} seed ${seed}: ${length}, LEI ${lei ? `${lei.value.toFixed(3)} [${lei.low.toFixed(3)}, ${lei.high.toFixed(3)}]` : '–'}, true ${set.truth.true_lei.toFixed(3)}`;
  const decided = outcomes.filter(({ length }) => bandOf(length) !== null);
  const wrong = decided.filter(({ length, set }) => bandOf(length) !== set.truth.band);
  const severe = wrong.filter(
    ({ length, set }) =>
      (bandOf(length) === 'YES' && set.truth.true_lei < 0.05) ||
      (bandOf(length) === 'no' && set.truth.true_lei > 0.15),
  );
  const intervals = outcomes.filter(({ lei }) => lei !== null);
  const fragile = (band: string): readonly [number, number] => {
    const of = outcomes.filter(({ set }) => set.truth.band === band);
    return [of.filter(({ layout }) => layout === 'FRAGILE').length, of.length];
  };
  return {
    sets: outcomes.length,
    decided: decided.length,
    right: decided.length - wrong.length,
    severe: severe.map(name),
    wrong: wrong.map(name),
    covered: intervals.filter(
      ({ lei, set }) => lei!.low <= set.truth.true_lei && set.truth.true_lei <= lei!.high,
    ).length,
    withInterval: intervals.length,
    fragileAmongNo: fragile('no'),
    fragileAmongYes: fragile('YES'),
  };
}
