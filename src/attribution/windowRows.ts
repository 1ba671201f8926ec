import { localFrom } from '../graph/localPrefix.ts';
import { namesRead } from '../graph/topology.ts';
import type { CutModel, RowPlan, WindowStage } from './windowStages.ts';
import { COPIED, sizeOf, workOf } from './windowWork.ts';

/**
 * Undefined where nothing is gained.
 * @param stage the first one, which reads the model's input alone
 * @param times axes of time
 */
export function rowPlan(
  { graph, input, shapes }: CutModel,
  stage: WindowStage,
  times: ReadonlyMap<string, { readonly time: number }>,
): RowPlan | undefined {
  const feature = input.layout.indexOf('F');
  const features = shapes.dims(input.name)![feature]!;
  const { nodes, tensors } = localFrom(graph, stage.nodes, [{ name: input.name, time: feature }], shapes);
  const own = nodes.filter(({ outputs }) => {
    const { before, after } = tensors.get(outputs[0]!)!;
    return before === 0 && after === 0;
  });
  const inside = new Set(own);
  const later = new Set([
    ...stage.nodes.filter((node) => !inside.has(node)).flatMap(namesRead),
    ...stage.outputs.map(({ name }) => name),
  ]);
  const outputs = own
    .map(({ outputs: [name] }) => ({
      ...{ name: name!, time: times.get(name!)!.time },
      feature: tensors.get(name!)!.time,
    }))
    .filter(({ name }) => later.has(name));
  const copied = outputs.reduce((sum, { name }) => sum + sizeOf(name, shapes), 0) * 2 * COPIED;
  const spared = workOf(own, shapes) * (1 - 1 / features) - copied;
  return spared > 0 ? { nodes: own, outputs, spared } : undefined;
}
