import type { ReadingPlan } from '../../data/reading/readingPlan.ts';
import { commandLine } from '../../data/reading/readingQuestion.ts';
import type { Finding } from '../../finding.ts';
import { terminalCell, terminalLines } from '../../surfaces/terminal.ts';

/** Columns beyond are counted. */
const mostParts = 24;

/** How a file was read, for the terminal. */
export function planText(plan: ReadingPlan, findings: readonly Finding[]): string {
  const { instances, steps, features, layout, table, parts, alternatives } = plan;
  const [least, most] = steps;
  const cut = plan.window === undefined ? '' : `, windows of ${plan.window} every ${plan.step}`;
  const range = least === most ? `${most}` : `${least} to ${most}`;
  const shown = parts.filter(({ role }) => role !== 'steps').slice(0, mostParts);
  const steps_ = parts.filter(({ role }) => role === 'steps');
  return terminalLines([
    `${terminalCell(plan.file)}: ${instances} ${instances === 1 ? 'instance' : 'instances'} of ${range} steps, ${features.length} ${features.length === 1 ? 'feature' : 'features'} (${layout}${cut})`,
    ...(table ? [tableLine(table)] : []),
    ...(plan.labelFrom === undefined ? [] : [`label    ${terminalCell(plan.labelFrom)} says the class`]),
    ...(plan.mask === undefined ? [] : [`mask     ${terminalCell(plan.mask)}`]),
    ...shown.map(({ name, role, reason }) => `${role.padEnd(8)} ${terminalCell(name)}: ${reason}`),
    ...(parts.length - steps_.length > mostParts
      ? [`         and ${parts.length - steps_.length - mostParts} more columns`]
      : []),
    ...(steps_.length > 0
      ? [
          `steps    ${terminalCell(steps_[0]!.name)} … ${terminalCell(steps_.at(-1)!.name)}: ${steps_.length} columns`,
        ]
      : []),
    ...findings.map(({ severity, sentence }) => `${severity}: ${sentence}`),
    ...alternatives.map(
      ({ label, patch }) => `else     ${terminalCell(label)}: ${terminalCell(commandLine(patch))}`,
    ),
  ]);
}

function tableLine({
  delimiter,
  decimal,
  skipped,
  header,
  units,
}: NonNullable<ReadingPlan['table']>): string {
  const names = { ' ': 'blanks', '\t': 'tabs' } as Readonly<Record<string, string>>;
  return [
    `table    cut at ${names[delimiter] ?? `"${delimiter}"`}, decimal "${decimal}"`,
    header.length > 0 ? `names on line ${header.join(' and ')}` : 'no names',
    ...(skipped > 0 ? [`lines before: ${skipped}`] : []),
    ...(units === undefined ? [] : [`units on line ${units}`]),
  ].join(', ');
}
