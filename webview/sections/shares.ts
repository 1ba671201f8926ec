import type { Zone } from '../../src/attribution/explanation.ts';
import { formatShare } from '../../src/format.ts';
import { zoneMeaning } from '../../src/padding/zoneRuns.ts';
import type { PanelView } from '../../src/views/panel/contract.ts';
import { element, replace } from '../element.ts';
import type { Section } from './section.ts';

const zones: readonly Zone[] = ['REAL', 'MIXED', 'EMPTY'];

/** How |map| and the layer's positions divide over the zones: a fact, not a verdict. */
export class SharesSection implements Section {
  readonly root = element('section', { class: 'shares', id: 'shares', 'aria-label': 'Shares of the zones' });

  show({ explanation }: PanelView): void {
    const { shares } = explanation;
    const share = (what: 'map' | 'positions') => (zone: Zone) => ({ zone, share: shares[zone][what] });
    const map = zones.map(share('map'));
    const positions = zones.map(share('positions'));
    const allZero = map.every((each) => each.share === 0);
    replace(
      this.root,
      ...shareRow('|map|', allZero ? null : map),
      ...shareRow('positions', positions),
      element(
        'p',
        { class: 'share-words', id: 'share-words' },
        allZero ? 'The map is zero everywhere.' : shareSentence(shares),
      ),
    );
  }
}

type Part = { readonly zone: Zone; readonly share: number };

/** A label and a bar of the three zones; null for a map that is zero everywhere. */
export function shareRow(label: string, parts: readonly Part[] | null): HTMLElement[] {
  const words = parts?.map(({ zone, share }) => `${zone} ${formatShare(share)}`).join(', ') ?? 'nothing';
  const bar = element('div', { class: 'share-bar', role: 'img', 'aria-label': `${label}: ${words}` });
  bar.classList.toggle('nothing', parts === null);
  for (const { zone, share } of parts ?? []) {
    const segment = element(
      'div',
      {
        class: `zone zone-${zone.toLowerCase()}`,
        title: `${zone} ${formatShare(share)}: ${zoneMeaning[zone]}`,
      },
      element('span', {}, element('b', {}, zone), element('span', {}, ` ${formatShare(share)}`)),
    );
    segment.style.flexGrow = String(share);
    segment.hidden = share === 0;
    bar.append(segment);
  }
  return [element('span', { class: 'dim' }, label), bar];
}

type ZoneShares = PanelView['explanation']['shares'];

/** Shares of |map| and of the positions that lie in the padding, 0..1. */
export function paddingShare({ MIXED, EMPTY }: ZoneShares): { map: number; positions: number } {
  return { map: MIXED.map + EMPTY.map, positions: MIXED.positions + EMPTY.positions };
}

/** What lies on padding, in one sentence. */
export function shareSentence(shares: ZoneShares): string {
  const padding = paddingShare(shares);
  if (padding.positions === 0) return 'No position lies on padding.';
  const map = `${formatShare(padding.map)} of |map| lies on padding`;
  const parts = `${formatShare(shares.MIXED.map)} where real steps are still read, ${formatShare(shares.EMPTY.map)} where only padding is`;
  return `${map} (${parts}); padding holds ${formatShare(padding.positions)} of the positions.`;
}
