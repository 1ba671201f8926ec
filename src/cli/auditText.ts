import type { Audit, Verdict } from '../padding/audit.ts';
import { interventionName } from '../padding/verdicts.ts';
import { percent } from '../padding/wording.ts';

/** The audit for a person at a terminal: verdicts, flips, advice. Everything else is in `--json` and `--report`. */
export function auditText(audit: Audit): string {
  const { mapArtefact, carrierDependence, lengthEvidence } = audit.verdicts;
  const lines = [
    `${audit.instances.length} instances, ${audit.classes.length} classes, padded to ${audit.steps} steps (${audit.padSide})${accuracy(audit)}`,
    '',
    verdict('Map artefact', mapArtefact),
    verdict('Carrier dependence', carrierDependence),
    verdict('Length evidence', lengthEvidence),
    '',
    ...audit.carrier.map((result) =>
      'unavailable' in result
        ? `  ${interventionName(result.intervention)}: ${result.unavailable}`
        : `  ${interventionName(result.intervention)}: ${percent(result.flipRate.value)} flip, mean |Δp| ${result.meanAbsDp.value.toFixed(3)}`,
    ),
    '',
    ...audit.preprocessing.map(({ severity, sentence }) => `${severity}: ${sentence}`),
    ...audit.advice.map(({ sentence }) => `advice: ${sentence}`),
  ];
  return `${lines.join('\n')}\n`;
}

function verdict(title: string, { answer, reason }: Verdict): string {
  return `${title}: ${answer}. ${reason}`;
}

function accuracy({ balancedAccuracy }: Audit): string {
  return balancedAccuracy === null ? ', no labels' : `, balanced accuracy ${percent(balancedAccuracy)}`;
}
