/**
 * Python: `Apart`, a deep copy with everything of the notebook's that works on variables. `copy.deepcopy` leaves
 * functions and classes as they are, so that a copied hook would still write into what people hold: here functions and
 * classes of the notebook and of the user's own files are others, with copies of the variables that they reach, also
 * under decorators of libraries. What libraries hold stays theirs.
 */
export const APART = `
import abc, copy, dis, enum, functools, importlib.util, os, types, weakref
def library(name):
    root = (name or "").split(".")[0]
    module = sys.modules.get(root)
    if root in ("__main__", "torch") or module is None:
        return root == "torch"
    file = getattr(module, "__file__", None) or next(iter(getattr(module, "__path__", ())), None)
    if file is None:
        return getattr(module, "__spec__", None) is not None
    parts = os.path.abspath(file).split(os.sep)
    return "site-packages" in parts or "dist-packages" in parts or file.startswith(os.path.dirname(os.__file__) + os.sep)
def reached(code):
    # Names of the notebook that a function reads or sets, in functions within it, too.
    at = ("LOAD_GLOBAL", "LOAD_NAME", "STORE_GLOBAL", "DELETE_GLOBAL")
    found = set()
    for one in dis.get_instructions(code):
        if one.opname == "IMPORT_NAME" and not library(one.argval):
            raise TypeError("import " + one.argval)
        if one.opname in at:
            found.add(one.argval)
    return found.union(*(reached(c) for c in code.co_consts if isinstance(c, types.CodeType)))
class Mirror(types.ModuleType):
    # A file of the user's own that was imported: what is asked of it is a copy.
    def __init__(self, of, deep):
        super().__init__(of.__name__)
        self.__dict__["of"], self.__dict__["deep"] = of, deep
    def __getattr__(self, name):
        value = self.deep(getattr(self.of, name))
        setattr(self, name, value)
        return value
class Ways(dict):
    def get(self, kind, default=None):
        kinds = (k for k in (type, types.ModuleType) if issubclass(kind, k))
        return super().get(kind) or super().get(next(kinds, None), default)
class Apart:
    def __init__(self, memo):
        self.memo, self.spaces, self.made, self.shared = memo, {}, {}, None
        # The module once more, so that its ways can be others than for everybody else.
        spec = importlib.util.find_spec("copy")
        self.copying = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(self.copying)
        deep = self.deep
        ways = Ways(self.copying._deepcopy_dispatch)
        ways.update({
            types.FunctionType: lambda f, memo: self.function(f),
            types.MethodType: lambda m, memo: types.MethodType(deep(m.__func__), deep(m.__self__)),
            types.BuiltinFunctionType: lambda f, memo: f if isinstance(f.__self__, (types.ModuleType, type, type(None))) else getattr(deep(f.__self__), f.__name__),
            types.ModuleType: lambda m, memo: m if library(m.__name__) else Mirror(m, deep),
            type: lambda c, memo: self.kind(c),
            property: lambda p, memo: property(deep(p.fget), deep(p.fset), deep(p.fdel)),
            classmethod: lambda m, memo: classmethod(deep(m.__func__)),
            staticmethod: lambda m, memo: staticmethod(deep(m.__func__)),
            functools.cached_property: lambda p, memo: self.cached(p),
            functools._lru_cache_wrapper: lambda f, memo: functools.lru_cache(**f.cache_parameters())(deep(f.__wrapped__)),
            weakref.ref: lambda r, memo: r if r() is None else weakref.ref(deep(r())),
            types.MappingProxyType: lambda p, memo: types.MappingProxyType(deep(dict(p))),
        })
        self.copying._deepcopy_dispatch = ways
        self.copying._atomic_types = set(getattr(self.copying, "_atomic_types", ())) - ways.keys() - {type}
    def deep(self, value):
        return self.copying.deepcopy(value, self.memo)
    def cached(self, value):
        made = functools.cached_property(self.deep(value.func))
        made.attrname = value.attrname
        return made
    def of_library(self, value):
        # Its own functions are found in its modules; what its decorators make of the user's are not.
        if not value.__closure__:
            return True
        if self.shared is None:
            there = [vars(m) for name, m in list(sys.modules.items()) if issubclass(type(m), types.ModuleType) and library(name)]
            self.shared = {id(f) for names in there for f in list(names.values()) if type(f) is types.FunctionType}
        return id(value) in self.shared
    def function(self, value):
        if id(value) in self.made:
            return self.made[id(value)]
        home, closure = value.__globals__, value.__closure__ or ()
        space, done = home, set()
        if not library(home.get("__name__")):
            space, done = self.spaces.setdefault(id(home), (dict(home), set()))
        elif self.of_library(value):
            return value
        made = types.FunctionType(value.__code__, space, value.__name__, None, tuple(self.cell(c) for c in closure) or None)
        self.made[id(value)] = made
        if space is not home:
            names = reached(value.__code__)
            for name in sorted(names & {"globals", "eval", "exec", "open", "__import__", "get_ipython"}):
                raise TypeError(name + "()")
            for name in names & home.keys() - done:
                done.add(name)
                space[name] = self.deep(home[name])
        for cell in closure:
            self.fill(cell)
        made.__defaults__, made.__kwdefaults__ = self.deep(value.__defaults__), self.deep(value.__kwdefaults__)
        made.__qualname__, made.__module__ = value.__qualname__, value.__module__
        made.__dict__.update(self.deep(vars(value)))
        return made
    def cell(self, cell):
        return self.made.setdefault(id(cell), types.CellType())
    def fill(self, cell):
        if cell != types.CellType() and self.cell(cell) == types.CellType():
            self.cell(cell).cell_contents = None
            self.cell(cell).cell_contents = self.deep(cell.cell_contents)
    def kind(self, value):
        if id(value) in self.made:
            return self.made[id(value)]
        # Members of an enumeration are asked for by what they are; a metaclass of a library keeps books of its classes.
        kept = isinstance(value, enum.EnumMeta) or type(value) not in (type, abc.ABCMeta) and library(type(value).__module__)
        if kept or library(value.__module__):
            return value
        names = dict(vars(value))
        first = {name: names.pop(name) for name in ("__slots__", "__module__", "__qualname__", "__doc__", "__orig_bases__") if name in names}
        made = self.kind(type(value))(value.__name__, tuple(self.kind(b) for b in value.__bases__), first)
        self.made[id(value)] = made
        for name, held in names.items():
            beside = name in ("__dict__", "__weakref__", "_abc_impl") or name.startswith("__annot")
            if not beside and not isinstance(held, (types.MemberDescriptorType, types.GetSetDescriptorType)):
                setattr(made, name, self.deep(held))
        return made
`;
