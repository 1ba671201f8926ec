import type { Explanation } from '../../attribution/explanation.ts';
import { colourRange } from '../../raster/colourRange.ts';
import { colourTable } from '../../raster/colourTable.ts';
import type { Html } from '../../surfaces/html.ts';
import { nothing, svg } from '../../surfaces/svg.ts';
import { colourBar, featureAxis, stepAxis } from './axes.ts';
import { type Box, frameOf, LABEL, WIDTH } from './frame.ts';
import { mapCells } from './mapCells.ts';
import { lanesOf, signalLanes } from './signalLanes.ts';
import { textWidth } from './textWidth.ts';
import { FONT, type Ground, type PictureTheme, THEMES } from './theme.ts';
import { answer, choices, colourWords, mapName, originWords, zoneWords } from './words.ts';
import { hatches, paddingOver, zoneStrip } from './zoneMarks.ts';

const MARGIN = 24;

/**
 * One explanation as a picture that needs nothing else: SVG, 920 pixels wide, fonts by name. The map with its zones,
 * axes and colour bar, the signals below, and in words what was asked and answered.
 * @param rangeWithoutPadding whether colours span the real steps only
 */
export function pictureSvg(
  explanation: Explanation,
  ground: Ground = 'light',
  rangeWithoutPadding = true,
): string {
  const theme = THEMES[ground];
  const { map, zones, padding, signals } = explanation;
  const range = colourRange(map, padding.mask, rangeWithoutPadding);
  const table = colourTable(range.signed, ground);
  const lanes = lanesOf(explanation);
  const head = lines([[answer(explanation), ...choices(explanation)].join(' · ')], 13);
  // The foot depends on how far the map is pooled, which depends on the room it has: its lines are counted once more.
  const footOf = (pooled: number) =>
    lines([zoneWords(explanation), colourWords(explanation, range, pooled), originWords(explanation)], LABEL);
  const laneNames = lanes.map((feature) => signals.features[feature]!);
  const frame = frameOf(explanation, laneNames, head.length, footOf(999_999).length);
  const drawn = mapCells(map, range, table, frame.map);
  const { left, top, width, height } = frame.map;
  const picture = svg`<svg xmlns="http://www.w3.org/2000/svg" width="${frame.width}" height="${frame.height}" viewBox="0 0 ${frame.width} ${frame.height}" font-family="${FONT}" role="img">
<title>${mapName(explanation)}: ${answer(explanation)}</title>
<style>${styleOf(theme)}</style>
<defs>${hatches(theme)}</defs>
<rect width="${frame.width}" height="${frame.height}" fill="${theme.paper}"/>
<text x="${MARGIN}" y="32" class="title">${mapName(explanation)}</text>
${paragraph(head, 52, 18, 'head')}
${zoneStrip(frame.strip, zones, map.columns, theme, explanation.time)}
${drawn.shapes}
${paddingOver(frame.map, zones, map.columns, theme)}
${range.allZero ? allZero(frame.map, theme) : nothing}
<rect x="${left}" y="${top}" width="${width}" height="${height}" fill="none" class="axis"/>
${featureAxis(frame, explanation)}
${stepAxis(frame, map.columns, explanation.time)}
${range.allZero ? nothing : colourBar(frame, range, table)}
${signalLanes(frame, explanation, lanes, theme)}
${paragraph(footOf(drawn.pooled), frame.foot, 16, 'soft')}
</svg>
`;
  return picture.text;
}

function allZero({ left, top, width, height }: Box, { paper }: PictureTheme): Html {
  return svg`<text x="${left + width / 2}" y="${top + height / 2 + 4}" text-anchor="middle" class="head" stroke="${paper}" stroke-width="8" paint-order="stroke">The map is zero everywhere</text>`;
}

function paragraph(texts: readonly string[], y: number, leading: number, style: string): Html {
  return svg`${texts.map((text, i) => svg`<text x="${MARGIN}" y="${y + i * leading}" class="${style}">${text}</text>`)}`;
}

/** Broken between facts where a line is longer than the picture is wide. */
function lines(texts: readonly string[], size: number): string[] {
  return texts.flatMap((text) => {
    const out: string[] = [];
    for (const fact of text.split(' · ')) {
      const longer = out.length === 0 ? fact : `${out.at(-1)} · ${fact}`;
      if (out.length > 0 && textWidth(longer, size) <= WIDTH - 2 * MARGIN) out[out.length - 1] = longer;
      else out.push(fact);
    }
    return out;
  });
}

function styleOf({ ink, soft, line }: PictureTheme): string {
  return `text{font-size:11px;fill:${ink}}.soft{fill:${soft}}.head{font-size:13px}.title{font-size:16px;font-weight:700}.strong{font-weight:700}.zone{font-weight:700}.axis{stroke:${line}}@supports (image-rendering:pixelated){image{image-rendering:pixelated}}`;
}
