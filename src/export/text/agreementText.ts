import type { Finding } from '../../finding.ts';
import { listed } from '../../format.ts';
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
        readonly strange?: { readonly labels: readonly string[]; readonly instances: number };
        readonly findings: readonly Finding[];
      }
    | undefined,
  fault: string | undefined,
): string {
  if (fault !== undefined) return terminalLines([`warning: ${terminalCell(fault)}`]);
  if (!agreement) return '';
  const { checked, labelled = checked, agree, strange, findings } = agreement;
  const classed = checked - (strange?.instances ?? 0);
  const of =
    labelled > checked
      ? `a sample of ${classed} (of ${labelled} labelled instances, some of each label)`
      : `${classed} labelled instances`;
  return terminalLines([
    ...(agree === undefined
      ? []
      : [`labels   ${Math.round(100 * agree)} % of ${of} agree with the predictions`]),
    ...(strange ? [strangeSaid(strange, checked)] : []),
    ...findings.map(({ severity, sentence }) => `${severity}: ${sentence}`),
  ]);
}

function strangeSaid(
  { labels, instances }: { readonly labels: readonly string[]; readonly instances: number },
  checked: number,
): string {
  const who = instances === checked ? `all ${checked}` : `${instances} of ${checked}`;
  return `warning: ${who} labelled instances looked at have labels that are none of the model's classes (${terminalCell(listed(labels, 6))}); set "classes" in attribution.json, in the model's order.`;
}
