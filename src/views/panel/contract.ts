import type { Explanation } from '../../attribution/explanation.ts';
import type { MethodFacts } from '../../attribution/methods/method.ts';
import type { MethodId } from '../../attribution/methods.ts';
import type { SwitchName } from '../../attribution/switches.ts';
import type { ReadingPlan } from '../../data/reading/readingPlan.ts';
import type { FirstSteps, ReadAs, Tried } from '../../engine/reading/readAs.ts';
import type { ReadingTopic } from '../../engine/reading/topics.ts';
import type { ExplainRequest } from '../../engine/requests.ts';
import type { LayerSummary } from '../../graph/layerSummary.ts';
import type { ArrayPart } from '../../parts.ts';
import { ARMS, type Arm } from '../../repair/armNames.ts';
import type { RepairFound } from '../../repair/repairFound.ts';
import type { Candidate, MapAndTime, MaskForm, Standing } from '../../repair/standing.ts';
import type { ReadingAct, ReadingView, ReadingWay } from '../../session/reading/readingView.ts';
import type { RunAct, RunPair, RunsView } from '../../session/runs/runsView.ts';
import type { TrainingView } from '../../session/trainingView.ts';
import type { RepairWish, WorkViews } from '../../session/works.ts';
import type { WorkActivity } from '../../session/workView.ts';
import type { Epoch } from '../../training/trained.ts';
import type { CellSelection } from '../selection/cellSelection.ts';
import type { PanelCommand } from './panelCommands.ts';

/** What the views beside the map show, by their names. */
export interface PanelViews extends WorkViews {
  /** The training that goes on, or the last one. */
  readonly training: TrainingView;
  /** The run history. */
  readonly runs: RunsView;
  /** The two runs being compared; null while they are not both chosen. */
  readonly compare: { readonly pair: RunPair | null };
  /** How the file is read, and what is open about it. */
  readonly reading: ReadingView;
  /** One instance explained by every method, or at every layer. */
  readonly grid: GridView;
  /** The picture of the series with what was changed by hand. */
  readonly whatIf: WhatIfView;
  /** The map of every class, of the picture that stands; null where they have not been asked for. */
  readonly classes: { readonly explanation: Explanation | null };
}

/** Side by Side, as it fills. */
export interface GridView {
  readonly what: 'methods' | 'layers' | null;
  /** Those that are there so far. */
  readonly panes: readonly GridPane[];
  /** How many there will be. */
  readonly of: number;
  /** Layers beyond those. */
  readonly left: number;
}

/** One map of Side by Side. */
export interface GridPane {
  /** The method's id, or the layer. */
  readonly name: string;
  readonly explanation: Explanation | null;
  /** Why there is none. */
  readonly sentence: string | null;
}

/** One change of the series, in steps and features of the model's input. */
export type SeriesEdit = NonNullable<ExplainRequest['edits']>[number];

/** What the model says of the series with some changes. */
export interface WhatIfView {
  readonly edits: readonly SeriesEdit[];
  readonly explanation: Explanation | null;
  /** Why there is none. */
  readonly sentence: string | null;
}

/** A view that the host fills. */
export type ViewId = keyof PanelViews;

/** The parts of a view that have changed since the page was last told; brought to the front when `front`. */
export type ViewMessage = {
  [Id in ViewId]: {
    readonly kind: 'view';
    readonly id: Id;
    readonly view: Partial<PanelViews[Id]>;
    readonly front: boolean;
  };
}[ViewId];

/** Extension host → webview. Snapshots are whole: the page keeps nothing it could not be sent again. */
export type ToPanel =
  | {
      readonly kind: 'show';
      readonly view: PanelView;
      /** To be handed to setState as it is: after a window reload the host restores the panel from it. */
      readonly keep?: unknown;
    }
  | { readonly kind: 'busy'; readonly what: string; readonly share?: number }
  /** One sentence; the last picture stays, dimmed, if there is one. */
  | {
      readonly kind: 'refused';
      readonly sentence: string;
      readonly canRetry: boolean;
      /** Another file was opened and has no picture: the one that stands would be taken for it. */
      readonly forgetPicture?: boolean;
      /** Buttons that get the person on, e.g. `Truncate to 131 steps`. */
      readonly actions?: readonly { readonly label: string; readonly command: PanelCommand }[];
    }
  | ViewMessage
  | ({ readonly kind: 'mark' } & FileMark);

