import { methodNamed } from '../../attribution/methods.ts';
import { eachSwitch } from '../../attribution/switches.ts';
import { alignments, type Group, type MeanMap, type Overview, scales } from '../../overview/overview.ts';
import { record } from '../../overview/record.ts';

/** Everything as plain JSON; stable: scripts depend on these names. What is not there is null. */
export function overviewJson(overview: Overview): Record<string, unknown> {
  const { instances, importance, features, classes, outliers, groups, how } = overview;
  const method = methodNamed(how.method);
  const width = features?.length ?? 0;
  return {
    classes,
    features,
    explained: how.target,
    against: how.against ?? null,
    negative: how.negative,
    layer: how.layer,
    method: how.method,
    options: how.options,
    ...eachSwitch((name, { without }) => (name === 'relu' && without(method) !== null ? null : how[name])),
    stepsPerColumn: overview.stepsPerColumn,
    instances: instances.map(({ id, predicted, ...one }, i) => ({
      case: id,
      predicted,
      predictedClass: classes[predicted],
      ...one,
      importance: width ? flat(importance.subarray(i * width, (i + 1) * width)) : null,
    })),
    groups: groups.map((group) => groupJson(group, overview)),
    outliers: outliers.map(({ instance, reasons }) => ({ case: instances[instance]!.id, instance, reasons })),
    untold: overview.untold,
    warnings: overview.warnings,
    seed: overview.seed,
    provenance: overview.provenance,
  };
}

function groupJson({ by, name, members, zeroMaps, lengths, zones, maps, ranking }: Group, of: Overview) {
  return {
    ...{ by, name, n: members.length, zeroMaps, lengths, zones },
    ranking:
      ranking &&
      record(scales, (scale) => ({
        ...ranking[scale],
        features: ranking[scale].features.map(({ feature, ...rest }) => ({
          feature: of.features![feature],
          ...rest,
        })),
      })),
    maps: record(alignments, (alignment) => record(scales, (scale) => mapJson(maps[alignment][scale]))),
  };
}

function mapJson({ rows, columns, mean, error, n, profile, profileError }: MeanMap) {
  const lines = (values: Float32Array) =>
    Array.from({ length: rows }, (_, row) => flat(values.subarray(row * columns, (row + 1) * columns)));
  return {
    mean: lines(mean),
    error: lines(error),
    n: [...n],
    profile: flat(profile),
    profileError: flat(profileError),
  };
}

function flat(values: Float32Array): (number | null)[] {
  return Array.from(values, (value) => (Number.isFinite(value) ? Number(value.toPrecision(9)) : null));
}
