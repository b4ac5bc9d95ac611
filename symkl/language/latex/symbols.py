"""What the commands and characters of LaTeX are: tables, and nothing else."""

from __future__ import annotations

PLAIN = frozenset("+-*/^_(){}[]|,;:=<>!'.?@")
"""Characters that are tokens by themselves."""

GREEK = frozenset(
    [
        "alpha",
        "beta",
        "gamma",
        "delta",
        "epsilon",
        "zeta",
        "eta",
        "theta",
        "iota",
        "kappa",
        "lambda",
        "mu",
        "nu",
        "xi",
        "omicron",
        "pi",
        "rho",
        "sigma",
        "tau",
        "upsilon",
        "phi",
        "chi",
        "psi",
        "omega",
        "Gamma",
        "Delta",
        "Theta",
        "Lambda",
        "Xi",
        "Pi",
        "Sigma",
        "Upsilon",
        "Phi",
        "Psi",
        "Omega",
        "Alpha",
        "Beta",
    ]
)

LAYOUT = frozenset(
    [
        "quad",
        "qquad",
        "enspace",
        "thinspace",
        "negthinspace",
        "medspace",
        "thickspace",
        "displaystyle",
        "textstyle",
        "scriptstyle",
        "scriptscriptstyle",
        "limits",
        "nolimits",
        "nonumber",
        "notag",
        "hfill",
        "hfil",
        "break",
        "newline",
        "par",
        "noindent",
        "centering",
        "allowbreak",
        "nobreak",
        "relax",
        "strut",
        "ensuremath",
        "protect",
        "middle",
        "small",
        "footnotesize",
        "large",
        "Large",
        "normalsize",
        "mathstrut",
        "smallskip",
        "medskip",
        "bigskip",
        "null",
        "cr",
        "tiny",
        "huge",
        "Huge",
        "scriptsize",
        "normalfont",
        "displaylimits",
        "mathopen",
        "mathclose",
        "mathpunct",
        "mathord",
        "nobreakspace",
        "space",
        "enskip",
    ]
)
"""Commands that say nothing about the formula."""

LAYOUT_WITH_ARGUMENT = frozenset(
    [
        "label",
        "tag",
        "hspace",
        "vspace",
        "hskip",
        "color",
        "phantom",
        "hphantom",
        "vphantom",
        "eqref",
        "ref",
        "cite",
        "footnote",
        "kern",
        "mkern",
        "mskip",
        "intertext",
        "shortintertext",
        "href",
        "textcolor",
        "colorbox",
        "htmlClass",
        "class",
    ]
)
"""Commands that say nothing about the formula, with one argument that goes with them."""

SIZES = frozenset(
    [
        "left",
        "right",
        "big",
        "Big",
        "bigg",
        "Bigg",
        "bigl",
        "bigr",
        "Bigl",
        "Bigr",
        "biggl",
        "biggr",
        "Biggl",
        "Biggr",
        "bigm",
        "Bigm",
        "biggm",
        "Biggm",
    ]
)

TEXT = frozenset(
    [
        "text",
        "textrm",
        "textit",
        "textbf",
        "textsf",
        "texttt",
        "textnormal",
        "mbox",
        "hbox",
        "textup",
        "mathrm",
        "operatorname",
        "rm",
        "mathsf",
        "mathtt",
    ]
)
"""Commands whose argument is words or an upright name."""

STYLES = frozenset(
    [
        "mathbf",
        "mathbb",
        "mathcal",
        "mathscr",
        "mathfrak",
        "mathit",
        "boldsymbol",
        "bm",
        "bold",
        "symbf",
        "pmb",
        "boldmath",
        "mathbfit",
        "Bbb",
        "cal",
        "bf",
        "it",
        "mathnormal",
        "vec",
        "mathbfcal",
        "bar",
        "overline",
        "hat",
        "widehat",
        "tilde",
        "widetilde",
        "check",
        "dot",
        "ddot",
        "breve",
        "acute",
        "grave",
        "underline",
        "overrightarrow",
    ]
)

ACCENTS = {
    "hat": "hat", "widehat": "hat", "tilde": "tilde", "widetilde": "tilde", "bar": "bar", "overline": "bar", "check": "check",
    "dot": "dot", "ddot": "ddot", "breve": "breve", "acute": "acute", "grave": "grave", "underline": "underline",
}  # fmt: skip
"""Accents, and the word that they add to a name: \\hat y is y_hat."""