/** What crosses to the page: a message, or a piece of a large array of the next one. */
export type PanelMessage = ToPanel | { readonly kind: 'part'; readonly part: ArrayPart };

/** What the editor of the data file has its cursor on. */
export interface FileMark {
  /** The step under the cursor, null when it is outside the instance. */
  readonly step: number | null;
  /** The steps and features selected there, or under the cursor. */
  readonly cells: CellSelection | null;
}

/** Webview → extension host. */
export type FromPanel =
  | { readonly kind: 'ready' }
  | { readonly kind: 'choose'; readonly choice: PanelChoice }
  /** A click or Enter on a cell. */
  | { readonly kind: 'reveal'; readonly step: number; readonly feature: number | null }
  /** Steps and features brushed in the map. */
  | { readonly kind: 'select'; readonly cells: CellSelection }
  /** The instance is wanted in many ways. */
  | { readonly kind: 'grid'; readonly what: 'methods' | 'layers' }
  /** Changes of the series, all of them, in their order; none: as it is. */
  | { readonly kind: 'whatIf'; readonly edits: readonly SeriesEdit[] }
  /** The changed series is wanted as rows of a new text. */
  | { readonly kind: 'whatIfRows' }
  | { readonly kind: 'run'; readonly command: PanelCommand }
  /** A repair is wanted. */
  | { readonly kind: 'repair'; readonly wish: RepairWish }
  | { readonly kind: 'remember'; readonly look: PanelLook }
  | { readonly kind: 'runs'; readonly act: RunAct }
  | { readonly kind: 'reading'; readonly act: ReadingAct };

/** What a person picks on the page. */
export type PanelChoice =
  | { readonly what: 'instance'; readonly index: number }
  /** The next instance or the one before, counted from the one that was asked for last: a held key is faster than a picture. */
  | { readonly what: 'step'; readonly to: 'next' | 'previous' }
  | { readonly what: 'layer'; readonly name: string }
  /** null: follow the prediction. */
  | { readonly what: 'class'; readonly index: number | null }
  | { readonly what: 'against'; readonly against: number | 'runner-up' | 'negative' | null }
  | { readonly what: 'method'; readonly method: MethodId }
  | { readonly what: SwitchName; readonly on: boolean };

/** One picture, whole. */
export interface PanelView {
  readonly explanation: Explanation;
  readonly layers: readonly LayerSummary[];
  /** Those that can be used on this model, and the one in sight. */
  readonly methods: readonly MethodFacts[];
  /** Why others are left out. */
  readonly leftOut?: string;
  /** Null: follows the prediction. */
  readonly chosenClass: number | null;
  /** What it is set against: a class, the most probable of the others, or itself turned round; null: nothing. */
  readonly chosenAgainst?: number | 'runner-up' | 'negative' | null;
  /** File names only, for the header. */
  readonly modelName: string;
  readonly dataName: string;
  readonly look: PanelLook;
  /** The panel stays when another file is explained. */
  readonly kept?: boolean;
}

/** How the page is drawn; numbers never depend on it. Kept across reloads. */
export interface PanelLook {
  /** Hide the map on padding (display mask). */
  readonly hidePadding: boolean;
  /** Crop long padding at the ends, so that the real steps get the room. */
  readonly cropPadding: boolean;
  /** Leave padding out of the colour range. */
  readonly rangeWithoutPadding: boolean;
  /** Visible columns [from, to), null = all. */
  readonly zoom: readonly [number, number] | null;
  /** Show numbers as a table instead of the canvas. */
  readonly table: boolean;
  /** In which order the rows stand; absent: as the model takes them. */
  readonly rows?: 'model' | 'share' | 'name' | 'group' | 'lines';
  /** Names of the features whose rows stand first, whatever the order. */
  readonly pinned?: readonly string[];
  /** Names of the features drawn as lines below the map; absent: the strongest ones. */
  readonly signals?: readonly string[];
}

export type {
  Arm,
  Candidate,
  CellSelection,
  Epoch,
  FirstSteps,
  MapAndTime,
  MaskForm,
  PanelCommand,
  ReadAs,
  ReadingAct,
  ReadingPlan,
  ReadingTopic,
  ReadingView,
  ReadingWay,
  RepairFound,
  RepairWish,
  RunAct,
  RunPair,
  RunsView,
  Standing,
  Tried,
  WorkActivity,
};
export { ARMS };
