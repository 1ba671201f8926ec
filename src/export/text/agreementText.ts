import type { Finding } from '../../finding.ts';
import { terminalCell, terminalLines } from '../../surfaces/terminal.ts';

/**
 * How the labels of a file and a model's predictions go together, for the terminal.
 * @param fault why the model does not take what was read
 */
export function agreementText(
  agreement:
    | {
        readonly checked: number;
        readonly labelled?: number;
        readonly agree?: number;
        readonly findings: readonly Finding[];
      }
    | undefined,
  fault: string | undefined,
): string {
  if (fault !== undefined) return terminalLines([`warning: ${terminalCell(fault)}`]);
  if (!agreement) return '';
  const { checked, labelled = checked, agree, findings } = agreement;
  const of =
    labelled > checked
      ? `a sample of ${checked} (of ${labelled} labelled instances, some of each label)`
      : `${checked} labelled instances`;
  return terminalLines([
    ...(agree === undefined
      ? []
      : [`labels   ${Math.round(100 * agree)} % of ${of} agree with the predictions`]),
    ...findings.map(({ severity, sentence }) => `${severity}: ${sentence}`),
  ]);
}
