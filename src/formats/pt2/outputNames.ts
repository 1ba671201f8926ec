import { parseBounded } from '../boundedJson.ts';
import { isObject, type Json } from '../keras/config.ts';

/**
 * What each output of an exported program is called: the key it has in the dict that the model gives (`logits`, of dicts
 * in one another `head.logits`), else its place (`output_1`, `head.0`). A single tensor that stands in nothing is `logits`.
 * @param outSpec the tree of the output as `torch.export` writes it, e.g. `[1, {"type": "builtins.dict", …}]`
 */
export function outputNames(outSpec: Json | undefined, count: number): readonly string[] {
  const paths = typeof outSpec === 'string' ? leaves(outSpec) : undefined;
  if (paths?.length === 1 && count === 1 && paths[0]!.length === 0) return ['logits'];
  const places = Array.from({ length: count }, (_, i) => `output_${i}`);
  if (paths?.length !== count) return places;
  const named = paths.map((path, i) => {
    if (path.length === 0 || path.includes('')) return places[i]!;
    return (typeof path[0] === 'number' ? `output_${path[0]}` : path[0]!) + path.slice(1).map(part).join('');
  });
  return new Set(named).size === count ? named : places;
}

const part = (key: string | number) => `.${key}`;

type Path = readonly (string | number)[];

/** Keys and places that lead to each leaf, in their order; undefined where the tree is none that is known. */
function leaves(outSpec: string): Path[] | undefined {
  const json = parseBounded(new TextEncoder().encode(outSpec));
  const tree = typeof json === 'object' ? json.value : undefined;
  if (!Array.isArray(tree) || tree[0] !== 1) return undefined;
  const found: Path[] = [];
  const walk = (node: Json | undefined, path: Path): boolean => {
    if (!isObject(node) || !Array.isArray(node.children_spec)) return false;
    const { type, context, children_spec: children } = node;
    if (type === null) return found.push(path) > 0 && children.length === 0;
    const keys = keysOf(String(type), context, children.length);
    return keys !== undefined && children.every((child, i) => walk(child, [...path, keys[i]!]));
  };
  return walk(tree[1] as Json, []) ? found : undefined;
}

function keysOf(type: string, context: Json | undefined, count: number): Path | undefined {
  if (['builtins.tuple', 'builtins.list'].includes(type)) return Array.from({ length: count }, (_, i) => i);
  let keys: unknown = isObject(context) ? context.dict_context : context;
  if (typeof keys === 'string') {
    const json = parseBounded(new TextEncoder().encode(keys));
    keys = typeof json === 'object' ? json.value : undefined;
  }
  if (!Array.isArray(keys) || keys.length !== count) return undefined;
  return keys.map((key) => (typeof key === 'string' || typeof key === 'number' ? String(key) : ''));
}
