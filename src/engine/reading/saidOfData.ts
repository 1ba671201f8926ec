import { basename } from 'node:path';
import type { Dataset } from '../../data/dataset.ts';
import type { Finding } from '../../finding.ts';
import type { Prepared } from '../../preprocess/prepared.ts';

/** Of what is said beside warnings, the words that change what a model is given or judged by; the others are on the form. */
const CHANGES_NUMBERS = new Set([
  ...[
    'nan-padding',
    'wide-shorter',
    'time-unchecked',
    'windows',
    'thousands',
    'array-axes',
    'features-ignored',
  ],
  ...[
    'features-reordered',
    'padded-by-default',
    'trailing-zeros-may-be-real',
    'no-constant-run',
    'mask-disagrees',
  ],
  ...['label-inferred', 'label-in-first-row', 'labels-shares'],
]);

/** What was noticed while series were prepared: each kind once, and of how many series. */
export class SaidOfSeries {
  readonly #kinds = new Map<string, { readonly first: Finding; series: number }>();
  #series = 0;

  add({ findings }: Pick<Prepared, 'findings'>): void {
    this.#series++;
    for (const [code, first] of new Map(findings.map((finding) => [finding.code, finding]))) {
      const kind = this.#kinds.get(code) ?? { first, series: 0 };
      kind.series++;
      this.#kinds.set(code, kind);
    }
  }

  /** Of the first series each holds for. */
  get kinds(): Finding[] {
    return [...this.#kinds.values()].map(({ first }) => first);
  }

  /** The same, followed by how many series it holds for. */
  get findings(): Finding[] {
    return [...this.#kinds.values()].map(({ first, series }) => {
      const more = series > 1 ? ` So it is with ${series} of ${this.#series} series.` : '';
      return { ...first, sentence: `${first.sentence}${more}` };
    });
  }
}

/**
 * What reading a file and preparing its series did that changes numbers, for everybody whose figures rest on them: a mask
 * turned round, cells filled, steps taken as padding, statistics that do not fit.
 * @param names where settings were joined, and how outputs got their names: said as they are
 * @param series of those that were used
 */
export function saidOfData(
  { findings }: Pick<Dataset, 'findings'>,
  series: readonly Finding[],
  names: readonly Finding[] = [],
): Finding[] {
  const changing = [...findings, ...series].filter(
    ({ code, severity }) => severity === 'warning' || CHANGES_NUMBERS.has(code),
  );
  return [...new Map([...names, ...changing].map((finding) => [finding.sentence, finding])).values()];
}

/** Where a command reads two files: which of them it is about. */
export function saidOfFile(findings: readonly Finding[], path: string): Finding[] {
  const file = basename(path);
  return findings.map((finding) =>
    finding.sentence.includes(file) ? finding : { ...finding, sentence: `${file}: ${finding.sentence}` },
  );
}

/**
 * For a refusal that rests on which steps are padding: a mask of the file that disagrees with how its padding looks is the
 * true cause. Empty, or sentences after a space.
 */
export function maskCause(findings: readonly Finding[]): string {
  return findings
    .flatMap(({ code, sentence }) => (code === 'mask-disagrees' ? [` ${sentence}`] : []))
    .join('');
}
