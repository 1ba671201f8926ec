/** What a variable of a notebook can be for us. */
export type VariableKind = 'series' | 'table' | 'vector' | 'mask' | 'model' | 'path';

/** A variable of a notebook as the kernel describes it; no value of it is printed. */
export interface NotebookVariable {
  readonly name: string;
  readonly kind: VariableKind;
  /** `numpy.ndarray`, `list of 30 arrays`, `torch.nn.Module: XCM`. */
  readonly type: string;
  /** Extents; of a list of arrays its length alone. Empty for models and paths. */
  readonly shape: readonly number[];
  readonly dtype: string;
  /** A file, of paths. */
  readonly path?: string;
}

/** More than a person would look through. */
const MOST_VARIABLES = 2000;

/** Describes the variables that can be series, labels, lengths, masks and models. Answers `{ variables }`. */
export const FIND_VARIABLES = `
import os
def described(name, value):
    kind = type(value)
    module = kind.__module__ or ""
    whole = module.split(".")[0] + "." + kind.__qualname__
    torch = sys.modules.get("torch")
    if is_keras(kind):
        return {"kind": "model", "type": "keras.Model: " + kind.__name__, "shape": [], "dtype": ""}
    if torch is not None and isinstance(value, torch.nn.Module):
        return {"kind": "model", "type": "torch.nn.Module: " + kind.__name__, "shape": [], "dtype": ""}
    if isinstance(value, (str, os.PathLike)):
        path = os.path.abspath(os.fspath(value)) if len(str(value)) < 1024 else ""
        if path.lower().endswith((".onnx", ".pt2", ".keras", ".h5")) and os.path.isfile(path):
            return {"kind": "path", "type": "file", "shape": [], "dtype": "", "path": path}
        return None
    if isinstance(value, (list, tuple)):
        parts = value if 0 < len(value) <= 1000000 else ()
        if not parts:
            return None
        first = parts[0]
        if all(isinstance(part, (int, str)) and not isinstance(part, bool) for part in parts):
            return {"kind": "vector", "type": kind.__name__, "shape": [len(parts)], "dtype": type(first).__name__}
        if all(hasattr(part, "shape") and 1 <= len(part.shape) <= 2 for part in parts):
            return {"kind": "series", "type": "list of %d arrays" % len(parts), "shape": [len(parts)], "dtype": ""}
        return None
    if module.split(".")[0] == "pandas" and hasattr(value, "columns") and hasattr(value, "to_csv"):
        return {"kind": "table", "type": whole, "shape": [int(n) for n in value.shape], "dtype": ""}
    if not isinstance(kind, type) or not hasattr(value, "shape") or not hasattr(value, "dtype"):
        return None
    # Also classes that others derive from theirs.
    if not any((c.__module__ or "").split(".")[0] in ("numpy", "torch", "tensorflow", "pandas", "jax", "jaxlib", "cupy") for c in kind.__mro__):
        return None
    shape = [int(n) for n in value.shape]
    dtype = str(value.dtype).replace("torch.", "").replace("<dtype: '", "").replace("'>", "")
    if len(shape) == 1 and shape[0] > 0:
        if dtype == "object" and hasattr(getattr(value, "iloc", value)[0], "shape"):
            return {"kind": "series", "type": whole + " of arrays", "shape": shape, "dtype": dtype}
        return {"kind": "vector", "type": whole, "shape": shape, "dtype": dtype}
    if len(shape) in (2, 3) and all(shape):
        return {"kind": "mask" if dtype in ("bool", "boolean") else "series", "type": whole, "shape": shape, "dtype": dtype}
    return None
# The function of IPython, not what a variable of that name holds.
shell = getattr(sys.modules.get("IPython"), "get_ipython", None)
hidden = getattr(shell(), "user_ns_hidden", {}) if shell is not None else {}
variables = []
for name in [n for n in list(user) if isinstance(n, str) and n.isidentifier() and len(n) <= 100 and not n.startswith("_") and n not in hidden][:${MOST_VARIABLES}]:
    try:
        one = described(name, user[name])
    except Exception:
        one = None
    if one is not None:
        variables.append(dict(one, name=name))
answer = {"variables": variables}
`;
