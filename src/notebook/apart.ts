/**
 * Python: `Apart`, a deep copy with everything of the notebook's that works on variables. `copy.deepcopy` leaves
 * functions and classes as they are, so that a copied model would still write into what people hold: here functions and
 * classes of the notebook and of the user's own files are others, also under decorators of libraries, and each name that
 * they ask for is a copy, made when it is asked for first. What libraries hold stays theirs. Needs `torch`.
 */
export const APART = `
import abc, builtins, copy, enum, functools, importlib.util, os, types, weakref
class NotApart(BaseException):
    # No Exception, so that no "except" of a model goes past it.
    pass
def library(name):
    root = str(name or "").split(".")[0]
    module = sys.modules.get(root)
    if root in ("__main__", "torch") or module is None:
        return root == "torch"
    file = getattr(module, "__file__", None) or next(iter(getattr(module, "__path__", ())), None)
    if file is None:
        return getattr(module, "__spec__", None) is not None
    parts = os.path.abspath(file).split(os.sep)
    return "site-packages" in parts or "dist-packages" in parts or file.startswith(os.path.dirname(os.__file__) + os.sep)
def not_apart(name, reason, by):
    by = getattr(by, "co_qualname", by.co_name).replace(".<locals>", "")
    raise NotApart("%s uses %s, of which no copy can be made (%s), so that the export would work on yours: leave it out for the export, or take it off where it is a hook (handle.remove())" % (by, name, str(reason)[:200]))
class Refused:
    # Stands for what can not be copied; whatever is asked of it, or of a class for it, is refused.
    def __init__(self, name, reason):
        object.__setattr__(self, "why", (name, reason))
def refuses(self, *given, **named):
    not_apart(*object.__getattribute__(self, "why"), sys._getframe(1).f_code)
for each in ("call", "enter", "exit", "get", "set", "getattr", "setattr", "getitem", "setitem", "contains", "iter", "next", "len", "bool", "eq"):
    setattr(Refused, "__" + each + "__", refuses)
class Space(dict):
    # The names of a notebook or file, as functions see them. They are looked for here whenever one is missing.
    def __init__(self, home, one):
        super().__init__(__name__=home.get("__name__"), __builtins__=one.builtins)
        self.home, self.one = home, one
    def __missing__(self, name):
        value = self.home[name]
        if name in REACHING and library(getattr(value, "__module__", None)):
            return Refused(name + "()", "it may reach whatever there is")
        try:
            with self.one.untraced():
                self[name] = self.one.deep(value)
        except Exception as error:
            not_apart(name, error, sys._getframe(1).f_code)
        return self[name]
    def __contains__(self, name):
        return super().__contains__(name) or name in self.home
REACHING = ("globals", "eval", "exec", "open", "get_ipython")
class Mirror(types.ModuleType):
    # A file of the user's own that was imported.
    def __init__(self, of, space):
        super().__init__(of.__name__)
        self.__dict__.update(of=of, space=space)
    def __getattr__(self, name):
        try:
            return self.space[name]
        except KeyError:
            return self.space.one.deep(getattr(self.of, name))
    def __setattr__(self, name, value):
        self.space[name] = value
def unheard():
    # A base whose subclasses nobody is told of, one for each: copies of classes stand in no book.
    return type("Unheard", (), {"__slots__": (), "__init_subclass__": classmethod(lambda cls, **named: None)})
class Ways(dict):
    def __init__(self, ways, one):
        super().__init__(ways)
        self.one = one
    def get(self, kind, default=None):
        kinds = (k for k in (type, types.ModuleType) if issubclass(kind, k))
        own = getattr(kind, "__deepcopy__", None)
        if type(own) is types.FunctionType and not library(own.__globals__.get("__name__")):
            default = self.one.by_itself
        return super().get(kind) or super().get(next(kinds, None), default)
class Apart:
    def __init__(self, memo):
        self.memo, self.spaces, self.made, self.shared = memo, {}, {}, None
        refused = {name: Refused(name + "()", "it may reach whatever there is") for name in REACHING}
        self.builtins = dict(vars(builtins), __import__=self.imported, **refused)
        # The module once more, so that its ways can be others than for everybody else.
        spec = importlib.util.find_spec("copy")
        self.copying = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(self.copying)
        deep = self.deep
        ways = Ways(self.copying._deepcopy_dispatch, self)
        ways.update({
            types.FunctionType: lambda f, memo: self.function(f),
            types.MethodType: lambda m, memo: types.MethodType(deep(m.__func__), deep(m.__self__)),
            types.BuiltinFunctionType: lambda f, memo: f if isinstance(f.__self__, (types.ModuleType, type, type(None))) else getattr(deep(f.__self__), f.__name__),
            types.ModuleType: lambda m, memo: self.module(m),
            type: lambda c, memo: self.kind(c),
            property: lambda p, memo: property(deep(p.fget), deep(p.fset), deep(p.fdel)),
            classmethod: lambda m, memo: classmethod(deep(m.__func__)),
            staticmethod: lambda m, memo: staticmethod(deep(m.__func__)),
            functools.cached_property: lambda p, memo: self.cached(p),
            functools._lru_cache_wrapper: lambda f, memo: functools.lru_cache(**f.cache_parameters())(deep(f.__wrapped__)),
            weakref.ref: lambda r, memo: r if r() is None else weakref.ref(deep(r())),
            types.MappingProxyType: lambda p, memo: types.MappingProxyType(deep(dict(p))),
            torch.jit.ScriptFunction: lambda f, memo: f,
        })
        self.copying._deepcopy_dispatch = ways
        self.copying._atomic_types = set(getattr(self.copying, "_atomic_types", ())) - ways.keys() - {type}
    def deep(self, value):
        return self.copying.deepcopy(value, self.memo)
    def model(self, value):
        # From the innermost: ways of libraries to copy a module know nothing of ours, and find what is copied already.
        for module in reversed(list(value.modules())):
            if hasattr(type(module), "__deepcopy__") and not isinstance(module, torch.jit.ScriptModule):
                for held in vars(module).values():
                    self.deep(held)
            self.deep(module)
        made = self.deep(value)
        for module in made.modules():
            if self.kind(type(module)) is not type(module):
                object.__setattr__(module, "__class__", self.kind(type(module)))
        return made
    def untraced(self):
        # A copy that is asked for while torch.export looks on is no step of the model.
        return getattr(sys.modules.get("torch.utils._python_dispatch"), "_disable_current_modes", contextlib.nullcontext)()
    def by_itself(self, value, memo):
        made = self.function(type(value).__deepcopy__)(value, memo)
        if made is value:
            raise TypeError("the copy that %s makes of itself is itself" % type(value).__name__)
        return made
    def imported(self, name, space=None, names=None, wanted=(), level=0):
        return self.deep(builtins.__import__(name, space.home if isinstance(space, Space) else space, names, wanted, level))
    def module(self, value):
        if value is copy:
            return self.copying
        return value if library(value.__name__) else Mirror(value, self.space(vars(value)))
    def space(self, home):
        return self.spaces.setdefault(id(home), Space(home, self))
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
        if value in (copy.copy, copy.deepcopy):
            return getattr(self.copying, value.__name__)
        home, closure = value.__globals__, value.__closure__ or ()
        own = not library(home.get("__name__"))
        if not own and self.of_library(value):
            return value
        if "_torchdynamo_orig_callable" in vars(value):
            return self.deep(value._torchdynamo_orig_callable)
        cells = tuple(self.cell(c) for c in closure) or None
        made = types.FunctionType(value.__code__, self.space(home) if own else home, value.__name__, None, cells)
        self.made[id(value)] = made
        for name, cell in zip(value.__code__.co_freevars, closure):
            self.fill(name, cell)
        made.__defaults__, made.__kwdefaults__ = self.deep(value.__defaults__), self.deep(value.__kwdefaults__)
        made.__qualname__, made.__module__ = value.__qualname__, value.__module__
        made.__dict__.update(self.deep(vars(value)))
        return made
    def cell(self, cell):
        return self.made.setdefault(id(cell), types.CellType())
    def fill(self, name, cell):
        if self.holds(cell) and not self.holds(self.cell(cell)):
            self.cell(cell).cell_contents = None
            self.cell(cell).cell_contents = self.held(name, cell.cell_contents)
    def holds(self, cell):
        try:
            cell.cell_contents
        except ValueError:
            return False
        return True
    def held(self, name, value):
        try:
            return self.deep(value)
        except Exception as error:
            return Refused(name, error)
    def kind(self, value):
        if id(value) in self.made:
            return self.made[id(value)]
        meta, whole = type(value), abc.ABCMeta
        known = meta in (type, abc.ABCMeta, type(torch.autograd.Function))
        # Members of an enumeration are asked for by what they are; a metaclass of a library keeps books of its classes,
        # and PyTorch of those that a model may answer with.
        kept = isinstance(value, enum.EnumMeta) or library(meta.__module__) and not known or value in torch.utils._pytree.SUPPORTED_NODES
        if kept or library(value.__module__) and all(self.kind(b) is b for b in value.__bases__):
            return value
        names = dict(vars(value))
        first = {name: names.pop(name) for name in ("__slots__", "__module__", "__qualname__", "__doc__", "__orig_bases__") if name in names}
        bases = tuple(self.kind(b) for b in value.__bases__)
        told = any("__init_subclass__" in vars(b) for b in value.__mro__[1:] if b is not object and b.__module__ != "typing")
        make = meta if known else functools.partial((abc.ABCMeta if issubclass(meta, abc.ABCMeta) else type).__new__, self.kind(meta))
        made = make(value.__name__, (unheard(), *bases) if told else bases, first)
        self.made[id(value)] = self.made[id(made)] = made
        for name, held in names.items():
            beside = name in ("__dict__", "__weakref__", "_abc_impl", "_backward_cls") or name.startswith("__annot")
            if not beside and not isinstance(held, (types.MemberDescriptorType, types.GetSetDescriptorType)):
                type.__setattr__(made, name, self.held(value.__name__ + "." + name, held))
        return made
`;
