import {
  type Draft,
  encodeModel,
  type ModelProto,
  type NodeProto,
  type TensorProto,
} from '../../../../src/formats/onnx/schema.ts';

/** What an ONNX file says of an input or an output: its name and element type. */
export const info = (name: string, elemType = 1) => ({
  name,
  type: { tensorType: { elemType, shape: { dim: [] } } },
});
export const relu: Draft<NodeProto> = { opType: 'Relu', name: 'r', input: ['x'], output: ['y'] };

/** A model x → Relu → y, with what is given put in its place. */
export function model(
  graph: Draft<NonNullable<ModelProto['graph']>> = {},
  other: Draft<ModelProto> = {},
): Uint8Array {
  return encodeModel({
    irVersion: 8,
    opsetImport: [{ domain: '', version: 17 }],
    graph: { node: [relu], input: [info('x')], output: [info('y')], ...graph },
    ...other,
  });
}

/** Such a model with the initializer `w`. */
export const initializer = (proto: Draft<TensorProto>) => model({ initializer: [{ name: 'w', ...proto }] });
