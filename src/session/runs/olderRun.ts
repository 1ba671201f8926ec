import type { FullHow } from '../../attribution/how.ts';
import { switchesOf } from '../../attribution/switches.ts';
import type { RunFacts } from '../../runs/run.ts';
import { keptSelection, picked, type Selection } from '../../runs/selection.ts';

/** How a run of the first form says what it was made by: beside the other facts, not as one record. */
type OlderFacts = Omit<RunFacts, 'how' | 'selection'> & { readonly selection?: Selection } & Omit<
    FullHow,
    'target' | 'against' | 'negative'
  >;

/** The facts of a run that the first form of the file holds; checked afterwards, as any. */
export function ofFirstForm(facts: unknown): unknown {
  if (typeof facts !== 'object' || facts === null) return facts;
  const { layer, method, options, relu, maskedAlpha, maskedModel, ...rest } = facts as OlderFacts;
  const kept = rest.selection && keptSelection(rest.selection);
  const selection = kept && picked(kept);
  const { target } = rest;
  const against = selection?.against === 'runner-up' ? 'runner-up' : target?.against?.name;
  const how: FullHow = {
    layer,
    target: selection?.target === undefined ? 'predicted' : target?.name,
    ...(against !== undefined && { against }),
    negative: target?.negative ?? false,
    method,
    ...(options !== undefined && { options }),
    // What came later was as by default.
    ...switchesOf({}),
    ...{ relu, maskedAlpha, maskedModel },
  };
  return { ...rest, selection, how };
}
