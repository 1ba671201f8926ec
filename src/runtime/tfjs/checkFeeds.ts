import type { Graph } from '../../graph/graph.ts';
import type { Tensors } from '../../graph/runtime.ts';
import { Refusal } from '../../refusal.ts';

/** @throws Refusal `model-refused` for a feed that is missing or is not what the model declares */
export function checkFeeds(graph: Graph, feeds: Tensors, title: string): void {
  for (const { name, dtype, dims } of graph.inputs) {
    const feed = feeds[name];
    const refuse = (why: string) => {
      throw new Refusal('model-refused', `${title} stopped while running this model: ${why}.`);
    };
    if (feed === undefined) {
      refuse(`input '${name}' is missing in the feeds`);
    } else if (dtype !== null && feed.dtype !== dtype) {
      refuse(`the input "${name}" takes ${dtype}, not ${feed.dtype}`);
    } else if (dims.length > 0 && dims.length !== feed.dims.length) {
      refuse(
        `the input "${name}" has ${feed.dims.length} axes. Got: ${feed.dims.length} Expected: ${dims.length}`,
      );
    } else {
      for (const [axis, dim] of dims.entries()) {
        const got = feed.dims[axis]!;
        if (typeof dim === 'number' && dim !== got) {
          refuse(`the input "${name}" has another size on axis ${axis}. Got: ${got} Expected: ${dim}`);
        }
      }
    }
  }
}
