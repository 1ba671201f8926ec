/** How much each position counts: all alike, or as `name` [N, P] says along one spatial axis (0 = first after the channels). */
export type PositionWeights = 'all' | { readonly name: string; readonly axis: number };
