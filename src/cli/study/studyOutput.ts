import { agree } from '../../format.ts';
import { csvNumber, csvRow, csvText } from '../../surfaces/csv.ts';
import { jsonText } from '../../surfaces/json.ts';
import { plainWords } from '../../surfaces/markdown.ts';
import { type OverSeeds, overSeeds, type StudyLine } from './overSeeds.ts';
import { type StudyRow, styleName } from './studyCell.ts';

/** Forms a study is written in, by the ending of its file. */
export const STUDY_FORMS: Readonly<Record<string, (rows: readonly StudyRow[]) => string>> = {
  '.md': (rows) => table(overSeeds(rows)),
  '.csv': rowsCsv,
  '.json': (rows) => `${jsonText({ lines: overSeeds(rows), rows }, 2)}\n`,
};

/** Columns of figures; those that no line has are left out where they may be. */
const FIGURES: readonly {
  readonly title: string;
  readonly of: (line: StudyLine) => OverSeeds | null;
  readonly optional?: boolean;
}[] = [
  { title: 'accuracy', of: ({ accuracy }) => accuracy },
  { title: 'length crossed', of: ({ lengthCrossed }) => lengthCrossed, optional: true },
  { title: 'class × length', of: ({ byLength }) => byLength },
  { title: 'length evidence', of: ({ lengthEvidence }) => lengthEvidence },
  { title: 'layout', of: ({ layout }) => layout },
  { title: 'look', of: ({ look }) => look },
];

/** Means over seeds with their interval; reasons of what is missing below. */
function table(lines: readonly StudyLine[]): string {
  const columns = FIGURES.filter(({ of, optional }) => !optional || lines.some((line) => of(line) !== null));
  const head = ['data', 'model', 'padding', ...columns.map(({ title }) => title), 'seeds'];
  const cells = (line: StudyLine): readonly string[] => [
    ...[line.set, line.model, line.padding].map(plainWords),
    ...columns.map(({ of }) => figure(of(line), line.seeds)),
    String(line.seeds),
  ];
  const reasons = new Set(
    lines.flatMap((line) => [
      ...leftOutSaid(line),
      ...(line.warnings ?? []).map((warning) => `${line.set}: ${warning}`),
    ]),
  );
  for (const why of new Set(lines.flatMap((line) => line.why ?? []))) {
    const those = lines.filter((line) => line.why === why);
    reasons.add(`${those.map(networkOf).join('; ')}: ${why}`);
  }
  return [
    `| ${head.join(' | ')} |`,
    `|${head.map(() => '---').join('|')}|`,
    ...lines.map((line) => `| ${cells(line).join(' | ')} |`),
    ...(reasons.size > 0 ? ['', ...[...reasons].map((reason) => `- ${sentence(reason)}`)] : []),
    '',
  ].join('\n');
}

function networkOf({ set, model, padding }: StudyLine): string {
  return `${set} ${model} ${padding}`;
}

function leftOutSaid({ set, leftOut }: StudyLine): string[] {
  return (['test', 'crossed'] as const).flatMap((file) =>
    leftOut?.[file]
      ? [
          `${set}: ${leftOut[file]} series of the ${file} file ${agree(leftOut[file], 'stands', 'stand')} in the training file, too, and ${agree(leftOut[file], 'is', 'are')} not judged.`,
        ]
      : [],
  );
}

/** Longer than a name may be. */
function sentence(text: string): string {
  return (text.match(/.{1,50}/gsu) ?? []).map((part) => plainWords(`x${part}x`).slice(1, -1)).join('');
}

/** Says how many seeds have the figure where not all have it. */
function figure(one: OverSeeds | null, seeds: number): string {
  if (one === null) return '–';
  const { mean, interval, n } = one;
  const three = (value: number) => value.toFixed(3).replace('-', '−');
  const bounds = interval && ` (${three(interval[0])} to ${three(interval[1])})`;
  return `${three(mean)}${bounds ?? ''}${n < seeds ? ` (${n} of ${seeds})` : ''}`;
}

function rowsCsv(rows: readonly StudyRow[]): string {
  const head = [
    'set',
    'model',
    'padding',
    'seed',
    'n',
    'accuracy',
    'accuracy_low',
    'accuracy_high',
    'length_crossed',
    'by_length',
  ];
  const more = [
    'length_evidence',
    'length_evidence_low',
    'length_evidence_high',
    'layout',
    'look',
    'seconds',
    'why',
    'left_out',
    'left_out_crossed',
    'warnings',
  ];
  const lines = rows.map((row) => {
    const { accuracy, lengthEvidence: lei } = row;
    const numbers = [
      ...[row.seed, accuracy.n, accuracy.value, ...accuracy.interval, row.lengthCrossed?.value, row.byLength],
      ...[lei?.value, lei?.interval[0], lei?.interval[1], row.layout, row.look, row.seconds],
    ];
    return csvRow([
      ...[row.set, row.model, styleName(row)].map(csvText),
      ...numbers.map(csvNumber),
      csvText(row.why ?? ''),
      csvNumber(row.leftOut?.test ?? 0),
      csvNumber(row.leftOut?.crossed ?? 0),
      csvText((row.warnings ?? []).join(' ')),
    ]);
  });
  return csvRow([...head, ...more]) + lines.join('');
}
