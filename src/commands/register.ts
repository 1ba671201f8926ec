import * as vscode from 'vscode';
import { SWITCH_NAMES } from '../attribution/switches.ts';
import { logged } from '../session/core/refused.ts';
import { works } from '../session/works.ts';
import { offerLog } from '../views/offerLog.ts';
import { selectInFile } from '../views/selection/selectInFile.ts';
import { changeReading } from './changeReading.ts';
import { chooseModel } from './chooseModel.ts';
import { compareRepaired } from './compareRepaired.ts';
import { compareWith } from './compareWith.ts';
import type { CommandContext } from './context.ts';
import { copyExportSnippet } from './copyExportSnippet.ts';
import { everyClass } from './everyClass.ts';
import { explainDebugged } from './explainDebugged.ts';
import { explainFile } from './explainFile.ts';
import { explainVariable } from './explainVariable.ts';
import { exportAuditReport } from './exportAuditReport.ts';
import { exportDataset } from './exportDataset.ts';
import { exportEvaluation } from './exportEvaluation.ts';
import { exportExplanation } from './exportExplanation.ts';
import { exportMaskedModel } from './exportMaskedModel.ts';
import { exportRepairReport } from './exportRepairReport.ts';
import { installTfjsNode } from './installTfjsNode.ts';
import { keepRepaired } from './keepRepaired.ts';
import { keepTrained } from './keepTrained.ts';
import { linkScript } from './linkScript.ts';
import { openSample } from './openSample.ts';
import { openWalkthrough } from './openWalkthrough.ts';
import { pickAgainst } from './pickAgainst.ts';
import { pickClass } from './pickClass.ts';
import { pickInstance } from './pickInstance.ts';
import { pickLayer } from './pickLayer.ts';
import { pickMask } from './pickMask.ts';
import { pickMethod } from './pickMethod.ts';
import { pickMethodOptions } from './pickMethodOptions.ts';
import { repairPadding } from './repairPadding.ts';
import { runWork } from './runWork.ts';
import { selectRuntime } from './selectRuntime.ts';
import { showPanel } from './showPanel.ts';
import { stepInstance } from './stepInstance.ts';
import { toggle } from './toggle.ts';
import { toggleInline } from './toggleInline.ts';
import { trainFile } from './trainFile.ts';

/** VS Code hands over whatever the caller gave: `never` lets each command say what it takes. */
type Command = (context: CommandContext, ...given: never[]) => unknown;

/** `toggleRelu` and its like. */
const toggles = Object.fromEntries(
  SWITCH_NAMES.map((name): [string, Command] => [
    `toggle${name[0]!.toUpperCase()}${name.slice(1)}`,
    (context, on?: boolean) => toggle(context, name, on),
  ]),
);

/** Every gesture by its name. Optional arguments let keyboard, tests and agents skip the list. */
const commands: Readonly<Record<string, Command>> = {
  explainFile: explained,
  explainThis: explained,
  explainDebugged,
  explainVariable,
  chooseModel,
  pickLayer,
  pickInstance,
  pickClass,
  pickAgainst,
  pickMethod,
  pickMethodOptions,
  everyClass,
  pickMask,
  nextInstance: (context) => stepInstance(context, 1),
  previousInstance: (context) => stepInstance(context, -1),
  ...toggles,
  truncate: (context, on = true) => toggle(context, 'truncate', on),
  toggleInline: (_, wanted) => toggleInline(wanted),
  selectRuntime,
  installTfjsNode,
  rerun: ({ session }) => session.rerun({ again: true }),
  linkScript,
  showPanel,
  keepPanel: ({ panel }) => panel.keep(panel.isOpen),
  releasePanel: ({ panel }) => panel.keep(false),
  cancel: ({ session }) => session.cancel(),
  revealStep: ({ session }, step: number) =>
    selectInFile(session.state, { from: step, to: step + 1, features: null }),
  showLog: ({ log }) => log.show(),
  openSample,
  export: exportExplanation,
  exportAuditReport,
  exportMaskedModel,
  /** The same work as the dataset view; the page stays where it is. */
  listInstances: (context) => runWork(context, 'dataset', 'file', undefined, false),
  showDataset: ({ panel }) => panel.bring('dataset'),
  exportDataset,
  exportEvaluation,
  compareWith,
  showRuns: ({ panel }) => panel.bring('runs'),
  showReading: ({ panel }) => panel.bring('reading'),
  changeReading,
  copyExportSnippet,
  openWalkthrough,
  trainFile,
  keepTrained,
  cancelTraining: ({ training }) => training.cancel(),
  keepRepaired,
  compareRepaired,
  exportRepairReport,
  ...Object.fromEntries(works.flatMap(commandsOf)),
  repairFile: repairPadding,
};

/** Answers which file it is. */
async function explained(context: CommandContext, given?: vscode.Uri | string, model?: unknown) {
  return (await explainFile(context, given, model))?.session.state.file;
}

function commandsOf([id, { commands: names }]: (typeof works)[number]): [string, Command][] {
  const onFile: Command = (context, file?: vscode.Uri) => runWork(context, id, 'file', file);
  const onInstance: Command = (context) => runWork(context, id, 'instance');
  const cancel: Command = (context) => context.works[id].cancel();
  return [
    [names.file, onFile],
    ...(names.instance ? [[names.instance, onInstance] as [string, Command]] : []),
    [names.cancel, cancel],
  ];
}

/** Registers every gesture as `attribution.<name>`; a mistake of ours ends in the log and in one sentence. */
export function registerCommands(contextNow: () => CommandContext): vscode.Disposable {
  return vscode.Disposable.from(
    ...Object.entries(commands).map(([name, command]) =>
      vscode.commands.registerCommand(`attribution.${name}`, (...given: never[]) =>
        guarded(contextNow(), (context) => command(context, ...given)),
      ),
    ),
  );
}

/** A mistake of ours must not leave a person with a bare stack in a message. */
async function guarded(context: CommandContext, run: (context: CommandContext) => unknown): Promise<unknown> {
  const { log } = context;
  try {
    const answer = await run(context);
    // What others give is not for the outside, where it would have to be cloned.
    return answer instanceof vscode.Uri ? answer : undefined;
  } catch (error) {
    logged(log, error);
    void offerLog(log, vscode.l10n.t('Attribution Lens made a mistake; the log says where.'));
    return undefined;
  }
}
