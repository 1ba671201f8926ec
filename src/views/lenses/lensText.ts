import type { Zone } from '../../attribution/explanation.ts';
import { formatNumber } from '../../format.ts';
import type { Say } from '../../session/core/ports.ts';
import type { NumbersChange } from './runNumbers.ts';

/** The audit's answer about length. */
export interface LensVerdict {
  /** `no`, `unclear`, `YES`, `cannot tell`. */
  readonly lengthEvidence: string;
  /** Files have changed since the audit. */
  readonly outdated: boolean;
}

interface LensWords {
  readonly title: string;
  /** The same by zone, for the tooltip. */
  readonly tooltip: string;
}

/**
 * `padding 62 % → 8 % of the map · p(walk) .97 → .95 · length 28`: what the run before said, and what this one says;
 * one number where the two read the same.
 */
export function lensText({ before, now }: NumbersChange, verdict: LensVerdict | null, say: Say): LensWords {
  const padding = arrow(before && percent(paddingShare(before.shares)), percent(paddingShare(now.shares)));
  const length = arrow(before && String(before.length), String(now.length));
  const title = [
    say('padding {0} of the map', padding),
    prediction({ before, now }),
    say('length {0}', length),
    ...(verdict ? [evidence(verdict, say)] : []),
  ].join(' · ');
  const zones = (['REAL', 'MIXED', 'EMPTY'] as const).map(
    (zone) => `${zone} ${arrow(before && percent(before.shares[zone]), percent(now.shares[zone]))}`,
  );
  return { title, tooltip: say('Share of the map by zone: {0}', zones.join(', ')) };
}

function evidence({ lengthEvidence, outdated }: LensVerdict, say: Say): string {
  const answers: Readonly<Record<string, string>> = {
    no: say('no'),
    unclear: say('unclear'),
    YES: say('YES'),
    'cannot tell': say('cannot tell'),
  };
  const words = say('length evidence: {0}', answers[lengthEvidence] ?? lengthEvidence);
  return outdated ? say('{0} (audit out of date)', words) : words;
}

function prediction({ before, now }: NumbersChange): string {
  if (now.isValue) {
    const same = before?.isValue && before.predicted === now.predicted;
    return `${now.predicted} ${arrow(same ? formatNumber(before.p) : null, formatNumber(now.p))}`;
  }
  return before && before.predicted !== now.predicted
    ? `p(${before.predicted}) ${probability(before.p)} → p(${now.predicted}) ${probability(now.p)}`
    : `p(${now.predicted}) ${arrow(before && probability(before.p), probability(now.p))}`;
}

function paddingShare({ MIXED, EMPTY }: Readonly<Record<Zone, number>>): number {
  return MIXED + EMPTY;
}

function arrow(before: string | null, now: string): string {
  return before === null || before === now ? now : `${before} → ${now}`;
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}

/** `0.97`; 1 only where it is nothing less. */
function probability(p: number): string {
  if (!Number.isFinite(p)) return '?';
  const text = p.toFixed(p > 0.995 && p < 1 ? 4 : 2);
  return text.replace(/^1\.0+$/, p < 1 ? '> 0.9999' : '1');
}
