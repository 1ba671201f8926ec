import type { Explanation } from '../attribution/explanation.ts';
import { csvHeader, csvRows } from '../export/explanationCsv.ts';
import { explanationJson } from '../export/explanationJson.ts';
import { explanationNpz, type NpzPart, npzPart } from '../export/explanationNpz.ts';
import { pictureSvg } from '../export/picture/pictureSvg.ts';
import { rasterise } from '../export/picture/rasterise.ts';
import type { Ground } from '../export/picture/theme.ts';
import { notDrawn } from '../export/picture/words.ts';
import { explanationReport } from '../export/report/explanationReport.ts';
import { jsonText } from '../surfaces/json.ts';
import type { Output } from './output.ts';
import { complain } from './say.ts';

/** What `explain --format` takes. */
export type OutputFormat = 'json' | 'npz' | 'csv' | 'svg' | 'png' | 'html';

interface Writer {
  add(explanation: Explanation): Promise<void>;
  end(): Promise<void>;
}

interface WriterOptions {
  /** Whether a list is written rather than one. */
  readonly all: boolean;
  /** The attribution.json that applies. */
  readonly config: string | undefined;
  /** Of pictures. */
  readonly ground: Ground;
}

/** Each writes one explanation after the other to the output it is given. */
export const EXPLANATION_WRITERS: Record<OutputFormat, (output: Output, options: WriterOptions) => Writer> = {
  json: (output, { all, config }) => {
    let before = all ? '[\n' : '';
    return {
      add: async (explanation) => {
        await output.write(`${before}${jsonText(explanationJson(explanation, config))}`);
        before = ',\n';
      },
      end: () => output.write(all ? `${before === '[\n' ? before : '\n'}]\n` : '\n'),
    };
  },
  csv: (output) => {
    let first = true;
    return {
      add: async (explanation) => {
        if (first) {
          await output.write(csvHeader(explanation));
          first = false;
        }
        await output.write(csvRows(explanation));
      },
      end: async () => {},
    };
  },
  npz: (output) => {
    const parts: NpzPart[] = [];
    return {
      add: async (explanation) => {
        parts.push(npzPart(explanation));
      },
      end: () => output.write(explanationNpz(parts)),
    };
  },
  svg: (output, { ground }) => whole(output, async (explanation) => pictureSvg(explanation, ground)),
  html: (output) => whole(output, async (explanation) => explanationReport(explanation)),
  png: (output, { ground }) =>
    whole(output, async (explanation) => {
      const { png, missing } = await rasterise(pictureSvg(explanation, ground));
      if (missing.length > 0) complain(`warning: ${notDrawn(missing)}`);
      return png;
    }),
};

/** Of one explanation. */
function whole(output: Output, write: (explanation: Explanation) => Promise<string | Uint8Array>): Writer {
  return { add: async (explanation) => output.write(await write(explanation)), end: async () => {} };
}
