import type { Zone } from '../attribution/explanation.ts';
import { formatShare } from '../format.ts';
import type { Estimate, Unavailable } from '../padding/audit.ts';
import { interval, points, two } from '../padding/wording.ts';
import type { RepairFound, ZoneShares } from './repairFound.ts';

/** Before | after as every surface shows it: heads, then one row per figure. */
export function repairRows(found: RepairFound): string[][] {
  const { before, after, paired, zones, latency, written } = found;
  if (!after || !paired) return [];
  const share = (one: Estimate | Unavailable) =>
    'unavailable' in one ? '–' : `${formatShare(one.value)} ${interval(one.interval, formatShare)}`;
  const flips = (one: RepairFound['before']['layout']) =>
    'unavailable' in one ? '–' : `${share(one)} ${one.answer}`;
  const lei = (one: RepairFound['before']['lengthEvidence']) =>
    'unavailable' in one ? '–' : `${two(one.value)} ${interval(one.interval, two)} ${one.answer}`;
  const change = ({ value, interval: [low, high] }: Estimate) =>
    `${points(value)} [${points(low)}, ${points(high)}] points`;
  const { gained, lost, p } = paired.mcnemar;
  return [
    ['', 'before', 'after', 'change'],
    ['accuracy', share(before.accuracy), share(after.accuracy), change(paired.accuracy)],
    ['', '', '', `${gained} gained, ${lost} lost, McNemar p ${p < 0.001 ? '< 0.001' : p.toFixed(3)}`],
    ['length crossed', share(before.lengthCrossed), share(after.lengthCrossed), change(paired.lengthCrossed)],
    ['worst layout flip', flips(before.layout), flips(after.layout), whyNone(before.layout, after.layout)],
    ['worst look flip', flips(before.look), flips(after.look), whyNone(before.look, after.look)],
    [
      'length evidence',
      lei(before.lengthEvidence),
      lei(after.lengthEvidence),
      whyNone(before.lengthEvidence, after.lengthEvidence),
    ],
    [
      'length response',
      share(before.lengthResponse),
      share(after.lengthResponse),
      whyNone(before.lengthResponse, after.lengthResponse),
    ],
    ...('unavailable' in zones
      ? []
      : (['REAL', 'MIXED', 'EMPTY'] as const).map((zone) => [
          `map on ${zone}`,
          share(inZone(zones.before, zone)),
          share(inZone(zones.after, zone)),
          [`at ${zones.layer}`, whyNone(inZone(zones.before, zone), inZone(zones.after, zone))]
            .filter(Boolean)
            .join('; '),
        ])),
    ...(latency ? [['milliseconds', milliseconds(latency.before), milliseconds(latency.after), '']] : []),
    ...(written
      ? [
          [
            'the file: layout',
            '',
            flips(written.layout),
            [formSaid(written), onItsOwn(found), whyNone(written.layout)].filter(Boolean).join('; '),
          ],
          [
            'the file: look',
            '',
            flips(written.look),
            [
              written.form === 'drop-in' && written.padding ? 'other padding is not told from series' : '',
              onItsOwn(found),
              whyNone(written.look),
            ]
              .filter(Boolean)
              .join('; '),
          ],
        ]
      : []),
  ];
}

function inZone(shares: ZoneShares | Unavailable, zone: Zone): Estimate | Unavailable {
  return 'unavailable' in shares ? shares : shares[zone];
}

/** Why there is a dash before, after, or at both. */
function whyNone(before: Estimate | Unavailable, after = before): string {
  const [was, is] = [before, after].map((one) => ('unavailable' in one ? one.unavailable : ''));
  if (was === is) return was ? `–: ${was}` : '';
  return [was && `– before: ${was}`, is && `– after: ${is}`].filter(Boolean).join(' ');
}

function milliseconds({ value, interval: [low, high] }: Estimate): string {
  return `${value.toFixed(2)} [${low.toFixed(2)}, ${high.toFixed(2)}]`;
}

/** Each series of the figures above was judged by a repair without it; the file that is written has learnt from all, or from most. */
function onItsOwn({ learnt, judgedOn }: Pick<RepairFound, 'learnt' | 'judgedOn'>): string {
  if (judgedOn.folds === 0 || !learnt) return '';
  return learnt.n < judgedOn.instances
    ? `of the ${judgedOn.instances} series, of which the file has learnt from ${learnt.n}`
    : 'of the series that the file has learnt from';
}

function formSaid({ form, padding, agreement }: NonNullable<RepairFound['written']>): string {
  const agrees = `answers ${formatShare(agreement.value)} as the repair told its mask`;
  if (form === 'mask-input') return `takes its mask as a second input; ${agrees}`;
  if (padding === null)
    return `the same single input, no mask; answers ${formatShare(agreement.value)} as the repair did`;
  return `the same single input, its mask computed inside (wrong for ${formatShare(padding.wrong)} of the series); ${agrees}`;
}

/** Whether the repair that is taken helps by the written rule: one that was asked for by name need not. */
export function chosenHelps({ chosen, candidates }: Pick<RepairFound, 'chosen' | 'candidates'>): boolean {
  return candidates.some((one) => one.name === chosen && !('cannot' in one) && one.helps);
}
