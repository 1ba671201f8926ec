import { basename, extname } from 'node:path';
import { ARCHITECTURES, type ArchitectureName } from '../../architectures/architectures.ts';
import { readBeside } from '../../data/folder/readBeside.ts';
import { PADDING_STYLES } from '../../engine/train/paddingStyles.ts';
import { checkTarget } from '../../files/checkTarget.ts';
import { count as counted } from '../../format.ts';
import { findProject } from '../../project/project.ts';
import { checkPlaces } from '../checkTargets.ts';
import { command } from '../command.ts';
import { withFoundSettings } from '../foundSettings.ts';
import {
  CONFIG,
  count,
  file,
  flag,
  MOST_EPOCHS,
  MOST_FILTERS,
  RUNTIME,
  SET,
  TIMEOUT,
  words,
} from '../options.ts';
import { checkWritable, Output, writeWhole } from '../output.ts';
import { progressLine } from '../progressLine.ts';
import { complain } from '../say.ts';
import { materialHash } from '../study/materialHash.ts';
import { runCell } from '../study/runCell.ts';
import { setNames } from '../study/setNames.ts';
import { cellsOf, type StudyRow, styleName } from '../study/studyCell.ts';
import { StudyLog } from '../study/studyLog.ts';
import { STUDY_FORMS } from '../study/studyOutput.ts';
import { crossedBeside, testBeside } from '../study/testBeside.ts';
import { absolute, usage } from '../words.ts';

const MODELS = Object.keys(ARCHITECTURES) as ArchitectureName[];
const STYLES = PADDING_STYLES.flatMap((padding) =>
  // Masked layers would not see the mask channel.
  (padding === 'mask-channel' ? [false] : [false, true]).map((masked) => ({
    ...{ name: styleName({ padding, masked }), padding, masked },
  })),
);

export const study = command({
  name: 'study',
  files: ['DATA…'],
  summary:
    'Which padding is right for these data: networks trained with each and judged on series they have not seen',
  more: 'DATA are training files with their test files beside them (…_TRAIN.ts, …_TEST.ts; …_CROSSED.ts: series whose length says nothing about their class). Goes on with --resume after a stop.',
  options: {
    models: words(MODELS, 'networks, with commas (default: fcn)'),
    padding: words(
      STYLES.map(({ name }) => name),
      'ways to pad, with commas; +masked masks every layer (default: end,end+masked,random-length+masked)',
    ),
    seeds: count('networks of each kind (default: 3)', 1, 1000),
    epochs: count('of each network at the most (default: 60)', 1, MOST_EPOCHS),
    filters: count("of the first convolution, or units (default: the papers')", 1, MOST_FILTERS),
    out: file('a table (.md), or every network (.csv, .json)', 'FILE.md|.csv|.json'),
    resume: flag('go on with what is finished of it, as long as its data have not changed'),
    set: SET,
    config: CONFIG,
    runtime: RUNTIME,
    timeout: TIMEOUT,
  },
  read: (files, said) => {
    const { out } = said;
    if (out === undefined || !(extname(out).toLowerCase() in STUDY_FORMS)) {
      throw usage('study needs --out FILE, a name that ends in .md, .csv or .json');
    }
    const named = said.padding ?? ['end', 'end+masked', 'random-length+masked'];
    return {
      // Named twice, a network is still one.
      data: [...new Set(files.map(absolute))],
      models: [...new Set(said.models ?? (['fcn'] as const))],
      paddings: STYLES.filter(({ name }) => named.includes(name)).map(({ padding, masked }) => ({
        padding,
        masked,
      })),
      seeds: said.seeds ?? 3,
      epochs: said.epochs ?? 60,
      filters: said.filters,
      out,
      resume: said.resume ?? false,
      set: said.set,
      config: said.config,
      runtime: said.runtime ?? 'auto',
      timeout: said.timeout,
    };
  },
  run: async ({ out, resume, config, runtime, set, epochs, filters, ...asked }, engine) => {
    for (const data of asked.data) {
      const judged = [testBeside(data), crossedBeside(data)].filter((file) => file !== undefined);
      const inside = await Promise.all(judged.map(readBeside));
      await checkTarget(out, [...judged, ...inside.flat()]);
      await checkPlaces(out, judged);
    }
    await checkWritable(out);
    const cells = cellsOf(asked);
    const log = new StudyLog(out, { epochs, filters });
    await checkTarget(log.path, asked.data);
    await log.open(resume);
    const told = progressLine();
    const rows: StudyRow[] = [];
    const sets = setNames([...new Set(asked.data)]);
    let trained = 0;
    const hashes = new Map<string, string>();
    for (const data of asked.data) {
      const project = config ?? (await findProject(data));
      // What cannot be learnt from, or judged on, is said before hours have gone into the sets before it.
      const hash = await materialHash(engine, { data, project, set, prefer: runtime }, hashes);
      const stale = cells.filter((cell) => cell.data === data && log.isStale(cell, hash)).length;
      if (stale === 0) continue;
      complain(
        `${basename(data)}, its test file or its settings have changed since ${counted(stale, 'network')} of it ${stale === 1 ? 'was' : 'were'} trained: ${stale === 1 ? 'it is' : 'they are'} trained again.`,
      );
    }
    for (const [i, cell] of cells.entries()) {
      const project = config ?? (await findProject(cell.data));
      const sha256 = await materialHash(engine, { data: cell.data, project, set, prefer: runtime }, hashes);
      const report = (share: number, what: string) =>
        told?.((i + 0.999 * share) / cells.length, `${cell.model} ${styleName(cell)} ${cell.seed}: ${what}`);
      const known = log.find(cell, sha256);
      const row =
        known ??
        (await withFoundSettings(config ? undefined : project, async () => ({
          ...(await runCell(engine, cell, { ...{ project, set, prefer: runtime }, epochs, filters, report })),
          sha256,
        })));
      if (!known) {
        trained++;
        await log.add(row);
      }
      rows.push({ ...row, set: sets.get(cell.data)! });
    }
    told?.(1, '');
    if (trained === 0) {
      complain(
        `The study is complete: ${counted(rows.length, 'network')} trained before, nothing left to train.`,
      );
    }
    const write = STUDY_FORMS[extname(out).toLowerCase()]!;
    await writeWhole(out, write(rows));
    await log.close(rows);
    if (extname(out).toLowerCase() !== '.md') return;
    await new Output(undefined).write(write(rows));
  },
});
