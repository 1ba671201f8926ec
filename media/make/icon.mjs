// Draws media/icon.svg and, through the browser of the tests, media/icon.png (256 × 256). Run: npx tsx media/make/icon.mjs
import { writeFile } from 'node:fs/promises';
import { launchBrowser } from '../../test/workbench/browser.ts';

/** Rows × columns of heat, 0..1; the last columns are padding (null). */
const heat = [
  [0.16, 0.22, 0.3, 0.24, 0.14, null, null],
  [0.24, 0.42, 0.72, 0.5, 0.26, null, null],
  [0.3, 0.62, 1, 0.74, 0.32, null, null],
  [0.2, 0.36, 0.56, 0.4, 0.2, null, null],
];
const cell = 30;
const [left, top] = [23, 50];
/** A few stops of cividis. */
const stops = ['#00224e', '#1d3c6e', '#4a536c', '#6d6e72', '#918b78', '#bcae6c', '#e2cb5a', '#fee838'];

function colour(value) {
  const place = value * (stops.length - 1);
  const below = Math.min(Math.floor(place), stops.length - 2);
  const channels = (hex) => [1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16));
  const [a, b] = [channels(stops[below]), channels(stops[below + 1])];
  return `rgb(${a.map((v, i) => Math.round(v + (b[i] - v) * (place - below))).join(',')})`;
}

function cells(size, x0, y0) {
  return heat
    .flatMap((row, r) =>
      row.map((value, c) => {
        const place = `x="${x0 + c * size}" y="${y0 + r * size}" width="${size}" height="${size}"`;
        return `<rect ${place} fill="${value === null ? 'url(#padding)' : colour(value)}"/>`;
      }),
    )
    .join('');
}

const lens = { x: 104, y: 126, r: 62 };
const zoom = 1.55;
// The lens shows the cells beneath it larger, its centre staying in place.
const inside = cells(cell * zoom, lens.x - (lens.x - left) * zoom, lens.y - (lens.y - top) * zoom);

const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256" viewBox="0 0 256 256">
<defs>
<pattern id="padding" width="12" height="12" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
<rect width="12" height="12" fill="#2b3242"/><rect width="5" height="12" fill="#76819a"/></pattern>
<clipPath id="strip"><rect x="${left}" y="${top}" width="${7 * cell}" height="${4 * cell}" rx="8"/></clipPath>
<clipPath id="glass"><circle cx="${lens.x}" cy="${lens.y}" r="${lens.r}"/></clipPath>
<linearGradient id="tile" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#1c2436"/><stop offset="1" stop-color="#0f1420"/></linearGradient>
</defs>
<rect x="4" y="4" width="248" height="248" rx="52" fill="url(#tile)" stroke="#5b6884" stroke-width="4"/>
<g clip-path="url(#strip)">${cells(cell, left, top)}</g>
<line x1="${lens.x + 47}" y1="${lens.y + 47}" x2="199" y2="221" stroke="#0f1420" stroke-width="34" stroke-linecap="round"/>
<line x1="${lens.x + 47}" y1="${lens.y + 47}" x2="199" y2="221" stroke="#f2f5fa" stroke-width="20" stroke-linecap="round"/>
<circle cx="${lens.x}" cy="${lens.y}" r="${lens.r + 8}" fill="#0f1420"/>
<g clip-path="url(#glass)"><rect width="256" height="256" fill="#00224e"/>${inside}</g>
<circle cx="${lens.x}" cy="${lens.y}" r="${lens.r}" fill="none" stroke="#f2f5fa" stroke-width="11"/>
</svg>
`;

const media = new URL('..', import.meta.url);
await writeFile(new URL('icon.svg', media), svg);
const browser = await launchBrowser();
const page = await browser.newPage({ viewport: { width: 256, height: 256 } });
await page.setContent(`<style>body{margin:0}svg{display:block}</style>${svg}`);
await writeFile(new URL('icon.png', media), await page.screenshot({ omitBackground: true }));
await browser.close();