FONTS = frozenset(
    [
        "mathbf",
        "mathbb",
        "mathcal",
        "mathscr",
        "mathfrak",
        "mathit",
        "boldsymbol",
        "bm",
        "bold",
        "symbf",
        "pmb",
        "boldmath",
        "mathbfit",
        "Bbb",
        "cal",
        "bf",
        "it",
        "mathnormal",
        "vec",
        "overrightarrow",
    ]
)
"""Fonts and arrows, which do not change a name."""

ENVIRONMENTS = frozenset(
    [
        "align",
        "aligned",
        "alignat",
        "alignedat",
        "split",
        "gather",
        "gathered",
        "multline",
        "multlined",
        "equation",
        "eqnarray",
        "cases",
        "array",
        "displaymath",
        "math",
        "flalign",
        "subequations",
        "dmath",
        "rcases",
        "dcases",
    ]
)

RELATIONS = {
    "=": "=", "<": "<", ">": ">", "le": "<=", "leq": "<=", "leqslant": "<=", "leqq": "<=", "ge": ">=", "geq": ">=",
    "geqslant": ">=", "geqq": ">=", "lt": "<", "gt": ">", "ne": "!=", "neq": "!=", "approx": "~=", "approxeq": "~=",
    "simeq": "~=", "cong": "~=", "thickapprox": "~=", "triangleq": ":=", "coloneqq": ":=", "coloneq": ":=", "doteq": ":=",
    "eqdef": ":=", "defeq": ":=", "equiv": "=", "propto": "propto", "varpropto": "propto", "implies": "=>",
    "Rightarrow": "=>", "Longrightarrow": "=>", "iff": "<=>", "Leftrightarrow": "<=>", "Longleftrightarrow": "<=>",
    "leftrightarrow": "<=>", "therefore": "=>", "rightarrow": "->", "to": "->", "longrightarrow": "->", "leadsto": "=>",
    "Longleftarrow": "<=", "ll": "<", "gg": ">", "colonequals": ":=", "stackreleq": "=",
}  # fmt: skip
"""Relations, and how the tree spells them. `propto` is equal up to a factor; => and <=> stand between statements."""

CONNECTIVES = frozenset({"=>", "<=>"})
"""Relations between statements."""

NAMED = {
    "ell": "l", "hbar": "hbar", "imath": "i", "jmath": "j", "emptyset": "emptyset", "aleph": "aleph", "wp": "wp", "Re": "Re",
    "Im": "Im", "top": "top",
}  # fmt: skip

SPELLED = {
    "lbrace": ("symbol", "\\{"), "rbrace": ("symbol", "\\}"), "lbrack": ("symbol", "["), "rbrack": ("symbol", "]"),
    "lparen": ("symbol", "("), "rparen": ("symbol", ")"), "vert": ("symbol", "|"), "mid": ("command", "mid"),
    "lvert": ("symbol", "lvert"), "rvert": ("symbol", "rvert"), "Vert": ("symbol", "||"), "parallel": ("symbol", "||"),
    "Arrowvert": ("symbol", "||"),
    "lVert": ("symbol", "lVert"), "rVert": ("symbol", "rVert"), "colon": ("symbol", ":"), "semicolon": ("symbol", ";"),
    "comma": ("symbol", ","), "cdot": ("symbol", "*"), "times": ("symbol", "*"), "ast": ("command", "ast"),
    "star": ("command", "star"), "bullet": ("symbol", "*"), "div": ("symbol", "/"), "cap": ("symbol", ","),
    "wedge": ("symbol", ","), "land": ("symbol", ","), "mathellipsis": ("command", "dots"), "cdots": ("command", "dots"),
    "ldots": ("command", "dots"), "dotsc": ("command", "dots"), "dotsb": ("command", "dots"), "dotsm": ("command", "dots"),
    "dotsi": ("command", "dots"), "dotso": ("command", "dots"), "hdots": ("command", "dots"), "dfrac": ("command", "frac"),
    "tfrac": ("command", "frac"), "cfrac": ("command", "frac"), "nicefrac": ("command", "frac"), "sfrac": ("command", "frac"),
    "dbinom": ("command", "binom"), "tbinom": ("command", "binom"), "varepsilon": ("command", "epsilon"),
    "vartheta": ("command", "theta"), "varphi": ("command", "phi"), "varrho": ("command", "rho"),
    "varsigma": ("command", "sigma"),
    "varpi": ("command", "pi"), "prime": ("symbol", "'"), "lnot": ("command", "lnot"), "sim": ("command", "sim"),
    "thicksim": ("command", "sim"), "iint": ("command", "iint"), "oint": ("command", "oint"), "lg": ("command", "lg"),
    "slash": ("symbol", "/"), "gets": ("command", "gets"), "notin": ("command", "notin"), "textbar": ("symbol", "|"),
    "given": ("command", "mid"), "st": ("command", "mid"), "suchthat": ("command", "mid"), "cond": ("command", "mid"),
    "Pr": ("letter", "P"), "smallsetminus": ("command", "setminus"), "backslash": ("command", "setminus"),
    "lang": ("command", "langle"),
    "rang": ("command", "rangle"), "infin": ("command", "infty"), "dd": ("letter", "d"), "differential": ("letter", "d"),
    "mathop": ("command", "mathop"), "mathbin": ("command", "mathop"), "mathrel": ("command", "mathop"),
}  # fmt: skip
"""Commands that are another spelling of a token."""

