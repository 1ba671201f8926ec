/** What of a notebook is written as a data file. */
export interface WriteRequest {
  readonly series: string;
  /** One class per instance. */
  readonly labels?: string;
  /** Real steps per instance. */
  readonly lengths?: string;
  /** Truth per instance and step. */
  readonly mask?: string;
  /** Without extension: `.npz` comes to arrays, `.csv` to tables. */
  readonly file: string;
  /** In bytes; more is refused. */
  readonly limit: number;
  /** The digest of what was written last; with the same values nothing is written. */
  readonly known?: string;
}

/** What became of it. */
export interface WrittenVariable {
  readonly file: string;
  /** Of the content: the same when a cell that runs again makes the same values. */
  readonly digest: string;
  /** What was done to the values on the way, in words. */
  readonly done: readonly string[];
}

/**
 * Writes the variables into one file, whole or not at all. A list of arrays of unequal length is padded with zeros at
 * the end, with its lengths beside it; what a masked array hides is missing. Answers `WrittenVariable`, or `{ error, reason }`.
 */
export const WRITE_VARIABLE = `
import hashlib, os
def plain(value):
    if hasattr(value, "detach"):
        value = value.detach().cpu()
        for step in ("resolve_conj", "resolve_neg"):
            value = getattr(value, step)() if hasattr(value, step) else value
        if getattr(value, "is_quantized", False):
            value = value.dequantize()
        if str(value.dtype).startswith(("torch.bfloat16", "torch.float8")):
            value = value.float()
    if hasattr(value, "to_numpy"):
        return value.to_numpy()
    if hasattr(value, "get") and type(value).__module__.startswith("cupy"):
        return value.get()
    return value.numpy() if hasattr(value, "numpy") else value
def counted(value):
    if value.dtype.kind not in "fiub":
        raise ValueError("it holds %s, not numbers" % value.dtype)
    return value
def holds_masked(value):
    if isinstance(value, np.ma.MaskedArray):
        return value.dtype.kind != "V" and np.ma.is_masked(value)
    if isinstance(value, np.ndarray):
        return value.dtype == object and any(holds_masked(part) for part in value.flat)
    return isinstance(value, (list, tuple)) and any(holds_masked(part) for part in value)
def parts_of(value, one):
    return [parts_of(part, one) for part in value] if isinstance(value, (list, tuple)) else one(value)
# Of a masked array what is hidden is missing, as are the constants of one in lists.
def array_of(value):
    value = plain(value)
    if not isinstance(value, np.ma.MaskedArray) and holds_masked(value):
        value = value.tolist() if isinstance(value, np.ndarray) else value
        mask = np.asarray(parts_of(value, np.ma.getmaskarray))
        value = np.ma.array(np.asarray(parts_of(value, np.ma.getdata)), mask=mask)
    if not isinstance(value, np.ma.MaskedArray):
        return np.asarray(value)
    if value.dtype.kind == "V":
        counted(value)
    if not np.ma.is_masked(value):
        return value.data
    hidden[0] += int(np.ma.getmaskarray(value).sum())
    counted(value)
    return value.astype(np.result_type(value.dtype, np.float32)).filled(np.nan)
def labels_of(value, name):
    # One without a value is no class of its own.
    if value.dtype.kind not in "fiubUSTO":
        raise ValueError("%s holds %s, no labels" % (name, value.dtype))
    if value.dtype.kind not in "OT":
        return value
    lacks = lambda one: one is None or str(one) in ("nan", "NaT", "<NA>")
    return np.array(["" if lacks(one) else str(one) for one in value.flat]).reshape(value.shape)
# Levels without a name would be taken for features, and those of columns for values.
def levelled(frame):
    if getattr(frame.index, "nlevels", 1) > 1:
        first = ["instance", "step"] if frame.index.nlevels == 2 else ["level %d" % at for at in range(frame.index.nlevels)]
        names = [given if given is not None else other for given, other in zip(frame.index.names, first)]
        if names != list(frame.index.names):
            done.append("its index is called " + ", ".join(map(str, names)))
            frame = frame.rename_axis(index=names)
    if getattr(frame.columns, "nlevels", 1) > 1:
        done.append("the levels of its columns are joined by _")
        frame = frame.set_axis(["_".join(map(str, column)) for column in frame.columns], axis=1)
    return frame
done = []
hidden = [0]
held = variable(args["series"])
arrays = None
if type(held).__module__.split(".")[0] == "pandas" and hasattr(held, "columns"):
    size = int(held.memory_usage(index=True).sum())
    if size > args["limit"]:
        raise ValueError("it takes %d MB, more than the %d MB that are taken from a notebook" % (size >> 20, args["limit"] >> 20))
    named = held.index.names != [None] or str(type(held.index).__name__) not in ("RangeIndex",)
    file = args["file"] + ".csv"
    content = levelled(held).to_csv(index=named, lineterminator="\\n").encode("utf-8")
    for role in ("labels", "lengths", "mask"):
        if args.get(role):
            raise ValueError("a table holds its labels, lengths and mask as columns")
else:
    import io
    import numpy as np
    value = plain(held)
    if isinstance(value, (list, tuple)) or getattr(value, "dtype", None) == object:
        parts = [array_of(part) for part in value]
        if any(part.ndim not in (1, 2) for part in parts) or len({part.ndim for part in parts}) != 1:
            raise ValueError("its arrays are not all of one or two axes")
        for part in parts:
            counted(part)
        if parts[0].ndim == 1:
            parts = [part[:, None] for part in parts]
        shapes = {part.shape for part in parts}
        first, last = {part.shape[0] for part in parts}, {part.shape[1] for part in parts}
        if len(shapes) == 1:
            value = np.stack(parts)
        elif len(last) == 1 or len(first) == 1:
            if len(last) != 1:
                parts = [part.T for part in parts]
            lengths = np.array([len(part) for part in parts], dtype=np.int64)
            kind = np.result_type(*parts)
            size = len(parts) * int(lengths.max()) * parts[0].shape[1] * kind.itemsize
            if size > args["limit"]:
                raise ValueError("it takes %d MB when padded, more than the %d MB that are taken from a notebook" % (size >> 20, args["limit"] >> 20))
            value = np.zeros((len(parts), parts[0].shape[1], int(lengths.max())), dtype=kind)
            for at, part in enumerate(parts):
                value[at, :, : len(part)] = part.T
            arrays = {"lengths": lengths}
            done.append("padded with zeros at the end to %d steps" % int(lengths.max()))
        else:
            raise ValueError("its arrays agree neither in the number of steps nor in that of the features")
    value = counted(array_of(value))
    if hidden[0]:
        done.append("%d masked values are missing (NaN)" % hidden[0])
    if value.nbytes > args["limit"]:
        raise ValueError("it takes %d MB, more than the %d MB that are taken from a notebook" % (value.nbytes >> 20, args["limit"] >> 20))
    if value.dtype.kind == "f" and value.dtype.itemsize > 8:
        value = value.astype(np.float64)
    arrays = dict(arrays or {}, x=value)
    for role, name in (("labels", "y"), ("lengths", "lengths"), ("mask", "mask")):
        if args.get(role):
            beside = plain(variable(args[role]))
            if isinstance(beside, np.ma.MaskedArray) and beside.dtype.kind == "V":
                counted(beside)
            if holds_masked(beside):
                raise ValueError("%s has masked values" % args[role])
            beside = np.asarray(beside)
            if role == "labels":
                beside = labels_of(beside, args[role])
            if len(beside) != len(value):
                raise ValueError("%s has %d instances, %s has %d" % (args[role], len(beside), args["series"], len(value)))
            arrays[name] = beside
    file = args["file"] + ".npz"
    stream = io.BytesIO()
    np.savez(stream, **arrays)
    content = stream.getbuffer()
digest = hashlib.sha256()
if arrays is None:
    digest.update(content)
else:
    for name in sorted(arrays):
        digest.update(("%s %s %s" % (name, arrays[name].dtype, arrays[name].shape)).encode())
        digest.update(np.ascontiguousarray(arrays[name]).data)
digest = digest.hexdigest()
if digest != args.get("known") or not os.path.exists(file):
    os.makedirs(os.path.dirname(file), exist_ok=True)
    fresh = "%s.%d.part" % (file, os.getpid())
    try:
        with open(fresh, "xb") as out:
            out.write(content)
        os.replace(fresh, file)
    finally:
        if os.path.exists(fresh):
            os.remove(fresh)
answer = {"file": file, "digest": digest, "done": done}
`;
