import { extname } from 'node:path';
import { instancesCsv, mapsCsv, rankingCsv } from '../../export/overview/csv.ts';
import { overviewJson } from '../../export/overview/json.ts';
import { overviewNpz } from '../../export/overview/npz.ts';
import { datasetText } from '../../export/text/datasetText.ts';
import {
  type Alignment,
  alignments,
  type Grouping,
  type Overview,
  type Scale,
  scales,
} from '../../overview/overview.ts';
import { Refusal } from '../../refusal.ts';
import { jsonText } from '../../surfaces/json.ts';
import { command } from '../command.ts';
import { HOW_OPTIONS, howSaid } from '../howOptions.ts';
import { choice, DATA_OPTIONS, dataSaid, flag, OUT, sourceOf } from '../options.ts';
import { writeWhole } from '../output.ts';
import { progressLine } from '../progressLine.ts';
import { complain } from '../say.ts';
import { usage } from '../words.ts';

const formats = ['text', 'json', 'csv', 'npz'] as const;
const tables = ['instances', 'maps', 'ranking'] as const;

/** What is written of it. */
interface Form {
  /** By label where the file has labels, unless given. */
  readonly by?: Grouping;
  readonly align: Alignment;
  readonly scale: Scale;
  readonly format: (typeof formats)[number];
  /** Which of the tables `csv` is. */
  readonly table: (typeof tables)[number];
}

/** What nothing can be changed of, once there are maps. */
const OF_MAPS_THEMSELVES = [
  ...(Object.keys(HOW_OPTIONS) as (keyof typeof HOW_OPTIONS)[]),
  ...(['mask', 'set', 'config', 'runtime', 'truncate'] as const),
];

export const dataset = command({
  name: 'dataset',
  files: ['MODEL', 'DATA'],
  summary:
    'The maps of every instance of a file added up: mean map per class, feature ranking with intervals, outliers',
  options: {
    by: choice(['label', 'predicted'], 'what the classes are (default: label where the file has labels)'),
    align: choice(alignments, 'where step 0 of a mean map is (default: start)'),
    scale: choice(scales, 'whether every instance counts the same (default: normalised)'),
    format: choice(formats, '(default: as the ending of --out, else text)'),
    table: choice(tables, 'which of the tables csv is (default: instances)'),
    maps: flag(
      'MODEL is an explainer.onnx and DATA its answers (.parquet, .npz, a folder or pattern of them)',
    ),
    out: OUT,
    ...HOW_OPTIONS,
    ...DATA_OPTIONS,
  },
  read: (files, said) => {
    if (said.class === 'all')
      throw usage('dataset explains one class of each instance: --class cannot be all');
    const made = said.maps && OF_MAPS_THEMSELVES.find((name) => said[name] !== undefined);
    if (made)
      throw usage(
        `dataset --maps takes no --${made}: what the maps are of, and how they were made, was said when the explainer was`,
      );
    const byEnding = formats.find((format) => extname(said.out ?? '').toLowerCase() === `.${format}`);
    return {
      ...dataSaid(files, said),
      ...howSaid(said),
      seed: said.seed ?? 1,
      by: said.by,
      align: said.align ?? 'start',
      scale: said.scale ?? 'normalised',
      format: said.format ?? byEnding ?? 'text',
      table: said.table ?? 'instances',
      maps: said.maps ?? false,
      out: said.out,
    };
  },
  run: async (asked, engine) => {
    const { by, format, out } = asked;
    if (format === 'npz' && out === undefined && process.stdout.isTTY) {
      throw new Refusal('npz-to-terminal', 'An .npz is no text for a terminal: give --out FILE or redirect.');
    }
    const { seed } = asked;
    const overview = asked.maps
      ? await engine.overviewOfMaps(
          { explainer: asked.model, maps: asked.data, seed },
          { report: progressLine() },
        )
      : await engine.overview({ ...asked, ...(await sourceOf(asked)) }, { report: progressLine() });
    if (by === 'label' && !overview.labelled) {
      throw new Refusal('no-labels', 'The file has no class labels to go by: use --by predicted.');
    }
    await writeWhole(out, written(overview, asked));
    if (format === 'text') return;
    for (const { sentence, n } of overview.warnings) {
      complain(`warning: ${sentence}${n > 1 ? ` (${n} instances like this)` : ''}`);
    }
  },
});

function written(overview: Overview, asked: Form): string | Uint8Array | Generator<string> {
  const { align, scale, format, table } = asked;
  const by = asked.by ?? (overview.labelled ? 'label' : 'predicted');
  switch (format) {
    case 'json':
      return `${jsonText(overviewJson(overview))}\n`;
    case 'npz':
      return overviewNpz(overview);
    case 'text':
      return datasetText(overview, by, align, scale);
  }
  switch (table) {
    case 'instances':
      return instancesCsv(overview);
    case 'maps':
      return mapsCsv(overview, by, align, scale);
    case 'ranking':
      return rankingCsv(overview);
  }
}
