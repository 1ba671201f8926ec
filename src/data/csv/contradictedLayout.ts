import type { Finding } from '../../finding.ts';
import { Refusal } from '../../refusal.ts';
import type { DataOptions } from '../dataOptions.ts';
import { ReadingQuestion } from '../reading/readingQuestion.ts';
import { type Plan, planColumns } from './plan.ts';
import type { Sample } from './sample.ts';

/**
 * The plan, with a warning where settings say a layout and the columns, asked alone, say another one: an answer that was
 * written down for one file of a folder is that of all.
 * @throws Refusal, ReadingQuestion as planColumns
 */
export function planAsSaid(sample: Sample, options: DataOptions): Plan {
  const plan = planColumns(sample, options);
  const { layout, ...others } = options;
  const otherwise = layout === undefined ? undefined : lookOf(sample, others, layout);
  if (otherwise === undefined) return plan;
  const warning: Finding = {
    code: 'layout-contradicted',
    severity: 'warning',
    sentence: `${sample.fileName} is read as "${layout}", as "layout" under "data" says, but its columns ${otherwise}: if the setting is another file's, remove it or name other settings.`,
  };
  return { ...plan, findings: [warning, ...plan.findings] };
}

/** undefined where the columns say the same, or the setting answers what would be asked of them. */
function lookOf(
  sample: Sample,
  options: DataOptions,
  asked: NonNullable<DataOptions['layout']>,
): string | undefined {
  try {
    const { layout } = planColumns(sample, options);
    const isSame = layout === asked || (layout === 'wide' && asked.startsWith('flat'));
    return isSame ? undefined : `look like "${layout}", as which it would be read without that`;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const isAnswer =
      !(error instanceof ReadingQuestion) ||
      error.doubt.ways.some(({ patch }) => JSON.stringify(patch).includes(`"${asked}"`));
    return isAnswer ? undefined : 'do not look like it';
  }
}
