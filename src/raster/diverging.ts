type Rgb = readonly [number, number, number];

/**
 * Blue (negative) to orange (positive): the pair that stays apart under every common colour deficiency. The middle is
 * near the page's background, so on both arms more contrast means more attribution, in dark and in light themes.
 */
const stops: Record<'dark' | 'light', readonly Rgb[]> = {
  dark: [
    [168, 216, 255],
    [78, 160, 236],
    [38, 92, 152],
    [52, 54, 60],
    [150, 84, 20],
    [236, 142, 38],
    [255, 214, 150],
  ],
  light: [
    [8, 48, 107],
    [33, 113, 181],
    [133, 182, 222],
    [243, 243, 243],
    [253, 174, 97],
    [217, 95, 14],
    [127, 39, 4],
  ],
};

/** @param t -1..1 */
export function diverging(t: number, ground: 'dark' | 'light'): Rgb {
  const list = stops[ground];
  const place = ((t + 1) / 2) * (list.length - 1);
  const index = Math.max(0, Math.min(list.length - 2, Math.floor(place)));
  const share = place - index;
  const [from, to] = [list[index]!, list[index + 1]!];
  return [mix(from[0], to[0], share), mix(from[1], to[1], share), mix(from[2], to[2], share)];
}

function mix(from: number, to: number, share: number): number {
  return Math.round(from + (to - from) * share);
}
