import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, extname, join } from 'node:path';
import type { RuntimePreference } from '../../engine/requests.ts';
import type { LocalEngine } from '../../engine/service.ts';
import type { TrainReport } from '../../engine/train/trainReport.ts';
import { faultOf } from '../../files/fault.ts';
import { Refusal } from '../../refusal.ts';
import { lengthFigures } from './lengthFigures.ts';
import { type StudyCell, type StudyRecipe, type StudyRow, styleName } from './studyCell.ts';
import { crossedBeside, testBeside } from './testBeside.ts';

interface Setting extends StudyRecipe {
  readonly project?: string;
  readonly set?: readonly string[];
  readonly prefer: RuntimePreference;
  readonly report?: (share: number, what: string) => void;
}

/** Trains one network of a study and audits it on the test series. */
export async function runCell(
  engine: LocalEngine,
  cell: StudyCell,
  setting: Setting,
): Promise<Omit<StudyRow, 'sha256'>> {
  const began = performance.now();
  const { data, model: architecture, padding, masked, seed } = cell;
  const { epochs, filters, project, set, prefer, report } = setting;
  const test = testBeside(data);
  const crossed = crossedBeside(data);
  const request = {
    data,
    test,
    crossed,
    architecture,
    padding,
    masked,
    maskInput: masked,
    epochs,
    filters,
    seed,
  };
  const trained = await engine.train({ ...request, project, set, prefer }, { report });
  const warnings = warningsOf(trained.report, cell);
  const folder = await temporary(() => mkdtemp(join(tmpdir(), 'attribution-study-')));
  try {
    const [model, settings] = [join(folder, 'model.onnx'), join(folder, 'attribution.json')];
    await temporary(() => writeFile(model, trained.onnx));
    await temporary(() => writeFile(settings, JSON.stringify(trained.settings)));
    const asked = { model, data: test, project: settings, prefer, seed: 1, instances: trained.judged };
    const figures = await lengthFigures(engine, asked, report);
    return {
      ...{ ...cell, epochs, ...(filters !== undefined && { filters }) },
      set: basename(data, extname(data)),
      accuracy: trained.report.test!,
      ...(warnings.length > 0 && { warnings }),
      ...(trained.report.leftOut && { leftOut: trained.report.leftOut }),
      lengthCrossed: trained.report.crossed ?? null,
      ...figures,
      seconds: (performance.now() - began) / 1000,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Those of the files as they are, and those of the network by its name. */
function warningsOf({ findings }: TrainReport, cell: StudyCell): string[] {
  const name = `${cell.model} ${styleName(cell)}, seed ${cell.seed}`;
  return findings.flatMap(({ code, severity, sentence }) => {
    if (severity !== 'warning') return [];
    return code.endsWith('-learnt') ? [`${name}: ${sentence}`] : [sentence];
  });
}

/** @throws Refusal `cannot-write` */
async function temporary<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    throw new Refusal(
      'cannot-write',
      `A network is put into the folder for temporary files (${tmpdir()}) to be judged, and that ${faultOf(error)}; name another one in TMPDIR, and go on by --resume.`,
    );
  }
}
