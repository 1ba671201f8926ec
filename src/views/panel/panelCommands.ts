import { type WorkCommand, works } from '../../session/works.ts';

/** What the page may ask for by name, beside long work, and the command of the editor that does it. */
const OTHERS = {
  chooseModel: 'attribution.chooseModel',
  pickMask: 'attribution.pickMask',
  pickLayer: 'attribution.pickLayer',
  pickClass: 'attribution.pickClass',
  pickInstance: 'attribution.pickInstance',
  pickMethod: 'attribution.pickMethod',
  pickMethodOptions: 'attribution.pickMethodOptions',
  everyClass: 'attribution.everyClass',
  keepPanel: 'attribution.keepPanel',
  releasePanel: 'attribution.releasePanel',
  showLog: 'attribution.showLog',
  retry: 'attribution.rerun',
  cancel: 'attribution.cancel',
  truncate: 'attribution.truncate',
  manageTrust: 'workbench.trust.manage',
  openSample: 'attribution.openSample',
  openWalkthrough: 'attribution.openWalkthrough',
  copyExportSnippet: 'attribution.copyExportSnippet',
  exportAuditReport: 'attribution.exportAuditReport',
  exportMaskedModel: 'attribution.exportMaskedModel',
  exportDataset: 'attribution.exportDataset',
  exportEvaluation: 'attribution.exportEvaluation',
  keepRepaired: 'attribution.keepRepaired',
  compareRepaired: 'attribution.compareRepaired',
  exportRepairReport: 'attribution.exportRepairReport',
  trainFile: 'attribution.trainFile',
  cancelTraining: 'attribution.cancelTraining',
  keepTrained: 'attribution.keepTrained',
  compareWith: 'attribution.compareWith',
  showRuns: 'attribution.showRuns',
  listInstances: 'attribution.listInstances',
  showReading: 'attribution.showReading',
  changeReading: 'attribution.changeReading',
} as const;

/** Commands the page may ask for by name. */
export type PanelCommand = keyof typeof OTHERS | WorkCommand;

const ofWorks = works.flatMap(([, { commands }]) =>
  Object.values(commands).map((name) => [name, `attribution.${name}`]),
);

/** What the page may ask for by name, and the command of the editor that does it. */
export const panelCommands = { ...OTHERS, ...Object.fromEntries(ofWorks) } as Readonly<
  Record<PanelCommand, string>
>;
