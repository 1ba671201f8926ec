import { basename } from 'node:path';
import type { Zone } from '../../attribution/explanation.ts';
import { methodNamed } from '../../attribution/methods.ts';
import { positionZones } from '../../attribution/zones.ts';
import { type MapFiles, mapFiles } from '../../data/maps/mapFiles.ts';
import type { MapRow } from '../../data/maps/mapRow.ts';
import { SeenIds } from '../../data/maps/seenIds.ts';
import type { Finding } from '../../finding.ts';
import { Collector, type Explained } from '../../overview/collect.ts';
import { finish } from '../../overview/finish.ts';
import type { Overview } from '../../overview/overview.ts';
import type { MapsRequest } from '../clusterContract.ts';
import type { CallContext } from '../contract.ts';
import { type ExplainerFacts, explainerFacts } from './explainerFacts.ts';
import { WhoseMaps } from './whoseMaps.ts';

/** Reading and adding up, then ranking, as the progress shows them. */
const READ = 0.9;
/** Labels that are looked at to see whether they are classes. */
const MOST_LABELS = 1000;

/**
 * The view of a whole file from maps that a cluster computed: added up as they are read, none is kept. Read twice: the
 * labels are counted before.
 * @throws Refusal `no-explainer`, `maps-wrong`, `maps-twice`, `maps-too-large`, `too-large`
 */
export async function overviewOfMaps(
  { explainer, maps, seed = 1 }: MapsRequest,
  { report, signal }: CallContext,
): Promise<Overview> {
  const facts = await explainerFacts(explainer);
  const files = await mapFiles(maps, signal);
  const shape = { classes: facts.classes.length, steps: facts.steps, rows: facts.rows };
  const seen = new SeenIds();
  const whose = new WhoseMaps(facts);
  const collector = new Collector({
    instances: files.count,
    longest: facts.steps,
    classes: facts.classes,
    labels: await labelsIn(files, signal),
  });
  for (const open of files.opened) {
    const file = await open();
    let at = 0;
    try {
      for await (const row of file.rows(shape)) {
        const done = collector.instances.length;
        if (done % 64 === 0) {
          signal?.throwIfAborted();
          report?.((READ * done) / files.count, `Reading ${file.name} (${done} of ${files.count})`);
        }
        const where = `${file.name}, row ${at++}`;
        whose.add(row, where);
        const again = seen.again(row, where);
        collector.add(explainedOf(row, done, files.count, facts, again ? [AGAIN] : []));
      }
    } finally {
      await file.close();
    }
  }
  const { classes, features, how, provenance } = facts;
  const found = await finish(collector, {
    ...{ classes, hasFeatures: features !== null, seed, signal },
    report: (share, what) => report?.(READ + (1 - READ) * share, what),
  });
  return {
    ...found,
    how: { ...how, target: whose.target },
    ...{ classes, features, methodLabel: methodNamed(how.method).label, seed },
    provenance: { ...provenance, data: basename(maps) },
  };
}

/** Different labels, as far as it matters whether they are few. */
async function labelsIn({ opened }: MapFiles, signal: AbortSignal | undefined): Promise<Set<string>> {
  const labels = new Set<string>();
  for (const open of opened) {
    signal?.throwIfAborted();
    const file = await open();
    try {
      for await (const label of file.labels()) {
        if (label !== null) labels.add(label);
        if (labels.size > MOST_LABELS) return labels;
      }
    } finally {
      await file.close();
    }
  }
  return labels;
}

const AGAIN: Finding = {
  code: 'id-again',
  severity: 'warning',
  sentence:
    'Its id has come before with another map, or both maps are 0: each counts as an instance of its own, as intervals take them.',
};

function explainedOf(
  row: MapRow,
  index: number,
  of: number,
  facts: ExplainerFacts,
  findings: readonly Finding[],
): Explained {
  const { classes, rows, steps, positions, jump } = facts;
  const mask = row.zones.map((zone) => (zone === 0 ? 1 : 0));
  const layer = { positions: Float64Array.from(positions), reads: null, receptiveField: { jump } };
  const zones = positionZones(layer, mask);
  const padded = zones.filter((zone) => zone !== 'REAL').length / zones.length;
  const share = (at: number, share: number) => ({ map: row.shares[at]!, positions: share });
  const shares: Record<Zone, { readonly map: number; readonly positions: number }> = {
    // Which of the padded positions read real steps is not known here, nor asked.
    ...{ REAL: share(0, 1 - padded), MIXED: share(1, padded), EMPTY: share(2, 0) },
  };
  const { id, label, predicted, probabilities } = row;
  return {
    instance: { id: id ?? `${index}`, index, of, ...(label !== null && { label }), lines: new Int32Array(0) },
    prediction: { logits: probabilities, probabilities, predicted, classes },
    map: { values: row.map, rows, columns: steps },
    padding: { mask, length: mask.reduce((sum, real) => sum + real, 0), origin: 'zones' },
    shares,
    findings,
  };
}
