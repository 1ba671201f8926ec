import { ReadingQuestion } from '../../reading/readingQuestion.ts';
import { type CsvContext, refusedCell } from '../rowSink.ts';

/** For a column that the first rows gave no role, where a later row speaks for one: whether it is a feature. */
export function lateColumn(context: CsvContext, line: number, column: number, what: string): ReadingQuestion {
  const name = context.plan.names[column]!;
  const { message: sentence, place } = refusedCell(context, line, column, 'column-late', what);
  const features = context.plan.features.map((feature) => feature.name);
  const ways = [
    { label: 'it is no feature', patch: { data: { features } } },
    { label: 'it is one', patch: { data: { features: [...features, name] } } },
  ];
  return new ReadingQuestion({ id: 'column-late', sentence, ways }, place);
}
