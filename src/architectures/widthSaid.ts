/** How wide a network is, in the word of its kind: `128 filters`, `100 units`. */
export function widthSaid(architecture: string, width: number): string {
  return `${width} ${architecture === 'lstm' || architecture === 'gru' ? 'units' : 'filters'}`;
}
