import { isPackedOverview, unpackedOverview } from '../src/overview/packedOverview.ts';

/** The part of a view that the host has sent, with lists that came packed as lists. */
export function unpackedView<View extends object>(view: View): View {
  if (!('result' in view) || !isPackedOverview(view.result)) return view;
  return { ...view, result: unpackedOverview(view.result) };
}
