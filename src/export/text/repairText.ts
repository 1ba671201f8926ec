import { count } from '../../format.ts';
import type { Estimate, Unavailable } from '../../padding/audit.ts';
import { percent, two } from '../../padding/wording.ts';
import { judgedAs } from '../../repair/leftOver.ts';
import type { RepairFound } from '../../repair/repairFound.ts';
import { repairRows } from '../../repair/rows.ts';
import type { Candidate } from '../../repair/standing.ts';
import { terminalLines } from '../../surfaces/terminal.ts';
import { unavailableFigures } from './unavailableFigures.ts';

/**
 * A repair for a person at a terminal: what was tried, before and after, and what it rests on.
 * @param again the command line that tries the other form, where that would help
 */
export function repairText(found: RepairFound, out: string | null, again: string | null = null): string {
  const { candidates, chosen, reason, notes, judgedOn } = found;
  const folds =
    judgedOn.folds > 0
      ? `each by a repair of the other ${judgedOn.folds - 1} of ${judgedOn.folds} folds`
      : 'by repairs of the training file';
  const lines = [
    `${count(judgedOn.instances, 'instance')}, judged ${folds}, each as ${judgedAs(found)}.`,
    '',
    ...table([
      ['repair', 'accuracy', 'length crossed', 'layout', 'look', 'length evidence', 'score', 'seconds'],
      ['as trained', ...figures(found.before), '', ''],
      ...candidates.flatMap((one) => (tried(one) ? [row(one)] : [])),
    ]),
    ...unavailableFigures([
      { name: 'as trained', ...found.before },
      ...candidates.flatMap((one) => (tried(one) ? [one] : [])),
    ]),
    ...candidates.flatMap((one) =>
      'cannot' in one
        ? [`${one.name}: not tried. ${one.cannot}`]
        : one.notes.map((note) => `${one.name}: ${note}`),
    ),
    '',
    ...(chosen === null ? [reason] : [`Chosen: ${reason}`, '', ...table(repairRows(found))]),
    '',
    ...notes,
    ...(again === null ? [] : [`Try it: ${again}`]),
    out === null ? 'No model was written.' : `Written: ${out}`,
  ];
  return terminalLines(lines);
}

function tried(one: Candidate): one is Exclude<Candidate, { readonly cannot: string }> {
  return !('cannot' in one);
}

function row(one: Exclude<Candidate, { readonly cannot: string }>): string[] {
  return [one.name, ...figures(one), one.score.value.toFixed(3), one.seconds.toFixed(1)];
}

function figures({ accuracy, lengthCrossed, layout, look, lengthEvidence }: RepairFound['before']): string[] {
  const index = (one: Estimate | Unavailable) => ('unavailable' in one ? '–' : two(one.value));
  const share = (one: Estimate | Unavailable) => ('unavailable' in one ? '–' : percent(one.value));
  return [
    percent(accuracy.value),
    percent(lengthCrossed.value),
    share(layout),
    share(look),
    index(lengthEvidence),
  ];
}

/** Columns as wide as their widest cell. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, c) => Math.max(...rows.map((cells) => cells[c]?.length ?? 0)));
  return rows.map(
    (cells) =>
      `  ${cells
        .map((cell, c) => cell.padEnd(widths[c]!))
        .join('  ')
        .trimEnd()}`,
  );
}
