import type { Answer, Argument, EngineMethod } from '../engine/protocol.ts';
import type { EvaluateRequest, FileRequest } from '../engine/requests.ts';
import type { Overview } from '../overview/overview.ts';
import { asReceived } from '../overview/packedOverview.ts';
import type { RepairAnswer, RepairAsked } from '../repair/repairAsked.ts';
import { howOf, type Selection } from '../runs/selection.ts';
import { picksKey } from './picksKey.ts';
import type { Seen, WorkScope, WorkView } from './workView.ts';

/** Asks the engine, with progress and Cancel seen to. */
type Ask = <M extends EngineMethod>(method: M, argument: Argument<M>) => Promise<Answer<M>>;

/** Which repair is wanted, and in which form. */
export type RepairWish = Pick<RepairAsked, 'arm' | 'maskInput' | 'epochs'>;

/** What is being looked at when the work begins. */
interface About {
  readonly selection: Selection;
  /** The layer of the picture that stands. */
  readonly layer?: string;
  /** The cells that make the class, where a file beside the data says so. */
  readonly truth: () => Promise<EvaluateRequest['truth']>;
  /** How a repair is wanted. */
  readonly repair: RepairWish;
}

/** Long work about the file being looked at: all that its commands, its view and the when-clauses want to know of it. */
export interface Work {
  /** Above the progress bar. */
  readonly title: string;
  /** In the view, until the engine says something better. */
  readonly doing: string;
  /** Where no file is being looked at yet. */
  readonly nothingOpen: string;
  /** Names of its commands, without `attribution.`; no `instance` where it is about whole files only. */
  readonly commands: { readonly file: string; readonly instance?: string; readonly cancel: string };
  /** What these are called in the palette; `npm run format` writes them into package.json. */
  readonly titles: { readonly file: string; readonly instance?: string; readonly cancel: string };
  /** Context keys: there is a result, it is being made. */
  readonly keys: { readonly made: string; readonly going: string };
  /** What its result rests on beside files, model and mask; another text makes it out of date. */
  basis(selection: Selection, scope: WorkScope): string;
  ask(ask: Ask, asked: FileRequest, about: About): Promise<unknown>;
  /** It trains: in the lab, where one thing goes on at a time. */
  readonly inLab?: true;
  /** Whether Cancel has something to keep: then the best so far is the result, and a second Cancel ends it. */
  keeps?(seen: readonly Seen[]): boolean;
  /** What the page is sent of a result; all of it unless given. */
  shown?(result: never): unknown;
}

/** Every piece of long work by the name of its view. */
export const WORKS = {
  audit: {
    title: 'Auditing padding',
    doing: 'Auditing',
    nothingOpen: 'Explain a data file first; the audit is about the file and model being looked at.',
    commands: { file: 'auditFile', instance: 'auditInstance', cancel: 'cancelAudit' },
    titles: {
      file: 'Audit Padding (Whole File)',
      instance: 'Audit Padding (This Instance)',
      cancel: 'Cancel Audit',
    },
    keys: { made: 'audited', going: 'auditing' },
    basis: () => '',
    ask: (ask, asked, { layer }) => ask('audit', { ...asked, layer }),
  },
  evaluation: {
    title: 'Evaluating the map',
    doing: 'Evaluating',
    nothingOpen: 'Explain a data file first; the evaluation is about the map being looked at.',
    commands: { file: 'evaluateMap', instance: 'evaluateInstance', cancel: 'cancelEvaluation' },
    titles: {
      file: 'Evaluate This Map (Whole File)',
      instance: 'Evaluate This Map (This Instance)',
      cancel: 'Cancel the Evaluation',
    },
    keys: { made: 'evaluated', going: 'evaluating' },
    basis: (selection, scope) =>
      `${scope === 'instance' ? selection.instance : 'all'} ${picksKey(selection)}`,
    ask: async (ask, asked, { selection, truth }) =>
      ask('evaluate', { ...howOf(selection), ...asked, truth: await truth() }),
  },
  dataset: {
    title: 'Explaining the whole file',
    doing: 'Explaining',
    nothingOpen: 'Explain a data file first; the dataset view is about the file and model being looked at.',
    commands: { file: 'explainWholeFile', cancel: 'cancelDataset' },
    titles: { file: 'Explain Whole File (Dataset View)', cancel: 'Cancel Explaining the Whole File' },
    keys: { made: 'datasetMade', going: 'datasetRunning' },
    basis: picksKey,
    ask: (ask, asked, { selection }) => ask('overview', { ...howOf(selection), ...asked }),
    // The page shows no single instance's importance, and there may be millions of numbers; what came packed goes on so.
    shown: (overview: Overview) => ({ ...asReceived(overview), importance: new Float32Array(0) }),
  },
  repair: {
    title: 'Repairing padding',
    doing: 'Repairing',
    nothingOpen: 'Explain a data file first; the repair is of the model being looked at.',
    commands: { file: 'repairFile', cancel: 'cancelRepair' },
    titles: { file: 'Repair Padding…', cancel: 'Cancel the Repair (Keeps the Best So Far)' },
    keys: { made: 'repaired', going: 'repairing' },
    basis: () => '',
    inLab: true,
    ask: (ask, asked, { repair }) => ask('repair', { ...asked, ...repair, keep: true }),
    keeps: (seen) => seen.some((one) => 'candidate' in one && !('cannot' in one.candidate)),
    // The page needs no model.
    shown: (answer: RepairAnswer) => ({ ...answer, model: null }),
  },
} as const satisfies Readonly<Record<string, Work>>;

/** Long work by the name of its view. */
export type WorkId = keyof typeof WORKS;

/** What the work gives. */
export type WorkResult<Id extends WorkId> = Awaited<ReturnType<(typeof WORKS)[Id]['ask']>>;

/** What every such view shows. */
export type WorkViews = { readonly [Id in WorkId]: WorkView<WorkResult<Id>> };

type CommandsOf<Id extends WorkId> = (typeof WORKS)[Id]['commands'];

/** The commands of all of them. */
export type WorkCommand = { [Id in WorkId]: CommandsOf<Id>[keyof CommandsOf<Id>] }[WorkId];

/** Names and records, in the order of the list. */
export const works = Object.entries(WORKS) as unknown as readonly (readonly [WorkId, Work])[];
