import { featureNames, type GeneratedSet } from './generatedSet.ts';

/** Rows `case,t,label,f00,…` with six significant digits, instance by instance. */
export function* csvOf(set: GeneratedSet): Generator<string> {
  yield `case,t,label,${featureNames(set).join(',')}\n`;
  for (const [id, { length, label, values }] of set.instances.entries()) {
    const rows: string[] = [];
    for (let t = 0; t < length; t++) {
      const cells = Array.from({ length: set.features }, (_, f) => shown(values[f * length + t]!));
      rows.push(`${id},${t},${set.classes[label]},${cells.join(',')}\n`);
    }
    yield rows.join('');
  }
}

function shown(value: number): string {
  return String(Number(value.toPrecision(6)));
}

/** Which cells make the class, as `evaluate --truth` takes it. */
export function truthOf(set: GeneratedSet): object {
  return {
    about:
      'Cells that make the class: case as in the CSV, feature and steps 0-based, `from` inclusive, `to` exclusive.',
    salient: set.instances.flatMap(({ salient }, id) => salient.map((run) => ({ case: id, ...run }))),
  };
}

/** The attribution.json of the set: the values are standardised by construction. */
export function projectOf(set: GeneratedSet): object {
  return {
    classes: set.classes,
    data: { layout: 'long', case: 'case', time: 't', label: 'label', features: featureNames(set) },
    preprocess: [{ pad: { to: set.steps, value: 0, side: 'end' } }],
  };
}