UNICODE: dict[str, tuple[str, str]] = {
    "−": ("symbol", "-"), "–": ("symbol", "-"), "—": ("symbol", "-"), "‐": ("symbol", "-"), "‑": ("symbol", "-"),
    "∥": ("symbol", "||"), "‖": ("symbol", "||"), "∣": ("command", "mid"), "·": ("symbol", "*"), "⋅": ("symbol", "*"),
    "×": ("symbol", "*"), "∗": ("symbol", "*"), "÷": ("symbol", "/"), "∕": ("symbol", "/"), "⁄": ("symbol", "/"),
    "≤": ("command", "leq"), "≥": ("command", "geq"), "⩽": ("command", "leq"), "⩾": ("command", "geq"), "≠": ("command", "neq"),
    "≈": ("command", "approx"), "≃": ("command", "simeq"), "≡": ("command", "equiv"), "≜": ("command", "triangleq"),
    "≔": ("command", "coloneqq"), "∝": ("command", "propto"), "⇒": ("command", "implies"), "⟹": ("command", "implies"),
    "⇔": ("command", "iff"), "⟺": ("command", "iff"), "→": ("command", "to"), "∈": ("command", "in"), "∉": ("command", "notin"),
    "∼": ("command", "sim"), "∑": ("command", "sum"), "∏": ("command", "prod"), "∫": ("command", "int"),
    "∂": ("command", "partial"),
    "∇": ("command", "nabla"), "√": ("command", "sqrt"), "∞": ("command", "infty"), "…": ("command", "dots"),
    "⋯": ("command", "dots"),
    "∩": ("symbol", ","), "∧": ("symbol", ","), "∴": ("command", "therefore"), "∵": ("command", "because"), "′": ("symbol", "'"),
    "ℓ": ("letter", "l"), "½": ("command", "onehalf"), "\u2061": ("layout", ""), "\u2062": ("layout", ""),
    "\u200c": ("layout", ""),
    "\u200d": ("layout", ""), "\u00ad": ("layout", ""), "∎": ("layout", ""), "□": ("layout", ""), "■": ("layout", ""),
    "，": ("symbol", ","), "。": ("symbol", "."), "’": ("symbol", "'"), "（": ("symbol", "("), "）": ("symbol", ")"),
    "ϵ": ("command", "epsilon"), "ϕ": ("command", "phi"), "ϑ": ("command", "theta"), "ϱ": ("command", "rho"),
    "µ": ("command", "mu"), "∆": ("command", "Delta"), "𝔼": ("command", "E"), "\u0302": ("layout", ""),
    "²": ("power", "2"), "³": ("power", "3"), "₁": ("index", "1"), "₂": ("index", "2"), "₀": ("index", "0"), "ₙ": ("index", "n"),
    "ᵢ": ("index", "i"), "ⱼ": ("index", "j"), "ₖ": ("index", "k"), "₃": ("index", "3"),
}  # fmt: skip
"""Characters that people type for a command."""

