import { Refusal } from '../../refusal.ts';
import { isObject, type Json, type JsonObject } from './config.ts';
import type { KerasArgument, KerasCall, Reference } from './model.ts';

const MOST_CALLS = 10_000;

/**
 * How a layer is called, in any dialect.
 * Keras 3: `[{ "args": […], "kwargs": {…} }]` with tensors as objects; Keras 2: `[[["name", 0, 0, {kwargs}], …]]`.
 * @param names of all layers of the model.
 */
export function readCalls(inbound: Json, names: ReadonlySet<string>, title: string): KerasCall[] {
  if (!Array.isArray(inbound) || inbound.length > MOST_CALLS) {
    throw broken(title);
  }
  // An input is made by a call without arguments.
  if (inbound.length === 0) return [{ args: [], kwargs: new Map() }];
  return inbound.map((node) =>
    Array.isArray(node) ? oldCall(node, names, title) : newCall(node, names, title),
  );
}

function newCall(node: Json, names: ReadonlySet<string>, title: string): KerasCall {
  if (!isObject(node) || !Array.isArray(node.args) || !isObject(node.kwargs ?? {})) throw broken(title);
  const read = (value: Json) => newArgument(value, names, title, 0);
  return {
    args: node.args.map(read),
    kwargs: new Map(
      Object.entries((node.kwargs ?? {}) as JsonObject).map(([key, value]) => [key, read(value)]),
    ),
  };
}

function newArgument(value: Json, names: ReadonlySet<string>, title: string, depth: number): KerasArgument {
  if (depth > 10) throw broken(title);
  if (isObject(value) && value.class_name === '__keras_tensor__') {
    const history = isObject(value.config) ? value.config.keras_history : undefined;
    return { kind: 'tensor', from: reference(history, names, title) };
  }
  if (Array.isArray(value) && value.some((item) => isObject(item) || Array.isArray(item))) {
    const items = value.map((item) => newArgument(item, names, title, depth + 1));
    if (items.some(({ kind }) => kind !== 'value')) return { kind: 'list', items };
  }
  return { kind: 'value', value };
}

function oldCall(node: readonly Json[], names: ReadonlySet<string>, title: string): KerasCall {
  // A node of one input may be written without its own brackets.
  const entries = (typeof node[0] === 'string' ? [node] : node) as Json[];
  const inputs = entries.map((entry): KerasArgument => {
    if (Array.isArray(entry) && entry[0] === '_CONSTANT_VALUE') return { kind: 'value', value: entry[2] };
    return { kind: 'tensor', from: reference(entry, names, title) };
  });
  const kwargs = new Map<string, KerasArgument>();
  for (const entry of entries) {
    const more = Array.isArray(entry) ? entry[3] : undefined;
    if (!isObject(more)) continue;
    for (const [key, value] of Object.entries(more)) kwargs.set(key, oldArgument(value, names, title));
  }
  return { args: inputs.length === 1 ? inputs : [{ kind: 'list', items: inputs }], kwargs };
}

function oldArgument(value: Json, names: ReadonlySet<string>, title: string): KerasArgument {
  const isTensor = (one: Json) =>
    Array.isArray(one) && typeof one[0] === 'string' && names.has(one[0]) && typeof one[1] === 'number';
  if (isTensor(value)) return { kind: 'tensor', from: reference(value, names, title) };
  if (Array.isArray(value) && value.length > 0 && value.every(isTensor)) {
    return {
      kind: 'list',
      items: value.map((one) => ({ kind: 'tensor', from: reference(one, names, title) })),
    };
  }
  return { kind: 'value', value };
}

/** `["name", 0, 0]`, a list of them, or an object of them: what a model takes and gives. */
export function inputsOf(value: Json | undefined, names: ReadonlySet<string>, title: string): Reference[] {
  if (Array.isArray(value) && typeof value[0] === 'string') return [reference(value, names, title)];
  const all = Array.isArray(value) ? value : isObject(value) ? Object.values(value) : [];
  if (all.length === 0 || all.length > MOST_CALLS) throw broken(`"${title}" of the model`);
  return all.map((one) => reference(one, names, title));
}

function reference(value: Json | undefined, names: ReadonlySet<string>, title: string): Reference {
  const [layer, node, index] = Array.isArray(value) ? value : [];
  if (typeof layer !== 'string' || typeof node !== 'number' || typeof index !== 'number') throw broken(title);
  if (!names.has(layer)) {
    throw new Refusal(
      'broken-model',
      `${title} takes what "${layer}" gives, but the model has no such layer.`,
    );
  }
  return { layer, node, index };
}

function broken(title: string): Refusal {
  return new Refusal(
    'broken-model',
    `${title}: what it is called with cannot be read; save the model again.`,
  );
}
