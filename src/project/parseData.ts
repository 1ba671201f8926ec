import { FILES_ARE, LAYOUT_SETTINGS } from '../data/dataOptions.ts';
import type { JsonValue } from './jsonValue.ts';
import type { ProjectData } from './projectShape.ts';

/** `data` of attribution.json. @throws Refusal */
export function parseData(value: JsonValue): ProjectData {
  const found = value.properties([
    'files',
    'layout',
    'case',
    'time',
    'label',
    'features',
    'delimiter',
    'decimal',
    'header',
    'skip',
    'units',
    'missing',
    'labelFrom',
    'filesAre',
    'array',
    'split',
    'window',
    'step',
  ]);
  return {
    ...(found.files && { files: parseGlob(found.files) }),
    ...(found.layout && { layout: found.layout.oneOf(LAYOUT_SETTINGS) }),
    ...(found.case && { case: parseCase(found.case) }),
    ...(found.time && { time: parseColumn(found.time) }),
    ...(found.label && { label: parseColumn(found.label) }),
    ...(found.features && { features: found.features.names(1, 'a list of column names') }),
    ...(found.delimiter && { delimiter: found.delimiter.oneOf([',', ';', '\t', '|', ' ']) }),
    ...(found.decimal && { decimal: found.decimal.oneOf(['.', ',']) }),
    ...(found.header && { header: found.header.flag() }),
    ...(found.skip && { skip: parseSkip(found.skip) }),
    ...(found.units && { units: found.units.flag() }),
    ...(found.labelFrom && { labelFrom: parseLabelFrom(found.labelFrom) }),
    ...(found.filesAre && { filesAre: found.filesAre.oneOf(FILES_ARE) }),
    ...(found.array && { array: found.array.text('the name of an array') }),
    ...(found.split && { split: found.split.oneOf(['time', 'blank']) }),
    ...(found.window && { window: parseSteps(found.window) }),
    ...(found.step && { step: parseSteps(found.step) }),
    ...(found.missing && {
      missing: found.missing.oneOf(['refuse', 'keep', 'zero', 'previous', 'interpolate']),
    }),
  };
}

/** Null says that there is no such column. */
function parseColumn(value: JsonValue): string | null {
  return value.isNull ? null : value.text('a column name, or null for none');
}

/** One column, or the names of those that tell the instances apart together. */
function parseCase(value: JsonValue): string | readonly string[] | null {
  return value.is('array') ? value.names(1, 'a column name, or a list of them') : parseColumn(value);
}

function parseSkip(value: JsonValue): number {
  const lines = value.number('a whole number of lines');
  if (!Number.isInteger(lines) || lines < 0) throw value.refuse('must be a whole number of lines');
  return lines;
}

function parseSteps(value: JsonValue): number {
  const steps = value.number('a whole number of steps');
  if (!Number.isInteger(steps) || steps < 1) throw value.refuse('must be a whole number of steps, from 1');
  return steps;
}

function parseLabelFrom(value: JsonValue): string {
  const place = value.text('"folder", "file" or "table"');
  if (!/^(table|(folder|file)(:[1-9]\d?)?)$/.test(place)) {
    throw value.refuse(
      'must be "folder", "folder:1" (the first from the top), "file", "file:2" (a part of its name) or "table"',
    );
  }
  return place;
}

function parseGlob(value: JsonValue): string {
  const glob = value.text('a pattern such as "data/**/*.csv"');
  if (/^([/\\]|[A-Za-z]:)/.test(glob) || /(^|[/\\])\.\.([/\\]|$)/.test(glob) || glob.includes('\\')) {
    throw value.refuse(
      'must be a pattern below the folder of this file, with forward slashes, such as "data/**/*.csv"',
      'project-path',
    );
  }
  return glob;
}
