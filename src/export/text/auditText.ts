import type { Audit, CarrierFigures, Verdict } from '../../padding/audit.ts';
import { interventionName } from '../../padding/verdicts.ts';
import { whyNone } from '../../padding/whyNone.ts';
import { counted, percent } from '../../padding/wording.ts';
import { terminalLines } from '../../surfaces/terminal.ts';

/** The audit for a person at a terminal: verdicts, flips, advice. Everything else is in `--json` and `--report`. */
export function auditText(audit: Audit): string {
  const { mapArtefact, carrierDependence, lengthEvidence } = audit.verdicts;
  const lines = [
    `${counted(audit.instances.length, 'instance')}, ${audit.classes.length} classes, padded to ${audit.steps} steps (${audit.padSide})${accuracy(audit)}`,
    '',
    verdict('Map artefact', mapArtefact),
    verdict('Carrier dependence', carrierDependence),
    verdict('Length evidence', lengthEvidence),
    '',
    ...carrier(audit),
    '',
    ...audit.preprocessing.map(({ severity, sentence }) => `${severity}: ${sentence}`),
    ...audit.advice.map(({ sentence }) => `advice: ${sentence}`),
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

function verdict(title: string, { answer, reason }: Verdict): string {
  return `${title}: ${answer}. ${reason}`;
}

function accuracy({ balancedAccuracy }: Audit): string {
  return balancedAccuracy === null ? ', no labels' : `, balanced accuracy ${percent(balancedAccuracy)}`;
}
