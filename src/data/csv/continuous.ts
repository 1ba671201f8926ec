import type { SourcePlace } from '../../refusal.ts';
import type { ExpectedInput } from '../dataOptions.ts';
import type { Alternative } from '../reading/readingPlan.ts';
import { ReadingQuestion } from '../reading/readingQuestion.ts';

const usualWindow = 100;

/** Asked of one recording whose label changes on the way: windows have a label each, one instance has none. */
export function continuousQuestion(
  where: string,
  label: string,
  input: ExpectedInput | undefined,
  what: string,
  place?: SourcePlace,
  cases: readonly string[] = [],
  others: readonly Alternative[] = [],
): ReadingQuestion {
  return new ReadingQuestion(
    {
      id: 'continuous-recording',
      sentence: `${where}: ${what}, as in one continuous recording with a label per row; one instance has one label`,
      ways: [
        ...others,
        ...windowWays(label, input, cases),
        { label: 'the whole recording is one instance without a label', patch: { data: { label: null } } },
      ],
    },
    place,
  );
}

/** Asked where some rows of an instance have a label and others none. */
export function blankLabelQuestion(
  fileName: string,
  line: number,
  label: string,
  what: string,
  input: ExpectedInput | undefined,
  place?: SourcePlace,
): ReadingQuestion {
  return new ReadingQuestion(
    {
      id: 'label-blank',
      sentence: `${fileName}, line ${line}, column "${label}": ${what}: either it is missing (write it in every row of the instance), or it holds for some rows only`,
      ways: [
        ...windowWays(label, input),
        { label: 'the instances have no label', patch: { data: { label: null } } },
      ],
    },
    place,
  );
}

/** Steps of a window that is offered. */
export function windowOf(input: ExpectedInput | undefined): number {
  return input?.steps ?? usualWindow;
}

/** Cut into windows of the model's length, beside each other. */
export function windowWays(
  label: string,
  input: ExpectedInput | undefined,
  cases: readonly string[] = [],
): Alternative[] {
  const window = windowOf(input);
  return [
    {
      label: `it is cut into windows${input?.steps ? '' : ' (of this many steps, say)'} with a label each; "case" instead where a column tells recordings apart`,
      gives: `windows of ${window} steps`,
      patch: { data: { ...(cases.length > 0 && { case: cases }), label, window, step: window } },
    },
  ];
}
