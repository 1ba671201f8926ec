import type { Zone } from '../../src/attribution/explanation.ts';
import { formatShare } from '../../src/format.ts';
import type { Audit, LayerFacts } from '../../src/padding/audit.ts';
import { element } from '../element.ts';
import { counted } from '../format.ts';
import { shareRow } from '../sections/shares.ts';
import { block } from './block.ts';

const zones: readonly Zone[] = ['REAL', 'MIXED', 'EMPTY'];

/** Where the maps of the first, the last and the chosen layer lie, over all audited instances. */
export function layerFacts({ maps, instances, values }: Audit): HTMLElement {
  return block(
    'audit-layers',
    'Where the maps lie',
    `|Grad-CAM| of ${values ? values.output : 'the predicted class'}, without ReLU; ${instances.length === 1 ? 'of this instance' : `mean over ${instances.length} instances`}.`,
    ...maps.map((facts) => layer(facts, values ? 'output' : 'class')),
  );
}

function layer(facts: LayerFacts, one: string): HTMLElement {
  const map = facts.zoneShare.gradcam_abs!;
  const parts = (of: Readonly<Record<Zone, number>>) => zones.map((zone) => ({ zone, share: of[zone] }));
  return element(
    'div',
    { class: 'layer-facts', 'data-layer': facts.layer },
    element('h3', {}, facts.layer),
    element(
      'div',
      { class: 'shares plain' },
      ...shareRow('|map|', map.maps === 0 ? null : parts(map)),
      ...shareRow('positions', parts(facts.positions)),
    ),
    element('p', {}, sentences(facts, one).join(' ')),
  );
}

function sentences({ plateau, degeneracy, alphaPollution, zoneShare }: LayerFacts, one: string): string[] {
  const said: string[] = [];
  const { maps, allZero } = zoneShare.gradcam_abs!;
  if (maps === 0) said.push('Every map is zero at this layer.');
  else if (allZero > 0) said.push(`${allZero} of ${maps + allZero} maps are all zero and not counted.`);
  if (plateau && maps > 0) {
    said.push(
      `Plateau where only padding is read: sd ${percent(plateau.stdOverMax)}, level ${percent(plateau.levelOverMax)} of the map's maximum (${counted(plateau.n, 'instance')}).`,
    );
  }
  if (degeneracy.cause === 'structural') {
    said.push(`A one-channel bottleneck follows: every ${one} has the same map up to one factor.`);
  } else if (degeneracy.cause === 'two-class') {
    said.push(
      'Both classes have the same map up to its sign, as nearly opposite logits of two classes give.',
    );
  }
  if (alphaPollution) {
    said.push(
      `Weights over real steps only give a map that correlates ${alphaPollution.mean.toFixed(2)} with this one there.`,
    );
  }
  return said;
}

function percent(share: number): string {
  return formatShare(share);
}