for _code, _name in enumerate(
    [
        "alpha",
        "beta",
        "gamma",
        "delta",
        "epsilon",
        "zeta",
        "eta",
        "theta",
        "iota",
        "kappa",
        "lambda",
        "mu",
        "nu",
        "xi",
        "omicron",
        "pi",
        "rho",
        "varsigma",
        "sigma",
        "tau",
        "upsilon",
        "phi",
        "chi",
        "psi",
        "omega",
    ],
    start=0x3B1,
):
    UNICODE[chr(_code)] = ("command", "sigma" if _name == "varsigma" else _name)
    if _name != "varsigma":
        UNICODE[chr(_code - 32)] = ("command", _name.capitalize())

OPERATORS = frozenset(
    [
        "sum",
        "prod",
        "int",
        "iint",
        "oint",
        "frac",
        "sqrt",
        "binom",
        "choose",
        "over",
        "log",
        "ln",
        "lg",
        "exp",
        "in",
        "sim",
        "mid",
        "infty",
        "partial",
        "nabla",
        "dots",
        "underbrace",
        "overbrace",
        "boxed",
        "arg",
        "min",
        "max",
        "argmin",
        "argmax",
        "inf",
        "sup",
        "lim",
        "overset",
        "underset",
        "stackrel",
        "mathop",
        "because",
        "cancel",
        "substack",
        "color",
        "textcolor",
        "colorbox",
        "ast",
        "star",
        "langle",
        "rangle",
        "setminus",
        "neg",
        "not",
        "notin",
        "subset",
        "circ",
        "forall",
        "exists",
        "det",
        "tr",
        "dim",
        "Pr",
        "gcd",
        "sin",
        "cos",
        "tan",
        "tanh",
        "sinh",
        "cosh",
        "cdotp",
        "mathbb",
        "mathrm",
        "square",
        "blacksquare",
        "qed",
        "QED",
        "hline",
        "toprule",
        "onehalf",
        "operatornamewithlimits",
        "bigcap",
        "bigcup",
        "cup",
        "lfloor",
        "rfloor",
        "lceil",
        "rceil",
        "otimes",
        "oplus",
        "pm",
        "mp",
        "perp",
        "dagger",
        "ddagger",
    ]
)
"""Commands that the reader has a use (or a refusal) for."""


SIGNS = {
    name: what
    for what, names in {
        "a relation without a meaning in this field": (
            "lesssim gtrsim lessapprox gtrapprox lll ggg prec succ preceq succeq preccurlyeq succcurlyeq precsim succsim asymp"
            " models vdash dashv ni owns bowtie supset subseteq supseteq subsetneq supsetneq sqsubset sqsubseteq sqsupset"
            " sqsupseteq lessgtr gtrless lesseqgtr gtreqless smile frown vartriangleleft vartriangleright between pitchfork"
            " nmid nleq ngeq nless ngtr nsim ncong nsubseteq nparallel"
        ),
        "an arrow": (
            "uparrow downarrow Uparrow Downarrow updownarrow nearrow searrow swarrow nwarrow mapsto longmapsto leftarrow"
            " longleftarrow hookrightarrow hookleftarrow rightharpoonup rightharpoondown leftharpoonup xrightarrow xleftarrow"
            " rightleftharpoons longleftrightarrow rightsquigarrow twoheadrightarrow rightrightarrows upharpoonright"
            " restriction curvearrowright dashrightarrow"
        ),
        "an operator sign": (
            "odot ominus oslash boxtimes boxplus boxminus bullet vee lor uplus sqcap sqcup diamond lozenge wr amalg"
            " triangleleft triangleright bigoplus bigotimes bigodot bigvee bigwedge bigsqcup biguplus coprod divideontimes"
            " ltimes rtimes circledast circledcirc dotplus bigstar star triangle bigtriangleup bigtriangledown"
        ),
        "a function of its own": "arcsin arccos arctan sec csc cot coth sech csch deg ker hom liminf limsup varlimsup varliminf",
        "a quantifier": "nexists complement",
        "a matrix operation": "diag rank Diag",
        "an integral": "iiiint oiint idotsint",
    }.items()
    for name in names.split()
}
"""Commands of LaTeX and its packages that are no names, so that no product is made of them, and what they are."""


def is_known(name: str) -> bool:
    """Whether a command is one of LaTeX's own that symkl knows, so that `\\\\sum` is a damaged `\\sum`."""
    tables = (LAYOUT, LAYOUT_WITH_ARGUMENT, SIZES, TEXT, STYLES, GREEK, RELATIONS, SPELLED, OPERATORS, SIGNS)
    return any(name in table for table in tables) and name not in ("l", "in")
