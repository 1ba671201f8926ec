import type { Runtime } from '../../src/graph/runtime.ts';
import { Refusal } from '../../src/refusal.ts';
import { type Assessment, assess, type Held } from './assess.ts';
import { type Exported, zoo, zooNumbers } from './zoo.ts';

/** What the project holds its numbers to: |a − b| / max |b|. */
export const TOLERANCE = 1e-4;

export interface Row {
  readonly exported: Exported;
  /** undefined where the exporter cannot write the model, or where we cannot describe it (`refused` says why). */
  readonly found?: Assessment;
  readonly refused?: string;
}

/** Assesses every exported model of the zoo. */
export async function assessZoo(runtime: Runtime): Promise<Row[]> {
  const reference = zooNumbers();
  const rows: Row[] = [];
  for (const exported of zoo()) rows.push(await rowOf(exported, reference, runtime));
  return rows;
}

export async function rowOf(
  exported: Exported,
  reference: ReturnType<typeof zooNumbers>,
  runtime: Runtime,
): Promise<Row> {
  if (exported.file === undefined) return { exported };
  try {
    return { exported, found: await assess(exported, reference, runtime) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { exported, refused: error.message };
  }
}

const HEADS = [
  ...['architecture', 'exporter and opset', 'described', 'logits', 'layers', 'Grad-CAM', 'HiResCAM'],
  ...['input gradient', 'zones', 'masked model'],
];

/** The Markdown table of `docs/architectures.md`; exporters with the same results share a row. */
export function table(rows: readonly Row[]): string {
  const lines: { architecture: string; exporters: string[]; cells: string }[] = [];
  for (const row of rows) {
    const cells = cellsOf(row).join(' | ');
    const { architecture, exporter } = row.exported;
    const same = lines.find((line) => line.architecture === architecture && line.cells === cells);
    if (same) same.exporters.push(exporter);
    else lines.push({ architecture, exporters: [exporter], cells });
  }
  const ruler = HEADS.map(() => '---').join('|');
  const body = lines.map(
    ({ architecture, exporters, cells }) => `| ${architecture} | ${shortly(exporters)} | ${cells} |`,
  );
  return [`| ${HEADS.join(' | ')} |`, `|${ruler}|`, ...body].join('\n');
}

/** `legacy 11, 13, 17; dynamo 18, 23; .pt2 aten, core`. */
function shortly(exporters: readonly string[]): string {
  const byName = new Map<string, string[]>();
  for (const exporter of exporters) {
    const [, name = '.pt2', opset = exporter] = /^(.*?)(\d+)$/.exec(exporter) ?? [];
    byName.set(name, [...(byName.get(name) ?? []), opset]);
  }
  return [...byName].map(([name, opsets]) => `${name} ${opsets.join(', ')}`).join('; ');
}

function cellsOf({ exported, found, refused }: Row): string[] {
  const blank = new Array<string>(HEADS.length - 3).fill('');
  if (exported.refused !== undefined) return [`not exported: ${exported.refused.split(':')[0]}`, ...blank];
  if (found === undefined) return [`refused: ${refused}`, ...blank];
  const { layers } = found;
  const all = (what: (layer: (typeof layers)[number]) => Held) => {
    const refusals = layers.map(what).filter((one) => !holds(one));
    return refusals.length === 0
      ? 'yes'
      : refusals.length === layers.length
        ? cellOf(refusals[0]!)
        : `${layers.length - refusals.length} of ${layers.length}`;
  };
  const drawn = layers.filter(({ listed }) => listed !== 'not drawable');
  const listed = layers.filter((layer) => layer.listed === 'named' || layer.listed === 'listed');
  const wider = layers.filter(({ zones }) => zones !== 'exact');
  return [
    `${found.layout}, ${found.classes} classes`,
    cellOf(found.logits),
    `${listed.length} of ${layers.length} listed${drawn.length > listed.length ? `, ${drawn.length - listed.length} by tensor` : ''}`,
    all(({ gradcam }) => gradcam),
    all(({ hirescam }) => hirescam),
    cellOf(found.inputGradient),
    wider.length === 0 ? 'exact' : `${wider[0]!.zones} at ${wider.map(({ name }) => name).join(', ')}`,
    cellOf(found.masked),
  ];
}

export function holds(one: Held): boolean {
  return 'off' in one && one.off <= TOLERANCE;
}

const WORDS: Readonly<Record<string, string>> = {
  'no-gradient-path': 'none flows',
  'cannot-mask': 'refused',
};

function cellOf(one: Held): string {
  if (holds(one)) return 'yes';
  return 'off' in one ? `OFF by ${one.off.toPrecision(2)}` : (WORDS[one.code] ?? `refused: ${one.code}`);
}
