import { ReadingQuestion } from '../reading/readingQuestion.ts';
import { goOnAlong } from './fewSteps.ts';
import { namedFor } from './nameWords.ts';
import type { Planning } from './planning.ts';
import { numberedColumns } from './stepNames.ts';
import { isStepPrefix } from './stepPrefix.ts';

/** Fewer columns are features with numbers rather than steps. */
const FEWEST_STEPS = 16;

/**
 * Columns named like steps along which the numbers go on, and a person or a window with several rows, read for no model: a
 * row is a series, a feature or a step.
 * @param cases the column that would name the instances
 * @throws ReadingQuestion `rows-of-case`
 */
export function askRowsOfCase({ sample, options, used }: Planning, cases: number): void {
  const { input, case: given, features, window } = options;
  if (!sample.named || [input, given, features, window].some((option) => option !== undefined)) return;
  const labels = namedFor('label', sample.names);
  const columns = sample.numeric(new Set([...used, cases, ...labels]));
  const numbered = numberedColumns(sample.names, columns);
  if (!numbered || numbered.columns.length < FEWEST_STEPS) return;
  if (!isStepPrefix(numbered.stem.replace(':', '')) || !goOnAlong(sample, numbered.columns)) return;
  const counts = new Map<string, number>();
  for (const row of sample.rows) {
    const id = (row[cases] ?? '').trim();
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  const [most = 1, ...others] = counts.values();
  // The rows looked at may end within the last.
  const isEven =
    most > 1 &&
    sample.profiles[cases]!.runs === counts.size &&
    others.slice(0, -1).every((one) => one === most);
  const [name, steps] = [sample.names[cases]!, numbered.columns.length];
  throw new ReadingQuestion({
    id: 'rows-of-case',
    sentence: `${sample.fileName} has columns numbered like steps, along which the numbers go on, and ${counts.size < sample.rows.length ? 'several rows' : 'a row'} for each ${name}: a row is a series of ${steps} steps, ${isEven ? 'a feature of its series, ' : ''}or a step (a model, with --model, would settle it)`,
    ways: [
      {
        label: 'each row is a series',
        gives: `${sample.rows.length} instances`,
        patch: { data: { layout: 'wide' } },
      },
      ...(isEven
        ? [
            {
              label: `each row is a feature, and ${name} tells the series apart`,
              gives: `${counts.size} instances`,
              patch: { data: { layout: 'transposed', case: name } } as const,
            },
          ]
        : []),
      {
        label: `each row is a step, and ${name} tells the series apart`,
        patch: { data: { layout: 'long', case: name } },
      },
    ],
  });
}
