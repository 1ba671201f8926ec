import { count } from '../../format.ts';
import type { Audit, CarrierFigures, ValuesAudit } from '../../padding/audit.ts';
import { interventionName } from '../../padding/interventionNames.ts';
import { labelsSaid } from '../../padding/labelsSaid.ts';
import { type RepairedFiles, repairCommand, tryWords } from '../../padding/repairCommand.ts';
import { changeWords, leftOutWords, sdWords } from '../../padding/values/valueWords.ts';
import { cardsOf } from '../../padding/verdicts/cards.ts';
import { whyNone } from '../../padding/whyNone.ts';
import { estimateWords, percent, stepsWithPadding } from '../../padding/wording.ts';
import { terminalLines } from '../../surfaces/terminal.ts';

/**
 * The audit for a person at a terminal: verdicts, flips, advice. Everything else is in `--json` and `--report`.
 * @param files as a command about them names them
 */
export function auditText(audit: Audit, files: RepairedFiles = audit.provenance): string {
  const lines = [
    `${count(audit.instances.length, 'instance')}, ${audit.values ? audit.values.output : `${audit.classes.length} classes`}, ${stepsWithPadding(audit)}${audit.values ? '' : accuracy(audit)}`,
    '',
    ...cardsOf(audit).map(({ title, answer, reason }) => `${title}: ${answer}. ${reason}`),
    '',
    ...(audit.values ? valuesLines(audit.values) : carrier(audit)),
    '',
    ...audit.preprocessing.map(({ severity, sentence }) => `${severity}: ${sentence}`),
    ...audit.advice.flatMap((one) => {
      const command = repairCommand(one, files);
      const said = `advice: ${one.sentence} (Rests on: ${one.basis})`;
      return command === null ? [said] : [said, `  ${tryWords(one)}: ${command}`];
    }),
  ];
  return terminalLines(lines);
}

function carrier({ carrier: results, instances }: Audit): string[] {
  const none = whyNone(results);
  if (none) return [`  ${none}`];
  const one = instances.length === 1;
  return results.map((result) => {
    const name = interventionName(result.intervention);
    if ('unavailable' in result) return `  ${name}: ${result.unavailable}`;
    const rate = one ? flips(result) : `${percent(result.flipRate.value)} flip`;
    return `  ${name}: ${rate}, ${one ? '' : 'mean '}|Δp| ${result.meanAbsDp.value.toFixed(3)}`;
  });
}

function flips({ flipped }: CarrierFigures): string {
  return flipped[0] ? 'flips' : 'holds';
}

function accuracy(audit: Audit): string {
  const { balancedAccuracy } = audit;
  return balancedAccuracy === null
    ? `, ${labelsSaid(audit)}`
    : `, balanced accuracy ${estimateWords(balancedAccuracy, percent)}`;
}

function valuesLines(values: ValuesAudit): string[] {
  return [
    sdWords(values),
    ...values.changes.map((change) => `  ${interventionName(change.intervention)}: ${changeWords(change)}`),
    '',
    leftOutWords(values),
  ];
}
