/** What can be done about different lengths when a network is trained. */
export const PADDING_STYLES = ['end', 'start', 'random-length', 'mask-channel'] as const;
export type PaddingStyle = (typeof PADDING_STYLES)[number];
